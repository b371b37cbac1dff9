"""Which items of two sequences stand for each other, by work that grows with their length and no faster.

Items that occur once on both sides and keep their order hold the rest in place (the patience diff); what lies between
them is matched by the shortest edit (Myers), as far as the `Work` allowed reaches. Beyond it items count as replaced.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Sequence
from typing import NamedTuple

STEPS = 40  # for an item of either side
LEAST = 20_000
MAX_EDITS = 160


class Work:
    """Steps that may still be taken; `spent` is how many were."""

    def __init__(self, limit: int) -> None:
        self.limit, self.spent = limit, 0

    @classmethod
    def on(cls, items: int) -> "Work":
        """Enough for so many items, on both sides together."""
        return cls(LEAST + STEPS * items)

    def take(self, steps: int) -> bool:
        """Whether so many more steps may be taken; counts them where they may."""
        if self.spent + steps > self.limit:
            return False
        self.spent += steps
        return True


class Hunk(NamedTuple):
    """Items of the old side from `old` to `old_end` that the new side has replaced by `new` to `new_end`."""

    old: int
    old_end: int
    new: int
    new_end: int


def pairs(old: Sequence[Hashable], new: Sequence[Hashable], work: Work) -> list[tuple[int, int]]:
    """The places of equal items, (old, new), both rising."""
    work.spent += len(old) + len(new)  # what merely reading both costs
    on_both = set(old) & set(new)
    left = [at for at, item in enumerate(old) if item in on_both]
    right = [at for at, item in enumerate(new) if item in on_both]
    found = _matched([old[at] for at in left], [new[at] for at in right], work)
    return sorted((left[i], right[j]) for i, j in found)


def hunks(found: Sequence[tuple[int, int]], old: int, new: int) -> list[Hunk]:
    """What lies between the pairs, of sequences as long as `old` and `new`."""
    between = []
    i = j = 0
    for a, b in [*found, (old, new)]:
        if i < a or j < b:
            between.append(Hunk(i, a, j, b))
        i, j = a + 1, b + 1
    return between


def _matched(old: list, new: list, work: Work) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    waiting = [(0, len(old), 0, len(new))]
    while waiting:
        a, b, c, d = waiting.pop()
        while a < b and c < d and old[a] == new[c]:
            found.append((a, c))
            a, c = a + 1, c + 1
        while a < b and c < d and old[b - 1] == new[d - 1]:
            b, d = b - 1, d - 1
            found.append((b, d))
        if a == b or c == d or not work.take(b - a + d - c):
            continue
        anchors = _anchors(old, new, a, b, c, d)
        if not anchors:
            matched, x, y = _shortest(old, new, (a, b, c, d), work)
            found.extend(matched)
            if x or y:  # as far as that edit came; the rest takes another round
                waiting.append((a + x, b, c + y, d))
            continue
        for i, j in anchors:
            waiting.append((a, i, c, j))
            a, c = i, j
        waiting.append((a, b, c, d))
    return found


def _anchors(old: list, new: list, a: int, b: int, c: int, d: int) -> list[tuple[int, int]]:
    """Items that occur once on both sides, the longest row of them in the same order."""
    once_old = Counter(old[a:b])
    once_new = Counter(new[c:d])
    place = {new[j]: j for j in range(c, d) if once_new[new[j]] == 1}
    candidates = [(i, place[old[i]]) for i in range(a, b) if once_old[old[i]] == 1 and old[i] in place]
    tops: list[int] = []
    chain: list[tuple[int, int]] = []  # of candidate numbers: the last of a row of each length
    before: list[int] = []
    for number, (_i, j) in enumerate(candidates):
        length = bisect_left(tops, j)
        before.append(chain[length - 1][1] if length else -1)
        tops[length : length + 1] = [j]
        chain[length : length + 1] = [(j, number)]
    row = []
    at = chain[-1][1] if chain else -1
    while at >= 0:
        row.append(candidates[at])
        at = before[at]
    return row[::-1]


def _shortest(old: list, new: list, span: tuple[int, int, int, int], work: Work) -> tuple[list, int, int]:
    """Myers' greedy edit of a stretch: the pairs, and how far it came on either side within what is allowed."""
    a, b, c, d = span
    n, m = b - a, d - c
    furthest = {1: 0}
    trace: list[dict[int, int]] = []
    best = (0, 0, 0, 0)
    for edits in range(min(n + m, MAX_EDITS) + 1):
        if not work.take(edits + 1):
            break
        trace.append(dict(furthest))
        slid = 0
        for k in range(-(edits - 2 * max(0, edits - m)), edits - 2 * max(0, edits - n) + 1, 2):
            down = k == -edits or (k != edits and furthest.get(k - 1, -1) < furthest.get(k + 1, -1))
            x = furthest[k + 1] if down else furthest[k - 1] + 1
            while x < n and x - k < m and old[a + x] == new[c + x - k]:
                x += 1
                slid += 1
            furthest[k] = x
            if x >= n and x - k >= m:
                return _walk_back(trace, x, k, a, c), n, m
            if x <= n and x - k <= m:
                best = max(best, (2 * x - k, x, k, edits))
        if not work.take(slid):
            break
    _sum, x, k, edits = best
    return _walk_back(trace[: edits + 1], x, k, a, c), x, x - k


def _walk_back(trace: list[dict[int, int]], x: int, k: int, a: int, c: int) -> list[tuple[int, int]]:
    """The pairs on the way to (x, x - k), which the last round of `trace` reached."""
    found: list[tuple[int, int]] = []
    for edits in range(len(trace) - 1, -1, -1):
        furthest = trace[edits]
        down = k == -edits or (k != edits and furthest.get(k - 1, -1) < furthest.get(k + 1, -1))
        start = furthest[k + 1] if down else furthest[k - 1] + 1
        while x > start:
            x -= 1
            found.append((a + x, c + x - k))
        k, x = (k + 1, x) if down else (k - 1, x - 1)
    return found
