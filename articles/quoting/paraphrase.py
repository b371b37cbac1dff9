"""Attributions without quotation marks: "according to X", "X denied", "customs data showed", "some took as sign"."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from . import subjects, words
from .reading import Reading

Span = tuple[int, int]
MIN_LETTERS = 8
ACCORDING = re.compile(r"\b[Aa]ccording to\s+")
SIGN = re.compile(
    r"\s+(?:it |this |that |them )?as (?:a |an |the )?(?:clear |possible )?"
    r"(?:sign|signal|evidence|proof|indication|warning|hint)s?\b(?: that| of)?"
)
THAT = re.compile(r"(?:\s+(?:reporters|(?:the )?[\w’' .-]{2,40}?))?\s+that\s+")
TRAILING = re.compile(
    r"(?:\s+(?:at the time|earlier|later|recently|afterwards|separately|last \w+|this \w+"
    r"|(?:late |early )?(?:on |in |during |at |after |via |to )?[^,;]{0,80}))?\s*[.?!]?[”\"’']?\s*$"
)
NOT_SAYING = re.compile(r"\s+(?:goodbye|hello|no|yes|nothing|so|it all|more|prayers)\b")


class Paraphrase(NamedTuple):
    """Spans of the words, of who is named as their source, and of the cue."""

    start: int
    end: int
    source: Span
    cue: Span
    rule: str
    confidence: float


def find(reading: Reading, used: frozenset[int] | set[int] = frozenset()) -> Iterator[Paraphrase]:
    """Every paraphrased attribution, sentence by sentence; `used` are where cues stand that quotes have taken."""
    for paragraph in reading.paragraphs:
        for sentence in paragraph.sentences:
            yield from _in_sentence(reading.blank, sentence, used)


def _in_sentence(blank: str, sentence: Span, used: frozenset[int] | set[int]) -> Iterator[Paraphrase]:
    start, end = sentence
    taken = start
    for match in ACCORDING.finditer(blank, start, end):
        if match.start() in used:
            continue
        if found := _according(blank, sentence, match):
            yield found
            taken = max(taken, found.end, found.source[1])
    for cue in words.CUES.finditer(blank, start, end):
        if cue.start() < taken or cue.start() in used:
            continue
        found = _at_cue(blank, sentence, cue)
        if found:
            yield found
            taken = max(found.end, cue.end())


def _according(blank: str, sentence: Span, match: re.Match) -> Paraphrase | None:
    source = subjects.after(blank, match.end(), sentence[1])
    if not source:
        return None
    cue = (match.start(), match.start() + len("according to"))
    before = _trim(blank, sentence[0], match.start())
    after = _trim(blank, source[1], sentence[1])
    start, end = before if before[1] - before[0] > MIN_LETTERS else after
    if end - start < MIN_LETTERS:
        return None
    return Paraphrase(start, end, source, cue, "according to", 0.82)


def _at_cue(blank: str, sentence: Span, cue: re.Match) -> Paraphrase | None:
    verb = cue.group()
    if blank[cue.end() : cue.end() + 1] in "-’'" and blank[cue.end() : cue.end() + 1]:
        return None
    source = subjects.before(blank, sentence[0], cue.start())
    if not source or _begins_quote(blank, cue.end()):
        return None
    head = blank[source[0] : source[1]].lower().split()[-1].strip(".,’'")
    rule, confidence, starts = _rule(blank, verb, head, cue)
    if rule is None:
        return None
    before = _trim(blank, sentence[0], source[0])
    closes = TRAILING.match(blank, cue.end(), sentence[1]) and blank[: source[0]].rstrip().endswith(",")
    if closes and before[1] - before[0] >= MIN_LETTERS and not THAT.match(blank, cue.end(), sentence[1]):
        start, end = before
    else:
        start, end = _trim(blank, starts, sentence[1])
    if end - start < MIN_LETTERS:
        return None
    return Paraphrase(start, end, source, cue.span(), rule, confidence)


def _rule(blank: str, verb: str, head: str, cue: re.Match) -> tuple[str | None, float, int]:
    """The rule a verb and the head of its subject fall under, and where the words it reports may start."""
    if verb in words.SHOWING:
        return (
            ("data or document showed", 0.88, _past_that(blank, cue.end())) if head in words.EVIDENCE else (None, 0, 0)
        )
    if verb in words.TAKING:
        match = SIGN.match(blank, cue.end())
        return ("taken as a sign", 0.5, match.end()) if match else (None, 0, 0)
    if verb in words.DENYING:
        return "denial", 0.46, _past_that(blank, cue.end())
    if verb in words.THINKING:
        return "belief", 0.32, _past_that(blank, cue.end())
    if NOT_SAYING.match(blank, cue.end()):
        return None, 0, 0
    return "reporting verb", 0.55, _past_that(blank, cue.end())


def _past_that(blank: str, at: int) -> int:
    match = THAT.match(blank, at, at + 60)
    return match.end() if match else at


def _begins_quote(blank: str, at: int) -> bool:
    return bool(re.match(r"\s*[,:]?\s*(?:that\s+)?[“\"]", blank[at : at + 12]))


def _trim(blank: str, start: int, end: int) -> Span:
    """Without the spaces, commas and full stop around the words."""
    while start < end and not blank[start].isalnum() and blank[start] not in '“"‘$€£(':
        start += 1
    while end > start and not blank[end - 1].isalnum() and blank[end - 1] not in '”"’)%':
        end -= 1
    return start, end
