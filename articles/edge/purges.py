"""The log of what has changed, by which every process on every machine drops just that.

On one machine it is a file under `NEWSROOM_VAR`: who changes something writes a line, who answers looks at the file's
size before each answer. With `REDIS_URL` it is a stream there (`redis_log`).
"""

import fcntl
import logging
import os
from collections import deque
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from .. import surrogates
from .memory import Address, Page

logger = logging.getLogger(__name__)

Keys = frozenset[str]
ALL: Keys = frozenset({surrogates.EVERYTHING})


class Level(Protocol):
    """Pages that machines share: see `shared.Shared`."""

    def count(self) -> int | None:
        """How many purges there were."""

    def get(self, address: Address) -> Page | None:
        """The page, if it is good."""

    def put(self, address: Address, page: Page, since: int | None) -> None:
        """Keep it."""


class Log(Protocol):
    """Where purges are written and heard of."""

    is_blind: bool
    """Whether this process cannot hear of purges just now: then it keeps nothing for longer than a second."""
    shared: "Level | None"
    """The second level of those who follow this log, if they have one."""

    def append(self, keys: Keys) -> None:
        """Tell everybody."""

    def read(self) -> list[Keys]:
        """What was told since this process asked last."""


class FileLog:
    """A file that grows by a line a purge; past `LONGEST` bytes a new one takes its place, and all is dropped once."""

    LONGEST = 1_000_000
    is_blind, shared = False, None

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or settings.VAR / "purges"
        self.path.touch()
        self._seen = self._state()

    def append(self, keys: Keys) -> None:
        """One line, whoever else writes at the same moment."""
        line = f"{' '.join(sorted(keys))}\n".encode()
        with open(f"{self.path}.lock", "ab") as guard:
            fcntl.flock(guard, fcntl.LOCK_EX)
            if self._state()[1] + len(line) > self.LONGEST:
                new = self.path.with_name(f"{self.path.name}.new")
                new.write_bytes(line)
                new.replace(self.path)
                return
            with open(self.path, "ab", buffering=0) as file:
                file.write(line)

    def read(self) -> list[Keys]:
        """The whole lines that were added; everything where another file stands in its place."""
        now = self._state()
        if now == self._seen:
            return []
        number, size = self._seen
        if now[0] != number or now[1] < size:
            self._seen = now
            return [ALL]
        with open(self.path, "rb") as file:
            file.seek(size)
            told = file.read(now[1] - size)
        whole = told[: told.rfind(b"\n") + 1]
        self._seen = (number, size + len(whole))
        return [frozenset(line.split()) for line in whole.decode().splitlines()]

    def _state(self) -> tuple[int, int]:
        """(which file it is, its size)."""
        try:
            state = os.stat(self.path)
        except FileNotFoundError:
            return 0, 0
        return state.st_ino, state.st_size


class Hearing:
    """What this process has heard of the log, and what it heard lately: a page made meanwhile may be out of date."""

    LATELY = 500

    def __init__(self, log: Log) -> None:
        self.log = log
        self.count = 0
        self._lately: deque[tuple[int, Keys]] = deque(maxlen=self.LATELY)

    def news(self) -> Iterator[Keys]:
        """What to drop now."""
        for keys in self.log.read():
            self.count += 1
            self._lately.append((self.count, keys))
            yield keys

    def has_changed(self, keys: Collection[str], since: int) -> bool:
        """Whether any of the keys was purged since the count was `since`; so too where that is not known any more."""
        if self.count - since > self.LATELY:
            return True
        return any(
            count > since and (surrogates.EVERYTHING in told or not told.isdisjoint(keys))
            for count, told in tuple(self._lately)
        )


@cache
def log() -> Log:
    """The one of this process, as the settings name it."""
    return import_string(settings.EDGE_LOG)()


def purge(keys: Collection[str]) -> None:
    """Have every process drop the pages filed under these keys. Never raises: what is printed stays printed."""
    try:
        log().append(frozenset(keys))
    except OSError:
        logger.exception("kept pages could not be dropped: they go by themselves within minutes")
