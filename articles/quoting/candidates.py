"""Who may have said quoted words: every rule's answer, and the subjects that stand around them. `ranking` chooses."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from . import subjects, tokens, words
from .speakers import RULES, Answer, Place

Span = tuple[int, int]
MOST = 14
KEPT = 16  # sentences: several passages stand in one
WIDE = 500  # characters to each side in which a candidate is looked for
DASH_NAME = re.compile(r"\s*[—–-]{1,2}\s*(?=[A-Z])")
NAME = re.compile(r"[A-Z](?<!\w.)[\w'’.-]+(?:\s+(?:[A-Z][\w'’.-]+|of|de|van|von|al|bin))*\s+[A-Z][\w'’-]+\b")


class Candidate(NamedTuple):
    """A speaker, the cue that goes with it, and the names of everything that pointed there."""

    speaker: Span
    cue: Span | None
    ways: frozenset[str]


def around(place: Place) -> list[tuple[str, Answer]]:
    """Subjects near the passage, whichever verb they have."""
    found = [(way, Answer(span)) for way, span in (*_in_paragraph(place), *_in_paragraph_before(place)) if span]
    last = place.earlier[-1][2] if place.earlier else None
    return [*found, ("speaker of the quote before", last)] if last else found


def _in_paragraph(place: Place) -> Iterator[tuple[str, Span | None]]:
    blank, paragraph, passage = place.blank, place.paragraph, place.passage
    start, end = place.tail
    gap = DASH_NAME.match(blank, passage.end + 1, min(len(blank), passage.end + 8))
    if gap:
        yield "name after a dash", subjects.after(blank, gap.end(), min(len(blank), gap.end() + 60))
    sentences = paragraph.sentences
    at = max(bisect_right(sentences, passage.start, key=itemgetter(0)) - 1, 0)
    left, right = sentences[at]
    yield "subject of the sentence", subjects.first(blank, left, min(right, left + WIDE))
    if at:
        yield "subject of the sentence before", subjects.first(blank, *sentences[at - 1])
    if at + 1 < len(sentences):
        yield "subject of the sentence after", subjects.first(blank, *sentences[at + 1])
    if end > start:
        yield "subject after the quote", subjects.first(blank, start, end)
    names = _names(blank, left, min(right, left + WIDE))
    yield "last name before", next((span for span in reversed(names) if span[1] <= passage.start), None)
    yield "first name after", next((span for span in names if span[0] >= passage.end), None)


@lru_cache(maxsize=KEPT)
def _names(blank: str, start: int, end: int) -> list[Span]:
    return [match.span() for match in NAME.finditer(blank, start, end)]


def _in_paragraph_before(place: Place) -> Iterator[tuple[str, Span | None]]:
    if not place.paragraph.number:
        return
    previous = place.reading.paragraphs[place.paragraph.number - 1]
    yield "subject of the paragraph before", subjects.first(place.blank, *previous.sentences[0])
    begin = max(previous.start, previous.end - WIDE)
    verbs = tokens.among(place.blank, words.SAYING, begin, previous.end)
    if verbs:
        yield "last verb of the paragraph before", subjects.before(place.blank, previous.start, verbs[-1].start)


def candidates(place: Place) -> list[Candidate]:
    """The speakers that anything points at, those first that the most certain rule names."""
    merged: dict[Span, tuple[Span | None, set[str]]] = {}
    answers = [(rule.name, answer) for rule in RULES if (answer := rule.find(place))]
    for way, answer in [*answers, *around(place)]:
        span = next((known for known in merged if known[0] < answer.speaker[1] and answer.speaker[0] < known[1]), None)
        if span is None:
            span = answer.speaker
            merged[span] = (answer.cue, set())
        merged[span][1].add(way)
    return [Candidate(span, cue, frozenset(ways)) for span, (cue, ways) in merged.items()][:MOST]
