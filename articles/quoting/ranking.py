"""Chooses who said quoted words among the candidates, by weights learned from annotated stories.

A score is the sum of the weights of the features that hold; the chosen one's share of all scores (softmax) is how sure
it is. `articles/data/speakers.json` holds the weights; `bench/train_speakers.py` makes it, and says from what.
"""

import json
import math
import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from itertools import combinations, repeat
from pathlib import Path
from typing import Any, NamedTuple

from . import words
from .candidates import Candidate, candidates
from .marks import WORD
from .speakers import RULES, Answer, Place

WEIGHTS = Path(__file__).parent.parent / "data" / "speakers.json"
NOBODY, NOT_SPEECH = "nobody", "not speech"
NOT_SAID = "perhaps not speech: a title, a term"
NO_SPEECH = 0.05  # how sure it is that such words were said by nobody named
FIRM = {rule.name: number for number, rule in enumerate(RULES)}
NOT_FIRM = 99
KEPT = 1 << 15
LINES = "\n"  # between features of a passage: one string is known again more quickly than ten
TITLES = re.compile(
    r"\b(?:called|titled|entitled|dubbed|named|labeled|labelled|known as|so-called|term|word|phrase)\W*$"
)
VERBLIKE = re.compile(r"\s*,?\s*(?:\w+ly\s+)?([a-z]+)")


class Choice(NamedTuple):
    """The candidate that was chosen; None where nobody is named, or where the words are not speech."""

    candidate: Candidate | None
    is_speech: bool
    confidence: float


@cache
def weights() -> dict[str, float]:
    """Feature → weight."""
    return json.loads(WEIGHTS.read_text(encoding="utf-8"))["weights"]


@cache
def bins() -> list[tuple[float, float]]:
    """(share, measured precision): what a share of the scores turned out to be worth."""
    return [tuple(pair) for pair in json.loads(WEIGHTS.read_text(encoding="utf-8"))["precision"]]


def choose(place: Place) -> Choice:
    """The likeliest of the candidates, of nobody, and of the words not being speech at all."""
    found = candidates(place)
    scores = [sum(map(_worth_of, groups)) for groups in _groups(place, found)]
    top = max(scores)
    total = sum(math.exp(score - top) for score in scores)
    best = scores.index(top)
    chosen = found[best] if best < len(found) else None
    is_speech = best != len(found) + 1
    return Choice(chosen, is_speech, worth(1 / total) if is_speech else NO_SPEECH)


def worth(share: float) -> float:
    """The precision that was measured of choices with about this share."""
    value = 0.0
    for least, precision in bins():
        if share >= least:
            value = precision
    return value


def reason(choice: Choice) -> str:
    """What spoke for it, for people: the firmest rule that named the speaker."""
    if not choice.is_speech:
        return NOT_SAID
    if choice.candidate is None:
        return "quotation marks alone"
    ways = choice.candidate.ways
    return min(ways, key=lambda way: (FIRM.get(way, len(FIRM)), way))


def answer_of(choice: Choice) -> Answer | None:
    """As a rule would have answered."""
    return Answer(choice.candidate.speaker, choice.candidate.cue) if choice.candidate else None


Group = tuple[Callable[..., Iterator[str]], *tuple[Any, ...]]
"""Features that hold together: what spells them, and of what. They are spelled where their weight is not known yet."""


@lru_cache(maxsize=KEPT)
def _worth_of(group: Group) -> float:
    """The weights of some features that come together, and come together again in other quotes."""
    return sum(map(weights().get, group[0](*group[1:]), repeat(0.0)))


def describe(place: Place, found: list[Candidate]) -> list[list[str]]:
    """The features that hold of each candidate, then of "nobody", then of "not speech"."""
    return [[feature for group in groups for feature in group[0](*group[1:])] for groups in _groups(place, found)]


def _groups(place: Place, found: list[Candidate]) -> list[list[Group]]:
    about = _of_passage(place)
    every, first = LINES.join(about), LINES.join(about[:6])
    firmest = min((_firm(each.ways) for each in found), default=NOT_FIRM)
    rows = [_of_candidate(place, each, every, first, firmest) for each in found]
    if len(found) == 1:
        rows[0].append((_spelled, "only one"))
    best = RULES_BY_NUMBER[firmest]
    return [*rows, *([(_of_nobody, special, every, best)] for special in (NOBODY, NOT_SPEECH))]


def _spelled(*features: str) -> Iterator[str]:
    yield from features


def _of_nobody(special: str, about: str, best: str) -> Iterator[str]:
    lines = about.split(LINES)
    yield special
    yield from (f"{special}|{one}" for one in (*lines, best))
    yield from (f"{special}|{one}|{other}" for one, other in combinations(lines, 2))


RULES_BY_NUMBER = {number: f"firmest {name}" for name, number in FIRM.items()} | {NOT_FIRM: "firmest none"}


@lru_cache(maxsize=KEPT)
def _firm(ways: frozenset[str]) -> int:
    """The number of the firmest rule among them."""
    return min((FIRM[way] for way in ways if way in FIRM), default=NOT_FIRM)


def _of_passage(place: Place) -> list[str]:
    """What the words and their place in the paragraph are like."""
    said, passage, paragraph = place.said, place.passage, place.paragraph
    spoken = WORD.findall(said)
    count, capitals = len(spoken), sum(word[0].isupper() for word in spoken)
    head = place.blank[paragraph.start : max(passage.start - 1, paragraph.start)].rstrip()
    tail = place.blank[min(passage.end + 1, paragraph.end) : paragraph.end].strip()
    about = [
        f"words {min(count, 12) if count < 8 else '8+' if count < 16 else '16+'}",
        "starts small" if said[:1].islower() else "starts large",
        f"ends {said[-1:] if said[-1:] in ',.?!' else 'bare'}",
        "head empty"
        if not head
        else "head stop"
        if head[-1] in ".?!"
        else "head comma"
        if head[-1] == ","
        else "head colon"
        if head[-1] == ":"
        else "head words",
        "tail empty"
        if not tail
        else "tail small"
        if tail[0].islower()
        else "tail large"
        if tail[0].isupper()
        else "tail mark",
        f"number {min(place.number, 2)}",
    ]
    if count > 2 and capitals >= count * 0.6:
        about.append("title case")
    if TITLES.search(head[-40:]):
        about.append("after a name for things")
    if head and head.split()[-1].lower() in words.DETERMINERS:
        about.append("after a determiner")
    if not passage.is_closed:
        about.append("not closed")
    if not place.earlier:
        about.append("first of all")
    return about


@lru_cache(maxsize=KEPT)
def _sort(text: str) -> str:
    """What kind of words name the speaker."""
    low = text.lower()
    parts = text.split()
    if low in words.PRONOUNS:
        return "he" if low in ("he", "she") else low
    last = parts[-1].lower()
    if last in words.DOCUMENTS or last in words.EVIDENCE:
        return "document"
    if last in words.UNNAMED:
        return "unnamed"
    if parts[-1][0].isupper():
        capitals = sum(1 for part in parts if part[0].isupper())
        return "name" if capitals > 1 else "single name"
    return "role" if last in words.ROLES else "other"


def _of_candidate(place: Place, each: Candidate, about: str, first: str, firmest: int) -> list[Group]:
    text, blank, passage = place.reading.text, place.blank, place.passage
    start, end = each.speaker
    sort = _sort(text[start:end])
    if end <= passage.start:
        where = (
            "same sentence before"
            if start >= place.sentence[0]
            else "paragraph before"
            if start < place.paragraph.start
            else "before"
        )
        distance = passage.start - end
    else:
        where = "same sentence after" if start < place.sentence[1] else "after"
        distance = start - passage.end
    far = "near" if distance < 12 else "close" if distance < 50 else "mid" if distance < 150 else "far"
    groups = [(_of_way, way, sort, first) for way in each.ways]
    groups += [(_of_position, where, far, sort, about), (_spelled, f"ways {min(len(each.ways), 5)}")]
    if _firm(each.ways) == firmest != NOT_FIRM:
        groups.append((_of_firmest, firmest, far, sort, about))
    if each.cue:
        groups.append((_of_cue, blank[each.cue[0] : each.cue[1]].lower()))
    else:
        follows = VERBLIKE.match(blank, end, min(len(blank), end + 40))
        groups.append((_of_verb, follows[1] if follows else "", where))
    return groups + _of_history(place, text[start:end], sort)


def _of_way(way: str, sort: str, about: str) -> Iterator[str]:
    yield from (f"way {way}", f"way {way}|{sort}", *(f"way {way}|{one}" for one in about.split(LINES)))


def _of_position(where: str, far: str, sort: str, about: str) -> Iterator[str]:
    yield from (f"where {where}", f"where {where} {far}", f"sort {sort}", f"sort {sort} {where}")
    yield from (f"{where}|{one}" for one in about.split(LINES))


def _of_firmest(number: int, far: str, sort: str, about: str) -> Iterator[str]:
    yield from ("firmest", f"firmest {number}", f"firmest {number} {sort}", f"firmest {number}|{far}")
    yield from (f"firmest {number}|{one}" for one in about.split(LINES))


def _of_cue(cue: str) -> Iterator[str]:
    yield from (f"cue {cue}", "cue saying" if cue in words.SAYING else "cue loose")


def _of_verb(verb: str, where: str) -> Iterator[str]:
    shape = (
        "said"
        if verb in words.SAYING
        else "loose"
        if verb in words.LOOSE
        else "ed"
        if verb.endswith("ed")
        else "s"
        if verb.endswith("s")
        else "ing"
        if verb.endswith("ing")
        else "none"
        if not verb
        else "word"
    )
    yield from (f"verb {shape}", f"verb {shape} {where}")


def _of_history(place: Place, name: str, sort: str) -> list[Group]:
    """Whether it is who spoke before."""
    groups, mine = [], _telling_words(name)
    for number, (paragraph, _passage, answer) in enumerate(reversed(place.earlier[-2:])):
        if answer is None:
            groups.append((_spelled, f"before {number} nobody"))
            continue
        theirs = _telling_words(place.reading.text[slice(*answer.speaker)])
        near = "same paragraph" if paragraph is place.paragraph else "other paragraph"
        groups.append((_of_speaker_before, number, not mine.isdisjoint(theirs), near, sort))
    return groups


@lru_cache(maxsize=KEPT)
def _telling_words(name: str) -> frozenset[str]:
    return frozenset(map(str.lower, WORD.findall(name))) - words.DETERMINERS - words.LINKS


def _of_speaker_before(number: int, is_same: bool, near: str, sort: str) -> Iterator[str]:
    yield f"before {number} {'same' if is_same else 'another'} {near}"
    if is_same:
        yield f"before {number} same {near} {sort}"
