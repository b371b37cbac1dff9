"""Standing type: pieces of readers' pages that stay set, found again by all that they say.

The key of a piece is a digest of everything that was given to its template, of the language and the zone. So nothing
has to be dropped when a story changes: another story is another piece. A page that the press has changed is made again
from pieces that are still good, and one teaser is set once for all the lists it stands in.
"""

import inspect
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cached_property, lru_cache
from hashlib import blake2b
from pathlib import Path
from sys import getsizeof
from threading import Lock
from types import ModuleType
from typing import Any

from django import get_version
from django.conf import settings
from django.db import models
from django.template.loader import get_template
from django.template.loader_tags import IncludeNode
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.safestring import SafeData, SafeString, mark_safe

PLAIN = (str, int, float, date)
MOST = 2 * 1024 * 1024
"""Bytes of pieces that a process keeps."""
OVERHEAD = 200


class Later:
    """A mapping that a piece shows, told by what it is made of, and made only where the piece has to be."""

    def __init__(self, make: Callable[..., Mapping[str, Any]], *given: Any) -> None:
        self.make, self.given = make, given

    def __getitem__(self, name: str) -> Any:
        return self._made[name]

    @property
    def standing_key(self) -> Any:
        """What it is made of, and by what."""
        return ("later", self.make.__qualname__, told(self.given))

    @cached_property
    def _made(self) -> Mapping[str, Any]:
        return self.make(*self.given)


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
    if isinstance(value, Later):
        return value.standing_key
    if isinstance(value, models.Model):
        if (known := getattr(value, "standing_key", None)) is not None:  # a row that knows what it says
            return known
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
    return _key(name, told(values))


def _key(name: str, content: Any) -> bytes:
    told = (name, translation.get_language(), timezone.get_current_timezone_name(), content)
    return blake2b(repr(told).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def piece(name: str, content: Any, make: Callable[[], str]) -> SafeString:
    """What `make` sets by the template `name`, as it stands.

    `content` is all it says, in plain parts: rows as they were read (`statements`), which then need not be understood.
    """

    def made() -> SafeString:
        return mark_safe(make())  # noqa: S308  (set by a template)

    return made() if settings.DEBUG else forme.get(_key(name, content), made)


def version_of(*names: str, called: tuple[ModuleType, ...] = ()) -> str:
    """Of what is set by these templates and kept in a row: of all that words depend on beside the row.

    Changes with the templates and those they include, the code of template tags and of the modules `called`, catalogues
    and formats, Django, and the settings of language, time and address. Known for the life of the process.
    """
    told = (settings.NEWSROOM_URL, settings.LANGUAGE_CODE, settings.TIME_ZONE, settings.FORCE_SCRIPT_NAME or "")
    return _version_of(names, called, told)


@lru_cache(64)
def _version_of(names: tuple[str, ...], called: tuple[ModuleType, ...], told: tuple[str, ...]) -> str:
    told = (get_version(), *told, *sorted(_sources(names).items()), *map(inspect.getsource, called))
    files = [path for folder in settings.LOCALE_PATHS for path in Path(folder).glob("*/LC_MESSAGES/*.mo")]
    files += (Path(settings.BASE_DIR) / "newsroom" / "formats").rglob("*.py")
    files += (Path(__file__).parent / "templatetags").glob("*.py")
    digest = blake2b(repr(told).encode(), digest_size=12)
    for path in sorted(files):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _sources(names: Iterable[str]) -> dict[str, str]:
    """The templates and all they include by name → source."""
    found, wanted = {}, list(names)
    while wanted:
        each = wanted.pop()
        template = get_template(each).template
        found[each] = template.source
        included = {node.template.var for node in template.nodelist.get_nodes_by_type(IncludeNode)}
        wanted += [other for other in included if isinstance(other, str) and other not in found]
    return found


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
