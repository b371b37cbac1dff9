"""The built-in vocabulary: the world's states and territories with their adjectives, and their capitals."""

import json
from functools import lru_cache
from pathlib import Path

from .names import Entry

WORLD_FILE = Path(__file__).parent.parent / "data" / "world.json"


@lru_cache(maxsize=1)
def world() -> tuple[Entry, ...]:
    """The built-in vocabulary: the world's states and territories, and their capitals as places."""
    entries, capitals = [], []
    for row in json.loads(WORLD_FILE.read_text(encoding="utf-8"))["actors"]:
        code = row["code"] if row["kind"] == "state" else ""
        entries.append(Entry(row["name"], row["kind"], None, tuple(row["names"]), tuple(row["adjectives"]), code))
        if row["capital"]:
            capitals.append(Entry(row["capital"], "place", None, tuple(row["capital_names"])))
    return (*entries, *capitals)
