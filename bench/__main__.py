"""`python -m bench [--stories N] [--rounds N] [--json]`: builds a throw-away newsroom and measures it."""

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable

import django

os.environ |= {"DJANGO_SETTINGS_MODULE": "newsroom.settings", "DEBUG": "1", "LOG_LEVEL": "ERROR"}
os.environ["NEWSROOM_VAR"] = tempfile.mkdtemp(prefix="newsroom-bench-")
django.setup()

from bench.newsroom import measurements  # noqa: E402  (needs the settings above)
from bench.report import show  # noqa: E402


def seconds(job: Callable[[], object]) -> float:
    """How long one call takes, in seconds of this process's CPU: steadier than the clock on a shared machine."""
    start = time.process_time()
    job()
    return time.process_time() - start


def main(arguments: list[str]) -> int:
    """Run interleaved rounds of every measurement and its baseline; print the medians."""
    parser = argparse.ArgumentParser(prog="bench")
    parser.add_argument("--stories", type=int, default=200, help="size of the archive")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)

    rows = []
    for name, goal, job, base_name, baseline, units in measurements(options.stories):
        pairs = [(seconds(job), seconds(baseline)) for _ in range(options.rounds)]
        took, base = (statistics.median(column) for column in zip(*pairs, strict=True))
        rows.append(
            {
                "what": name,
                "per_cpu_second": round(units / took, 1),
                "baseline": base_name,
                "baseline_per_cpu_second": round(units / base, 1),
                "ratio": round(base / took, 4),
                "goal": goal,
            }
        )
    show(rows, as_json=options.json)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
