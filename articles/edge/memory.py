"""What a process keeps: pages by address, within a bound of bytes, dropped by the keys of what they show."""

from collections import OrderedDict
from collections.abc import Collection
from dataclasses import dataclass, field
from threading import Lock

from .. import surrogates

Address = tuple[str, ...]
Header = tuple[str, str]

OVERHEAD, OF_A_KEY = 2_000, 60
"""Bytes that a page costs beside its body: address, headers and what holds them; and for each of its keys."""


@dataclass(slots=True)
class Page:
    """One page ready to send: `bodies` by encoding ("br", "gzip", "": as made), `headers` that all of them share.

    `sent` are the whole headers of each, and of its 304, made when they are first sent.
    """

    headers: dict[str, str]
    etag: str
    bodies: dict[str, bytes]
    keys: tuple[str, ...]
    good_until: float
    sent: dict[tuple[str, bool], tuple[Header, ...]] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """What it takes of the memory, in bytes, about."""
        return OVERHEAD + sum(map(len, self.bodies.values())) + OF_A_KEY * len(self.keys)


class Memory:
    """Pages by address, the longest unused one given up first. Safe for threads."""

    def __init__(self, most: int) -> None:
        self.most, self.size = most, 0
        self._pages: OrderedDict[Address, Page] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._pages)

    def get(self, address: Address) -> Page | None:
        """The page, which counts as used now."""
        with self._lock:
            page = self._pages.get(address)
            if page is not None:
                self._pages.move_to_end(address)
            return page

    def put(self, address: Address, page: Page) -> None:
        """Keep it, in place of what was at this address."""
        with self._lock:
            self._drop(address)
            if page.size > self.most:
                return
            self._pages[address] = page
            self.size += page.size
            while self.size > self.most:
                self._drop(next(iter(self._pages)))

    def grow(self, address: Address, page: Page, encoding: str, body: bytes) -> None:
        """Keep another form of a page, where it is still here."""
        with self._lock:
            if self._pages.get(address) is page and encoding not in page.bodies:
                page.bodies[encoding] = body
                self.size += len(body)

    def purge(self, keys: Collection[str]) -> int:
        """Drop what shows any of the keys; returns how many pages. All are looked at: an index would take more room."""
        wanted = frozenset(keys)
        with self._lock:
            everything = surrogates.EVERYTHING in wanted
            gone = [each for each, page in self._pages.items() if everything or not wanted.isdisjoint(page.keys)]
            for address in gone:
                self._drop(address)
            return len(gone)

    def _drop(self, address: Address) -> None:
        page = self._pages.pop(address, None)
        if page is not None:
            self.size -= page.size
