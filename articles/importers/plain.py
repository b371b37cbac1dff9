"""Plain text as agencies send it and as people paste it."""

from typing import Any

from .. import text
from ..models import Desk
from .base import Imported, import_read


def import_copy(
    data: bytes, name: str, *, by: Any, desk: Desk | None = None, dry_run: bool = False, vocabulary: Any = None
) -> Imported:
    """The draft made of the plain text in `data`, of any encoding that `text.read` knows.

    `name` is what errors call the file; `vocabulary` spares reading it anew for each of many files. Raises
    `text.UnreadableCopy` with a sentence naming the file, and then leaves nothing; the same copy again makes nothing.
    """
    return import_read(text.read(data, name), name, by=by, desk=desk, dry_run=dry_run, vocabulary=vocabulary)
