"""Finding quotes in copy: quoted and paraphrased words, who said them, by which rule and how surely.

Pure. `marks` finds quoted passages, `speakers` holds the table of rules for who said them, `candidates` gathers their
answers and `ranking` chooses by learned weights; `paraphrase` holds the rules for words without marks, `words` the
vocabulary of all and `subjects` the walk to a verb's subject.
"""

import re
from collections.abc import Sequence

from . import paraphrase, ranking, subjects, tokens, words
from .found import FoundQuote, Span
from .marks import WORD, passages
from .ranking import NOT_SAID
from .reading import Reading
from .speakers import RULES, Answer, Place, Rule

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
        for number, passage in enumerate(paragraph.passages):
            place = Place(reading, paragraph, number, passage, paragraph.sentence_at(passage.start), earlier)
            choice = ranking.choose(place)
            answer = ranking.answer_of(choice)
            earlier.append((paragraph, passage, answer))
            start, end = _words(reading.text, passage.start, passage.end)
            many = len(WORD.findall(reading.text, start, end)) >= MIN_WORDS
            if start < end and (many or choice.confidence >= SURE_OF_SPEECH):
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
        self.named: list[tuple[Span, bool]] = []
        for paragraph in reading.paragraphs:
            for start, end in paragraph.sentences:
                self._read(start, end)

    def _read(self, start: int, end: int) -> None:
        from_document = bool(STATEMENT.search(self.blank, start, end))
        for verb in tokens.among(self.blank, words.SAYING, start, end):
            self._keep(start, verb, from_document)

    def _keep(self, start: int, verb: Span, from_document: bool) -> None:
        speaker = subjects.before(self.blank, start, verb.start)
        if speaker:
            span = _span(self.text, speaker)
            if span.text.lower() not in words.PRONOUNS and not ISSUED.match(span.text):
                self.named.append((span, from_document))

    def of_document(self, at: int) -> Span | None:
        """The last one named before `at` who spoke in a statement, else the last one named."""
        earlier = [(span, from_document) for span, from_document in self.named if span.end <= at]
        issued = [span for span, from_document in earlier if from_document]
        return issued[-1] if issued else earlier[-1][0] if earlier else None

    def of_pronoun(self, pronoun: Span) -> Span | None:
        """The last speaker named before it: one person for "he" and "she", a plural or a body for "they"."""
        for span, _ in reversed([item for item in self.named if item[0].end <= pronoun.start]):
            plural = span.text.split()[-1].lower() in words.UNNAMED
            if plural == (pronoun.text.lower() == "they"):
                return span
        return None
