"""The log of purges for several machines: a stream in Redis, followed by a thread of each process."""

import logging
import time
from collections import deque
from contextlib import suppress
from threading import Lock, Thread

import redis
from django.conf import settings

from .purges import ALL, Keys
from .shared import Shared

logger = logging.getLogger(__name__)


class RedisLog:
    """Purges arrive within milliseconds. While Redis is away this process is blind, and begins anew when it is back."""

    STREAM = "newsroom:purges"
    LENGTH = 10_000
    WAIT = 0.4
    """Seconds for which one reading waits: a connection that is dead is found out within twice that."""

    def __init__(self, url: str = "") -> None:
        timeouts = {"socket_timeout": 2 * self.WAIT, "socket_connect_timeout": 2 * self.WAIT}
        self.client = redis.Redis.from_url(url or settings.REDIS_URL, decode_responses=True, **timeouts)
        self.shared = Shared(url) if settings.EDGE_SHARED else None
        self.is_blind = True
        self._arrived: deque[Keys] = deque()
        self._unsent: deque[Keys] = deque(maxlen=self.LENGTH)
        self._thread: Thread | None = None
        self._lock = Lock()

    def append(self, keys: Keys) -> None:
        """Tell all machines; where Redis is away, as soon as this process hears of it again."""
        try:
            self._send(keys)
        except redis.RedisError:
            logger.exception("a purge waits for Redis")
            self._unsent.append(keys)
            self._begin()

    def read(self) -> list[Keys]:
        """What arrived since; the first reading begins to listen."""
        self._begin()
        found = []
        with suppress(IndexError):  # another thread takes some of them, and drops what they name
            while True:
                found.append(self._arrived.popleft())
        return found

    def _send(self, keys: Keys) -> None:
        if self.shared is not None:
            self.shared.purge(keys)
        self.client.xadd(self.STREAM, {"keys": " ".join(sorted(keys))}, maxlen=self.LENGTH, approximate=True)

    def _begin(self) -> None:
        if self._thread is not None:
            return
        with self._lock:
            if self._thread is None:
                self._thread = Thread(target=self._listen, name="purges", daemon=True)
                self._thread.start()

    def _listen(self) -> None:
        while True:
            try:
                self._follow()
            except redis.RedisError as error:
                if not self.is_blind:
                    logger.warning("no news of purges, pages are kept for a second only: %s", type(error).__name__)
                self.is_blind = True
                self._arrived.append(ALL)
                time.sleep(self.WAIT)

    def _follow(self) -> None:
        """Read on from the newest entry until Redis is away; what came before that was dropped with everything."""
        newest = self.client.xrevrange(self.STREAM, count=1)
        last = newest[0][0] if newest else "0-0"
        self._arrived.append(ALL)
        self.is_blind = False
        while True:
            while self._unsent:
                self._send(self._unsent[0])
                self._unsent.popleft()
            for _stream, entries in self.client.xread({self.STREAM: last}, block=int(self.WAIT * 1000)) or ():
                for last, entry in entries:  # noqa: B007  (where to read on)
                    self._arrived.append(frozenset(entry["keys"].split()))
