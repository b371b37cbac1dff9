"""Which database is read: a replica for readers' tables within a reader's request, the primary for all else.

A reader's request says so itself (`reading`); commands, tasks and the desk never read a copy. Nor does a process that
has heard of something printed, for as long as a copy may be behind: a page that is kept was then made from the primary.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, transaction

READERS = {
    f"articles.models.{name}"
    for name in (
        *("contributors", "dossiers", "fronts", "images", "nameplates", "pages", "running", "sayings", "search"),
        *("sitemaps", "stories", "tags", "tallies", "teasers"),
    )
}
"""The modules of the models that readers' pages are made of."""

_alias: ContextVar[str] = ContextVar("reading_from", default=DEFAULT_DB_ALIAS)
_held_until = [0.0]


class ReadersRouter:
    """`DATABASE_ROUTERS`: writes go to the primary, and so do reads of what is no table of readers."""

    def db_for_read(self, model, **hints) -> str:
        """The database of this request; within a transaction the one that is written to."""
        alias = _alias.get()
        if alias == DEFAULT_DB_ALIAS or model.__module__ not in READERS:
            return DEFAULT_DB_ALIAS
        return DEFAULT_DB_ALIAS if transaction.get_connection(DEFAULT_DB_ALIAS).in_atomic_block else alias

    def db_for_write(self, model, **hints) -> str:
        """The primary."""
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one, other, **hints) -> bool:
        """The databases hold the same rows."""
        return True

    def allow_migrate(self, db, app_label, **hints) -> bool:
        """Replicas follow by themselves."""
        return db == DEFAULT_DB_ALIAS


@contextmanager
def reading(alias: str) -> Iterator[None]:
    """Within the block, readers' tables are read from there."""
    token = _alias.set(alias)
    try:
        yield
    finally:
        _alias.reset(token)


def primary_seconds() -> int:
    """For how long after a change the primary is read: twice what a replica may be behind."""
    return 2 * settings.REPLICA_LAG_SECONDS


def hold_off() -> None:
    """Something was printed, here or in another process: this one reads from the primary for a while."""
    _held_until[0] = time.monotonic() + primary_seconds()


def is_held_off() -> bool:
    """Whether copies may not have yet what was printed."""
    return time.monotonic() < _held_until[0]


def let_go() -> None:
    """Read from copies at once."""
    _held_until[0] = 0.0
