"""Standing type: pieces of readers' pages that stay set, found again by all that they say.

The key of a piece is a digest of everything that was given to its template, of the language and the zone. So nothing
has to be dropped when a story changes: another story is another piece. A page that the press has changed is made again
from pieces that are still good, and one teaser is set once for all the lists it stands in.
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from hashlib import blake2b
from sys import getsizeof
from threading import Lock
from typing import Any

from django.db import models
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.safestring import SafeData

PLAIN = (str, int, float, date)
MOST = 4 * 1024 * 1024
"""Bytes of pieces that a process keeps."""
OVERHEAD = 200


class UnknownValueError(TypeError):
    """A value whose content cannot be told: what shows it cannot be kept."""


def told(value: Any) -> Any:
    """The content of a value, in plain parts whose `repr` is the same for the same content, and for no other.

    Of a row its loaded columns and the rows it refers to that were read along with it, no annotations. Raises
    `UnknownValueError` for what is none of these.
    """
    if isinstance(value, SafeData):
        return ("safe", str(value))
    if value is None or isinstance(value, PLAIN):
        return value
    if isinstance(value, Promise):
        return str(value)
    if isinstance(value, models.Model):
        columns, loaded, cached = value._meta.concrete_fields, value.__dict__, value._state.fields_cache
        own = [(field.attname, loaded[field.attname]) for field in columns if field.attname in loaded]
        beside = [(field.name, told(cached[field.name])) for field in columns if field.name in cached]
        return (type(value).__name__, own, beside)
    if isinstance(value, Mapping):
        return ("by name", [(told(name), told(each)) for name, each in value.items()])
    if isinstance(value, Sequence | set | frozenset):
        return [told(each) for each in (sorted(value) if isinstance(value, set | frozenset) else value)]
    if is_dataclass(value):
        return (type(value).__name__, [told(getattr(value, field.name)) for field in fields(value)])
    raise UnknownValueError(type(value).__name__)


def key(name: str, values: Mapping[str, Any]) -> bytes:
    """Of the piece that the template `name` makes of these values, here and now."""
    content = (name, translation.get_language(), timezone.get_current_timezone_name(), told(values))
    return blake2b(repr(content).encode("utf-8", "surrogatepass"), digest_size=16).digest()


class Forme:
    """The pieces of this process by key, the longest unused given up first."""

    def __init__(self, most: int = MOST) -> None:
        self.most, self.size = most, 0
        self._pieces: OrderedDict[bytes, str] = OrderedDict()
        self._lock = Lock()

    def get(self, found: bytes, make: Callable[[], str]) -> str:
        """The piece, made if it is not there."""
        piece = self._pieces.get(found)
        if piece is not None:
            with self._lock:
                if found in self._pieces:
                    self._pieces.move_to_end(found)
            return piece
        piece = make()
        with self._lock:
            if found not in self._pieces:
                self._pieces[found] = piece
                self.size += getsizeof(piece) + OVERHEAD
            while self.size > self.most:
                _key, gone = self._pieces.popitem(last=False)
                self.size -= getsizeof(gone) + OVERHEAD
        return piece

    def clear(self) -> None:
        """Keep none."""
        with self._lock:
            self._pieces.clear()
            self.size = 0


forme = Forme()
