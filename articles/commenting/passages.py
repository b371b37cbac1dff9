"""Where the words that a note is tied to stand now, and what putting others in their place would do."""

from collections.abc import Mapping
from html import escape
from typing import Any

from django.utils.translation import gettext_lazy as _

from .. import anchoring, markup
from ..anchoring import Anchor
from ..models import Comment

FIELDS = {"headline": _("headline"), "standfirst": _("standfirst"), "body": _("text")}
"""The fields whose words a note can be tied to, in the order of the page."""


def text_of(copy: Mapping[str, Any], field: str) -> str:
    """The words of `field` in the document of a revision, as anchors count them."""
    return markup.to_text(copy[field]) if field == "body" else " ".join(copy[field].split())


def copy_of(article: Any) -> dict[str, str]:
    """The fields of the working copy."""
    return {name: getattr(article, name) for name in FIELDS}


def place_of(comment: Comment, text: str) -> tuple[int, int] | None:
    """Where the words of `comment` stand in `text`, that of its field; None when they are gone."""
    return anchoring.find(text, comment.anchor) if comment.exact else None


def count_of(text: str, words: str) -> int:
    """How often `words` stand in `text`, told apart by nothing."""
    return anchoring.fold(text).text.count(anchoring.normalise(words))


def replaced(copy: Mapping[str, str], field: str, place: tuple[int, int], words: str) -> str:
    """The new value of `field` with `words` at `place`; markup around them is kept."""
    if field == "body":
        return markup.replace_text(copy["body"], *place, words)
    text = text_of(copy, field)
    return " ".join(f"{text[: place[0]]}{words}{text[place[1] :]}".split())


def drifting_quotes(body: str, place: tuple[int, int], words: str, quotes: Mapping[int, Anchor]) -> list[int]:
    """The keys of the recorded quotes whose words would no longer stand in the body with `words` at `place`."""
    text = markup.to_text(body)
    touched = {}
    for key, anchor in quotes.items():
        found = anchoring.find(text, anchor)
        if found and found[0] < place[1] and place[0] < found[1]:
            touched[key] = anchor
    if not touched:
        return []
    after = markup.to_text(markup.replace_text(body, *place, words))
    return [key for key, anchor in touched.items() if anchoring.find(after, anchor) is None]


def plain(words: str) -> str:
    """A headline or standfirst as HTML of one run of text."""
    return escape(" ".join(words.split()), quote=False)
