"""`python -m bench.audit [--runs N] [--only NAME…] [--at URL] [--json]`: serves the demo on a free port and audits it.

One table of figures with their goals; ends with 1 where one is missed. Needs Debian's Chromium and, for Lighthouse and
the HTML checker, Node with npm, which installs both into `var/audit-node`. Without Node those rows are missed.
"""

import argparse
import os
import sys
from contextlib import nullcontext
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parents[2]
VAR = ROOT / "var" / "audit"
os.environ |= {"DJANGO_SETTINGS_MODULE": "newsroom.settings", "NEWSROOM_DEMO": "1", "NEWSROOM_VAR": str(VAR)}
for name in ("DEBUG", "DATABASE_URL", "SECRET_KEY"):
    os.environ.pop(name, None)
django.setup()

from bench.audit import browser, formats, lighthouse, markup, node, pages, site  # noqa: E402  (needs the settings)
from bench.report import show  # noqa: E402

NAMES = ("pages", "markup", "formats", "browser", "lighthouse")


def main(arguments: list[str]) -> int:
    """Audit and print; 1 where a goal is missed."""
    parser = argparse.ArgumentParser(prog="bench.audit")
    parser.add_argument("--runs", type=int, default=3, help="of Lighthouse for each page; the middle one counts")
    parser.add_argument("--only", nargs="+", choices=NAMES, default=NAMES, help="parts of the audit")
    parser.add_argument("--at", metavar="URL", help="a demo that is served already, instead of one of our own")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    tools = node.tools(ROOT / "var" / "audit-node")
    with nullcontext(options.at) if options.at else site.serving(ROOT, VAR) as base:
        figures = list(audited(base, tools, options))
    show([figure.row() for figure in figures], as_json=options.json)
    for figure in figures:
        for fault in figure.faults:
            sys.stderr.write(f"{figure.what}: {fault}\n")
    return 0 if all(figure.is_met for figure in figures) else 1


def audited(base: str, tools: node.Tools, options: argparse.Namespace):
    """Every figure, part by part."""
    found = pages.found(base)
    parts = {
        "pages": lambda: pages.audit(found),
        "markup": lambda: markup.audit(base, found, tools),
        "formats": lambda: formats.audit(base, found),
        "browser": lambda: browser.audit(base, found),
        "lighthouse": lambda: lighthouse.audit(base, found, tools, options.runs),
    }
    for name in NAMES:
        if name in options.only:
            sys.stderr.write(f"{name} …\n")
            yield from parts[name]()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
