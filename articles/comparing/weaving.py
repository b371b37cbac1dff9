"""Two changes of one sequence woven into it: what only one side changed is taken, where both did is told."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .sequences import Hunk, hunks


class Region(NamedTuple):
    """Items of the base with what each side made of them.

    A `pair` is one item each that stand for each other. Else at least one side put others in their place: as many as
    it likes on each side, none too.
    """

    is_pair: bool
    base: slice
    mine: slice
    theirs: slice

    @property
    def spans(self) -> tuple[slice, slice, slice]:
        """Of the base, of mine, of theirs."""
        return self.base, self.mine, self.theirs


class _Side:
    """One side's hunks, and how far its items have moved against the base's."""

    def __init__(self, found: Sequence[tuple[int, int]], base: int, length: int) -> None:
        self.hunks = hunks(found, base, length)
        self.shift = 0

    def span(self, low: int, high: int, taken: list[Hunk]) -> slice:
        """The items that stand for the base's from `low` to `high`, of which the hunks taken are all that differ."""
        start = low + self.shift
        for hunk in taken:
            self.shift = hunk.new_end - hunk.old_end
        return slice(start, high + self.shift)


def weave(
    base: int,
    mine: tuple[Sequence[tuple[int, int]], int],
    theirs: tuple[Sequence[tuple[int, int]], int],
    *,
    touching: bool,
) -> Iterator[Region]:
    """The whole of a base so many items long, with each side given as its pairs with the base and its length.

    `touching`: changes that stand next to each other are one region (words); else only those that overlap (blocks).
    """
    sides = (_Side(mine[0], base, mine[1]), _Side(theirs[0], base, theirs[1]))
    events = sorted(
        ((hunk, number) for number, side in enumerate(sides) for hunk in side.hunks),
        key=lambda event: (event[0].old, event[0].old_end),
    )
    at = position = 0
    while position < len(events):
        first = events[position][0]
        low, high = first.old, first.old_end
        taken: tuple[list[Hunk], list[Hunk]] = ([], [])
        while position < len(events) and (not any(taken) or _meets(events[position][0], low, high, touching=touching)):
            hunk, number = events[position]
            taken[number].append(hunk)
            high = max(high, hunk.old_end)
            position += 1
        yield from _pairs(at, low, sides)
        yield Region(False, slice(low, high), sides[0].span(low, high, taken[0]), sides[1].span(low, high, taken[1]))
        at = high
    yield from _pairs(at, base, sides)


def _meets(hunk: Hunk, low: int, high: int, *, touching: bool) -> bool:
    if touching:
        return hunk.old <= high
    return hunk.old < high or (hunk.old == hunk.old_end == low == high)


def _pairs(low: int, high: int, sides: tuple[_Side, _Side]) -> Iterator[Region]:
    mine, theirs = sides[0].shift, sides[1].shift
    for at in range(low, high):
        yield Region(True, slice(at, at + 1), slice(at + mine, at + mine + 1), slice(at + theirs, at + theirs + 1))
