"""Three-way merges of text and of a body's HTML, each with both ways out where the sides disagree."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import Any, NamedTuple

from .. import markup
from .pairing import pair
from .sequences import Work
from .weaving import weave
from .words import join, pieces, split, stretches

TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)")
NESTED = {"ul", "ol", "blockquote", "aside"}
CLASH = object()
DEEPEST = 4
"""Lists in lists this deep are merged item by item; deeper ones as a whole."""


class Woven(NamedTuple):
    """A merge: with mine, and with theirs, where both sides changed the same. Equal where they nowhere did."""

    mine: str
    theirs: str


@dataclass(frozen=True)
class Chunk:
    """A stretch of a body: what the merge gives with `mine` and with `theirs`, and what the base had."""

    base: str
    mine: str
    theirs: str

    @property
    def is_conflict(self) -> bool:
        """Whether somebody has to choose."""
        return self.mine != self.theirs


class _Piece:
    """A block that is paired; its words are read only where that takes them."""

    def __init__(self, block: markup.Block) -> None:
        self.key, self.is_figure = block.html, bool(markup.figures(block.html)) and block.tag == "figure"

    @cached_property
    def words(self) -> Sequence[str]:
        """What tells whether another block is a later state of it; a picture is told by its id."""
        if self.is_figure:
            return [f"\x00{image}" for image in markup.figures(self.key)]
        return [word for token in markup.read(self.key) if token.is_text for word in split(token.text)]


def merge_text(base: str, mine: str, theirs: str, work: Work) -> Woven:
    """Plain text merged word by word."""
    if (choice := plain_choice(base, mine, theirs)) is not CLASH:
        return Woven(choice, choice)
    woven = _merge_items(split(base), split(mine), split(theirs), work)
    return Woven(join(woven[0]), join(woven[1]))


def merge_body(base: str, mine: str, theirs: str, work: Work) -> list[Chunk]:
    """A body merged block by block, and word by word inside a block that both changed."""
    if (choice := plain_choice(base, mine, theirs)) is not CLASH:
        return [Chunk(base, choice, choice)]
    return list(_chunks(base, mine, theirs, work, depth=0))


def plain_choice(base: Any, mine: Any, theirs: Any) -> Any:
    """What to take where at most one side changed it, or both alike; CLASH where each changed it otherwise."""
    if mine in (base, theirs):
        return theirs
    return mine if theirs == base else CLASH


def _chunks(base: str, mine: str, theirs: str, work: Work, *, depth: int) -> Iterator[Chunk]:
    rows = [[_Piece(block) for block in markup.blocks(html)] for html in (base, mine, theirs)]
    sides = [(pair(rows[0], row, work), len(row)) for row in rows[1:]]
    for region in weave(len(rows[0]), *sides, touching=False):
        spans = zip(rows, region.spans, strict=True)
        was, one, other = ("".join(piece.key for piece in row[span]) for row, span in spans)
        choice = plain_choice(was, one, other)
        if choice is not CLASH:
            yield Chunk(was, choice, choice)
        elif region.is_pair:
            yield Chunk(was, *_merge_block(was, one, other, work, depth=depth))
        else:
            yield Chunk(was, one, other)


def _merge_block(base: str, mine: str, theirs: str, work: Work, *, depth: int) -> Woven:
    """One block that both changed: what kind of block it is, and apart from that what it holds."""
    frames = [_frame(html) for html in (base, mine, theirs)]
    insides = [frame.inside for frame in frames]
    if depth < DEEPEST and all(frame.tag in NESTED for frame in frames):
        chunks = list(_chunks(*insides, work, depth=depth + 1))
        inside = Woven("".join(chunk.mine for chunk in chunks), "".join(chunk.theirs for chunk in chunks))
    else:
        begins = bool(frames[0].tag)
        woven = _merge_items(*(_items(html, begins=begins) for html in insides), work)
        if not all(map(_is_balanced, woven)):
            return Woven(mine, theirs)
        inside = Woven(*("".join(items) for items in woven))
    kind = plain_choice(*(frame._replace(inside="") for frame in frames))
    around = (frames[1], frames[2]) if kind is CLASH else (kind, kind)
    return Woven(*(markup.sanitise(frame.around(html)) for frame, html in zip(around, inside, strict=True)))


class _Frame(NamedTuple):
    """A block taken apart: its outermost element, if it is one, and what that holds."""

    tag: str
    opening: str
    inside: str
    closing: str

    def around(self, html: str) -> str:
        """The same element around something else."""
        return f"{self.opening}{html}{self.closing}"


def _frame(html: str) -> _Frame:
    row = markup.read(html)
    if len(row) < 2 or row[0].tag not in markup.BLOCKS or not row[0].opens:
        return _Frame("", "", html, "")
    return _Frame(row[0].tag, row[0].raw, "".join(token.html() for token in row[1:-1]), row[-1].raw)


def _items(html: str, *, begins: bool) -> list[str]:
    """Tags and words in a row. A word that begins a block has a space before it, which `markup.sanitise` takes out."""
    row: list[str] = []
    for token in markup.read(html):
        if not token.is_text:
            begins = token.tag in markup.BLOCKS or token.tag == "br" or begins
            row.append(token.raw)
            continue
        row.extend(escape(word, quote=False) for word in (split if begins else pieces)(token.text))
        begins = False
    return row


def _is_balanced(items: Sequence[str]) -> bool:
    """Whether every element that opens in the row ends in it, in order."""
    waiting: list[str] = []
    for item in items:
        tag = TAG.match(item)
        if tag is None or tag[2] in markup.VOID:
            continue
        if not tag[1]:
            waiting.append(tag[2])
        elif not waiting or waiting.pop() != tag[2]:
            return False
    return not waiting


def _merge_items(
    base: Sequence[str], mine: Sequence[str], theirs: Sequence[str], work: Work
) -> tuple[list[str], list[str]]:
    """Words (and tags) merged: with mine, and with theirs, where changes meet."""
    with_mine: list[str] = []
    with_theirs: list[str] = []
    sides = ((_kept(base, side, work), len(side)) for side in (mine, theirs))
    for region in weave(len(base), *sides, touching=True):
        was, one, other = base[region.base], mine[region.mine], theirs[region.theirs]
        choice = plain_choice(was, one, other)
        with_mine += one if choice is CLASH else choice
        with_theirs += other if choice is CLASH else choice
    return with_mine, with_theirs


def _kept(base: Sequence[str], side: Sequence[str], work: Work) -> list[tuple[int, int]]:
    """The places of the words that stayed."""
    return [
        (stretch.old + step, stretch.new + step)
        for stretch in stretches(base, side, work)
        if stretch.is_same
        for step in range(stretch.old_end - stretch.old)
    ]
