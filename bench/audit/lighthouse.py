"""Lighthouse at its mobile setting."""

import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median_low

from bench.audit.figures import Figure
from bench.audit.node import Tools
from bench.audit.pages import Page

KINDS = ("front", "story", "actor", "topic", "search")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"


def audit(base: str, pages: dict[str, Page], tools: Tools, runs: int) -> Iterator[Figure]:
    """Four marks a page, each the middle one of its runs; the machine's load, as other work on it lowers the first."""
    for kind in KINDS:
        what = f"Lighthouse, {kind}: {', '.join(CATEGORIES)}"
        if tools.folder is None or tools.browser is None:
            yield Figure(what, "100 each", "Node or Chromium is not installed", is_met=False)
        elif kind not in pages:
            yield Figure(what, "100 each", "no such page was found", is_met=False)
        else:
            yield _measured(what, f"{base}{pages[kind].path}", tools, runs)


def _measured(what: str, address: str, tools: Tools, runs: int) -> Figure:
    marks: dict[str, list[int]] = {name: [] for name in CATEGORIES}
    faults: set[str] = set()
    for _run in range(runs):
        report, complaint = _report(address, tools)
        if report is None:
            return Figure(what, "100 each", "did not run", is_met=False, faults=[complaint])
        for name in CATEGORIES:
            marks[name].append(round((report["categories"][name]["score"] or 0) * 100))
        faults |= set(_short_of(report))
    reached = [median_low(values) for values in marks.values()]
    is_met = min(reached) == 100
    told = f"{', '.join(map(str, reached))} (load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors)"
    return Figure(what, "100 each", told, is_met=is_met, faults=[] if is_met else sorted(faults))


def _report(address: str, tools: Tools) -> tuple[dict | None, str]:
    """(report, "") or (None, what it said). By way of a file: what Node writes to a pipe may end half-way."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "report.json"
        run = tools.run(
            *("lighthouse", address, "--quiet", "--output=json", f"--output-path={file}"),
            *(f"--chrome-flags={FLAGS}", f"--only-categories={','.join(CATEGORIES)}"),
        )
        if not file.exists():
            return None, run.stderr[-500:]
        return json.loads(file.read_text(encoding="utf-8")), ""


def _short_of(report: dict) -> Iterator[str]:
    for name in CATEGORIES:
        for part in report["categories"][name]["auditRefs"]:
            found = report["audits"][part["id"]]
            if part["weight"] and found["score"] is not None and found["score"] < 0.9:
                yield f"{name}: {found['title']} {found.get('displayValue', '')}".strip()
