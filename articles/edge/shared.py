"""A second level that machines share: pages in Redis, so that one machine's making serves all. Off unless asked for.

A page is good as long as none of its keys was purged since it was begun. Each purge has a number, the count of all; a
key keeps the number of its latest purge for longer than any page lives.
"""

import json
import logging
import time

import redis
from django.conf import settings

from .. import surrogates
from .memory import Address, Page

logger = logging.getLogger(__name__)

COUNT, PURGED, PAGE = "newsroom:purge-count", "newsroom:purged:", "newsroom:page:"
REMEMBERED = 900
"""Seconds for which a key's purge is known: three lives of a page."""
MARK = """
local number = redis.call('INCR', KEYS[1])
for _, key in ipairs(ARGV) do redis.call('SET', KEYS[2] .. key, number, 'EX', KEYS[3]) end
return number
"""


class Shared:
    """Never raises: without Redis there is no second level."""

    def __init__(self, url: str = "") -> None:
        timeouts = {"socket_timeout": 0.5, "socket_connect_timeout": 0.5}
        self.client = redis.Redis.from_url(url or settings.REDIS_URL, **timeouts)

    def purge(self, keys: frozenset[str]) -> None:
        """What is filed under any of these is not good any more."""
        try:
            self.client.eval(MARK, 3, COUNT, PURGED, str(REMEMBERED), *sorted(keys))
        except redis.RedisError as error:
            logger.warning("shared pages could not be marked: %s", type(error).__name__)

    def count(self) -> int | None:
        """How many purges there were: asked for before a page is made. None where Redis is away."""
        try:
            return int(self.client.get(COUNT) or 0)
        except redis.RedisError:
            return None

    def get(self, address: Address) -> Page | None:
        """The page that some machine made, if it is good."""
        try:
            kept = self.client.get(_name(address))
            if kept is None:
                return None
            head, _newline, body = kept.partition(b"\n")
            told = json.loads(head)
            names = [*told["keys"], surrogates.EVERYTHING]
            marks = self.client.mget([f"{PURGED}{name}" for name in names])
        except redis.RedisError:
            return None
        if any(mark is not None and int(mark) > told["since"] for mark in marks) or told["good_until"] < time.time():
            return None
        return Page(told["headers"], told["etag"], {"br": body}, tuple(told["keys"]), told["good_until"])

    def put(self, address: Address, page: Page, since: int | None) -> None:
        """Keep a page that was begun when there were `since` purges."""
        life = int(page.good_until - time.time())
        if since is None or life < 1:
            return
        told = {
            "headers": page.headers,
            "etag": page.etag,
            "keys": page.keys,
            "good_until": page.good_until,
            "since": since,
        }
        try:
            self.client.set(_name(address), json.dumps(told).encode() + b"\n" + page.bodies["br"], ex=life)
        except redis.RedisError as error:
            logger.warning("a page could not be shared: %s", type(error).__name__)


def _name(address: Address) -> str:
    return PAGE + " ".join(address)
