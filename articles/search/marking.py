"""Text with the words that were looked for marked, escaped and safe. Pure."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .query import Part
from .words import PLAIN, folded, pattern_of, primary, stem

ROOM = 28  # words of a piece of the body
BEFORE = 6  # of them before the first that is marked
MOST = 50  # marks among which the piece is chosen
NEAR = 250  # letters in which so many words are
SURE = 3  # letters in which a stem of more is as its word, in the languages that `BY_LETTERS` names
BY_LETTERS = ("en",)
OTHER_LETTERS = re.compile(r"[^\W\x00-\x7f]")
SENTENCE = re.compile(r"[.!?؟。…]['\"’”»)]*$")
Span = tuple[int, int]  # places in a text: the first letter, and the first after it


class Marker:
    """Marks the parts of one query in any text.

    A page has tens of thousands of words and marks few: they are found by their first letters where those can be told,
    and else each word is looked at once, however often and wherever it stands.
    """

    def __init__(self, parts: Sequence[Part]) -> None:
        self.runs: dict[str, list[tuple[str, ...]]] = {}  # by the first word
        for form in (form for part in parts for form in part.forms):
            self.runs.setdefault(form[0], []).append(form)
        self.beginnings = [part.beginning for part in parts if part.beginning]
        firsts = [*self.runs, *(form[0] for form in self.beginnings)]
        self.letters = {word[:SURE] if len(word) > SURE else word[:1] for word in firsts}
        self.most = max((len(form) for forms in (*self.runs.values(), self.beginnings) for form in forms), default=1)
        self.known: dict[str, dict[str, bool]] = {}  # language → word as it stands → whether a run may begin with it

    def mark(self, text: str, language: str) -> SafeString:
        """All of `text`, escaped, with what was looked for in `<mark>`."""
        return _marked(text, self._spans(text, primary(language)), 0, len(text))

    def snippet(self, text: str, language: str) -> SafeString:
        """The piece of `text` where most of the words stand together; "" where none does."""
        spans = self._spans(text, primary(language), MOST)
        if not spans:
            return mark_safe("")
        begin = self._start(text, self._densest(text, spans))
        piece = list(islice(_words(pattern_of(text), text, begin), ROOM + 1))
        end = piece[:ROOM][-1].end()
        before = "… " if begin > 0 and not _begins_sentence(text, begin) else ""
        after = text[end : end + 1] if len(piece) <= ROOM else " …"
        marked = _marked(text, spans, begin, end)
        return mark_safe(f"{before}{marked}{escape(after.rstrip(chr(10)))}")  # noqa: S308  (escaped above)

    def _spans(self, text: str, code: str, most: int | None = None) -> list[Span]:
        """Where the first `most` runs of words stand that were looked for, in order, none over another."""
        return list(islice(self._each(text, code), most))

    def _each(self, text: str, code: str) -> Iterator[Span]:
        until, pattern = 0, pattern_of(text)
        for word in self._starts(text, code):
            if word.start() < until:
                continue
            found = [word]
            if self.most > 1:
                found += islice(_words(pattern, text, word.end()), self.most - 1)
            if longest := self._longest([each[1] for each in found], code):
                until = found[longest - 1].end()
                yield word.start(), until

    def _starts(self, text: str, code: str) -> Iterator[re.Match[str]]:
        """The words at which a run may begin, in order."""
        is_told = code in BY_LETTERS and (text.isascii() or not OTHER_LETTERS.search(text))
        words = self._by_letters(text) if is_told else _words(pattern_of(text), text)
        known = self.known.setdefault(code, {})
        for word in words:
            if word[1] not in known:
                known[word[1]] = self._may_begin(folded(word[1]), code)
            if known[word[1]]:
                yield word

    def _by_letters(self, text: str) -> Iterator[re.Match[str]]:
        """The words of a text without letters of other scripts or with accents that begin as one of those wanted."""
        small, starts = text.lower(), set()
        for letters in self.letters:
            at = small.find(letters)
            while at >= 0:
                if not small[at - 1 : at].isalnum():
                    starts.add(at)
                at = small.find(letters, at + 1)
        return (word for at in sorted(starts) if (word := PLAIN.match(text, at)) and not _is_ending(text, word))

    def _may_begin(self, word: str, code: str) -> bool:
        return stem(word, code) in self.runs or any(word.startswith(form[0]) for form in self.beginnings)

    def _longest(self, found: list[str], code: str) -> int:
        """How many words the longest run has that these words, as they stand, begin with."""
        words = [folded(word) for word in found]
        runs = self.runs.get(stem(words[0], code), ())
        longest = max((len(form) for form in runs if _is_of(words, form, code)), default=0)
        opened = (len(form) for form in self.beginnings if _is_of(words, form, code, is_open=True))
        return max(longest, *opened, 0)

    @staticmethod
    def _densest(text: str, spans: list[Span]) -> int:
        """Where the piece with most marks begins; words are told by the spaces between them."""
        numbers, number, before = [], 0, 0
        for start, _end in spans:
            number += text.count(" ", before, start) + text.count("\n", before, start)
            numbers.append(number)
            before = start
        best, most, behind = 0, 0, 0
        for ahead, number in enumerate(numbers):
            while number - numbers[behind] >= ROOM - BEFORE:
                behind += 1
            if ahead - behind + 1 > most:
                best, most = behind, ahead - behind + 1
        return spans[best][0]

    @staticmethod
    def _start(text: str, first: int) -> int:
        """A few words before `first`, at the beginning of the sentence where that is near."""
        near = max(0, first - NEAR)
        words = [word.start() for word in _words(pattern_of(text), text, near, first)][1 if near else 0 :]
        starts = [*words[-2 * BEFORE :], first]
        return next(
            (at for at in reversed(starts) if _begins_sentence(text, at)), starts[max(0, len(starts) - 1 - BEFORE)]
        )


def _words(pattern: re.Pattern[str], text: str, first: int = 0, after: int | None = None) -> Iterator[re.Match[str]]:
    """The words between these places as they stand, in order, each as the first group of a match."""
    return (word for word in pattern.finditer(text, first, len(text) if after is None else after) if word[1])


def _is_of(words: list[str], form: tuple[str, ...], code: str, *, is_open: bool = False) -> bool:
    """Whether these words begin with a run; where it `is_open` its last word may go on."""
    if len(words) < len(form):
        return False
    last = len(form) - 1
    return all(
        stem(word, code) == wanted or word == wanted or (is_open and step == last and word.startswith(wanted))
        for step, (word, wanted) in enumerate(zip(words, form, strict=False))
    )


def _is_ending(text: str, word: re.Match[str]) -> bool:
    """Whether it is the s of “the ship’s”."""
    return word[0] in "sS" and text[word.start() - 1 : word.start()] in ("'", "’")


def _begins_sentence(text: str, at: int) -> bool:
    before = text[max(0, at - 8) : at].rstrip(" “\"'‘«(")
    return not before or before.endswith("\n") or bool(SENTENCE.search(before))


def _marked(text: str, spans: Sequence[Span], begin: int, end: int) -> SafeString:
    pieces, at = [], begin
    for start, stop in spans:
        if start < begin or stop > end:
            continue
        pieces += [escape(text[at:start]), "<mark>", escape(text[start:stop]), "</mark>"]
        at = stop
    pieces.append(escape(text[at:end]))
    return mark_safe("".join(pieces).replace("\n", " "))  # noqa: S308  (every piece is escaped)
