"""What HTML a body may hold."""

from collections.abc import Iterable
from html import escape

import nh3

from .pieces import EMBED, PULL, written
from .reading import BLOCKS, INLINE, NOT_SPEECH, VOID, tokens

TAGS = BLOCKS | VOID | INLINE
ATTRIBUTES = {  # span and figure may have one more, of a few values: see `sanitise`
    "a": {"href", "title", "data-document"},
    "figure": {"data-image"},
    "img": {"src", "alt"},
    "ol": {"start"},
}


_cleaner = nh3.Cleaner(
    tags=TAGS,
    attributes=ATTRIBUTES,
    tag_attribute_values={"span": {"data-not-speech": set(NOT_SPEECH)}, "figure": {"data-kind": {PULL, EMBED}}},
    url_schemes={"http", "https", "mailto"},
    link_rel="noopener",
)


def sanitise(html: str) -> str:
    """`html` with only the tags and attributes above; white space inside a block folded to single spaces.

    A pull quote without words, a link card without a web address and a note without a title are left out.
    """
    return written(tokens(_cleaner.clean(html.replace("\x00", ""))))


def from_paragraphs(paragraphs: Iterable[str]) -> str:
    """A body of plain paragraphs."""
    return "".join(f"<p>{escape(' '.join(paragraph.split()), quote=False)}</p>" for paragraph in paragraphs)
