"""Marks laid over the words of a body."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import escape
from itertools import islice

from .pieces import Note, in_stretches, piece_of
from .reading import Token, tokens


@dataclass(frozen=True)
class Mark:
    """Words of the body to wrap: offsets in the text, a tag and its attributes.

    `once` are attributes that only the first piece gets where the words run over several elements (an id).
    """

    start: int
    end: int
    tag: str = "span"
    attributes: Mapping[str, str] = field(default_factory=dict)
    once: Mapping[str, str] = field(default_factory=dict)


def wrap(html: str, marks: Iterable[Mark], after: Mapping[int, str] | None = None, figure=None, note=None) -> str:
    """`html` with every mark laid over its words.

    `after` maps a text offset to safe HTML that is put behind the outermost block holding that offset. `figure` is
    called with a `Piece`, `note` with a `Note`; each gives the safe HTML to stand in its place. Overlapping marks: the
    earlier one keeps the words. A link inside a link is not HTML, so inside one a mark becomes a `span`.
    """
    ordered = _without_overlaps(marks)
    waiting = dict(sorted((after or {}).items()))
    used: set[int] = set()
    out: list[str] = []
    reached, in_note = 0, False
    for is_figure, row in in_stretches(tokens(html)):
        token = row[-1]
        if is_figure:
            out.append(figure(piece_of(row)) if figure else "".join(each.html() for each in row))
        elif note and token.document:
            out.append(note(Note(token.document, token.href)))
            in_note = True
        elif in_note and token.tag == "a":
            in_note = False
        elif token.is_text:
            out.append(_marked(token, ordered, used))
            reached = token.start + len(token.text)
        else:
            out.append(token.html())
        if token.closes_top:
            out.extend(waiting.pop(offset) for offset in sorted(waiting) if offset <= reached)
    return "".join(out) + "".join(waiting.values())


def _without_overlaps(marks: Iterable[Mark]) -> list[Mark]:
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
        if mark.start < mark.end and (not kept or mark.start >= kept[-1].end):
            kept.append(mark)
    return kept


def _marked(token: Token, marks: list[Mark], used: set[int]) -> str:
    """One run of text with the marks that fall into it."""
    start, end = token.start, token.start + len(token.text)
    out, at = [], start
    first = bisect_right(marks, start, key=lambda mark: mark.end)
    for number, mark in enumerate(islice(marks, first, None), start=first):
        if mark.start >= end:
            break
        left, right = max(mark.start, start), min(mark.end, end)
        out.append(escape(token.text[at - start : left - start], quote=False))
        tag = "span" if mark.tag == "a" and token.in_link else mark.tag
        attributes = {**mark.attributes, **({} if number in used else mark.once)}
        if tag != mark.tag:
            attributes.pop("href", None)
        used.add(number)
        rendered = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
        out.append(f"<{tag}{rendered}>{escape(token.text[left - start : right - start], quote=False)}</{tag}>")
        at = right
    return "".join(out) + escape(token.text[at - start :], quote=False)
