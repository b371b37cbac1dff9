"""The choices of the desk in the words that readers get."""

from typing import Any


def label(choices: Any, value: str) -> str:
    """The label of one of `choices`; empty for none."""
    return str(choices(value).label) if value else ""
