"""The choices of the desk in the words that readers get."""

from functools import lru_cache
from typing import Any

from .. import languages


def label(choices: Any, value: str) -> str:
    """The label of one of `choices`; empty for none."""
    return _label(choices, value, languages.active()) if value else ""


@lru_cache(maxsize=1000)
def _label(choices: Any, value: str, _language: str) -> str:
    return str(choices(value).label)
