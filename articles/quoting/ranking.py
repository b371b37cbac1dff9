"""Chooses who said quoted words among the candidates, by weights learned from annotated stories.

A score is the sum of the weights of the features that hold; the chosen one's share of all scores (softmax) is how sure
it is. `articles/data/speakers.json` holds the weights; `bench/train_speakers.py` makes it, and says from what.
"""

import json
import math
import re
from functools import cache, lru_cache
from itertools import combinations, repeat
from pathlib import Path
from typing import NamedTuple

from . import words
from .candidates import Candidate, candidates
from .marks import WORD
from .speakers import RULES, Answer, Place

WEIGHTS = Path(__file__).parent.parent / "data" / "speakers.json"
NOBODY, NOT_SPEECH = "nobody", "not speech"
NOT_SAID = "perhaps not speech: a title, a term"
NO_SPEECH = 0.05  # how sure it is that such words were said by nobody named
FIRM = {rule.name: number for number, rule in enumerate(RULES)}
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
    scores = [sum(map(_worth_of, groups)) for groups in describe(place, found)]
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


@lru_cache(maxsize=1 << 16)
def _worth_of(group: tuple[str, ...]) -> float:
    """The weights of some features that come together, and come together again in other quotes."""
    return sum(map(weights().get, group, repeat(0.0)))


@lru_cache(maxsize=1 << 16)
def _crossed(name: str, about: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{name}|{one}" for one in about)


def describe(place: Place, found: list[Candidate]) -> list[list[tuple[str, ...]]]:
    """The features that hold of each candidate, then of "nobody", then of "not speech", in groups."""
    about = _of_passage(place)
    firmest = min((FIRM[way] for each in found for way in each.ways if way in FIRM), default=99)
    rows = [_of_candidate(place, each, about, firmest, len(found)) for each in found]
    best = RULES_BY_NUMBER.get(firmest, ())
    rows += [[_of_nobody(special, about, best)] for special in (NOBODY, NOT_SPEECH)]
    return rows


@lru_cache(maxsize=1 << 14)
def _of_nobody(special: str, about: tuple[str, ...], best: tuple[str, ...]) -> tuple[str, ...]:
    crossed = _crossed(special, (*about, *best))
    return (special, *crossed, *(f"{special}|{one}|{other}" for one, other in combinations(about, 2)))


RULES_BY_NUMBER = {number: (f"firmest {name}",) for name, number in FIRM.items()} | {99: ("firmest none",)}


def _of_passage(place: Place) -> tuple[str, ...]:
    """What the words and their place in the paragraph are like."""
    text, passage, paragraph = place.reading.text, place.passage, place.paragraph
    said = text[passage.start : passage.end].strip()
    count = len(WORD.findall(said))
    capitals = sum(1 for word in WORD.findall(said) if word[0].isupper())
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
    return tuple(about)


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


def _of_candidate(
    place: Place, each: Candidate, about: tuple[str, ...], firmest: int, count: int
) -> list[tuple[str, ...]]:
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
    firm = min((FIRM[way] for way in each.ways if way in FIRM), default=99)
    is_firmest = firm == firmest and firm != 99
    row = [f"way {way}" for way in each.ways]
    row += [
        f"sort {sort}",
        f"where {where}",
        f"where {where} {far}",
        f"sort {sort} {where}",
        f"ways {min(len(each.ways), 5)}",
    ]
    row += ["only one"] if count == 1 else []
    if is_firmest:
        row += ["firmest", f"firmest {firm}", f"firmest {firm} {sort}"]
        row += [f"firmest {firm}|{far}"]
    row += [f"way {way}|{sort}" for way in each.ways]
    groups = [_crossed(f"way {way}", about[:6]) for way in each.ways] + [_crossed(where, about)]
    groups += [_crossed(f"firmest {firm}", about)] if is_firmest else []
    if each.cue:
        cue = blank[each.cue[0] : each.cue[1]].lower()
        row += [f"cue {cue}", "cue saying" if cue in words.SAYING else "cue loose"]
    else:
        follows = VERBLIKE.match(blank, end, min(len(blank), end + 40))
        verb = follows.group(1) if follows else ""
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
        row += [f"verb {shape}", f"verb {shape} {where}"]
    row += _of_history(place, text[start:end], sort)
    return [tuple(row), *groups]


def _of_history(place: Place, name: str, sort: str) -> list[str]:
    """Whether it is who spoke before."""
    row: list[str] = []
    mine = {part.lower() for part in WORD.findall(name)} - words.DETERMINERS - words.LINKS
    for number, (paragraph, _passage, answer) in enumerate(reversed(place.earlier[-2:])):
        if answer is None:
            row.append(f"before {number} nobody")
            continue
        theirs = {part.lower() for part in WORD.findall(place.reading.text[slice(*answer.speaker)])}
        same = bool(mine & theirs)
        near = "same paragraph" if paragraph is place.paragraph else "other paragraph"
        row.append(f"before {number} {'same' if same else 'another'} {near}")
        if same:
            row.append(f"before {number} same {near} {sort}")
    return row
