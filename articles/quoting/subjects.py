"""Who a verb is about: the noun phrase before or after it, found by walking over words, without a parser."""

from enum import Enum, auto
from functools import lru_cache

from . import tokens, words
from .tokens import Tokens

MAX_TOKENS = 14
REACH = 400  # characters to each side
KEPT = 1 << 10  # answers: several rules ask for the subject of the same verb
Span = tuple[int, int]


class Step(Enum):
    """What one word means for a phrase that is walked over."""

    KEEP = auto()
    KEEP_AND_STOP = auto()
    PASS = auto()
    STOP = auto()


@lru_cache(maxsize=KEPT)
def before(text: str, start: int, end: int) -> Span | None:
    """The subject that ends before the verb at `end`, looking no further back than `start`.

    Adverbs, auxiliaries, an appositive between commas and a relative clause between the two are stepped over.
    """
    row = tokens.of(text)
    low, high = row.between(max(start, end - REACH), end)
    last = _skip_adverbs(row, low, high - 1)
    if last >= low and row.words[last] in ",)—–-":
        last = _skip_aside(row, low, last)
    if last < low:
        return None
    if row.lows[last] in ("and", "but"):
        return first(text, start, row.starts[last])
    return _walk_back(row, low, last)


def after(text: str, start: int, end: int) -> Span | None:
    """The subject that starts at `start`, where the verb stands before it ("said a spokesman")."""
    row = tokens.of(text)
    low, high = row.between(start, end)
    return _walk_on(row, low, min(high, low + MAX_TOKENS + 1))


@lru_cache(maxsize=KEPT)
def first(text: str, start: int, end: int) -> Span | None:
    """The noun phrase that opens a sentence, past an opening phrase that a comma ends."""
    row = tokens.of(text)
    low, high = row.between(start, min(end, start + REACH))
    while low < high:
        span = _walk_on(row, low, min(high, low + MAX_TOKENS + 1))
        if span:
            return span
        try:
            low = row.words.index(",", low, high) + 1
        except ValueError:
            return None
    return None


def _skip_adverbs(row: Tokens, low: int, last: int) -> int:
    while last >= low:
        word = row.words[last]
        if row.lows[last] in words.AUXILIARIES or (word.islower() and word.endswith("ly")) or word.endswith("n’t"):
            last -= 1
        else:
            break
    return last


def _skip_aside(row: Tokens, low: int, last: int) -> int:
    """The token before an aside that ends at `last`: ", a neighbour," or "(D-Ohio)"."""
    same = {")": "(", ",": ","}.get(row.words[last], "—–-")
    for at in range(last - 1, max(low - 1, last - 30), -1):
        if row.words[at] in same:
            return at - 1
    return last - 1


def _walk_back(row: Tokens, low: int, last: int) -> Span | None:
    if row.lows[last] in words.PRONOUNS:
        return row.starts[last], row.ends[last]
    first_kept, in_name = None, False
    for at in range(last, max(low - 1, last - MAX_TOKENS), -1):
        step = _step_back(row, low, at, first_kept is not None, in_name)
        if step is Step.STOP:
            break
        if step is not Step.PASS:
            first_kept = at
        if step is Step.KEEP_AND_STOP:
            break
        in_name = step is not Step.PASS and (in_name or _is_name(row.words[at]))
    return _span(row, first_kept, last)


def _step_back(row: Tokens, first_of_all: int, at: int, has_started: bool, in_name: bool) -> Step:
    word, low = row.words[at], row.lows[at]
    if not word[0].isalnum():
        return Step.PASS if word == "&" and has_started else Step.STOP
    if low in BETWEEN:
        return Step.PASS if has_started and _links(row, first_of_all, at) else Step.STOP
    if low in words.DETERMINERS:
        goes_on = at > first_of_all and row.lows[at - 1] in BETWEEN
        return Step.KEEP if goes_on else Step.KEEP_AND_STOP
    if low in words.ENDS:
        return Step.STOP
    belongs = not in_name or _is_name(word) or low in words.PEOPLE or _determined(row, first_of_all, at)
    return Step.KEEP if belongs else Step.STOP


BETWEEN = words.LINKS | words.PLACE_LINKS
NOT_AT_EDGES = words.TIMES | words.LINKS | {","}
OPENING = words.PRONOUNS - {"one"}


def _is_name(word: str) -> bool:
    return word[0].isupper() or word[0].isdigit()


def _determined(row: Tokens, first_of_all: int, at: int) -> bool:
    """Whether a determiner stands a few words before the token: the words between belong to the phrase."""
    for before_it in range(at - 1, max(first_of_all - 1, at - 4), -1):
        low = row.lows[before_it]
        if low in words.DETERMINERS:
            return True
        if low in words.ENDS or not low.isalpha() or low in words.PLACE_LINKS:
            return False
    return False


def _links(row: Tokens, first_of_all: int, at: int) -> bool:
    """Whether the preposition or "and" at `at` belongs to the phrase after it: a noun stands before it."""
    if at == first_of_all:
        return False
    word, low = row.lows[at], row.lows[at - 1]
    if not low[0].isalpha() or low in words.ENDS or low in words.DETERMINERS or low in words.PRONOUNS:
        return False
    if word in words.PLACE_LINKS:
        return low in words.PEOPLE
    if word == "and":
        return row.words[at - 1][0].isupper() or low in words.PEOPLE
    return not low.endswith(("ed", "ly", "ing"))


def _walk_on(row: Tokens, low: int, high: int) -> Span | None:
    if low >= high:
        return None
    if row.lows[low] in OPENING:
        return row.starts[low], row.ends[low]
    last_kept, in_name = None, False
    for at in range(low, high):
        step = _step_on(row, high, at, last_kept is not None, in_name)
        if step is Step.STOP:
            break
        if step is Step.KEEP:
            last_kept = at
            in_name = in_name or _is_name(row.words[at])
    return None if last_kept is None else _span(row, low, last_kept)


def _step_on(row: Tokens, high: int, at: int, has_started: bool, in_name: bool) -> Step:
    word, low = row.words[at], row.lows[at]
    if not word[0].isalnum():
        return Step.PASS if word == "&" else Step.STOP
    if low in words.LINKS:
        goes_on = has_started and at + 1 < high and _may_follow(row, at + 1, low)
        return Step.PASS if goes_on else Step.STOP
    if low in words.DETERMINERS:
        return Step.STOP if has_started and row.lows[at - 1] not in words.LINKS else Step.PASS
    if low in words.NOT_IN_SUBJECT:
        return Step.STOP
    belongs = _is_name(word) or (not low.endswith("ly") and (not in_name or _continues(row, high, at)))
    return Step.KEEP if belongs else Step.STOP


def _may_follow(row: Tokens, at: int, link: str) -> bool:
    low = row.lows[at]
    if low in words.PRONOUNS or low in words.ENDS:
        return False
    return link != "and" or row.words[at][0].isupper() or low in words.UNNAMED or low in words.DETERMINERS


def _continues(row: Tokens, high: int, at: int) -> bool:
    """Whether a small word inside a name goes on with it: "Moren campaign manager Ilo Sand"."""
    low = row.lows[at]
    if low in words.PEOPLE:
        return True
    return at + 1 < high and row.words[at + 1][0].isupper() and low in ("al", "bin", "de", "van", "von", "del")


def _span(row: Tokens, first_kept: int | None, last: int) -> Span | None:
    """The span from token to token, without weekdays, links and commas at its ends."""
    if first_kept is None:
        return None
    while first_kept < last and row.lows[first_kept] in NOT_AT_EDGES:
        first_kept += 1
    while last > first_kept and not row.words[last][0].isalnum():
        last -= 1
    if row.lows[last] in words.TIMES or not row.words[last][0].isalnum():
        return None
    return row.starts[first_kept], row.ends[last]
