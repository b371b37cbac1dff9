"""What a process keeps: pages by address, each filed under its keys, within a bound of bytes."""

from collections import OrderedDict, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from threading import Lock

from django.http.response import ResponseHeaders

from .. import surrogates

Address = tuple[str, ...]

OVERHEAD = 1_500
"""Bytes that a page costs beside its body: its headers, its keys, its places in the indexes."""


@dataclass(slots=True)
class Page:
    """One page ready to send: `bodies` by encoding ("br", "gzip", "": as made), `headers` that all of them share.

    `sent` are the whole headers of each, and of its 304, made when they are first sent.
    """

    headers: dict[str, str]
    etag: str
    bodies: dict[str, bytes]
    keys: frozenset[str]
    good_until: float
    sent: dict[tuple[str, bool], ResponseHeaders] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """What it takes of the memory, in bytes, about."""
        return OVERHEAD + sum(map(len, self.bodies.values())) + 120 * len(self.keys)


class Memory:
    """Pages by address, the longest unused one given up first. Safe for threads."""

    def __init__(self, most: int) -> None:
        self.most, self.size = most, 0
        self._pages: OrderedDict[Address, Page] = OrderedDict()
        self._filed: defaultdict[str, set[Address]] = defaultdict(set)
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._pages)

    def get(self, address: Address) -> Page | None:
        """The page, which counts as used now."""
        page = self._pages.get(address)
        if page is not None:
            try:
                self._pages.move_to_end(address)
            except KeyError:  # dropped by another thread this very moment
                return None
        return page

    def put(self, address: Address, page: Page) -> None:
        """Keep it, in place of what was at this address."""
        with self._lock:
            self._drop(address)
            if page.size > self.most:
                return
            self._pages[address] = page
            self.size += page.size
            for key in page.keys:
                self._filed[key].add(address)
            while self.size > self.most:
                self._drop(next(iter(self._pages)))

    def grow(self, address: Address, page: Page, encoding: str, body: bytes) -> None:
        """Keep another form of a page, where it is still here."""
        with self._lock:
            if self._pages.get(address) is page and encoding not in page.bodies:
                page.bodies[encoding] = body
                self.size += len(body)

    def purge(self, keys: Iterable[str]) -> int:
        """Drop what is filed under any of the keys; returns how many pages."""
        with self._lock:
            if surrogates.EVERYTHING in keys:
                count = len(self._pages)
                self._pages.clear()
                self._filed.clear()
                self.size = 0
                return count
            addresses = {address for key in keys for address in self._filed.get(key, ())}
            for address in addresses:
                self._drop(address)
            return len(addresses)

    def _drop(self, address: Address) -> None:
        page = self._pages.pop(address, None)
        if page is None:
            return
        self.size -= page.size
        for key in page.keys:
            filed = self._filed[key]
            filed.discard(address)
            if not filed:
                del self._filed[key]
