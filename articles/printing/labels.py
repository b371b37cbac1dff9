"""The choices of the desk in the words that readers get."""

from functools import lru_cache
from typing import Any

from django.utils.translation import get_language


def label(choices: Any, value: str) -> str:
    """The label of one of `choices`; empty for none."""
    return _label(choices, value, get_language()) if value else ""


@lru_cache(maxsize=1000)
def _label(choices: Any, value: str, _language: str) -> str:
    return str(choices(value).label)
