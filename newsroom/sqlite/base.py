"""Django's SQLite, with a queue for writers.

SQLite lets one write at a time, and has the others look again ever more seldom, ten times a second in the end: the
database lies idle between two of them, and who is unlucky, or stands beside a program that writes without pause, waits
until the time is over. Here whoever wants to write stands in line by a lock on a file, in which the system keeps the
order, across threads and processes; only the first of the line looks again, every other millisecond.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, flock
from sqlite3 import SQLITE_BUSY

from django.db import OperationalError
from django.db.backends.sqlite3 import base

AGAIN = 0.002  # seconds


class DatabaseWrapper(base.DatabaseWrapper):
    """For `ENGINE`: `newsroom.sqlite`."""

    def _start_transaction_under_autocommit(self):
        if self.transaction_mode != "IMMEDIATE" or self.is_in_memory_db():
            super()._start_transaction_under_autocommit()
            return
        end = time.monotonic() + self.settings_dict["OPTIONS"].get("timeout", 5)  # of waiting, in the line too
        with self._first_in_line(), self._not_waiting():
            while True:
                try:
                    super()._start_transaction_under_autocommit()
                    return
                except OperationalError as error:
                    if error.__cause__.sqlite_errorcode != SQLITE_BUSY or time.monotonic() > end:
                        raise
                    time.sleep(AGAIN)

    @contextmanager
    def _first_in_line(self) -> Iterator[None]:
        line = os.open(f"{self.settings_dict['NAME']}-line", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            flock(line, LOCK_EX)
            yield
        finally:
            os.close(line)  # which lets the next one come

    @contextmanager
    def _not_waiting(self) -> Iterator[None]:
        """SQLite says at once that another one writes."""
        self.connection.execute("PRAGMA busy_timeout = 0")
        try:
            yield
        finally:
            wait = self.settings_dict["OPTIONS"].get("timeout", 5)
            self.connection.execute(f"PRAGMA busy_timeout = {wait * 1000:.0f}")
