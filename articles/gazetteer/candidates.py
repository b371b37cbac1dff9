"""New actors in copy: names that no vocabulary has, from runs of capitalised words and "Full Name (ABBR)"."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from . import nouns
from .names import Entry, Gazetteer, Mentioned, opens_sentence, places, surname

CAPITAL = r"(?:[^\W\d_a-z][^\W_]*(?:[-'’][^\W\d_a-z][^\W_]*)*(?:['’][^\W_]{2,})?)"
BETWEEN = r"(?: (?:of|for|of the|for the|al|bin|ibn|de|del|der|di|du|la|van|von|&) )"
DOTTED = r"(?:(?:Mr|Mrs|Ms|Dr|Sens?|Reps?|Gov|Gen|Col|Lt|Maj|Capt|Sgt|Prof|Rev|St|Jr|[^\W\d_a-z])\.)"
JOINED = rf"(?:{BETWEEN}| |(?<=\.)|-(?=[^\W\d_a-z]))"
RUN = re.compile(rf"(?<![\w-])(?=[^\W\d_a-z])(?:{DOTTED}|{CAPITAL})(?:{JOINED}(?:{DOTTED}(?= )|{CAPITAL}))*")
ABBREVIATION = re.compile(r"(?:['’]s)? \((?:the )?([^\W\d_a-z]{2,8})\)")
CUT = re.compile(r"['’]s?(?!\w)\s?|(?P<before>\b\w+) (?P<link>(?:of|for)(?: the)?) ")
NOT_SPACE = re.compile(r"\S+")
LOWER_TITLE = re.compile(rf"\b(?:{nouns.LOWER_TITLES})\s$")
SMALL_NEXT = re.compile(r"\s[a-z]")
SPEAKS = re.compile(r" (?:said|says|told|added|asked|wrote|argued|denied|warned)\b")
ADJECTIVE_ENDINGS = ("an", "ian", "n", "ese", "ish", "i", "ic")
SINGLE_MENTIONS = 2
LONGEST_RUN = 160  # characters; more capitalised words in a row are a list or a headline
KEPT = 1 << 14  # runs: most come again in the same story and in others
Span = tuple[int, int]


EDGES = nouns.TIMES | nouns.SMALL  # words that begin or end no name
NO_NAMES = nouns.TITLES | nouns.COMMON
NEVER_ALONE = EDGES | NO_NAMES


class _Before(NamedTuple):
    """What stands before capitalised words."""

    opens_sentence: bool = False
    has_title: bool = False
    has_article: bool = False


class _Run(NamedTuple):
    """What a run of capitalised words names, without titles and what only opens a sentence."""

    name: str
    start: int
    end: int
    before: _Before
    abbreviation: str = ""


@dataclass
class _Candidate:
    name: str
    kind: str
    abbreviations: list[str] = field(default_factory=list)
    adjectives: list[str] = field(default_factory=list)


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
    runs = [
        run
        for start, end in spans
        if end > headline_end
        for run in _runs(text, start, end)
        if run.start >= headline_end and not taken.has(run)
    ]
    found = _named(text, runs)
    if not found:
        return []
    entries = [Entry(item.name, item.kind, None, tuple(item.abbreviations), tuple(item.adjectives)) for item in found]
    mentioned = Gazetteer(entries).find(text, headline_end=headline_end, opening_end=opening_end, spans=spans)
    return [item for item in mentioned if not all(taken.covers(*span) for span in item.mentions)]


class _Taken:
    """Where known actors are named already."""

    def __init__(self, known: Sequence[Mentioned]):
        self.entries = sorted(
            ((*span, item.entry) for item in known for span in item.mentions), key=lambda row: row[:2]
        )
        self.starts = [row[0] for row in self.entries]
        self.surnames = {surname(item.entry.name) for item in known if item.entry.kind == "person"}
        self.names = {name.casefold() for item in known for name in (item.entry.name, *item.entry.aliases)}

    def covers(self, start: int, end: int) -> bool:
        """Whether a known name stands there, perhaps with more words: names found do not overlap."""
        at = bisect_right(self.starts, start) - 1
        return at >= 0 and end <= self.entries[at][1]

    def has(self, run: _Run) -> bool:
        """A known name, or one beside which nothing else stands ("Libya-Egypt")."""
        if run.name.casefold() in self.names or run.name in self.surnames or self.covers(run.start, run.end):
            return True
        first, last = bisect_left(self.starts, run.start), bisect_left(self.starts, run.end)
        inside = [row for row in self.entries[first:last] if row[1] <= run.end]
        if any(entry.kind == "person" for _, _, entry in inside):
            return True
        return bool(inside) and not re.search(r"[^\W_]", _without(run, [(start, end) for start, end, _ in inside]))


def _without(run: _Run, spans: list[Span]) -> str:
    return "".join(
        letter for at, letter in enumerate(run.name, run.start) if not any(start <= at < end for start, end in spans)
    )


def _runs(text: str, start: int, end: int) -> list[_Run]:
    found = []
    for match in RUN.finditer(text, start, end):
        words, at = match.group(), match.start()
        if (low := words.lower()) in NEVER_ALONE or (low in nouns.OPENERS and opens_sentence(text, at)):
            continue  # most runs are one such word
        if len(words) > LONGEST_RUN:
            continue
        named = _named_by(words, _before(text, at))
        found += [_Run(run.name, at + run.start, at + run.end, run.before) for run in named if run]
        if named[-1] and (abbreviation := ABBREVIATION.match(text, match.end(), end)):
            found[-1] = found[-1]._replace(abbreviation=abbreviation[1])
    return found


def _before(text: str, at: int) -> _Before:
    follows_small = at > 1 and text[at - 2].islower()
    has_title = follows_small and _is_title_before(text[text.rfind(" ", 0, at - 1) + 1 : at])
    return _Before(opens_sentence(text, at), has_title, text[max(0, at - 4) : at].lower() == "the ")


@lru_cache(maxsize=KEPT)
def _is_title_before(word: str) -> bool:
    return bool(LOWER_TITLE.search(word))


@lru_cache(maxsize=KEPT)
def _named_by(words: str, before: _Before) -> tuple[_Run | None, ...]:
    """What each piece of a run names; places count from where the run starts."""
    first, *others = _pieces(words)
    named = [_stripped(words, *first, before)]
    for start, end in others:
        named.append(_stripped(words, start, end, _Before(has_article=words[:start].lower().endswith("the "))))
    return tuple(named)


def _pieces(words: str) -> list[Span]:
    """The run cut where a possessive ends an owner ("Moren's | Army"), and where "of" or "for" joins no name."""
    pieces, start = [], 0
    for match in CUT.finditer(words):
        is_link = match.group("before") is not None
        if is_link and not _is_cut(match):
            continue
        pieces.append((start, match.end("before") if is_link else match.start()))
        start = match.end()
    pieces.append((start, len(words)))
    return [(first, last) for first, last in pieces if first < last]


def _is_cut(match: re.Match) -> bool:
    """ "Director of …" is a title, "GOP for …" no name; "Ministry of …", "Centre for …" are."""
    before = match.group("before")
    if before.lower() in nouns.TITLES:
        return True
    return match.group("link").startswith("for") and before not in nouns.KIND_OF


def _stripped(run: str, start: int, end: int, before: _Before) -> _Run | None:
    """Without words that open a sentence, weekdays, and titles before a name."""
    if " " not in run[start:end] and run[start:end].lower() in NEVER_ALONE:
        return None
    words = [(match.group(), match.start(), match.end()) for match in NOT_SPACE.finditer(run, start, end)]
    opens, has_title, has_article = before
    while words and _is_noise(words[0][0], opens):
        has_article = has_article or words[0][0] == "The"
        words, opens = words[1:], False
    while words and words[-1][0].lower() in EDGES:
        words = words[:-1]
    while words and words[0][0].lower() in EDGES:
        words = words[1:]
    if not words:
        return None
    if len(words) > 1 and not _is_a_body(words):
        last_title = max((at for at, word in enumerate(words) if _is_title(word[0])), default=-1)
        has_title, words = has_title or last_title >= 0, words[last_title + 1 :]
    if not words or (words[-1][0] in nouns.NOT_ACTORS and not _is_a_body(words)):
        return None
    first, last = words[0][1], words[-1][2]
    name = run[first:last].rstrip(".")
    if len(name) < 2 or (len(words) == 1 and name.lower() in NO_NAMES):
        return None
    return _Run(name, first, first + len(name), _Before(opens, has_title, has_article))


def _is_title(word: str) -> bool:
    return word.rstrip(".").lower() in nouns.TITLES


def _is_noise(word: str, opens: bool) -> bool:
    return word.lower() in nouns.SMALL or (opens and word.lower() in nouns.OPENERS)


def _is_a_body(words: list[tuple[str, int, int]]) -> bool:
    """Whether the run names an institution: "General Assembly", "Prince Edward Island"."""
    return nouns.kind_of_head([word for word, _, _ in words]) is not None


def _named(text: str, runs: list[_Run]) -> list[_Candidate]:
    """Candidates in the order they are named first, with short forms merged into full names."""
    found: dict[str, _Candidate] = {}
    openers = {run.name for run in runs if run.before.opens_sentence}
    small = {name for name in openers if any(places(text, name.lower()))}
    often = Counter(run.name for run in runs if not (run.before.opens_sentence and run.name in small))
    for run in runs:
        if " " not in run.name and not run.abbreviation and often[run.name] < SINGLE_MENTIONS:
            continue
        item = found.get(run.name)
        if item is None:
            item = found[run.name] = _Candidate(run.name, _kind(text, run))
        if run.before.has_title and item.kind != "person" and nouns.kind_of_head(run.name.split()) is None:
            item.kind = "person"
        if run.abbreviation and run.abbreviation not in item.abbreviations:
            item.abbreviations.append(run.abbreviation)
    return _without_adjectives(text, _without_short_forms(list(found.values())))


def _without_short_forms(found: list[_Candidate]) -> list[_Candidate]:
    abbreviations = {short for item in found for short in item.abbreviations}
    surnames = {surname(item.name) for item in found if item.kind == "person"}
    lasts = {item.name.split(" ", 1)[1] for item in found if " " in item.name}
    return [
        item
        for item in found
        if item.name not in abbreviations
        and not (" " not in item.name and (item.name in surnames or item.name in lasts))
        and not _is_title_and_surname(item.name, surnames)
    ]


def _without_adjectives(text: str, found: list[_Candidate]) -> list[_Candidate]:
    """A word such as "Vostian" belongs to the state it is made of; one that only stands before nouns names nobody."""
    singles = {item.name: item for item in found if " " not in item.name}
    kept = []
    for item in found:
        bases = singles if item.name in singles and item.name.endswith(ADJECTIVE_ENDINGS) else ()
        base = next((singles[name] for name in bases if _is_adjective_of(item.name, name)), None)
        if base is not None:
            base.kind = "state"
            base.adjectives.append(item.name)
        elif item.name not in singles or not _stands_before_nouns(text, item.name):
            kept.append(item)
    return kept


def _is_adjective_of(word: str, name: str) -> bool:
    if word == name or len(name) < 4:
        return False
    stems = (name, name.rstrip("aeiouy"))
    return any(word == stem + ending for stem in stems for ending in ADJECTIVE_ENDINGS)


def _stands_before_nouns(text: str, name: str) -> bool:
    if not name.endswith(ADJECTIVE_ENDINGS):
        return False
    following = [bool(SMALL_NEXT.match(text, at + len(name))) for at in places(text, name)]
    return sum(following) > len(following) / 2


def _is_title_and_surname(name: str, surnames: set[str]) -> bool:
    words = name.split()
    return len(words) > 1 and words[-1] in surnames and all(word.lower() in nouns.TITLES for word in words[:-1])


def _kind(text: str, run: _Run) -> str:
    """A guess by titles before the name and the head noun in it; people have two or three words and no article."""
    words = run.name.split()
    head = nouns.kind_of_head(words)
    if head:
        return head
    if run.before.has_title:
        return "person"
    if words[0].lower() in nouns.COMPASS | {"new"} and len(words) == 2:
        return "place"
    if run.abbreviation or run.before.has_article or run.name.isupper():
        return "organisation"
    if len(words) == 1:
        return "person" if SPEAKS.match(text, run.end) else "place"
    return "person" if len(words) <= 4 and not any(word in nouns.INSTITUTIONAL for word in words) else "organisation"
