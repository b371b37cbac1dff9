"""`python -m bench [--sizes N,N] [--database URL] [--only PART,…] [--quick] [--json]`: every goal in one table.

Each part is a program of its own (`python -m bench.PART --help`), so that none measures what another left behind. What
was found of a database and sizes is kept in `var/bench/results/`, each part as it was found last, and
`python -m bench.plots` makes the page of `docs/` from all of it.
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
RESULTS = ROOT / "var" / "bench" / "results"


def parts(sizes: list[str], database: str, *, quick: bool) -> dict[str, list[str]]:
    """The arguments of each part."""
    small, large = sizes[0], sizes[-1]
    rounds = ["--rounds", "3"] if quick else []
    where = ["--database", database]
    return {
        "readers": ["--sizes", ",".join(sizes), *where, *rounds],
        "press": ["--size", large, *where],
        "visible": where,
        "desk": ["--small", small, "--large", large, *where, *rounds],
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


def keep(on: dict[str, str], sizes: str, database: str, rows: list[dict]) -> None:
    """Write down what was found, in place of what was known of the same parts."""
    file = RESULTS / f"{database}-{sizes.replace(',', '-')}.json"
    RESULTS.mkdir(parents=True, exist_ok=True)
    known = json.loads(file.read_text())["rows"] if file.exists() else []
    found = {row["part"] for row in rows}
    rows = [row for row in known if row["part"] not in found] + rows
    file.write_text(json.dumps({"machine": on, "sizes": sizes, "database": database, "rows": rows}, indent=1))


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
    keep(before, options.sizes, options.database.partition(":")[0], rows)
    if rows:
        show(rows, as_json=options.json)
    if failed:
        sys.stderr.write(f"failed: {', '.join(failed)}\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
