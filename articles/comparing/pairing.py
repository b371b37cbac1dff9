"""Which blocks of two bodies stand for each other: the same ones, and those that share enough of their words."""

from collections import Counter
from collections.abc import Hashable, Sequence
from typing import Protocol

from .sequences import Work, hunks, pairs
from .words import is_word

ALIKE = 0.35
"""Of all words of both, so many must be shared; paragraphs that have nothing to do with each other share up to 0.25."""


class Piece(Protocol):
    """What is paired."""

    key: Hashable
    words: Sequence[str]


def pair(old: Sequence[Piece], new: Sequence[Piece], work: Work) -> list[tuple[int, int]]:
    """The places, (old, new), of blocks that are the same or one a later state of the other; both rising."""
    same = pairs([piece.key for piece in old], [piece.key for piece in new], work)
    found = list(same)
    for hunk in hunks(same, len(old), len(new)):
        if hunk.old < hunk.old_end and hunk.new < hunk.new_end:
            alike = _alike(old[hunk.old : hunk.old_end], new[hunk.new : hunk.new_end], work)
            found.extend((hunk.old + i, hunk.new + j) for i, j in alike)
    return sorted(found)


def _alike(old: Sequence[Piece], new: Sequence[Piece], work: Work) -> list[tuple[int, int]]:
    """The row of pairs that share the most words."""
    left, left_of, left_size = _laid_out(old)
    right, right_of, right_size = _laid_out(new)
    shared = Counter((left_of[i], right_of[j]) for i, j in pairs(left, right, work))
    candidates = [
        (i, j, count) for (i, j), count in sorted(shared.items()) if 2 * count >= ALIKE * (left_size[i] + right_size[j])
    ]
    return _heaviest(candidates)


def _laid_out(pieces: Sequence[Piece]) -> tuple[list[str], list[int], list[int]]:
    """All words in a row, of which piece each is, and how many each piece has."""
    words: list[str] = []
    owners: list[int] = []
    sizes: list[int] = []
    for number, piece in enumerate(pieces):
        own = [word for word in piece.words if is_word(word)]
        words.extend(own)
        owners.extend([number] * len(own))
        sizes.append(len(own))
    return words, owners, sizes


def _heaviest(candidates: list[tuple[int, int, int]]) -> list[tuple[int, int]]:
    """Of pairs that rise on both sides, those that use every block once and weigh the most together."""
    best: list[tuple[int, int]] = [(0, -1)]  # (weight, candidate taken last) of the first so many candidates
    chosen: list[int] = []  # of each candidate: how many of the first ones may stand before it
    free = 0
    for number, (i, j, weight) in enumerate(candidates):
        while free < number and candidates[free][0] < i and candidates[free][1] < j:
            free += 1
        chosen.append(free)
        best.append(max(best[-1], (best[free][0] + weight, number)))
    taken = []
    at = best[-1][1]
    while at >= 0:
        taken.append(candidates[at][:2])
        at = best[chosen[at]][1]
    return taken[::-1]
