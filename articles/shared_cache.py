"""Redis as the cache of all machines; while it is away, a cache that holds nothing: pages go on."""

import logging
import time
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

logger = logging.getLogger(__name__)
AWAY = 2
"""Seconds after a failure for which nobody asks: else each request would wait for the time-out."""
PATIENCE = {"socket_connect_timeout": 0.3, "socket_timeout": 0.5}  # seconds


class SharedCache(RedisCache):
    """What Django's own does; a failure is logged, and answered as if there were nothing.

    One that was restarted is found again with the first request: a broken connection is opened anew once.
    """

    def __init__(self, server, params) -> None:
        options = PATIENCE | {"retry": Retry(NoBackoff(), 1)} | params.get("OPTIONS", {})
        super().__init__(server, params | {"OPTIONS": options})
        self._away_until = 0.0

    def _ask(self, otherwise: Any, method, *arguments: Any) -> Any:
        """What the server says, or `otherwise`."""
        if time.monotonic() < self._away_until:
            return otherwise
        try:
            return method(*arguments)
        except RedisError as error:
            self._away_until = time.monotonic() + AWAY
            logger.warning("the cache does not answer: %s", type(error).__name__)
            return otherwise

    def get(self, key, default=None, version=None):
        """The value, or `default`."""
        return self._ask(default, super().get, key, default, version)

    def get_many(self, keys, version=None):
        """Those that are there."""
        return self._ask({}, super().get_many, keys, version)

    def set(self, key, value, *arguments, **named):
        """Kept, where the server is there."""
        self._ask(None, lambda: super(SharedCache, self).set(key, value, *arguments, **named))

    def set_many(self, data, *arguments, **named):
        """The keys that were not kept."""
        return self._ask(list(data), lambda: super(SharedCache, self).set_many(data, *arguments, **named))

    def add(self, key, value, *arguments, **named):
        """Whether it is ours: nobody's, while the server is away."""
        return self._ask(False, lambda: super(SharedCache, self).add(key, value, *arguments, **named))

    def touch(self, key, *arguments, **named):
        """Whether it is there."""
        return self._ask(False, lambda: super(SharedCache, self).touch(key, *arguments, **named))

    def has_key(self, key, version=None):
        """Whether it is there."""
        return self._ask(False, super().has_key, key, version)

    def delete(self, key, version=None):
        """Whether it was there."""
        return self._ask(False, super().delete, key, version)

    def delete_many(self, keys, version=None):
        """Gone, where the server is there."""
        self._ask(None, super().delete_many, keys, version)

    def clear(self):
        """Whether it is empty now."""
        return self._ask(False, super().clear)
