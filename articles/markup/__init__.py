"""The body of a story: what HTML it may hold, its plain text, marks over that text, words in place of others.

Pure. Every place that measures the body (quotes, anchors, checks, proposals) counts characters of `to_text(html)`:
blocks parted by a blank line, entities decoded, spaces as sanitised; figures, with captions and pull quotes, left out.
"""

from .cleaning import ATTRIBUTES, TAGS, from_paragraphs, sanitise
from .marks import Mark, wrap
from .pieces import EMBED, PICTURE, PULL, Note, Piece, host_of, notes, pieces
from .reading import (
    BLOCKS,
    BREAK,
    NOT_SPEECH,
    VOID,
    Block,
    Token,
    blocks,
    figures,
    not_speech,
    read,
    to_text,
    tokens,
    word_count,
)
from .replacing import replace_text

__all__ = [
    "ATTRIBUTES",
    "BLOCKS",
    "BREAK",
    "EMBED",
    "NOT_SPEECH",
    "PICTURE",
    "PULL",
    "TAGS",
    "VOID",
    "Block",
    "Mark",
    "Note",
    "Piece",
    "Token",
    "blocks",
    "figures",
    "from_paragraphs",
    "host_of",
    "not_speech",
    "notes",
    "pieces",
    "read",
    "replace_text",
    "sanitise",
    "to_text",
    "tokens",
    "word_count",
    "wrap",
]
