"""Copies of the database that readers' pages may be read from: which of them answer and keep up.

A thread of each process asks every two seconds, so that no request waits for a copy that is gone. How far a copy may be
behind is told by the primary's log: what the primary had written `REPLICA_LAG_SECONDS` ago, a copy must have by now.
That needs no clock of the copy's, finds one that lost its primary, and keeps all while the primary itself is away.
"""

import logging
import random
import threading
import time
from collections import deque
from collections.abc import Iterable

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections

from . import metrics

logger = logging.getLogger(__name__)
EVERY = 2
"""Seconds between two looks."""
PRIMARY_AT = "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')"
REPLICA_AT = "SELECT pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0') WHERE pg_is_in_recovery()"


class Replicas:
    """The copies of one process. `fit` are the aliases of those that may be read."""

    def __init__(self, aliases: Iterable[str]) -> None:
        self.aliases = tuple(aliases)
        self.fit: frozenset[str] = frozenset()
        self._marks: deque[tuple[float, int]] = deque()  # (when, how far the primary's log was), the oldest first
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def pick(self) -> str:
        """One that may be read, by chance; the primary where there is none, as before the first look."""
        if not self.aliases:
            return DEFAULT_DB_ALIAS
        self._watch()
        return random.choice(sorted(self.fit) or [DEFAULT_DB_ALIAS])  # noqa: S311  (spreads load)

    def leave_out(self, alias: str) -> None:
        """It failed a reader: not before the next look is it asked again."""
        if alias in self.fit:
            self.fit -= {alias}
            metrics.LEFT_OUT.labels(alias).inc()
            logger.warning("%s is left out", alias)

    def look(self, now: float | None = None) -> frozenset[str]:
        """Ask primary and copies how far they are; returns those that may be read."""
        now = time.monotonic() if now is None else now
        if (far := _how_far(DEFAULT_DB_ALIAS, PRIMARY_AT)) is not None:
            self._marks.append((now, far))
        while len(self._marks) > 1 and self._marks[1][0] <= now - settings.REPLICA_LAG_SECONDS:
            self._marks.popleft()
        needed = self._marks[0][1] if self._marks else 0
        for alias in self.aliases:
            there = _how_far(alias, REPLICA_AT)
            if there is None or there < needed:
                self.leave_out(alias)
            elif alias not in self.fit:
                self.fit |= {alias}
                logger.info("%s is read from", alias)
        return self.fit

    def _watch(self) -> None:
        """Have a thread that looks; a worker that was forked starts its own."""
        if self._thread is not None and self._thread.is_alive():
            return
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._look_for_ever, name="replicas", daemon=True)
                self._thread.start()

    def _look_for_ever(self) -> None:
        while True:
            try:
                self.look()
            except Exception:  # a copy that cannot even be asked is none to read from, and the watch goes on
                logger.exception("the replicas could not be looked at")
                self.fit = frozenset()
            time.sleep(EVERY)


def _how_far(alias: str, statement: str) -> int | None:
    """The place in the log; None where the database does not answer, or is not what it should be."""
    try:
        with connections[alias].cursor() as cursor:
            cursor.execute(statement)
            row = cursor.fetchone()
            return None if row is None or row[0] is None else int(row[0])
    except DatabaseError as error:
        logger.debug("%s does not answer: %s", alias, type(error).__name__)
        return None
    finally:
        connections[alias].close()


replicas = Replicas(settings.REPLICAS)
