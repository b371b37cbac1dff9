"""What monitors count: requests, queries, publishing, the page cache, memory. No label ever holds a path or a name.

Every process of the server keeps its counts in files of `PROMETHEUS_MULTIPROC_DIR`; whichever is asked adds up all.
What a process counted that is gone is added to a file of nobody's, so that no counter falls and no file stays.
"""

import os
import resource
import time
from collections import Counter as Tally
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from fcntl import LOCK_EX, flock
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.mmap_dict import MmapedDict
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

REQUESTS = Counter("newsroom_requests", "Requests answered, past the page cache.", ["route", "method", "status"])
SECONDS = Histogram(
    "newsroom_request_seconds",
    "How long an answer took.",
    ["route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
QUERIES = Counter("newsroom_queries", "Statements sent to a database within requests.", ["route", "database"])
MOVES = Counter("newsroom_moves", "Moves of stories.", ["verb"])
PUBLISHES = Counter("newsroom_publishes", "Editions that went out, by door.", ["channel"])
RELEASES = Counter("newsroom_releases", "Scheduled stories whose moment came.", ["outcome"])
EDGE = Counter("newsroom_edge", "Readers' pages asked of the page cache in memory.", ["outcome"])
PURGES = Counter("newsroom_purges", "Batches of keys sent to a cache before the site.", ["outcome"])
LEFT_OUT = Counter("newsroom_replica_left_out", "Times that a replica was found late or silent.", ["database"])
MEMORY = Gauge("newsroom_process_memory_bytes", "Resident memory.", multiprocess_mode="liveall")

NOBODY = 0  # the process number under which counts of those that are gone are kept
FRESH = 5  # seconds
PAGE = resource.getpagesize()

_queries: ContextVar[Tally | None] = ContextVar("queries", default=None)
_measured = [0.0]


@contextmanager
def counting_queries() -> Iterator[Tally]:
    """Within the block, statements are counted by the alias of their database."""
    token = _queries.set(Tally())
    try:
        yield _queries.get()
    finally:
        _queries.reset(token)


def count_query(execute, sql, params, many, context):
    """Wrapper of a connection's `execute`."""
    if (tally := _queries.get()) is not None:
        tally[context["connection"].alias] += 1
    return execute(sql, params, many, context)


def answered(route: str, method: str, status: int, seconds: float, queries: Tally) -> None:
    """A request was answered; `route` is the name of an address, not the address."""
    REQUESTS.labels(route, method if method in ("GET", "HEAD", "POST") else "other", status).inc()
    SECONDS.labels(route).observe(seconds)
    for database, count in queries.items():
        QUERIES.labels(route, database).inc(count)
    if (now := time.monotonic()) - _measured[0] > FRESH:
        _measured[0] = now
        MEMORY.set(resident())


def at_the_edge(outcome: str, times: int) -> None:
    """Readers' pages were asked of the page cache: "hits", "unchanged" (304), "misses", "waits"; or "purged"."""
    EDGE.labels(outcome).inc(times)


def resident() -> int:
    """Bytes of memory of this process; where the system does not say (no `/proc`), the most it ever had."""
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * PAGE
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def exposition(*collectors: Collector) -> bytes:
    """Everything, in the text form of Prometheus; `collectors` are what is asked only now."""
    folder = Path(os.environ["PROMETHEUS_MULTIPROC_DIR"])
    MEMORY.set(resident())
    registry = CollectorRegistry()
    for collector in collectors:
        registry.register(collector)
    MultiProcessCollector(registry, path=str(folder))
    with (folder / "lock").open("w") as lock:
        flock(lock, LOCK_EX)
        for path in sorted(folder.glob("*.db")):
            kind, _, number = path.stem.rpartition("_")
            if number.isdecimal() and not _is_alive(int(number)):
                _inherit(path, kind)
        return generate_latest(registry)


def _is_alive(number: int) -> bool:
    """Whether a process of this number runs; nobody's files are never given up."""
    try:
        os.kill(number, 0)  # asks, and does nothing; 0 would be our own group
    except ProcessLookupError:
        return False
    except PermissionError:  # somebody else's, so there is one
        return True
    return True


def _inherit(path: Path, kind: str) -> None:
    """Keep what a process counted that is gone; what it measured of itself goes with it."""
    if kind in ("counter", "histogram"):
        kept = MmapedDict(str(path.with_name(f"{kind}_{NOBODY}.db")))
        for key, value, stamp, _place in MmapedDict.read_all_values_from_file(str(path)):
            kept.write_value(key, kept.read_value(key)[0] + value, stamp)
        kept.close()
    with suppress(FileNotFoundError):
        path.unlink()
