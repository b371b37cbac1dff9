"""Counts of several processes are one count, and none falls when a process goes."""

import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings

COUNT = """
from articles import metrics
metrics.answered("story", "GET", 200, 0.02, {"default": 2})
metrics.MEMORY.set(5)
"""
TELL = "import sys; from articles import metrics; sys.stdout.write(metrics.exposition().decode())"


def run(code, folder):
    environment = os.environ | {"PROMETHEUS_MULTIPROC_DIR": str(folder)}
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code], cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=True
    )
    return [line for line in done.stdout.splitlines() if not line.startswith("#")]


def test_counts_add_up_over_processes_and_outlive_them(tmp_path):
    for _process in range(2):
        run(COUNT, tmp_path)
    assert len(list(tmp_path.glob("counter_*.db"))) == 2
    for _time in range(2):  # the second finds what the first made of those that are gone
        told = run(TELL, tmp_path)
        assert 'newsroom_requests_total{method="GET",route="story",status="200"} 2.0' in told
        assert 'newsroom_queries_total{database="default",route="story"} 4.0' in told
        assert 'newsroom_request_seconds_count{route="story"} 2.0' in told
        assert 'newsroom_request_seconds_bucket{le="0.025",route="story"} 2.0' in told
    memory = [line for line in told if line.startswith("newsroom_process_memory_bytes")]
    assert len(memory) == 1, "of those that are gone there is no memory"
    run(COUNT, tmp_path)
    assert 'newsroom_request_seconds_count{route="story"} 3.0' in run(TELL, tmp_path)


def test_counts_of_a_process_that_runs_stay_its_own(tmp_path):
    run(COUNT, tmp_path)
    (path,) = Path(tmp_path).glob("counter_*.db")
    own = path.rename(path.with_name(f"counter_{os.getpid()}.db"))
    assert 'newsroom_requests_total{method="GET",route="story",status="200"} 1.0' in run(TELL, tmp_path)
    assert own.exists()
