"""The words of a text, cut once: every rule looks at slices of the same lists. Nothing here is to be changed."""

import re
from bisect import bisect_left
from functools import lru_cache
from itertools import accumulate, compress

from . import words
from .found import Span

TOKEN = re.compile(
    r"([^\W_A-Z][\w'’&/-]*+(?:\.\w++)*+|(?:[A-Z]\.)++"
    r"|(?:Mr|Mrs|Ms|Dr|Sens?|Reps?|Gov|Gen|Col|Lt|Maj|Capt|Sgt|Prof|Rev|St|Jr|Sr)\."
    r"|[A-Z][\w'’&/-]*+(?:\.\w++)*+|[^\w\s])"
)
KEPT = 8  # texts: the rules look at one text and its blanked twin
WITHIN = {words.SAYING: words.REPORTING}  # forms that are looked for among others, which are fewer than all words


class Tokens:
    """Words and marks of a text as parallel lists: as written, in small letters, where they start and end."""

    __slots__ = ("ends", "lows", "starts", "words")

    def __init__(self, text: str) -> None:
        pieces = TOKEN.split(text)  # gap, token, gap, token, …, gap: far quicker than a match for each
        bounds = [*accumulate(map(len, pieces), initial=0)]
        self.words = pieces[1::2]
        self.lows = [*map(str.lower, self.words)]
        self.starts, self.ends = bounds[1:-1:2], bounds[2::2]

    def between(self, start: int, end: int) -> tuple[int, int]:
        """The indices [first, last) of those that lie between two characters."""
        first, last = bisect_left(self.starts, start), bisect_left(self.starts, end)
        if last > first and self.ends[last - 1] > end:
            last -= 1
        return first, last


@lru_cache(maxsize=KEPT)
def of(text: str) -> Tokens:
    """The words of `text`."""
    return Tokens(text)


@lru_cache(maxsize=KEPT * 4)
def _all(text: str, forms: frozenset[str]) -> tuple[list[Span], list[int]]:
    if forms in WITHIN:
        found = [span for span in _all(text, WITHIN[forms])[0] if span.text in forms]
        return found, [span.start for span in found]
    row = of(text)
    places = compress(range(len(row.words)), map(forms.__contains__, row.words))
    found = [Span(row.starts[at], row.ends[at], row.words[at]) for at in places]
    return found, [span.start for span in found]


def among(text: str, forms: frozenset[str], start: int, end: int) -> list[Span]:
    """Where one of `forms`, words in small letters, stands between two characters of `text`, in order."""
    found, starts = _all(text, forms)
    first, last = bisect_left(starts, start), bisect_left(starts, end)
    if last > first and found[last - 1].end > end:
        last -= 1
    return found[first:last]
