"""The databases' full-text indexes built anew, while readers search and the press prints.

On SQLite a new table is filled beside the one in use, a few rows in a transaction. Triggers bring into it what is
printed of the rows that it has already; rows it has not reached are taken as they are then. When it has them all, names
are changed in one transaction. A build that was stopped goes on. PostgreSQL does the same by `REINDEX … CONCURRENTLY`.
"""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from django.db import OperationalError, connection, connections, transaction

from .engines import LOWEST
from .tables import TABLES, FullText

BATCH, LEAST = 250, 10  # rows in a transaction
AIM = 0.3  # seconds for it: where the machine is busy, a batch is smaller
TRIES = 30  # times that others may write for longer than SQLite waits
PAGES = 2_000  # of an old table that are let go in a transaction
TOLD = 10  # rows up to this number say what the table is made of: without them it cannot be dropped
PAUSE = 0.1  # seconds between two, in which whoever waits to write does: SQLite looks again ten times a second
Advance = Callable[[int], Any]


def reindex(*, advance: Advance = lambda _rows: None) -> int:
    """Build all of them anew and put them in the place of those in use; how many rows they have.

    Goes on where a build was stopped. `advance` is called with how many more rows are in them. Not to be called in a
    transaction.
    """
    if connection.vendor == "postgresql":
        return sum(_reindexed(table, advance) for table in TABLES)
    rows = 0
    for table in _left():
        _sweep(table.old)
        if not _is_begun(table):
            _patiently(_let_go, table)
            _sweep(table.old)
            _patiently(_begin, table)
        size = BATCH
        while more := _patiently(_fill, table, size):
            done, took = more
            advance(done)
            size = max(LEAST, min(BATCH, int(size * AIM / took)))
            time.sleep(PAUSE)
        rows += _patiently(_switch, table)
        _sweep(table.old)
    return rows


def left_to_index() -> tuple[int, int]:
    """(rows that a build that was stopped has done, rows there are): for showing how far it is."""
    left = _left()
    with connection.cursor() as cursor:
        total = sum(_one(cursor, f"SELECT count(*) FROM {table.table}") for table in left)  # noqa: S608
        return _one(cursor, f"SELECT done FROM {left[0].mark}") if _is_begun(left[0]) else 0, total  # noqa: S608


def abandon() -> None:
    """Let go of what a stopped build has made."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for table in TABLES:
                _drop_half_built(cursor, table)
        return
    for table in TABLES:
        _sweep(table.old)
        _let_go(table)
        _sweep(table.old)


def _left() -> tuple[FullText, ...]:
    """All tables, or those from the one on at which a build was stopped."""
    begun = [number for number, table in enumerate(TABLES) if _is_begun(table)]
    return TABLES[min(begun, default=0) :]


def _is_begun(table: FullText) -> bool:
    """Whether a build of it was stopped that can go on: one of a table as it is made now."""
    return connection.vendor == "sqlite" and _sql_of(table.new) == table.create(table.new)


# --- SQLite -------------------------------------------------------------------------------------------------------


@transaction.atomic
def _begin(table: FullText) -> None:
    """An empty new table, and what says how far it is."""
    with connection.cursor() as cursor:
        cursor.execute(table.create(table.new))
        cursor.execute(f"CREATE TABLE {table.mark} (last INTEGER NOT NULL, done INTEGER NOT NULL)")
        cursor.execute(f"INSERT INTO {table.mark} VALUES ({LOWEST}, 0)")  # noqa: S608  (here and below: our own names)
        for statement in table.triggers_of_new().values():
            cursor.execute(statement)


def _patiently(job: Callable, *arguments: Any) -> Any:
    """What the job returns, tried again where others wrote for longer than SQLite waits for."""
    for _try in range(TRIES):
        try:
            return job(*arguments)
        except OperationalError as error:
            if "locked" not in str(error):
                raise
    return job(*arguments)


@transaction.atomic
def _fill(table: FullText, size: int) -> tuple[int, float] | None:
    """The next rows, `size` at most: how many there were, and how many seconds it took; None where none is left."""
    names, key, start = ", ".join(table.columns), table.key, time.monotonic()
    with connection.cursor() as cursor:
        last = _one(cursor, f"SELECT last FROM {table.mark}")  # noqa: S608
        span = f"SELECT {key} FROM {table.table} WHERE {key} > %s ORDER BY {key} LIMIT {size}"  # noqa: S608
        cursor.execute(f"SELECT count(*), max({key}) FROM ({span})", [last])  # noqa: S608
        rows, until = cursor.fetchone()
        if rows:
            chosen = f"SELECT {key}, {names} FROM {table.table} WHERE {key} > %s AND {key} <= %s ORDER BY {key}"  # noqa: S608
            cursor.execute(f"INSERT INTO {table.new}(rowid, {names}) {chosen}", [last, until])
            cursor.execute(f"UPDATE {table.mark} SET last = %s, done = done + %s", [until, rows])  # noqa: S608
    return (rows, max(time.monotonic() - start, 0.001)) if rows else None


@transaction.atomic
def _switch(table: FullText) -> int:
    """The new one in the place of the one in use, with what was printed since the last batch; how many rows it has."""
    while _fill(table, BATCH):
        pass
    with connection.cursor() as cursor:
        rows = _one(cursor, f"SELECT done FROM {table.mark}")  # noqa: S608
        for name in (*table.triggers_of_new(), *table.triggers()):
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
        cursor.execute(f"DROP TABLE {table.mark}")
        cursor.execute(f"ALTER TABLE {table.fts} RENAME TO {table.old}")
        cursor.execute(f"ALTER TABLE {table.new} RENAME TO {table.fts}")
        for statement in table.triggers().values():
            cursor.execute(statement)
    return rows


@transaction.atomic
def _let_go(table: FullText) -> None:
    """A new table that will not be finished becomes an old one."""
    if not _sql_of(table.new):
        return
    with connection.cursor() as cursor:
        for name in table.triggers_of_new():
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
        cursor.execute(f"DROP TABLE {table.mark}")
        cursor.execute(f"ALTER TABLE {table.new} RENAME TO {table.old}")


def _sweep(old: str) -> None:
    """Drop a table that nobody reads, by pieces: at once, gigabytes would be written over in one transaction."""
    with connection.cursor() as cursor:
        while _sql_of(old):
            data = f"{old}_data"
            pages = f"SELECT id FROM {data} WHERE id > {TOLD} ORDER BY id DESC LIMIT {PAGES}"  # noqa: S608
            _patiently(cursor.execute, f"DELETE FROM {data} WHERE id IN ({pages})")  # noqa: S608
            if not cursor.rowcount:
                _patiently(cursor.execute, f"DROP TABLE {old}")
            time.sleep(PAUSE)


def _one(cursor: Any, statement: str) -> int:
    cursor.execute(statement)
    return cursor.fetchone()[0]


def _sql_of(name: str) -> str:
    """How this table was made; "" where there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [name])
        row = cursor.fetchone()
    return row[0] if row else ""


# --- PostgreSQL ---------------------------------------------------------------------------------------------------


def _reindexed(table: FullText, advance: Advance) -> int:
    """The same of one index of PostgreSQL."""
    with connection.cursor() as cursor:
        _drop_half_built(cursor, table)
        rows, seen = _one(cursor, f"SELECT count(*) FROM {table.table}"), 0  # noqa: S608
    with ThreadPoolExecutor(1) as aside:
        for share in _shares(aside.submit(_concurrently, table), table):
            if (so_far := int(rows * share)) > seen:
                advance(so_far - seen)
                seen = so_far
    return rows


def _concurrently(table: FullText) -> None:
    """In a thread, and so with a connection of its own."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"REINDEX INDEX CONCURRENTLY {table.table}_vector")
    finally:
        connections.close_all()


def _shares(job: Future, table: FullText) -> Iterator[float]:
    """What share of the rows is done, ten times a second, as far as PostgreSQL tells; raises what the job did."""
    told = "SELECT blocks_done, blocks_total FROM pg_stat_progress_create_index WHERE relid = %s::regclass"
    while not job.done():
        with connection.cursor() as cursor:
            cursor.execute(told, [table.table])
            done, total = cursor.fetchone() or (0, 0)
        yield done / total if total else 0.0
        time.sleep(PAUSE)
    job.result()
    yield 1.0


def _drop_half_built(cursor: Any, table: FullText) -> None:
    """What is left of a build that was stopped."""
    for end in ("ccnew", "ccold"):
        cursor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {table.table}_vector_{end}")
