"""The body of a story: what HTML it may hold, its plain text, marks over that text, words in place of others.

Pure. Every place that measures the body (quotes, anchors, checks, proposals) counts characters of `to_text(html)`:
blocks parted by a blank line, entities decoded, spaces as sanitised, figures left out.
"""

from .cleaning import ATTRIBUTES, TAGS, from_paragraphs, sanitise
from .marks import Mark, wrap
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
    "NOT_SPEECH",
    "TAGS",
    "VOID",
    "Block",
    "Mark",
    "Token",
    "blocks",
    "figures",
    "from_paragraphs",
    "not_speech",
    "read",
    "replace_text",
    "sanitise",
    "to_text",
    "tokens",
    "word_count",
    "wrap",
]
