"""Notes of a review: made on a story or on words of it, answered, settled; suggested changes accepted or rejected.

Every verb asks `Article.allows`, records an event without the words of the note, and announces it on commit.
"""

from .adding import CannotComment, add, suggest
from .kinds import PROPOSED, SETTLE, kinds_open_to, may_settle
from .mentions import called, mentioned_in, readers_of
from .passages import FIELDS, drifting_quotes, place_of, text_of
from .settling import accept, reason_against_accepting, reject, reopen, resolve

__all__ = [
    "FIELDS",
    "PROPOSED",
    "SETTLE",
    "CannotComment",
    "accept",
    "add",
    "called",
    "drifting_quotes",
    "kinds_open_to",
    "may_settle",
    "mentioned_in",
    "place_of",
    "readers_of",
    "reason_against_accepting",
    "reject",
    "reopen",
    "resolve",
    "suggest",
    "text_of",
]
