"""Text with the words that were looked for marked, escaped and safe. Pure."""

import re
from collections.abc import Sequence
from itertools import islice

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .query import Part
from .words import folded, pattern_of, primary, stem

ROOM = 28  # words of a piece of the body
BEFORE = 6  # of them before the first that is marked
SAME_LETTER = ("en",)  # languages in which a stem begins as its word does
SENTENCE = re.compile(r"[.!?؟。…]['\"’”»)]*$")
Span = tuple[int, int]  # the first, and the first after it


class Marker:
    """Marks the parts of one query in any text.

    A page has tens of thousands of words and marks few: each is looked at once, however often and wherever it stands.
    """

    def __init__(self, parts: Sequence[Part]) -> None:
        self.runs: dict[str, list[tuple[str, ...]]] = {}  # by the first word
        for form in (form for part in parts for form in part.forms):
            self.runs.setdefault(form[0], []).append(form)
        self.beginnings = [part.beginning for part in parts if part.beginning]
        firsts = "".join(word[0] for word in (*self.runs, *(run[0] for run in self.beginnings)))
        self.letters = {*firsts, *firsts.upper()}
        self.known: dict[str, tuple[set[str], set[str]]] = {}  # by language: words looked at; those that may be marked

    def mark(self, text: str, language: str) -> SafeString:
        """All of `text`, escaped, with what was looked for in `<mark>`."""
        spans = self._spans(_words(text), primary(language))
        at = _places(text, 0, spans[-1][1]) if spans else []
        return _marked(text, [(at[first][0], at[last - 1][1]) for first, last in spans], 0, len(text))

    def snippet(self, text: str, language: str) -> SafeString:
        """The piece of `text` where most of the words stand together; "" where none does."""
        found = _words(text)
        spans = self._spans(found, primary(language))
        if not spans:
            return mark_safe("")
        first = self._densest([start for start, _end in spans])
        earliest = max(0, first - 2 * BEFORE)
        at = _places(text, earliest, first + ROOM)
        start = earliest + self._start(text, at, first - earliest)
        end = min(len(found), start + ROOM)
        shown = [
            (at[one - earliest][0], at[last - 1 - earliest][1]) for one, last in spans if one >= start and last <= end
        ]
        begins, ends = at[start - earliest][0], at[end - 1 - earliest][1]
        before = "… " if begins > 0 and not _begins_sentence(text, begins) else ""
        after = text[ends : ends + 1] if end == len(found) else " …"
        marked = _marked(text, shown, begins, ends)
        return mark_safe(f"{before}{marked}{escape(after.rstrip(chr(10)))}")  # noqa: S308  (escaped above)

    def _spans(self, found: list[str], code: str) -> list[Span]:
        """Runs of words that were looked for, by their numbers, in order, none over another."""
        likely, spans, until = self._likely(set(found), code), [], 0
        for at in [number for number, word in enumerate(found) if word in likely] if likely else ():
            if at >= until and (longest := self._longest(found, at, code)):
                until = at + longest
                spans.append((at, until))
        return spans

    def _likely(self, found: set[str], code: str) -> set[str]:
        """Those of them at which a run may begin."""
        known, likely = self.known.setdefault(code, (set(), set()))
        opened = tuple(form[0] for form in self.beginnings)
        new = found - known
        if code in SAME_LETTER:
            new = {typed for typed in new if typed[0] in self.letters or not typed.isascii()}
        for typed in new:
            word = folded(typed)
            if stem(word, code) in self.runs or (opened and word.startswith(opened)):
                likely.add(typed)
        known |= found
        return found & likely

    def _longest(self, found: list[str], at: int, code: str) -> int:
        """How many words the longest run has that begins here."""
        runs = self.runs.get(stem(folded(found[at]), code), ())
        longest = max((len(form) for form in runs if _is_at(found, at, form, code)), default=0)
        opened = (len(form) for form in self.beginnings if _is_at(found, at, form, code, is_open=True))
        return max(longest, *opened, 0)

    @staticmethod
    def _densest(at: list[int]) -> int:
        """The number of the word where the piece with most marks begins; `at` are those where marks begin."""
        best, most, behind = at[0], 0, 0
        for ahead, word in enumerate(at):
            while word - at[behind] >= ROOM - BEFORE:
                behind += 1
            if ahead - behind + 1 > most:
                best, most = at[behind], ahead - behind + 1
        return best

    @staticmethod
    def _start(text: str, at: list[Span], first: int) -> int:
        """A few words before `first` (of `at`), at the beginning of the sentence where that is near."""
        for back in range(first, -1, -1):
            if _begins_sentence(text, at[back][0]):
                return back
        return max(0, first - BEFORE)


def _words(text: str) -> list[str]:
    """The words as they stand, in order."""
    return [word for word in pattern_of(text).findall(text) if word]


def _places(text: str, first: int, after: int) -> list[Span]:
    """Where the words of these numbers begin and end in the text."""
    found = (match.span() for match in pattern_of(text).finditer(text) if match[1])
    return list(islice(found, first, after))


def _is_at(found: list[str], at: int, form: tuple[str, ...], code: str, *, is_open: bool = False) -> bool:
    """Whether a run begins here; where it `is_open` its last word may go on."""
    if at + len(form) > len(found):
        return False
    last = len(form) - 1
    for step, wanted in enumerate(form):
        word = folded(found[at + step])
        if stem(word, code) != wanted and word != wanted and not (is_open and step == last and word.startswith(wanted)):
            return False
    return True


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
