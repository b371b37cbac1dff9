"""`python -m bench [--sizes N,N] [--database URL] [--only PART,…] [--quick] [--json]`: every goal in one table.

Each part is a program of its own (`python -m bench.PART --help`), so that none measures what another left behind. What
was found is kept in `var/bench/latest.json`, from which `python -m bench.plots` makes the page of `docs/`.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from pathlib import Path

from rich.console import Console

from bench.archive import SQLITE
from bench.report import show

ROOT = Path(__file__).parent.parent
LATEST = ROOT / "var" / "bench" / "latest.json"


def parts(sizes: list[str], database: str, *, quick: bool) -> dict[str, list[str]]:
    """The arguments of each part."""
    small, large = sizes[0], sizes[-1]
    rounds = ["--rounds", "3"] if quick else []
    where = ["--database", database]
    return {
        "readers": ["--sizes", ",".join(sizes), *where, *rounds],
        "press": ["--size", large],
        "desk": ["--small", small, "--large", large, *rounds],
        "desk_load": ["--size", small, *where],
        "search": ["--sizes", ",".join(sizes), *where, *rounds],
        "proposals": rounds,
        "tags": [],
        "pictures": rounds,
    }


def machine() -> dict[str, str]:
    """What it was measured on."""
    told = Path("/proc/cpuinfo").read_text() if Path("/proc/cpuinfo").exists() else ""
    names = [line.partition(":")[2].strip() for line in told.splitlines() if line.startswith("model name")]
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    return {
        "on": time.strftime("%Y-%m-%d"),
        "cores": f"{os.cpu_count()} × {names[0] if names else platform.machine()}",
        "memory": f"{memory:.0f} GiB",
        "system": platform.platform(terse=True),
        "python": platform.python_version(),
        "load": " ".join(f"{each:.1f}" for each in os.getloadavg()),
    }


def main(arguments: list[str]) -> int:
    """Run the parts one after another; 1 where one of them failed."""
    parser = argparse.ArgumentParser(prog="bench")
    parser.add_argument("--sizes", default="1000,100000", help="of the archives, the smallest first")
    parser.add_argument("--database", default=SQLITE, help="sqlite, or the address of a PostgreSQL server")
    parser.add_argument("--only", default="", help="parts, parted by commas")
    parser.add_argument("--quick", action="store_true", help="three rounds of each")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    chosen = parts(options.sizes.split(","), options.database, quick=options.quick)
    only = options.only.split(",") if options.only else list(chosen)
    before, rows, failed = machine(), [], []
    for part in only:
        Console(stderr=True).print(f"[bold]{part}[/bold] {' '.join(chosen[part])}")
        command = [sys.executable, "-m", f"bench.{part}", *chosen[part], "--json"]
        run = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=False)  # noqa: S603  (our own programs)
        if run.returncode:
            failed.append(part)
            continue
        rows += [{"part": part, **row} for row in json.loads(run.stdout)]
    LATEST.parent.mkdir(parents=True, exist_ok=True)
    found = {"machine": before, "sizes": options.sizes, "database": options.database.partition(":")[0], "rows": rows}
    LATEST.write_text(json.dumps(found, indent=1))
    if rows:
        show(rows, as_json=options.json)
    if failed:
        sys.stderr.write(f"failed: {', '.join(failed)}\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
