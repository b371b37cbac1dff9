"""Two bodies: which blocks stand for each other, the words within them, and the marks over the same words."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape
from itertools import groupby

from django.utils.translation import gettext_lazy as _

from .. import markup
from .pairing import pair
from .sequences import Work, hunks
from .words import Run, flush, split, stretches

ATTRIBUTE = re.compile(r'(href|data-not-speech)="([^"]*)"')
STYLES = {
    "p": _("paragraph"),
    "h2": _("heading"),
    "h3": _("small heading"),
    "ul": _("list item"),
    "ol": _("numbered list item"),
    "blockquote": _("block quotation"),
    "aside": _("aside"),
    "figure": _("picture"),
    "pull": _("pull quote"),
    "embed": _("link card"),
    "hr": _("rule"),
}
MARKS = {
    "strong": _("bold"),
    "em": _("italic"),
    "sub": _("subscript"),
    "sup": _("superscript"),
    "a": _("link to %(value)s"),
    "document": _("note on a document"),
    "title": _("not speech: a title"),
    "term": _("not speech: a term"),
    "scare": _("not speech: scare quotes"),
}


@dataclass(frozen=True)
class Mark:
    """What lies over words: a tag, or the kind of what is no speech, and the target of a link."""

    tag: str
    value: str = ""

    def __str__(self) -> str:
        return str(MARKS[self.tag]) % {"value": self.value}


@dataclass(frozen=True)
class Block:
    """A block that is the `same`, `changed`, `gone` or `new`; `old_style` where it became another kind of block.

    `is_moved`: the very same stands elsewhere on the other side. `image` is the id of the picture it is.
    """

    kind: str
    style: str
    runs: tuple[Run, ...]
    old_style: str = ""
    is_moved: bool = False
    image: int | None = None


@dataclass
class Leaf:
    """A block that holds no further ones: its words, and the marks over each stretch of them."""

    style: str = "p"
    image: int | None = None
    parts: list[tuple[str, tuple[Mark, ...]]] = field(default_factory=list)
    raw: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words."""
        return "".join(text for text, _marks in self.parts)

    @property
    def key(self) -> tuple[str, str]:
        """What makes it the same as another."""
        return self.style, "".join(self.raw)

    @property
    def words(self) -> list[str]:
        """What tells whether another is a later state of it."""
        return split(self.text) if self.image is None else [f"\x00{self.image}"]


def compare_bodies(old: str, new: str, work: Work) -> tuple[Block, ...]:
    """Every block of both sides, in the order of print; what is gone stands before what came in its place."""
    before, after = leaves(old), leaves(new)
    paired = pair(before, after, work)
    between = hunks(paired, len(before), len(after))
    gone = {leaf.key for hunk in between for leaf in before[hunk.old : hunk.old_end]}
    come = {leaf.key for hunk in between for leaf in after[hunk.new : hunk.new_end]}
    unpaired = {(hunk.old_end, hunk.new_end): hunk for hunk in between}
    rows: list[Block] = []
    for i, j in [*paired, (len(before), len(after))]:
        if hunk := unpaired.get((i, j)):
            rows += [_alone("gone", leaf, is_moved=leaf.key in come) for leaf in before[hunk.old : hunk.old_end]]
            rows += [_alone("new", leaf, is_moved=leaf.key in gone) for leaf in after[hunk.new : hunk.new_end]]
        if i < len(before):
            rows.append(_paired(before[i], after[j], work))
    return tuple(rows)


def _alone(kind: str, leaf: Leaf, *, is_moved: bool = False) -> Block:
    runs = tuple(Run(kind, text, marks) for text, marks in leaf.parts)
    return Block(kind, STYLES[leaf.style], runs, is_moved=is_moved, image=leaf.image)


def _paired(old: Leaf, new: Leaf, work: Work) -> Block:
    if old.key == new.key:
        return _alone("same", new)
    runs = flush(list(_runs(old, new, work)))
    is_changed = old.style != new.style or any(run.kind != "same" for run in runs)
    return Block(
        "changed" if is_changed else "same",
        STYLES[new.style],
        runs,
        old_style=STYLES[old.style] if old.style != new.style else "",
        image=new.image,
    )


def _runs(old: Leaf, new: Leaf, work: Work) -> Iterator[Run]:
    left, right = split(old.text), split(new.text)
    over_left, over_right = list(_signatures(old, left)), list(_signatures(new, right))
    for stretch in stretches(left, right, work):
        span, later = slice(stretch.old, stretch.old_end), slice(stretch.new, stretch.new_end)
        if stretch.is_same:
            yield from _same(right[later], over_left[span], over_right[later])
        else:
            yield from _grouped("gone", left[span], over_left[span])
            yield from _grouped("new", right[later], over_right[later])


def _grouped(kind: str, words: Sequence[str], signatures: Sequence[tuple]) -> Iterator[Run]:
    """Runs of words under the same marks."""
    for marks, group in groupby(zip(words, map(_flat, signatures), strict=True), key=lambda pair: pair[1]):
        yield Run(kind, "".join(word for word, _marks in group), marks)


def _same(words: Sequence[str], old: Sequence[tuple], new: Sequence[tuple]) -> Iterator[Run]:
    """The same words, as far as their marks are the same too."""
    rows = [(_flat(after), *_difference(before, after)) for before, after in zip(old, new, strict=True)]
    for (marks, added, removed), group in groupby(zip(words, rows, strict=True), key=lambda pair: pair[1]):
        text = "".join(word for word, _row in group)
        yield Run("marked" if added or removed else "same", text, marks, added, removed)


def _difference(old: tuple, new: tuple) -> tuple[tuple[Mark, ...], tuple[Mark, ...]]:
    if old == new:
        return (), ()
    before, after = _flat(old), _flat(new)
    return tuple(mark for mark in after if mark not in before), tuple(mark for mark in before if mark not in after)


def _flat(signature: tuple) -> tuple[Mark, ...]:
    """The marks over any part of a word."""
    if len(signature) == 1:
        return signature[0][1]
    return tuple(dict.fromkeys(mark for _at, marks in signature for mark in marks))


def _signatures(leaf: Leaf, words: Sequence[str]) -> Iterator[tuple]:
    """Of every word the marks over it: (from which character on, marks) one or more times."""
    ends, length = [], 1  # of the parts, in the text as `split` reads it: with a space before
    for text, marks in leaf.parts:
        length += len(text)
        ends.append((length, marks))
    at = part = 0
    for word in words:
        start, stop = at + len(word) - len(word.lstrip()), at + len(word)
        while part < len(ends) - 1 and ends[part][0] <= start:
            part += 1
        over, reach = [(0, ends[part][1])], part
        while ends[reach][0] < stop and reach < len(ends) - 1:
            over.append((ends[reach][0] - start, ends[reach + 1][1]))
            reach += 1
        yield tuple(over)
        at = stop


def leaves(html: str) -> list[Leaf]:
    """The blocks of a body that hold words or a picture, whatever lists and quotations they stand in."""
    reader = _Reader()
    for token in markup.tokens(html):
        reader.take(token)
    reader.close()
    return reader.found


class _Reader:
    """Takes the tokens of a body one by one; of deep nesting it keeps counts, not paths."""

    def __init__(self) -> None:
        self.found: list[Leaf] = []
        self.leaf = Leaf()
        self.blocks: list[str] = []
        self.open: list[tuple[str, Mark | None]] = []
        self.marks: Counter[Mark] = Counter()

    def take(self, token: markup.Token) -> None:
        """Read one more."""
        if token.is_text:
            self._text(token)
        elif token.tag in markup.BLOCKS and not token.in_figure:
            self._block(token)
        elif token.tag == "br":
            self.leaf.parts.append(("\n", ()))
            self.leaf.raw.append("<br>")
        elif token.document:
            title = str(_(" [document: %(title)s]")) % {"title": token.document}
            self.leaf.parts.append((title, (_mark(token),)))
            self.leaf.raw.append(token.raw)
        else:
            self.leaf.raw.append(token.raw)
            self._inline(token)

    def close(self) -> None:
        """End the block at hand."""
        if self.leaf.parts or self.leaf.image is not None:
            self.found.append(self.leaf)
        self.leaf = Leaf(self._style())

    def _text(self, token: markup.Token) -> None:
        gap = " " if token.in_figure and self.leaf.parts else ""
        self.leaf.parts.append((gap + token.text, tuple(self.marks)))
        self.leaf.raw.append(token.html())

    def _block(self, token: markup.Token) -> None:
        self.close()
        if token.tag == "hr":
            self.found.append(Leaf("hr", raw=[token.raw]))
        elif token.opens:
            self.blocks.append(token.kind or token.tag)
        elif self.blocks:
            self.blocks.pop()
        self.leaf = Leaf(self._style(), token.image, raw=[token.raw] if token.tag == "figure" and token.opens else [])

    def _style(self) -> str:
        """By the innermost block that says more than that it holds words."""
        for tag in reversed(self.blocks[-8:]):
            if tag not in {"p", "li", "figcaption"}:
                return tag
        return "p"

    def _inline(self, token: markup.Token) -> None:
        if token.opens:
            mark = _mark(token)
            self.open.append((token.tag, mark))
            if mark:
                self.marks[mark] += 1
        elif any(tag == token.tag for tag, _mark in self.open[-1:]):
            _tag, mark = self.open.pop()
            if mark:
                self.marks[mark] -= 1
                if not self.marks[mark]:
                    del self.marks[mark]


def _mark(token: markup.Token) -> Mark | None:
    values = {name: unescape(value) for name, value in ATTRIBUTE.findall(token.raw)}
    if token.document:
        return Mark("a", token.href) if token.href else Mark("document")
    if token.tag == "span":
        kind = values.get("data-not-speech")
        return Mark(kind) if kind in MARKS else None
    return Mark(token.tag, values.get("href", "")) if token.tag in MARKS else None
