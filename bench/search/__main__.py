"""Asks archives of several sizes, one after another, each in a process of its own; see the package."""

import argparse
import json
import subprocess
import sys
from typing import Any

from bench.archive import ROOT, SQLITE
from bench.goals import AT_LEAST, AT_MOST, Goal
from bench.report import show
from bench.search.questions import GOALS, KEPT


def figures(size: int, database: str, rounds: int) -> dict[str, Any]:
    """What `bench.search.measuring` finds in the archive of that size, which it builds where it is missing."""
    command = [sys.executable, "-m", "bench.search.measuring", str(size), database, str(rounds)]
    run = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)  # noqa: S603  (our own program)
    return json.loads(run.stdout)


def goals(size: int, found: dict[str, Any], small: dict[str, Any]) -> list[Goal]:
    """The rows of one size; the baseline is the median in the smallest archive."""
    rows, base = [], {(row["order"], row["name"]): row for row in small["asked"]}
    for row in found["asked"]:
        order, name = row["order"], row["name"]
        usual = base[order, name]["p50"]
        told = f"median {row['p50']:.1f} ms, {usual:.1f} in the smallest; page {row['page']:.0f} ms"
        what = f"search, {order}, {name}, {size:,} stories"
        rows.append(Goal(what, row["p95"], "ms, 95 of 100", AT_MOST, GOALS[order], baseline=told))
    rows.append(Goal(f"search, stories kept, {size:,} stories", found["kept"], "stories/s", AT_LEAST, KEPT))
    return rows


def main(arguments: list[str]) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="bench.search")
    parser.add_argument("--sizes", default="1000,100000", help="of the archives, the smallest first")
    parser.add_argument("--database", default=SQLITE, help="sqlite, or the address of a PostgreSQL server")
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    sizes = [int(size) for size in options.sizes.split(",")]
    found = {size: figures(size, options.database, options.rounds) for size in sizes}
    rows = [goal.as_row() for size in sizes for goal in goals(size, found[size], found[sizes[0]])]
    show(rows, as_json=options.json)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
