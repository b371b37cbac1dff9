"""Finding quotes in copy: quoted and paraphrased words, who said them, by which rule and how surely.

Pure. `marks` finds quoted passages, `speakers` holds the table of rules for who said them, `candidates` gathers their
answers and `ranking` chooses by learned weights; `paraphrase` holds the rules for words without marks, `words` the
vocabulary of all and `subjects` the walk to a verb's subject.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from operator import itemgetter

from . import paraphrase, ranking, subjects, tokens, words
from .found import FoundQuote, Span
from .marks import WORD, passages
from .ranking import NOT_SAID
from .reading import Reading
from .speakers import RULES, Answer, Place, Rule, places

__all__ = ["NOT_SAID", "RULES", "FoundQuote", "Rule", "Span", "find_quotes", "passages"]

MIN_WORDS = 3
SURE_OF_SPEECH = 0.9
ISSUED = re.compile(
    rf"^(?:the|a|that|this|its|their|his|her)\s+(?:[\w-]+\s+)?(?:{'|'.join(sorted(words.DOCUMENTS))})$", re.I
)
STATEMENT = re.compile(rf"\b(?:{'|'.join(sorted(words.DOCUMENTS))})\b", re.I)


def find_quotes(text: str, paragraphs: Sequence[tuple[int, int]] | None = None) -> list[FoundQuote]:
    """Everything in `text` that somebody seems to have said, in the order it ends; a quote before what holds it.

    `paragraphs` are spans of the text; without them every line is one.
    """
    reading = Reading(text, paragraphs)
    issuers = _Issuers(reading)
    found = [*_quoted(reading, issuers)]
    found += [_paraphrased(reading, item, issuers) for item in paraphrase.find(reading, found)]
    return sorted(found, key=lambda quote: (quote.end, -quote.start))


def _quoted(reading: Reading, issuers: "_Issuers") -> list[FoundQuote]:
    found, earlier = [], []
    for paragraph in reading.paragraphs:
        for place in places(reading, paragraph, earlier):
            choice = ranking.choose(place)
            answer = ranking.answer_of(choice)
            earlier.append((paragraph, place.passage, answer))
            start, end = _words(reading.text, place.passage.start, place.passage.end)
            is_sure = choice.confidence >= SURE_OF_SPEECH
            if start < end and (is_sure or len(WORD.findall(place.said)) >= MIN_WORDS):
                rule, confidence = ranking.reason(choice), choice.confidence
                found.append(_found(reading, (start, end), _kind(place), rule, confidence, answer, issuers))
    return found


def _paraphrased(reading: Reading, item: paraphrase.Paraphrase, issuers: "_Issuers") -> FoundQuote:
    answer = Answer(item.source, item.cue)
    return _found(reading, (item.start, item.end), "indirect", item.rule, item.confidence, answer, issuers)


def _found(
    reading: Reading,
    span: tuple[int, int],
    kind: str,
    rule: str,
    confidence: float,
    answer: Answer | None,
    issuers: "_Issuers",
) -> FoundQuote:
    text = reading.text
    speaker = source = cue = antecedent = None
    if answer:
        speaker = source = _span(text, answer.speaker)
        cue = _span(text, answer.cue) if answer.cue else None
        if ISSUED.match(speaker.text):
            speaker = issuers.of_document(speaker.start) or speaker
        elif speaker.text.lower() in words.PERSONAL:
            antecedent = issuers.of_pronoun(speaker)
            source = antecedent or source
    return FoundQuote(*span, text[slice(*span)], kind, rule, confidence, speaker, source, cue, antecedent)


def _span(text: str, span: tuple[int, int]) -> Span:
    return Span(*span, text[slice(*span)])


def _words(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _kind(place: Place) -> str:
    """Mixed: the quoted words are a piece of the story's own sentence; direct: a sentence of the speaker's."""
    text, start = place.reading.text, place.passage.start
    head = place.blank[place.head[0] : place.head[1]].rstrip()
    own_start = not head or head[-1] in ",:;—–" or bool(words.REPORTS.search(head[-14:]))
    return "direct" if own_start and not text[start : start + 1].islower() else "mixed"


class _Issuers:
    """Who was named before a place: the issuer of "the statement", the person "he" is."""

    def __init__(self, reading: Reading):
        self.text, self.blank = reading.text, reading.blank
        self.sentences = [sentence for paragraph in reading.paragraphs for sentence in paragraph.sentences]

    def _named_before(self, at: int) -> Iterator[tuple[Span, tuple[int, int]]]:
        """Who was named with a reporting verb before `at`, and the sentence, the last first."""
        for start, end in reversed(self.sentences[: bisect_right(self.sentences, at, key=itemgetter(0))]):
            for verb in reversed(tokens.among(self.blank, words.SAYING, start, end)):
                if (speaker := subjects.before(self.blank, start, verb.start)) and speaker[1] <= at:
                    span = _span(self.text, speaker)
                    if span.text.lower() not in words.PRONOUNS and not ISSUED.match(span.text):
                        yield span, (start, end)

    def of_document(self, at: int) -> Span | None:
        """The last one named before `at` who spoke in a statement, else the last one named."""
        last = None
        for span, sentence in self._named_before(at):
            if STATEMENT.search(self.blank, *sentence):
                return span
            last = last or span
        return last

    def of_pronoun(self, pronoun: Span) -> Span | None:
        """The last speaker named before it: one person for "he" and "she", a plural or a body for "they"."""
        for span, _sentence in self._named_before(pronoun.start):
            plural = span.text.split()[-1].lower() in words.UNNAMED
            if plural == (pronoun.text.lower() == "they"):
                return span
        return None
