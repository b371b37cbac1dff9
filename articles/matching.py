"""Whether words stand in a transcript: as they are, with something left out, altered, or not at all. Pure."""

import itertools
import re
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from . import anchoring

EXACT, ELLIPSIS, ALTERED, NOT_FOUND = "exact", "ellipsis", "altered", "not_found"
GAP = 6  # characters between two parts of one sentence that only an attribution parts: marks and a space
LIKE = 0.5  # share of the words that have to stand together for it to be the same passage, altered
LEFT_OUT = re.compile(r"\s*(?:\[\s*(?:…|\.{3})\s*\]|\(\s*(?:…|\.{3})\s*\)|…|\.{3})\s*")
WORD = re.compile(r"\w+(?:['’-]\w+)*")


@dataclass(frozen=True)
class Run:
    """Words of the comparison: `kind` is "same", "quoted" (only in the quote) or "said" (only in the evidence)."""

    kind: str
    text: str


@dataclass(frozen=True)
class Found:
    """`place` is where the passage stands in the evidence, in characters; None where it does not."""

    kind: str
    place: tuple[int, int] | None = None
    runs: tuple[Run, ...] = ()


def match(parts: Sequence[str], evidence: str) -> Found:
    """Hold a quote, in its parts, against the words of the evidence. Marks, spaces and Unicode do not count."""
    pieces = [piece for part in parts for piece in LEFT_OUT.split(part) if WORD.search(piece)]
    if not pieces or not WORD.search(evidence):
        return Found(NOT_FOUND)
    folded = anchoring.fold(evidence)
    lower = folded.text.casefold()
    same_length = len(lower) == len(folded.text)
    places = _in_order([anchoring.fold(piece).text for piece in pieces], folded.text, lower if same_length else "")
    if places is None:
        return _altered(" ".join(pieces), evidence)
    gaps = [later[0] - earlier[1] for earlier, later in itertools.pairwise(places)]
    kind = ELLIPSIS if any(gap > GAP for gap in gaps) else EXACT
    start, end = folded.starts[places[0][0]], folded.ends[places[-1][1] - 1]
    return Found(
        kind, (start, end), (Run("same", evidence[start:end]),) if kind == EXACT else _gapped(places, folded, evidence)
    )


def _in_order(pieces: list[str], text: str, lower: str) -> list[tuple[int, int]] | None:
    """Where each piece stands, one after the other; the first letter of each may be a capital or not."""
    places, at = [], 0
    for piece in (each.strip(" ,.;:!?\"'-–—") for each in pieces):
        start = text.find(piece, at)
        if start < 0 and lower and piece:
            start = lower.find(piece.casefold(), at)
            if start >= 0 and text[start + 1 : start + len(piece)] != piece[1:]:
                start = -1
        if start < 0 or not _is_whole(text, start, start + len(piece)):
            return None
        places.append((start, start + len(piece)))
        at = start + len(piece)
    return places


def _is_whole(text: str, start: int, end: int) -> bool:
    """No word is cut in two."""
    before = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
    after = end < len(text) and text[end].isalnum() and text[end - 1].isalnum()
    return not (before or after)


def _gapped(places: list[tuple[int, int]], folded: anchoring.Folded, evidence: str) -> tuple[Run, ...]:
    runs, last = [], None
    for start, end in places:
        first, after = folded.starts[start], folded.ends[end - 1]
        if last is not None:
            runs.append(Run("said", evidence[last:first]))
        runs.append(Run("same", evidence[first:after]))
        last = after
    return tuple(runs)


def _altered(words: str, evidence: str) -> Found:
    """The passage most like it, with the difference word by word."""
    quoted = WORD.findall(words)
    said = list(WORD.finditer(evidence))
    wanted = Counter(word.casefold() for word in quoted)
    best, at = _densest([word.group().casefold() for word in said], wanted, len(quoted))
    if best < LIKE * len(quoted):
        return Found(NOT_FOUND)
    around = said[max(at - len(quoted) // 4, 0) : at + len(quoted) + len(quoted) // 4]
    pairs = SequenceMatcher(
        None, [each.group().casefold() for each in around], [w.casefold() for w in quoted], autojunk=False
    )
    blocks = [block for block in pairs.get_matching_blocks() if block.size]
    if sum(block.size for block in blocks) < LIKE * len(quoted):
        return Found(NOT_FOUND)
    first, last = blocks[0].a, blocks[-1].a + blocks[-1].size
    passage = around[first:last]
    return Found(ALTERED, (passage[0].start(), passage[-1].end()), _difference([w.group() for w in passage], quoted))


def _densest(words: list[str], wanted: Counter, size: int) -> tuple[int, int]:
    """(shared words, index) of the window of `size` words that shares most with `wanted`; one walk."""
    have: Counter = Counter()
    window: deque[str] = deque()
    shared, best, at = 0, 0, 0
    for index, word in enumerate(words):
        window.append(word)
        have[word] += 1
        shared += have[word] <= wanted[word]
        if len(window) > size:
            gone = window.popleft()
            shared -= have[gone] <= wanted[gone]
            have[gone] -= 1
        if shared > best:
            best, at = shared, max(index - size + 1, 0)
    return best, at


def _difference(said: list[str], quoted: list[str]) -> tuple[Run, ...]:
    pairs = SequenceMatcher(None, [w.casefold() for w in said], [w.casefold() for w in quoted], autojunk=False)
    runs = []
    for act, a, after_a, b, after_b in pairs.get_opcodes():
        if act == "equal":
            runs.append(Run("same", " ".join(quoted[b:after_b])))
            continue
        if after_a > a:
            runs.append(Run("said", " ".join(said[a:after_a])))
        if after_b > b:
            runs.append(Run("quoted", " ".join(quoted[b:after_b])))
    return tuple(runs)
