"""Text with the words that were looked for marked, escaped and safe. Pure."""

import re
from collections.abc import Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .query import Part
from .words import places, primary, stem

ROOM = 28  # words of a piece of the body
BEFORE = 6  # of them before the first that is marked
SENTENCE = re.compile(r"[.!?؟。…]['\"’”»)]*$")


class Marker:
    """Marks the parts of one query in any text."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self.runs: dict[str, list[tuple[str, ...]]] = {}  # by the first word
        for form in (form for part in parts for form in part.forms):
            self.runs.setdefault(form[0], []).append(form)
        self.beginnings = [part.beginning for part in parts if part.beginning]

    def mark(self, text: str, language: str) -> SafeString:
        """All of `text`, escaped, with what was looked for in `<mark>`."""
        return _marked(text, self._spans(text, list(places(text)), language), 0, len(text))

    def snippet(self, text: str, language: str) -> SafeString:
        """The piece of `text` where most of the words stand together; "" where none does."""
        found = list(places(text))
        spans = self._spans(text, found, language)
        if not spans:
            return mark_safe("")
        first = self._densest(found, spans)
        start = self._start(text, found, first)
        last = min(len(found), start + ROOM) - 1
        begin, end = found[start][0], found[last][1]
        shown = _marked(text, spans, begin, end)
        before = "… " if begin > 0 and not _begins_sentence(text, begin) else ""
        after = text[end : end + 1] if last == len(found) - 1 else " …"
        return mark_safe(f"{before}{shown}{escape(after.rstrip(chr(10)))}")  # noqa: S308  (escaped above)

    def _spans(self, text: str, found: list[tuple[int, int, str]], language: str) -> list[tuple[int, int]]:
        """The places in `text` of runs of words that were looked for, in order, none over another."""
        code, spans = primary(language), []
        for at, (start, _end, word) in enumerate(found):
            if spans and start < spans[-1][1]:
                continue
            runs = self.runs.get(stem(word, code), ())
            longest = max((len(form) for form in runs if _is_at(found, at, form, code)), default=0)
            for form in self.beginnings:
                longest = max(longest, len(form) if _is_at(found, at, form, code, is_open=True) else 0)
            if longest:
                spans.append((start, found[at + longest - 1][1]))
        return spans

    @staticmethod
    def _densest(found: list[tuple[int, int, str]], spans: list[tuple[int, int]]) -> int:
        """The number of the word where the piece with most marks begins."""
        number = {start: index for index, (start, _end, _word) in enumerate(found)}
        at = [number[start] for start, _end in spans]
        best, most, behind = at[0], 0, 0
        for ahead, word in enumerate(at):
            while word - at[behind] >= ROOM - BEFORE:
                behind += 1
            if ahead - behind + 1 > most:
                best, most = at[behind], ahead - behind + 1
        return best

    @staticmethod
    def _start(text: str, found: list[tuple[int, int, str]], first: int) -> int:
        """A few words earlier, at the beginning of the sentence where that is near."""
        for back in range(first, max(0, first - 2 * BEFORE) - 1, -1):
            if _begins_sentence(text, found[back][0]):
                return back
        return max(0, first - BEFORE)


def _is_at(
    found: list[tuple[int, int, str]], at: int, form: tuple[str, ...], code: str, *, is_open: bool = False
) -> bool:
    """Whether a run begins here; where it `is_open` its last word may go on."""
    if at + len(form) > len(found):
        return False
    last = len(form) - 1
    for step, wanted in enumerate(form):
        word = found[at + step][2]
        if stem(word, code) != wanted and word != wanted and not (is_open and step == last and word.startswith(wanted)):
            return False
    return True


def _begins_sentence(text: str, at: int) -> bool:
    before = text[max(0, at - 8) : at].rstrip(" “\"'‘«(")
    return not before or before.endswith("\n") or bool(SENTENCE.search(before))


def _marked(text: str, spans: Sequence[tuple[int, int]], begin: int, end: int) -> SafeString:
    pieces, at = [], begin
    for start, stop in spans:
        if start < begin or stop > end:
            continue
        pieces += [escape(text[at:start]), "<mark>", escape(text[start:stop]), "</mark>"]
        at = stop
    pieces.append(escape(text[at:end]))
    return mark_safe("".join(pieces).replace("\n", " "))  # noqa: S308  (every piece is escaped)
