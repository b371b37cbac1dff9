"""Anchors: words that are found again after the text around them was edited.

Pure. An anchor is a TextQuoteSelector of the W3C Web Annotation model: the words and 32 characters on each side of
them. Everything is compared with quote marks, spaces and Unicode normalised; a stored offset is a hint at most.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

CONTEXT = 32
SHORT = 12
"""Words this short, in characters, are found again only where something around them is the same too."""

DOUBLE_MARKS = dict.fromkeys(map(ord, "“”„‟«»″"), '"')
SINGLE_MARKS = dict.fromkeys(map(ord, "‘’‚‛‹›′"), "'")
HYPHENS = dict.fromkeys(map(ord, "‐‑"), "-")
MARKS = DOUBLE_MARKS | SINGLE_MARKS | HYPHENS
ODD_SPACES = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u2060\u3000\ufeff" + "".join(
    map(chr, range(0x2000, 0x200C))
)
"""What is a space and not the plain one, or has no width."""
PLAINLY = {**dict.fromkeys(ODD_SPACES, " "), **{chr(code): plain for code, plain in MARKS.items()}}
"""Characters that one other stands for; to replace each in turn takes a fifth of what one pattern of all would."""
LONG_SPACES = re.compile("  +")
UNEVEN = re.compile(
    "[\u00ad\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u064b-\u065f\u0670\u1161-\u11ff\u20d0-\u20ff\u3099\u309a]"
)
"""Without these, and in NFC, every character but a space stands for itself."""
CLUSTER = re.compile(
    "(?P<space>[\\s\u200b\u2060\ufeff]+)"
    "|(?P<soft>\u00ad)"
    "|(?P<plain>[!-~]+(?: [!-~]+)*(?![\u0300-\u036f]))"
    "|(?P<other>[^\\s][\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u064b-\u065f\u0670\u1161-\u11ff\u20d0-\u20ff\u3099\u309a]*)"
)


@dataclass(frozen=True)
class Anchor:
    """`exact` is the words as they stand in the copy; `prefix` and `suffix` are normalised."""

    exact: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True)
class Folded:
    """A normalised text; `starts[i]` and `ends[i]` are where its character `i` stood in the text it came from."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]


@lru_cache(maxsize=16)
def fold(text: str) -> Folded:
    """`text` in NFC with straight quote marks, single spaces and no soft hyphens, and the way back to its offsets."""
    even = text
    for character, plain in PLAINLY.items():
        even = even.replace(character, plain)
    if not even.isascii() and (UNEVEN.search(text) or not unicodedata.is_normalized("NFC", text)):
        return _by_clusters(text)
    places: list[int] = []
    dropped = [0]
    for run in LONG_SPACES.finditer(even):
        places.append(run.start() - dropped[-1])
        dropped.append(dropped[-1] + len(run[0]) - 1)
    folded, length = LONG_SPACES.sub(" ", even), len(text) - dropped[-1]
    return Folded(folded, _Offsets(length, places, dropped, 0), _Offsets(length, places, dropped, 1))


@dataclass(frozen=True)
class _Offsets(Sequence):
    """Where characters stood in a text of which only spaces were `dropped`: none, then so many after each of `places`.

    `past`: 0 for where a character began, 1 for where it ended.
    """

    length: int
    places: list[int]
    dropped: list[int]
    past: int

    def __len__(self) -> int:
        return self.length

    def __getitem__(self, at: int) -> int:
        if not 0 <= at < self.length:
            raise IndexError(at)
        return at + self.past + self.dropped[bisect_left(self.places, at + self.past)]


def _by_clusters(text: str) -> Folded:
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in CLUSTER.finditer(text):
        kind, words = match.lastgroup, match.group()
        if kind == "soft":
            continue
        if kind == "space":
            words = " "
        elif kind == "other":
            words = unicodedata.normalize("NFC", words).translate(MARKS)
        start, end = match.span()
        out.append(words)
        if kind == "plain":
            starts.extend(range(start, end))
            ends.extend(range(start + 1, end + 1))
        else:
            starts.extend([start] * len(words))
            ends.extend([end] * len(words))
    return Folded("".join(out), starts, ends)


def normalise(text: str) -> str:
    """`text` as it is compared: folded, without space at either end."""
    return fold(text).text.strip()


def make(text: str, start: int, end: int) -> Anchor:
    """The anchor of `text[start:end]`."""
    folded = fold(text)
    first, last = bisect_left(folded.starts, start), bisect_left(folded.starts, end)
    while first < last and folded.text[first] == " ":
        first += 1
    while first < last and folded.text[last - 1] == " ":
        last -= 1
    return Anchor(
        exact=text[start:end].strip(),
        prefix=folded.text[max(0, first - CONTEXT) : first],
        suffix=folded.text[last : last + CONTEXT],
    )


def find(
    text: str, anchor: Anchor, hint: int | None = None, barred: Collection[tuple[int, int]] = ()
) -> tuple[int, int] | None:
    """Where the anchor's words stand in `text` now; None when they drifted: are gone, changed or uncertain.

    Words that occur more than once are told apart by their context, then by how near they are to the offset `hint`.
    Places that are `barred` belong to somebody else.
    """
    folded, words = fold(text), normalise(anchor.exact)
    if not words:
        return None
    places = [at for at in _occurrences(folded.text, words) if _is_whole(folded.text, at, words, anchor)]
    if barred:
        places = [at for at in places if (folded.starts[at], folded.ends[at + len(words) - 1]) not in barred]
    if not places:
        return None
    if len(places) == 1 and len(words) >= SHORT:
        return folded.starts[places[0]], folded.ends[places[0] + len(words) - 1]
    prefix, suffix = _context(anchor)
    likeness = {at: _likeness(folded.text, at, at + len(words), prefix, suffix) for at in places}
    best = max(likeness.values())
    if best == 0 and (prefix or suffix) and (len(words) < SHORT or (len(places) > 1 and hint is None)):
        return None
    tied = [at for at in places if likeness[at] == best]
    at = tied[0] if hint is None else min(tied, key=lambda place: abs(folded.starts[place] - hint))
    return folded.starts[at], folded.ends[at + len(words) - 1]


def find_all(text: str, anchors: Sequence[Anchor]) -> list[tuple[int, int] | None]:
    """Where the words of each anchor stand in `text` now, as `find` says it; the same words at two places are two.

    A place goes to the anchor that was made of it. Another anchor of those words looks elsewhere, and has drifted where
    there is nothing else, unless it was made of that very place too or does not say where it was made.
    """
    places: list[tuple[int, int] | None] = [None] * len(anchors)
    holders: dict[tuple[int, int], Anchor] = {}
    for number in sorted(range(len(anchors)), key=lambda number: not _stands_as_it_stood(text, anchors[number])):
        anchor = anchors[number]
        barred = [place for place, holder in holders.items() if _context(holder) != _context(anchor)]
        place = find(text, anchor, barred=barred)
        if place is None and _context(anchor) == ("", ""):
            place = find(text, anchor)
        if place is not None:
            holders.setdefault(place, anchor)
        places[number] = place
    return places


def _stands_as_it_stood(text: str, anchor: Anchor) -> bool:
    folded, words, (prefix, suffix) = fold(text).text, normalise(anchor.exact), _context(anchor)
    return bool(words) and (prefix, suffix) != ("", "") and prefix + words + suffix in folded


def _context(anchor: Anchor) -> tuple[str, str]:
    return fold(anchor.prefix).text.lstrip(), fold(anchor.suffix).text.rstrip()


def _occurrences(text: str, words: str) -> list[int]:
    found, at = [], text.find(words)
    while at >= 0:
        found.append(at)
        at = text.find(words, at + 1)
    return found


def _is_whole(text: str, at: int, words: str, anchor: Anchor) -> bool:
    """Not a piece of a longer word, unless it was one when the anchor was made."""
    end = at + len(words)
    cut_before = at > 0 and text[at - 1].isalnum() and words[0].isalnum()
    cut_after = end < len(text) and text[end].isalnum() and words[-1].isalnum()
    was_cut_before, was_cut_after = (
        anchor.prefix[-1:].isalnum(),
        anchor.suffix[:1].isalnum(),
    )
    return (was_cut_before or not cut_before) and (was_cut_after or not cut_after)


def _likeness(text: str, start: int, end: int, prefix: str, suffix: str) -> float:
    """How many characters of the context are the same, those that touch the words counted twice."""
    before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    if before.endswith(prefix) and after.startswith(suffix):
        return 2.0 * (len(prefix) + len(suffix))
    touching = _shared(before[::-1], prefix[::-1]) + _shared(after, suffix)
    return touching + _similar(before, prefix) + _similar(after, suffix)


def _shared(one: str, other: str) -> int:
    for count, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return count
    return min(len(one), len(other))


def _similar(one: str, other: str) -> int:
    """Characters of the runs of four or more that both hold, in order."""
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks if block.size >= 4)
