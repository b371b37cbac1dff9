"""An archive of published stories, brought in by the thousand: `docs/archive.md` describes the format."""

from .filling import BATCH, Archivist, Taken
from .records import Record, UnreadableRecord, parse, record_of

__all__ = ["BATCH", "Archivist", "Record", "Taken", "UnreadableRecord", "parse", "record_of"]
