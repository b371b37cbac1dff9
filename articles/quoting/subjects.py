"""Who a verb is about: the noun phrase before or after it, found by walking over words, without a parser."""

import re
from enum import Enum, auto

from . import words

TOKEN = re.compile(
    r"(?:Mr|Mrs|Ms|Dr|Sens?|Reps?|Gov|Gen|Col|Lt|Maj|Capt|Sgt|Prof|Rev|St|Jr|Sr)\.|(?:[A-Z]\.)+"
    r"|[^\W_][\w'’&/-]*(?:\.\w+)*|[^\w\s]"
)
MAX_TOKENS = 14
Span = tuple[int, int]


class Step(Enum):
    """What one word means for a phrase that is walked over."""

    KEEP = auto()
    KEEP_AND_STOP = auto()
    PASS = auto()
    STOP = auto()


def before(text: str, start: int, end: int) -> Span | None:
    """The subject that ends before the verb at `end`, looking no further back than `start`.

    Adverbs, auxiliaries, an appositive between commas and a relative clause between the two are stepped over.
    """
    tokens = list(TOKEN.finditer(text, max(start, end - 400), end))
    last = _skip_adverbs(tokens, len(tokens) - 1)
    if last >= 0 and tokens[last].group() in ",)—–-":
        last = _skip_aside(tokens, last)
    if last < 0:
        return None
    if tokens[last].group().lower() in ("and", "but"):
        return first(text, start, tokens[last].start())
    return _walk_back(tokens, last)


def after(text: str, start: int, end: int) -> Span | None:
    """The subject that starts at `start`, where the verb stands before it ("said a spokesman")."""
    tokens = []
    for match in TOKEN.finditer(text, start, end):
        tokens.append(match)
        if len(tokens) > MAX_TOKENS:
            break
    return _walk_on(tokens)


def first(text: str, start: int, end: int) -> Span | None:
    """The noun phrase that opens a sentence, past an opening phrase that a comma ends."""
    tokens = list(TOKEN.finditer(text, start, min(end, start + 400)))
    while tokens:
        span = _walk_on(tokens[: MAX_TOKENS + 1])
        if span:
            return span
        comma = next((i for i, token in enumerate(tokens) if token.group() == ","), None)
        if comma is None:
            return None
        tokens = tokens[comma + 1 :]
    return None


def _skip_adverbs(tokens: list[re.Match], last: int) -> int:
    while last >= 0:
        word = tokens[last].group()
        if word.lower() in words.AUXILIARIES or (word.islower() and word.endswith("ly")) or word.endswith("n’t"):
            last -= 1
        else:
            break
    return last


def _skip_aside(tokens: list[re.Match], last: int) -> int:
    """The token before an aside that ends at `last`: ", a neighbour," or "(D-Ohio)"."""
    mark = tokens[last].group()
    same = {")": "(", ",": ","}.get(mark, "—–-")
    for i in range(last - 1, max(-1, last - 30), -1):
        if tokens[i].group() in same:
            return i - 1
    return last - 1


def _walk_back(tokens: list[re.Match], last: int) -> Span | None:
    if tokens[last].group().lower() in words.PRONOUNS:
        return tokens[last].span()
    first_kept, in_name = None, False
    for at in range(last, max(-1, last - MAX_TOKENS), -1):
        step = _step_back(tokens, at, first_kept is not None, in_name)
        if step is Step.STOP:
            break
        if step is not Step.PASS:
            first_kept = at
        if step is Step.KEEP_AND_STOP:
            break
        in_name = step is not Step.PASS and (in_name or _is_name(tokens[at].group()))
    return _span(tokens, first_kept, last)


def _step_back(tokens: list[re.Match], at: int, has_started: bool, in_name: bool) -> Step:
    word = tokens[at].group()
    low = word.lower()
    if not word[0].isalnum():
        return Step.PASS if word == "&" and has_started else Step.STOP
    if low in words.LINKS or low in words.PLACE_LINKS:
        return Step.PASS if has_started and _links(tokens, at) else Step.STOP
    if low in words.DETERMINERS:
        goes_on = at > 0 and tokens[at - 1].group().lower() in words.LINKS | words.PLACE_LINKS
        return Step.KEEP if goes_on else Step.KEEP_AND_STOP
    if low in words.ENDS:
        return Step.STOP
    belongs = not in_name or _is_name(word) or low in words.PEOPLE or _determined(tokens, at)
    return Step.KEEP if belongs else Step.STOP


def _is_name(word: str) -> bool:
    return word[0].isupper() or word[0].isdigit()


def _determined(tokens: list[re.Match], at: int) -> bool:
    """Whether a determiner stands a few words before the token: the words between belong to the phrase."""
    for i in range(at - 1, max(-1, at - 4), -1):
        word = tokens[i].group().lower()
        if word in words.DETERMINERS:
            return True
        if word in words.ENDS or not word.isalpha() or word in words.PLACE_LINKS:
            return False
    return False


def _links(tokens: list[re.Match], at: int) -> bool:
    """Whether the preposition or "and" at `at` belongs to the phrase after it: a noun stands before it."""
    if at == 0:
        return False
    word, low = tokens[at].group().lower(), tokens[at - 1].group().lower()
    if not low[0].isalpha() or low in words.ENDS or low in words.DETERMINERS or low in words.PRONOUNS:
        return False
    if word in words.PLACE_LINKS:
        return low in words.PEOPLE
    if word == "and":
        return tokens[at - 1].group()[0].isupper() or low in words.PEOPLE
    return not low.endswith(("ed", "ly", "ing"))


def _walk_on(tokens: list[re.Match]) -> Span | None:
    if not tokens:
        return None
    if tokens[0].group().lower() in words.PRONOUNS - {"one"}:
        return tokens[0].span()
    last_kept, in_name = None, False
    for at, token in enumerate(tokens):
        step = _step_on(tokens, at, last_kept is not None, in_name)
        if step is Step.STOP:
            break
        if step is Step.KEEP:
            last_kept = at
            in_name = in_name or _is_name(token.group())
    return None if last_kept is None else _span(tokens, 0, last_kept)


def _step_on(tokens: list[re.Match], at: int, has_started: bool, in_name: bool) -> Step:
    word = tokens[at].group()
    low = word.lower()
    if not word[0].isalnum():
        return Step.PASS if word == "&" else Step.STOP
    if low in words.LINKS:
        goes_on = has_started and at + 1 < len(tokens) and _may_follow(tokens[at + 1].group(), low)
        return Step.PASS if goes_on else Step.STOP
    if low in words.DETERMINERS:
        return Step.STOP if has_started and tokens[at - 1].group().lower() not in words.LINKS else Step.PASS
    if low in words.NOT_IN_SUBJECT:
        return Step.STOP
    belongs = _is_name(word) or (not low.endswith("ly") and (not in_name or _continues(tokens, at)))
    return Step.KEEP if belongs else Step.STOP


def _may_follow(word: str, link: str) -> bool:
    low = word.lower()
    if low in words.PRONOUNS or low in words.ENDS:
        return False
    return link != "and" or word[0].isupper() or low in words.UNNAMED or low in words.DETERMINERS


def _continues(tokens: list[re.Match], at: int) -> bool:
    """Whether a small word inside a name goes on with it: "Moren campaign manager Ilo Sand"."""
    low = tokens[at].group().lower()
    if low in words.PEOPLE:
        return True
    return (
        at + 1 < len(tokens) and tokens[at + 1].group()[0].isupper() and low in ("al", "bin", "de", "van", "von", "del")
    )


def _span(tokens: list[re.Match], first_kept: int | None, last: int) -> Span | None:
    """The span from token to token, without weekdays, links and commas at its ends."""
    if first_kept is None:
        return None
    while first_kept < last and tokens[first_kept].group().lower() in words.TIMES | words.LINKS | {","}:
        first_kept += 1
    while last > first_kept and not tokens[last].group()[0].isalnum():
        last -= 1
    start, end = tokens[first_kept].start(), tokens[last].end()
    if tokens[last].group().lower() in words.TIMES or not tokens[last].group()[0].isalnum():
        return None
    return start, end
