"""Who said the quoted words: a table of rules, each with the share of right speakers it was measured to find.

The first rule that answers decides. A rule gets a Place and answers with the spans of the speaker and of the cue
(the reporting verb), or None. Figures: speakers right on news stories that the rules were not written on.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from . import subjects, tokens, words
from .marks import Passage
from .reading import Paragraph, Reading

Span = tuple[int, int]
REACH = 160
LOOK_BACK = 20
FAR = 600
"""Characters beyond which nothing is looked for: real sentences are shorter, and cost stays even."""
ACCORDING = re.compile(
    r"According to\s+|according to\s+|Per\s+(?=[A-Z])|per\s+(?=[A-Z])|In the words of\s+|in the words of\s+"
)
LEADS_IN = re.compile(
    r"\s*(?:[,:]|that|,?\s*in (?:a|an|the|his|her|their|its) [\w ]{3,40}[,:]?|(?:reporters|him|her|them|\w+ing)?,?)?"
    r"\s*(?:that|of|to|as)?\s*[:,]?\s*$"
)
ANY_WORD = re.compile(r"\w")
OWN_WORDS = re.compile(r"[\W_]*$")


class Answer(NamedTuple):
    """Spans of the speaker and the cue."""

    speaker: Span
    cue: Span | None = None


class Place:
    """One passage and all a rule may look at: `earlier` are the passages before it with their answers.

    `head` runs from the start of the sentence to the opening mark, `tail` from the closing mark to the end of the
    sentence or the next quote; `said` are the quoted words, `following` is the next passage of the paragraph. What two
    rules ask for is asked once: `verb_after`, and `last_verb` with the words between it and the quote.
    """

    __slots__ = (
        *("blank", "earlier", "following", "head", "last_verb", "number", "paragraph", "passage", "reading", "said"),
        *("sentence", "tail", "verb_after"),
    )

    def __init__(
        self,
        reading: Reading,
        paragraph: Paragraph,
        number: int,
        earlier: list[tuple[Paragraph, Passage, Answer | None]],
        following: "Place | None",
    ) -> None:
        self.reading, self.blank = reading, reading.blank
        self.paragraph, self.number, self.passage = paragraph, number, paragraph.passages[number]
        self.sentence = paragraph.sentence_at(self.passage.start)
        self.earlier, self.following = earlier, following
        self.said = reading.text[self.passage.start : self.passage.end].strip()
        before = self.passage.start - 1
        self.head = max(self.sentence[0], before - FAR), before
        self.tail = self._tail()
        self.verb_after = _verb_after(self)
        self.last_verb = _last_verb(self)

    def _tail(self) -> Span:
        start = min(self.passage.end + 1, self.paragraph.end)
        last = self.blank[self.passage.end - 1 : self.passage.end]
        end = self.sentence[1] if start < self.sentence[1] else start
        if last in "?!" and self.blank[start : start + 2].strip()[:1].isupper():
            end = self.paragraph.sentence_at(min(start + 2, self.paragraph.end - 1))[1]
        if self.following:
            end = min(end, max(start, self.following.passage.start - 1))
        return start, min(end, start + REACH)


def places(
    reading: Reading, paragraph: Paragraph, earlier: list[tuple[Paragraph, Passage, Answer | None]]
) -> list[Place]:
    """The passages of a paragraph; who asks adds to `earlier` what is answered, from one to the next."""
    found: list[Place] = []
    for number in reversed(range(len(paragraph.passages))):
        found.append(Place(reading, paragraph, number, earlier, found[-1] if found else None))
    return found[::-1]


@dataclass(frozen=True)
class Rule:
    """`name` is shown to people beside the proposal, `confidence` is its measured precision."""

    name: str
    confidence: float
    find: Callable[[Place], Answer | None]


def verb_after(place: Place) -> Answer | None:
    """ "…," X said; "…," said X."""
    return place.verb_after


def _verb_after(place: Place) -> Answer | None:
    start, end = place.tail
    verbs = tokens.among(place.blank, words.REPORTING, start, end)
    if not verbs:
        return None
    verb = verbs[0]
    gap = place.blank[start : verb.start]
    if OWN_WORDS.fullmatch(gap):
        if verb.text in words.INVERTED or verb.text in words.LOOSE:
            speaker = subjects.after(place.blank, verb.end, end)
            return Answer(speaker, verb[:2]) if speaker else None
        return None
    speaker = subjects.before(place.blank, start, verb.start)
    if speaker and OWN_WORDS.fullmatch(place.blank[start : speaker[0]]):
        return Answer(speaker, verb[:2])
    return None


def according_to(place: Place) -> Answer | None:
    """ "…," according to X; according to X, "…"."""
    start, end = place.tail
    match = _according(place.blank, start, end)
    if match is None or not OWN_WORDS.fullmatch(place.blank, start, match.start()):
        start, end = place.head
        match = _according(place.blank, start, end)
    if not match:
        return None
    speaker = subjects.after(place.blank, match.end(), end)
    return Answer(speaker, (match.start(), match.start() + len(match.group().rstrip()))) if speaker else None


def _according(blank: str, start: int, end: int) -> re.Match | None:
    return next((match for match in _accordings(blank) if start <= match.start() and match.end() <= end), None)


@lru_cache(maxsize=2)
def _accordings(blank: str) -> list[re.Match]:
    return [*ACCORDING.finditer(blank)]


def verb_before(place: Place) -> Answer | None:
    """X said: "…"; X told Y that "…"."""
    answer, gap = place.last_verb
    return answer if answer and LEADS_IN.fullmatch(gap) else None


def verb_earlier(place: Place) -> Answer | None:
    """X said that some words of the story stand before "…"."""
    return place.last_verb[0]


def _last_verb(place: Place) -> tuple[Answer | None, str]:
    start, end = place.head
    for verb in reversed(tokens.among(place.blank, words.REPORTING, start, max(start, end))):
        speaker = subjects.before(place.blank, start, verb.start)
        if speaker:
            return Answer(speaker, verb[:2]), place.blank[verb.end : end]
    return None, ""


def label_before(place: Place) -> Answer | None:
    """X: "…"."""
    start, end = place.head
    head = place.blank[start:end].rstrip()
    if not head.endswith(":") or len(head) > REACH:
        return None
    speaker = subjects.first(place.blank, start, start + len(head))
    return Answer(speaker) if speaker else None


def distant_verb_after(place: Place) -> Answer | None:
    """ "…" and some words of the story, X said."""
    start, end = place.tail
    for verb in tokens.among(place.blank, words.SAYING, start, end):
        speaker = subjects.before(place.blank, start, verb.start)
        if speaker:
            return Answer(speaker, verb[:2])
    return None


def goes_on_in_paragraph(place: Place) -> Answer | None:
    """The speaker of the quote before it in the same paragraph."""
    for paragraph, _, answer in reversed(place.earlier[-LOOK_BACK:]):
        if paragraph is not place.paragraph:
            return None
        if answer:
            return answer
    return None


def runs_on(place: Place) -> Answer | None:
    """The quote before it was never closed: a speech in several paragraphs."""
    if not place.earlier or place.number > 0:
        return None
    paragraph, passage, answer = place.earlier[-1]
    opens = not place.blank[place.paragraph.start : max(place.passage.start - 1, place.paragraph.start)].strip()
    follows = opens and not place.reading.text[paragraph.end : place.paragraph.start].strip()
    return answer if follows and not passage.is_closed and passage is paragraph.passages[-1] else None


def named_by_next_quote(place: Place) -> Answer | None:
    """The speaker of the next quote in the paragraph, where a reporting verb stands right after that."""
    return place.following.verb_after if place.following else None


def sentence_subject(place: Place) -> Answer | None:
    """The subject of the sentence the quote stands in."""
    start, end = place.head
    if end - start < 2:
        return None
    speaker = subjects.first(place.blank, start, end)
    return Answer(speaker) if speaker else None


def verb_in_paragraph(place: Place) -> Answer | None:
    """Any reporting verb of the paragraph, the nearest before the quote first."""
    start, end = max(place.paragraph.start, place.head[0] - FAR), min(place.paragraph.end, place.tail[0] + FAR)
    before = tokens.among(place.blank, words.SAYING, start, max(place.head[0], start))
    after = tokens.among(place.blank, words.SAYING, place.tail[0], end)
    for verb in [*reversed(before), *after]:
        speaker = subjects.before(place.blank, place.paragraph.sentence_at(verb.start)[0], verb.start)
        if speaker:
            return Answer(speaker, verb[:2])
    return None


def paragraph_before(place: Place) -> Answer | None:
    """A paragraph that is only a quote: the speaker of the paragraph before it."""
    if place.number or not place.earlier:
        return None
    start = place.paragraph.start
    stands_alone = not ANY_WORD.search(place.blank, start, max(place.passage.start - 1, start))
    return place.earlier[-1][2] if stands_alone else None


RULES = (
    Rule("reporting verb after the quote", 0.96, verb_after),
    Rule("according to", 0.80, according_to),
    Rule("reporting verb before the quote", 0.77, verb_before),
    Rule("speech goes on from the paragraph before", 0.25, runs_on),
    Rule("name and colon before the quote", 0.63, label_before),
    Rule("same speaker as the quote before in the paragraph", 0.82, goes_on_in_paragraph),
    Rule("reporting verb earlier in the sentence", 0.78, verb_earlier),
    Rule("reporting verb later in the sentence", 0.66, distant_verb_after),
    Rule("same speaker as the next quote", 0.36, named_by_next_quote),
    Rule("subject of the quote’s sentence", 0.44, sentence_subject),
    Rule("reporting verb in the paragraph", 0.40, verb_in_paragraph),
    Rule("speaker of the paragraph before", 0.30, paragraph_before),
)
NOBODY = Rule("quotation marks alone", 0.03, lambda place: None)


def who_said(place: Place) -> tuple[Rule, Answer | None]:
    """The first rule that answers, and its answer."""
    for rule in RULES:
        if answer := rule.find(place):
            return rule, answer
    return NOBODY, None
