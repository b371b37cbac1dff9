"""Quotation marks: where quoted words start and end, and the text with them blanked out."""

import re
from collections.abc import Iterable
from typing import NamedTuple

WORD = re.compile(r"\w++(?:['’]\w++)*+")
DOUBLE = re.compile(
    "[“”„‟\"«»'](?:(?<!')|'(?!'))"
)  # two apostrophes, not one; a set of letters first is quick to look for
APOSTROPHES = "''"  # two of them stand for one double mark in much wire copy
CLOSES = {"“": '”"', '"': '”"', "”": '“”"', APOSTROPHES: '”"', "„": '“”"', "‟": '”"', "«": "»", "»": "«»"}
"""What may close words that were opened by a mark, besides two apostrophes."""
CLOSING = "”»"  # in some languages these open as well
SINGLE = re.compile(r"[‘'](?<![\w’'].)(?=[^\s‘’'])(?P<words>[^‘\n]{12,}?)(?<=[^\s‘])[’'](?![\w])")
MIN_WORDS = 3
LINE = re.compile(r"[^\n]+")


class Passage(NamedTuple):
    """The words inside one pair of marks; an opening mark that nothing closes quotes to the paragraph's end."""

    start: int
    end: int
    is_closed: bool


def paragraph_spans(text: str) -> list[tuple[int, int]]:
    """The lines of `text`, as spans."""
    return [match.span() for match in LINE.finditer(text)]


def passages(text: str) -> list[tuple[int, int]]:
    """The spans of the words inside each outermost pair of quotation marks, in order."""
    return [
        (passage.start, passage.end)
        for start, end in paragraph_spans(text)
        for passage in in_paragraph(text, start, end)
        if passage.end > passage.start
    ]


def in_paragraph(text: str, start: int, end: int) -> list[Passage]:
    """The quoted passages of `text[start:end]`; single marks count only where there are no double ones."""
    found: list[Passage] = []
    opened: int | None = None
    closing = ""
    any_double = False
    for match in DOUBLE.finditer(text, start, end):
        mark, at = match.group(), match.start()
        any_double = True
        if opened is None:
            if _opens(text, mark, at, end):
                opened, closing = match.end(), CLOSES[mark]
        elif mark == APOSTROPHES or mark in closing:
            found.append(Passage(opened, at, True))
            opened = None
    if opened is not None and end - opened > 1:
        found.append(Passage(opened, end, False))
    if not any_double:
        found = [Passage(match.start("words"), match.end("words"), True) for match in _single(text, start, end)]
    return found


def _single(text: str, start: int, end: int) -> Iterable[re.Match]:
    return (match for match in SINGLE.finditer(text, start, end) if len(WORD.findall(match["words"])) >= MIN_WORDS)


def _opens(text: str, mark: str, at: int, end: int) -> bool:
    """A mark that closes in one language opens in another: there it stands before a word and after none."""
    if mark == '"':
        return not _is_inches(text, at, end)
    if mark not in CLOSING:
        return True
    before = text[at - 1] if at > 0 else " "
    return at + 1 < end and text[at + 1].isalnum() and not before.isalnum() and before not in ".,!?…"


def _is_inches(text: str, at: int, end: int) -> bool:
    return at > 0 and text[at - 1].isdigit() and (at + 1 >= end or not text[at + 1].isalnum())


def blanked(text: str, found: Iterable[Passage]) -> str:
    """`text`, as long as before, with quoted words as a run of "q": their verbs and names are not the story's.

    What tells where sentences end stays: a capital at the start, the punctuation at the end.
    """
    pieces, last = [], 0
    for start, end, _ in found:
        if end - start < 2:
            continue
        first = "Q" if not text[start].islower() else "q"
        final = text[end - 1] if text[end - 1] in ".?!,…" else "q"
        before = text[last:start]
        if before.endswith(APOSTROPHES):
            before = f'{before[:-2]} "'
        pieces += [before, first, "q" * (end - start - 2), final]
        last = end
        if text.startswith(APOSTROPHES, end):
            pieces.append('" ')
            last = end + 2
    pieces.append(text[last:])
    return "".join(pieces)
