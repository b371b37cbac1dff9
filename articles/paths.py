"""Addresses by the name of their pattern, remembered: a page of a list asks for a hundred, a print for twenty.

For addresses within the site that models and the press write; `django.urls.reverse` costs ten times as much.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.urls import get_resolver, get_script_prefix, get_urlconf, reverse
from django.utils.http import RFC3986_SUBDELIMS, escape_leading_slashes

KEPT = 4_000  # of the last ones: 2 MB
_site: ContextVar[tuple[str, str] | None] = ContextVar("site", default=None)


def path_of(name: str, *args: Any) -> str:
    """As `reverse(name, args=args)`."""
    return _path(*(_site.get() or _found()), name, args)


@contextmanager
def one_site() -> Iterator[None]:
    """Within the block all addresses are of the site as it is at its beginning: it is not looked up for each."""
    token = _site.set(_found())
    try:
        yield
    finally:
        _site.reset(token)


def _found() -> tuple[str, str]:
    """Under which path the site stands, and by which patterns."""
    return get_script_prefix(), get_urlconf() or settings.ROOT_URLCONF


@dataclass(frozen=True)
class _Form:
    """An address with gaps: `words % values`, its parameters in order with what writes each, what it has to match."""

    words: str
    names: tuple[str, ...]
    converters: Mapping[str, Any]
    pattern: re.Pattern

    def filled(self, args: tuple[Any, ...]) -> str | None:
        """The address; None where an argument does not fit."""
        try:
            told = {
                name: self.converters[name].to_url(value) if name in self.converters else str(value)
                for name, value in zip(self.names, args, strict=True)
            }
        except ValueError:
            return None
        path = self.words % told
        if not self.pattern.match(path):
            return None
        return escape_leading_slashes(quote(path, safe=f"{RFC3986_SUBDELIMS}/~:@"))


@lru_cache(maxsize=KEPT)
def _path(prefix: str, urlconf: str, name: str, args: tuple[Any, ...]) -> str:
    form = _form(prefix, urlconf, name, len(args))
    return (form and form.filled(args)) or reverse(name, urlconf, args=args)


@lru_cache(maxsize=500)
def _form(prefix: str, urlconf: str, name: str, count: int) -> _Form | None:
    """The one form of addresses of this name with as many arguments; None where there is none, or several."""
    found = [
        _Form(prefix.replace("%", "%%") + words, tuple(names), converters, re.compile(re.escape(prefix) + pattern))
        for forms, pattern, defaults, converters in get_resolver(urlconf).reverse_dict.getlist(name)
        for words, names in forms
        if len(names) == count and not defaults
    ]
    return found[0] if len(found) == 1 else None
