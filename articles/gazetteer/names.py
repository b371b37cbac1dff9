"""The mentions of known actors and topics in copy, longest first.

Names are kept by their first two words, so that a look-up costs the same for a hundred names and a hundred thousand, of
which thousands begin with one first name.
Scores say how much a story is about someone: 3 for the headline, 2 for the first two paragraphs, 1 for each mention
more.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate, compress
from typing import Any, NamedTuple

from . import nouns

IN_HEADLINE, IN_OPENING, FURTHER = 3, 2, 1
SHORT_NAME = 4
TOPIC = "topic"
ACROSS = re.compile(r"(?<!\bSt)[.?!;:]\s|\n|,\s")
WORD = re.compile(r"(\w++(?:['’]\w++|\.\w(?!\w))*+)")
POSSESSIVE = re.compile(r"['’]s?$")
KEPT = 2  # texts whose words are kept: one is searched for known names and then for new ones
APOSTROPHES = str.maketrans("’", "'")
SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})


class Entry(NamedTuple):
    """One actor or topic. `slug` is None where no record of it exists; `adjectives` are demonyms ("Libyan").

    Names are matched without regard to case from five letters on, unless they are all capitals or `adjectives`.
    """

    name: str
    kind: str
    slug: str | None = None
    aliases: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    code: str = ""


@dataclass(slots=True)
class Mentioned:
    """An entry that a text names, where, and how much the text is about it."""

    entry: Entry
    score: int = 0
    mentions: list[tuple[int, int]] = field(default_factory=list)


class _Name(NamedTuple):
    """One name as words; `exact` is set where case matters; several entries may go by it."""

    words: tuple[str, ...]
    exact: str | None
    entries: list[Entry]
    is_adjective: bool

    def matches(self, found: str) -> bool:
        """Whether the letters `found` may be this name; the words are the same already."""
        if len(self.words) > 1 and ACROSS.search(found) and not ACROSS.search(self.entries[0].name):
            return False
        if self.exact is None:
            return not found[0].islower() or self.entries[0].kind == TOPIC
        if _plain(found) == self.exact:
            return True
        return found.isupper() and len(found) > SHORT_NAME and not self.exact.isupper() and not self.is_adjective


class Gazetteer:
    """The names of many entries, ready to be found in text."""

    learned: Sequence[tuple[Entry, Any]] = ()
    """Topics with what stories taught of them (`learning.Learned`), for who proposes."""

    def __init__(self, entries: Iterable[Entry]):
        self._single: dict[str, list[_Name]] = {}  # empty where the word only begins longer names
        self._longer: dict[tuple[str, ...], list[_Name]] = {}  # by two words, the longest first
        self._known: dict[tuple[tuple[str, ...], str | None], _Name] = {}
        self.entries: list[Entry] = []
        for entry in entries:
            self.entries.append(entry)
            for name in (entry.name, *entry.aliases):
                self._add(name, entry, is_adjective=False)
            for name in entry.adjectives:
                self._add(name, entry, is_adjective=True)
                if name.endswith(("n", "i", "t", "b", "k", "o", "er")):
                    self._add(name + "s", entry, is_adjective=True)
        for names in self._longer.values():
            names.sort(key=lambda name: -len(name.words))

    def _add(self, name: str, entry: Entry, *, is_adjective: bool) -> None:
        words = _words_of_name(name)
        if not words:
            return
        cased = is_adjective or name.isupper() or len(name) <= SHORT_NAME or (entry.kind != TOPIC and len(words) == 1)
        exact = _plain(name) if cased else None
        known = self._known.get((words, exact))
        if known:
            if entry not in known.entries:
                known.entries.append(entry)
            return
        record = _Name(words, exact, [entry], is_adjective)
        self._known[words, exact] = record
        single = self._single.setdefault(words[0], [])
        (self._longer.setdefault(words[:2], []) if len(words) > 1 else single).append(record)

    def knows(self, name: str) -> bool:
        """Whether `name` is one of the names, in any case."""
        words = _words_of_name(name)
        if len(words) < 2:
            return bool(words and self._single.get(words[0]))
        return any(record.words == words for record in self._longer.get(words[:2], ()))

    def find(
        self, text: str, *, headline_end: int = 0, opening_end: int = 0, spans: Sequence[tuple[int, int]] | None = None
    ) -> list[Mentioned]:
        """What `text` names, highest score first.

        `headline_end` and `opening_end` are where the headline and the second paragraph end. `spans` are the parts of
        the text to look at; without them all of it.
        """
        matches = self._matches(text, spans or [(0, len(text))])
        certain = {id(record.entries[0]) for record, _, _ in matches if len(record.entries) == 1}
        found: dict[int, Mentioned] = {}
        for record, start, end in matches:
            entry = next((entry for entry in record.entries if id(entry) in certain), record.entries[0])
            found.setdefault(id(entry), Mentioned(entry)).mentions.append((start, end))
        self._add_surnames(text, found, headline_end, [(start, end) for _, start, end in matches])
        for item in found.values():
            item.mentions.sort()
            item.score = score(item.mentions, headline_end, opening_end)
        return sorted(found.values(), key=lambda item: (-item.score, item.mentions[0]))

    def _matches(self, text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[_Name, int, int]]:
        """Names with their places, none over another; a name lies within one of `spans`, which are in order."""
        words = _words(text)
        hits = [*compress(range(len(words.folded)), map(self._single.__contains__, words.folded))]
        found, free_from = [], 0
        for span in spans:
            first, past = words.between(*span)
            for at in hits[bisect_left(hits, first) : bisect_left(hits, past)]:
                if at < free_from or (record := self._match(text, words, at, past)) is None:
                    continue
                free_from = at + len(record.words)
                if len(record.words) > 1 or at == first or not _is_part_of_a_name(text, words, at, record):
                    found.append((record, words.starts[at], words.ends[free_from - 1]))
        return found

    def _match(self, text: str, words: "_Words", at: int, past: int) -> _Name | None:
        folded = words.folded
        longer = self._longer.get((folded[at], folded[at + 1]), ()) if at + 1 < past else ()
        for record in longer:
            size = len(record.words)
            if size > 2 and (at + size > past or tuple(folded[at : at + size]) != record.words):
                continue
            if record.matches(text[words.starts[at] : words.ends[at + size - 1]]):
                return record
        found = text[words.starts[at] : words.ends[at]]
        return next((record for record in self._single[folded[at]] if record.matches(found)), None)

    def _add_surnames(
        self, text: str, found: dict[int, Mentioned], headline_end: int, taken: list[tuple[int, int]]
    ) -> None:
        """A person's surname alone, in the headline or after the full name; not one that two of them share."""
        surnames: dict[str, list[Mentioned]] = {}
        for item in found.values():
            if item.entry.kind == "person" and (name := surname(item.entry.name)):
                surnames.setdefault(name, []).append(item)
        starts = [start for start, _end in taken]
        for name, items in surnames.items():
            if len(items) > 1:
                continue
            mentions = items[0].mentions
            for start in places(text, name):
                before = bisect_left(starts, start + 1) - 1
                is_taken = before >= 0 and start < taken[before][1]
                if not is_taken and (start > mentions[0][0] or start < headline_end):
                    mentions.append((start, start + len(name)))


def places(text: str, name: str) -> Iterator[int]:
    """Where `name` stands as a whole word."""
    at = text.find(name)
    while at >= 0:
        end = at + len(name)
        starts_word = at == 0 or not (text[at - 1].isalnum() or text[at - 1] == "-")
        if starts_word and not text[end : end + 1].isalnum():
            yield at
        at = text.find(name, end)


def surname(name: str) -> str:
    """The last word of a person's name, with its particle ("al Sarim"); empty for a single name."""
    words = [word for word in name.split() if word.lower().strip(".") not in SUFFIXES]
    if len(words) < 2:
        return ""
    return " ".join(words[-2:]) if words[-2].lower() in nouns.PARTICLES and len(words) > 2 else words[-1]


def score(mentions: Iterable[tuple[int, int]], headline_end: int, opening_end: int) -> int:
    """How much a text is about what is mentioned there; a second mention in headline or opening is a further one."""
    starts = [start for start, _ in mentions]
    total = len(starts) * FURTHER
    if any(start < headline_end for start in starts):
        total += IN_HEADLINE - FURTHER
    if any(headline_end <= start < opening_end for start in starts):
        total += IN_OPENING - FURTHER
    return total


def _plain(name: str) -> str:
    return name.translate(APOSTROPHES).replace(".", "")


class _Words:
    """The words of a text as parallel lists: as they are compared, where they start, where they end without a
    possessive. Not to be changed."""

    __slots__ = ("ends", "folded", "starts")

    def __init__(self, text: str) -> None:
        pieces = WORD.split(text)  # gap, word, gap, word, …, gap: far quicker than a match for each
        bounds = [*accumulate(map(len, pieces), initial=0)]
        written = pieces[1::2]
        self.starts, self.ends = bounds[1:-1:2], bounds[2::2]
        self.folded = [*map(str.casefold, written)]
        for at, is_plain in enumerate(map(str.isalnum, written)):
            if not is_plain:
                self.folded[at], shorter = _pointed(written[at])
                has_last_point = "." in written[at] and text.startswith(".", self.ends[at])
                self.ends[at] += has_last_point - shorter

    def between(self, start: int, end: int) -> tuple[int, int]:
        """The indices [first, past) of the words between two characters."""
        return bisect_left(self.starts, start), bisect_left(self.starts, end)


@lru_cache(maxsize=KEPT)
def _words(text: str) -> _Words:
    return _Words(text)


@lru_cache(maxsize=1 << 12)
def _pointed(word: str) -> tuple[str, int]:
    """A word with a point or an apostrophe in it, as it is compared, and how many characters a possessive takes."""
    if "." in word:
        return word.replace(".", "").casefold(), 0
    bare = POSSESSIVE.sub("", word)
    return bare.translate(APOSTROPHES).casefold(), len(word) - len(bare)


def _words_of_name(name: str) -> tuple[str, ...]:
    if name.replace(" ", "").isalnum():  # nearly all are, and a vocabulary may have a hundred thousand
        return tuple(name.casefold().split())
    return tuple(word.casefold() if word.isalnum() else _pointed(word)[0] for word in WORD.findall(name))


def _is_part_of_a_name(text: str, words: _Words, at: int, record: _Name) -> bool:
    """Whether a one-word name is a piece of another's: the "Jordan" of "Olin Jordan", the "Mexico" of "New Mexico"."""
    if record.is_adjective or record.entries[0].kind not in ("state", "place"):
        return False
    before, start, end = words.folded[at - 1], words.starts[at - 1], words.ends[at - 1]
    if text[end : words.starts[at]] != " " or not text[start].isupper() or text[start:end].isupper():
        return False
    if before == "new":
        return True
    return not opens_sentence(text, start) and before not in nouns.COMPASS and before not in nouns.BESIDE_PLACES


def opens_sentence(text: str, at: int) -> bool:
    """Whether a capital at `at` says nothing: a sentence, a line or a quote begins there."""
    before = text[max(0, at - 4) : at].rstrip(" ")
    return not before or before[-1] in '.?!…:\n“"‘(—–•'
