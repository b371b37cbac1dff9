"""New actors in copy: names that no vocabulary has, from runs of capitalised words and "Full Name (ABBR)"."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from . import nouns
from .names import Entry, Gazetteer, Mentioned, opens_sentence, surname

CAPITAL = r"(?:[^\W\d_a-z][^\W_]*(?:[-'’][^\W\d_a-z][^\W_]*)*(?:['’][^\W_]{2,})?)"
BETWEEN = r"(?: (?:of|for|of the|for the|al|bin|ibn|de|del|der|di|du|la|van|von|&) )"
RUN = re.compile(
    rf"(?<![\w-]){CAPITAL}(?:\.(?= [^\W\d_a-z]))?(?:(?:{BETWEEN}| |-(?=[^\W\d_a-z])){CAPITAL}(?:\.(?= [^\W\d_a-z]))?)*"
)
ABBREVIATION = re.compile(r"(?:['’]s)? \((?:the )?([^\W\d_a-z]{2,8})\)")
POSSESSIVE = re.compile(r"['’]s?(?!\w)")
INITIAL = re.compile(r"\b[^\W\d_]\.?$")
SINGLE_MENTIONS = 2
Span = tuple[int, int]


@dataclass
class _Run:
    """One run of capitalised words, without titles and what only opens a sentence."""

    name: str
    start: int
    end: int
    opens_sentence: bool
    has_title: bool = False
    has_article: bool = False
    abbreviation: str = ""


@dataclass
class _Candidate:
    name: str
    kind: str
    abbreviations: list[str] = field(default_factory=list)


def candidates(
    text: str,
    known: Sequence[Mentioned] = (),
    *,
    headline_end: int = 0,
    opening_end: int = 0,
    spans: Sequence[Span] | None = None,
) -> list[Mentioned]:
    """Actors that `text` names and `known` does not have, with a guess of their kind; highest score first.

    Names are looked for below the headline, where capitals mean something, and then counted in it too.
    """
    spans = spans or [(0, len(text))]
    taken = _Taken(known)
    runs = [run for span in spans for run in _runs(text, *span) if run.start >= headline_end and not taken.has(run)]
    found = _named(runs)
    if not found:
        return []
    entries = [Entry(item.name, item.kind, None, tuple(item.abbreviations)) for item in found]
    mentioned = Gazetteer(entries).find(text, headline_end=headline_end, opening_end=opening_end, spans=spans)
    return [item for item in mentioned if not all(taken.covers(*span) for span in item.mentions)]


class _Taken:
    """Where known actors are named already."""

    def __init__(self, known: Sequence[Mentioned]):
        self.spans = {span: item.entry for item in known for span in item.mentions}
        self.surnames = {surname(item.entry.name) for item in known if item.entry.kind == "person"}
        self.names = {name.casefold() for item in known for name in (item.entry.name, *item.entry.aliases)}

    def covers(self, start: int, end: int) -> bool:
        return any(first <= start and end <= last for first, last in self.spans)

    def has(self, run: _Run) -> bool:
        """A known name, or one with words beside it that make it no other ("Veterans of Libya")."""
        if run.name.casefold() in self.names or run.name in self.surnames or self.covers(run.start, run.end):
            return True
        inside = [(span, entry) for span, entry in self.spans.items() if run.start <= span[0] and span[1] <= run.end]
        if any(entry.kind == "person" for _, entry in inside):
            return True
        return bool(inside) and not re.search(r"[^\W_]", _without(run, [span for span, _ in inside]))


def _without(run: _Run, spans: list[Span]) -> str:
    return "".join(
        letter for at, letter in enumerate(run.name, run.start) if not any(start <= at < end for start, end in spans)
    )


def _runs(text: str, start: int, end: int) -> list[_Run]:
    found = []
    for match in RUN.finditer(text, start, end):
        abbreviation = ABBREVIATION.match(text, match.end(), end)
        pieces = _pieces(text, match.start(), match.end())
        for number, piece in enumerate(pieces):
            run = _stripped(text, *piece)
            if run and number == len(pieces) - 1 and abbreviation:
                run.abbreviation = abbreviation[1]
            if run:
                found.append(run)
    return found


def _pieces(text: str, start: int, end: int) -> list[Span]:
    """The run cut where a possessive ends an owner: "Moren's | National Army"."""
    pieces = []
    for match in POSSESSIVE.finditer(text, start, end):
        pieces.append((start, match.start()))
        start = match.end() + 1
    if start < end:
        pieces.append((start, end))
    return [piece for piece in pieces if piece[0] < piece[1]]


def _stripped(text: str, start: int, end: int) -> _Run | None:
    """Without words that open a sentence, weekdays, and titles before a name."""
    words = [(match.group(), match.start(), match.end()) for match in re.finditer(r"\S+", text[start:end])]
    opens = opens_sentence(text, start)
    has_title = bool(re.search(rf"\b(?:{nouns.LOWER_TITLES})\s$", text[max(0, start - 30) : start]))
    has_article = bool(re.search(r"\b[Tt]he $", text[max(0, start - 4) : start]))
    while words and _is_noise(words[0][0], opens):
        has_article = has_article or words[0][0] == "The"
        words, opens = words[1:], False
    while len(words) > 1 and words[0][0].rstrip(".").lower() in nouns.TITLES and not _is_a_body(words):
        has_title, words = True, words[1:]
    while words and words[-1][0].lower() in nouns.TIMES | nouns.SMALL:
        words = words[:-1]
    while words and words[0][0].lower() in nouns.TIMES | nouns.SMALL:
        words = words[1:]
    if not words:
        return None
    first, last = start + words[0][1], start + words[-1][2]
    name = text[first:last].rstrip(".")
    is_title = len(words) == 1 and name.lower() in nouns.TITLES | nouns.COMMON
    return None if is_title or len(name) < 2 else _Run(name, first, first + len(name), opens, has_title, has_article)


def _is_noise(word: str, opens: bool) -> bool:
    return word.lower() in nouns.SMALL or (opens and word.lower() in nouns.OPENERS)


def _is_a_body(words: list[tuple[str, int, int]]) -> bool:
    """Whether the run names an institution: "General Assembly", "Prince Edward Island"."""
    return nouns.kind_of_head([word for word, _, _ in words]) is not None


def _named(runs: list[_Run]) -> list[_Candidate]:
    """Candidates in the order they are named first, with short forms merged into full names."""
    found: dict[str, _Candidate] = {}
    often = Counter(run.name for run in runs if not run.opens_sentence)
    for run in runs:
        is_long = " " in run.name
        if not is_long and not run.abbreviation and often[run.name] < SINGLE_MENTIONS:
            continue
        item = found.setdefault(run.name, _Candidate(run.name, _kind(run)))
        if run.has_title and item.kind != "person" and nouns.kind_of_head(run.name.split()) is None:
            item.kind = "person"
        if run.abbreviation and run.abbreviation not in item.abbreviations:
            item.abbreviations.append(run.abbreviation)
    abbreviations = {short for item in found.values() for short in item.abbreviations}
    surnames = {surname(item.name) for item in found.values() if item.kind == "person"}
    lasts = {item.name.split(" ", 1)[1] for item in found.values() if " " in item.name}
    return [
        item
        for item in found.values()
        if item.name not in abbreviations
        and not (" " not in item.name and (item.name in surnames or item.name in lasts))
        and not _is_title_and_surname(item.name, surnames)
    ]


def _is_title_and_surname(name: str, surnames: set[str]) -> bool:
    words = name.split()
    return len(words) > 1 and words[-1] in surnames and all(word.lower() in nouns.TITLES for word in words[:-1])


def _kind(run: _Run) -> str:
    """A guess by titles before the name and the head noun in it; people have two or three words and no article."""
    words = run.name.split()
    head = nouns.kind_of_head(words)
    if head:
        return head
    if run.has_title:
        return "person"
    if run.abbreviation or run.has_article or run.name.isupper():
        return "organisation"
    if len(words) == 1:
        return "place"
    return "person" if len(words) <= 4 and not any(word in nouns.INSTITUTIONAL for word in words) else "organisation"
