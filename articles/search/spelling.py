"""What may have been meant: words in print that differ from a typed one by a slip of a key or two."""

from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

from ..models.search import SearchWord
from .query import Query

SHORTEST, LONGEST = 4, 24
ALIKE = 0.72  # of difflib's ratio


@lru_cache(maxsize=100_000)
def is_kept(word: str) -> bool:
    """Whether others are corrected to it: no numbers, no short words."""
    return SHORTEST <= len(word) <= LONGEST and (word.isalpha() or not any(letter.isdecimal() for letter in word))


def shortened(word: str) -> set[str]:
    """The word with any one letter left out."""
    return {word[:at] + word[at + 1 :] for at in range(len(word))}


def rows(words: Iterable[str]) -> list[tuple[str, str]]:
    """(key, word) of the rows by which these words are found."""
    return [(key, word) for word in sorted(words) for key in sorted({word} | shortened(word))]


def candidates(query: Query) -> dict[str, str]:
    """Typed word → the likest word in print, for those that are none themselves. One query."""
    typed = {word for part in query.parts if not part.is_negative for word in part.typed if is_kept(word)}
    if not typed:
        return {}
    keys = {word: {word} | shortened(word) for word in typed}
    found: dict[str, set[str]] = {}
    wanted = set().union(*keys.values())
    for key, word in SearchWord.objects.filter(key__in=wanted).values_list("key", "word"):
        found.setdefault(key, set()).add(word)
    likest = {}
    for word in sorted(typed):
        near = set().union(*(found.get(key, set()) for key in keys[word]))
        if near and word not in near:
            ratio, best = max((SequenceMatcher(None, word, each).ratio(), each) for each in near)
            if ratio >= ALIKE:
                likest[word] = best
    return likest
