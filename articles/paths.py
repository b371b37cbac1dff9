"""Addresses by the name of their pattern, remembered: a page of a list asks for a hundred, a print for twenty.

For addresses within the site that models and the press write; `django.urls.reverse` costs ten times as much.
"""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf, reverse

KEPT = 20_000  # of the last ones


def path_of(name: str, *args: Any) -> str:
    """As `reverse(name, args=args)`."""
    return _path(get_script_prefix(), get_urlconf() or settings.ROOT_URLCONF, name, args)


@lru_cache(maxsize=KEPT)
def _path(prefix: str, urlconf: str, name: str, args: tuple[Any, ...]) -> str:
    return reverse(name, urlconf, args=args)
