"""What may be meant while somebody types: actors and topics in print, and headlines."""

from collections.abc import Callable
from dataclasses import dataclass

from ..models.stories import Story
from . import words
from .engines import Test, beginnings, headed
from .finding import names_with

NAMES, HEADLINES = 6, 3
LOOKED_THROUGH = 1_000  # stories that hold the words, for such a headline
LONGEST, MOST = 120, 8  # letters and words that are read
SHORTEST = 2


@dataclass(frozen=True)
class Suggestion:
    """One line: its words, what it is ("" for a headline), its page, the language of a headline."""

    label: str
    kind: str
    url: str
    language: str = ""


def suggest(text: str) -> list[Suggestion]:
    """`NAMES` names and `HEADLINES` stories at most that hold every word, the last as a beginning. Four queries."""
    typed = words.words(text[:LONGEST])[:MOST]
    if not typed or len("".join(typed)) < SHORTEST:
        return []
    return [*_names(typed), *_headlines(typed)]


def _tests(typed: list[str], forms: Callable) -> list[Test]:
    last = len(typed) - 1
    is_open = len(typed[-1]) >= SHORTEST
    return [Test(forms([word]), beginning=(word,) if is_open and at == last else ()) for at, word in enumerate(typed)]


def _names(typed: list[str]) -> list[Suggestion]:
    found = names_with(_tests(typed, lambda word: (tuple(word),)), NAMES)
    return [Suggestion(name.name, name.kind_label, name.get_absolute_url()) for name in found]


def _headlines(typed: list[str]) -> list[Suggestion]:
    tests, _bounded = beginnings(_tests(typed, words.forms))
    rows = headed(tests, LOOKED_THROUGH)[:HEADLINES]
    stories = Story.objects.published().filter(pk__in=[row[1] for row in rows]) if rows else ()
    light = stories.only("headline", "slug", "published_at", "language") if rows else ()
    return [Suggestion(story.headline, "", story.get_absolute_url(), story.language) for story in light]
