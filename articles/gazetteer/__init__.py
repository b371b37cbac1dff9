"""Names in copy: known actors and topics, the built-in world, and candidates that no vocabulary has.

Pure: what is known comes in as entries.
"""

from .candidates import candidates
from .names import Entry, Gazetteer, Mentioned, score, surname
from .world import WORLD_FILE, world

__all__ = ["WORLD_FILE", "Entry", "Gazetteer", "Mentioned", "candidates", "score", "surname", "world"]
