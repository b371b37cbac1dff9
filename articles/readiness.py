"""Whether this machine can do its whole work: the parts it stands on, each tried.

Pages are answered without some of them; `views.health.healthz` says whether they are at all.
"""

import logging
import time
from collections.abc import Callable
from secrets import token_hex

from django.conf import settings
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from . import background

logger = logging.getLogger(__name__)
FRESH = 5
"""Seconds for which an answer stands: whoever asks without end makes no work of it."""

_known: dict[str, object] = {"at": 0.0, "failing": (), "migrated": False}


class NotReadyError(Exception):
    """A part answers, but not as it should."""


def failing() -> tuple[str, ...]:
    """The names of the parts that fail, at most `FRESH` seconds old. Why stands in the log, and nowhere else."""
    now = time.monotonic()
    if not _known["at"] or now - _known["at"] > FRESH:
        _known.update(failing=tuple(name for name in PARTS if not _works(name)), at=now)
    return _known["failing"]


def forget() -> None:
    """Try every part anew."""
    _known.update(at=0.0, migrated=False)


def _works(name: str) -> bool:
    try:
        PARTS[name]()
    except Exception:  # whatever a part raises, it is not ready
        logger.exception("not ready: %s", name)
        return False
    return True


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _migrations() -> None:
    """Asked until all are applied: none is added to a program that runs."""
    if _known["migrated"]:
        return
    executor = MigrationExecutor(connection)
    if plan := executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise NotReadyError(f"{len(plan)} migrations are not applied")
    _known["migrated"] = True


def _cache() -> None:
    word = token_hex(8)
    cache.set("newsroom:ready", word, 60)
    if cache.get("newsroom:ready") is None:  # another machine's word is as good as ours
        raise NotReadyError("the cache does not keep what it is given")


def _storage() -> None:
    name = default_storage.save(f"readiness/{token_hex(16)}", ContentFile(b"ready"))
    default_storage.delete(name)


def _tasks() -> None:
    waited = background.waiting().seconds / 60
    if waited > settings.NEWSROOM_TASK_MINUTES:
        raise NotReadyError(f"a task waits since {waited:.0f} minutes")


PARTS: dict[str, Callable[[], None]] = {
    "database": _database,
    "migrations": _migrations,
    "cache": _cache,
    "storage": _storage,
    "tasks": _tasks,
}
