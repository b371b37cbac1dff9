"""Attributions without quotation marks: "according to X", "X denied", "customs data showed", "some took as sign"."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from . import learned, subjects, tokens, words
from .found import FoundQuote
from .found import Span as Cue
from .reading import Reading

Span = tuple[int, int]
MIN_LETTERS = 8
SPOKEN = 0.2  # how sure it has to be that quoted words are speech
MOSTLY_QUOTED = 0.7  # share of quoted words from which a sentence says no more than its quote
ACCORDING = re.compile(
    r"ccording to\s+"
)  # its first letter is large or small: what is always the same is found at once
SIGN = re.compile(
    r"\s+(?:it |this |that |them )?as (?:a |an |the )?(?:clear |possible )?"
    r"(?:sign|signal|evidence|proof|indication|warning|hint)s?\b(?: that| of)?"
)
THAT = re.compile(r"(?:\s+(?:reporters|(?:the )?[\w’' .-]{2,40}?))?\s+that\s+")
TRAILING = re.compile(
    r"(?:\s+(?:at the time|earlier|later|recently|afterwards|separately|last \w+|this \w+"
    r"|(?:late |early )?(?:on |in |during |at |after |via |to )?[^,;]{0,80}))?\s*[.?!]?[”\"’']?\s*$"
)
PLAIN = {"side before|reporting verb", "rule taken as a sign"}  # "The port is open, she said.": always worth a look
OPENS_QUOTE = re.compile(r"\s*[,:]?\s*(?:that\s+)?[“\"]")
NEXT = re.compile(r"\s*([\w’']+|[,:;.?!])")
SMALL = words.forms(
    """
    that to the a an his her their its him them it if how why what who whether for of in on at with as about against by
    from not no goodbye hello yes nothing so more , : ; . ? !
    """
)


class Paraphrase(NamedTuple):
    """Spans of the words, of who is named as their source, and of the cue."""

    start: int
    end: int
    source: Span
    cue: Span
    rule: str
    confidence: float
    features: tuple[str, ...] = ()


def find(reading: Reading, quoted: Sequence[FoundQuote] = ()) -> Iterator[Paraphrase]:
    """The paraphrased attributions that are likelier than not worth a look, beside those of `quoted`."""
    for found in beside(candidates(reading, learned.cues()), quoted):
        if not found.features:
            yield found
        elif (confidence := learned.confidence(found.features)) or not PLAIN.isdisjoint(found.features):
            yield found._replace(confidence=confidence or learned.lowest())


def beside(found: Iterable[Paraphrase], quoted: Sequence[FoundQuote]) -> Iterator[Paraphrase]:
    """Those that say what no quote of `quoted` says: around a few quoted words a sentence may report more."""
    cues = {quote.cue.start for quote in quoted if quote.cue}
    spoken = sorted((quote.start, quote.end) for quote in quoted if quote.confidence > SPOKEN)
    for each in found:
        over = [(start, end) for start, end in spoken if each.start < end and start < each.end]
        if not over:
            if each.cue[0] not in cues:
                yield each
            continue
        share = sum(min(end, each.end) - max(start, each.start) for start, end in over) / (each.end - each.start)
        if share <= MOSTLY_QUOTED and each.features:
            part = int(share * 10)
            holds = (f"quoted {part}", f"quoted {each.rule}", f"quoted {each.cue[0] in cues}|{part}", "quoted")
            yield each._replace(features=(*each.features, *holds))


def candidates(reading: Reading, cues: frozenset[str]) -> Iterator[Paraphrase]:
    """Every verb of `cues` with its subject."""
    blank, according = reading.blank, [*ACCORDING.finditer(reading.blank)]
    for paragraph in reading.paragraphs:
        for start, end in paragraph.sentences:
            verbs = tokens.among(blank, cues, start, end)
            here = [match for match in according if start < match.start() < end]
            if verbs or here:
                yield from _in_sentence(blank, (start, end), verbs, here)


def _in_sentence(blank: str, sentence: Span, cues: list[Cue], according: list[re.Match]) -> Iterator[Paraphrase]:
    taken, before = sentence[0], []
    for match in according:
        if found := _according(blank, sentence, match):
            yield found
            taken = max(taken, found.end, found.source[1])
    for cue in cues:
        if cue.start >= taken and (found := _at_cue(blank, sentence, cue, before)):
            yield found
            before.append(found)


def _according(blank: str, sentence: Span, match: re.Match) -> Paraphrase | None:
    source = subjects.after(blank, match.end(), sentence[1])
    if not source:
        return None
    cue = (match.start() - 1, match.start() - 1 + len("according to"))
    before = _trim(blank, sentence[0], cue[0])
    after = _trim(blank, source[1], sentence[1])
    start, end = before if before[1] - before[0] > MIN_LETTERS else after
    if end - start < MIN_LETTERS:
        return None
    return Paraphrase(start, end, source, cue, "according to", 0.82)


def _at_cue(blank: str, sentence: Span, cue: Cue, before: list[Paraphrase]) -> Paraphrase | None:
    """`before` are the attributions before it in the sentence."""
    verb, follows = cue.text, blank[cue.end : cue.end + 1]
    if follows and follows in "-’'":
        return None
    source = subjects.before(blank, sentence[0], cue.start)
    is_near = source is not None
    if source is None and verb.endswith("ing"):
        source = subjects.first(blank, sentence[0], cue.start)
    if not source or OPENS_QUOTE.match(blank, cue.end, cue.end + 12):
        return None
    head = blank[source[0] : source[1]].lower().split()[-1].strip(".,’'")
    rule, starts = _rule(blank, verb, head, cue)
    start, end = _trim(blank, sentence[0], source[0])
    is_before = (
        end - start >= MIN_LETTERS
        and blank[end : source[0]].rstrip().endswith(",")
        and bool(TRAILING.match(blank, cue.end, sentence[1]))
        and not THAT.match(blank, cue.end, sentence[1])
    )
    if not is_before:
        start, end = _trim(blank, starts, sentence[1])
    if end - start < MIN_LETTERS:
        return None
    features = describe(blank, cue, source, head, rule, is_near=is_near, is_before=is_before)
    features += _in_company(start, end, source, rule, before)
    return Paraphrase(start, end, source, cue[:2], rule, 0.0, features)


def _in_company(start: int, end: int, source: Span, rule: str, before: list[Paraphrase]) -> tuple[str, ...]:
    """How long it is, and how it stands to the attributions before it in the sentence."""
    size = end - start
    alone = (
        f"length {'short' if size < 25 else 'mid' if size < 70 else 'long' if size < 160 else 'very long'}",
        f"length {min(size // 20, 9)}|{rule}",
        f"number {min(len(before), 3)}|{rule}",
    )
    if not before:
        return alone
    last = before[-1]
    inside = last.start <= start and end <= last.end
    share = (min(last.end, end) - max(last.start, start)) / max(last.end - last.start, size)
    return (
        *alone,
        f"inside {inside} {last.rule}|{rule}",
        f"shared {'most' if share > 0.6 else 'some' if share > 0.3 else 'little'}",
        f"same source {last.source == source}|{share > 0.6}",
    )


def describe(
    blank: str, cue: Cue, source: Span, head: str, rule: str, *, is_near: bool, is_before: bool
) -> tuple[str, ...]:
    """What the weights are for: the verb, what follows it, what its subject is."""
    verb, name = cue.text.lower(), blank[source[0] : source[1]]
    follows = NEXT.match(blank, cue.end, cue.end + 60)
    word = (follows.group(1) if follows else "").lower()
    shape = (
        word
        if word in SMALL
        else "name"
        if word and follows.group(1)[0].isupper()
        else "ly"
        if word.endswith("ly")
        else "other"
        if word
        else "none"
    )
    sort = (
        head
        if head in words.PRONOUNS
        else "people"
        if head in words.PEOPLE
        else "evidence"
        if head in words.EVIDENCE | words.DOCUMENTS
        else "name"
        if name[:1].isupper()
        else "other"
    )
    form = "ing" if verb.endswith("ing") else "ed" if verb.endswith("ed") else "s" if verb.endswith("s") else "bare"
    gap = blank[source[1] : cue.start].strip().lower()
    between = "none" if not gap else gap if gap in words.AUXILIARIES else "words"
    side = "before" if is_before else "after"
    return (
        *(
            "always",
            f"verb {verb}",
            f"rule {rule}",
            f"rule {rule}|{shape}",
            f"verb {verb}|{shape}",
            f"next {shape}",
            f"sort {sort}",
        ),
        *(f"sort {sort}|{rule}", f"sort {sort}|{shape}", f"form {form}|{shape}", f"form {form}", f"between {between}"),
        *(f"side {side}", f"side {side}|{rule}", f"near {is_near}", f"near {is_near}|{form}|{rule}"),
    )


def _rule(blank: str, verb: str, head: str, cue: Cue) -> tuple[str, int]:
    """The rule a verb and the head of its subject fall under, and where the words it reports may start."""
    if verb in words.SHOWING and head in words.EVIDENCE:
        return "data or document showed", _past_that(blank, cue.end)
    if verb in words.TAKING:
        match = SIGN.match(blank, cue.end)
        return ("taken as a sign", match.end()) if match else ("attitude", cue.end)
    if verb in words.DENYING:
        return "denial", _past_that(blank, cue.end)
    if verb in words.THINKING:
        return "belief", _past_that(blank, cue.end)
    if verb in words.SAYING:
        return "reporting verb", _past_that(blank, cue.end)
    return "attitude", _past_that(blank, cue.end)


def _past_that(blank: str, at: int) -> int:
    match = THAT.match(blank, at, at + 60)
    return match.end() if match else at


def _trim(blank: str, start: int, end: int) -> Span:
    """Without the spaces, commas and full stop around the words."""
    while start < end and not blank[start].isalnum() and blank[start] not in '“"‘$€£(':
        start += 1
    while end > start and not blank[end - 1].isalnum() and blank[end - 1] not in '”"’)%':
        end -= 1
    return start, end
