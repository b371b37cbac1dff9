"""Two states of the same copy laid side by side."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple

from .. import markup
from .bodies import Block, compare_bodies
from .parts import FIELDS, LABELS, PARTS, WORDED, Document, Known, Part, Value, identified, known_in, records
from .sequences import Work
from .words import Run, is_word, runs, split

SHOWN = 2
"""So many blocks that are the same are shown between two that are not."""


@dataclass(frozen=True)
class FieldChange:
    """A field that differs: as `runs` where people write it, else the value before and after to show (maybe empty)."""

    name: str
    label: Any
    old: Any
    new: Any
    runs: tuple[Run, ...] = ()


@dataclass(frozen=True)
class RecordChange:
    """A tag, byline, picture, quote or attribution that was `added`, `removed` or `changed`, with its fields."""

    kind: str
    name: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True)
class PartChange:
    """What differs in one list; `order` has the names as they stand now where the same ones stand otherwise."""

    name: str
    label: Any
    records: tuple[RecordChange, ...]
    order: tuple[str, ...] = ()


@dataclass(frozen=True)
class Passage:
    """Blocks that stand together: the same on both sides, or not."""

    is_same: bool
    blocks: tuple[Block, ...]

    @property
    def is_long(self) -> bool:
        """Whether so much is the same that it is better folded away."""
        return self.is_same and len(self.blocks) > SHOWN


@dataclass(frozen=True)
class Comparison:
    """What differs between two documents of `docs/revision.md`.

    `body` holds every block, also the same ones, unless the body did not change; `has_other_markup` says that its HTML
    differs in what holds no words and is no mark.
    """

    fields: tuple[FieldChange, ...] = ()
    body: tuple[Block, ...] = ()
    parts: tuple[PartChange, ...] = ()
    has_other_markup: bool = False
    words_new: int = 0
    words_gone: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return not (self.fields or self.body or self.parts or self.has_other_markup)

    @property
    def passages(self) -> list[Passage]:
        """The blocks in stretches that are the same on both sides, and others."""
        grouped = groupby(self.body, key=lambda block: block.kind == "same" and all_same(block))
        return [Passage(is_same, tuple(blocks)) for is_same, blocks in grouped]


def all_same(block: Block) -> bool:
    """Whether not even a mark differs."""
    return all(run.kind == "same" for run in block.runs)


def compare(old: Document, new: Document, work: Work | None = None) -> Comparison:
    """What differs between the documents of two revisions; anchors of quotes are left out, they follow the body.

    Takes work that grows with the length of both, whatever they hold: what would take more counts as replaced.
    """
    before, after = old.get("body") or "", new.get("body") or ""
    work = work or Work.on(_size(old) + _size(new))
    body = compare_bodies(before, after, work) if before != after else ()
    is_same = all(block.kind == "same" and all_same(block) for block in body)
    fields = tuple(_fields(old, new, work))
    row = [run for block in body if not block.is_moved for run in block.runs]
    row += [run for field in fields for run in field.runs]
    return Comparison(
        fields=fields,
        body=() if is_same else body,
        parts=tuple(_parts(old, new, work)),
        has_other_markup=before != after and is_same,
        words_new=_count(row, "new"),
        words_gone=_count(row, "gone"),
    )


class WordsChanged(NamedTuple):
    """How many words came and how many went."""

    new: int
    gone: int


def words_changed(old: Document, new: Document) -> WordsChanged:
    """How many words of headline, standfirst, kicker, dateline and body came and went, wherever they stand.

    For lists of many revisions: cheaper than `compare`, and a moved paragraph counts nothing.
    """
    before, after = _words(old), _words(new)
    return WordsChanged((after - before).total(), (before - after).total())


def _words(document: Document) -> Counter[str]:
    texts = [document.get(name) or "" for name in ("headline", "standfirst", "kicker", "dateline")]
    texts.append(markup.to_text(document.get("body") or ""))
    return Counter(word.strip() for text in texts for word in split(text) if is_word(word))


def _size(document: Document) -> int:
    return sum(len(str(document.get(name) or "")) for name in ("body", *FIELDS)) // 3


def _count(row: list[Run], kind: str) -> int:
    return sum(is_word(word) for run in row if run.kind == kind for word in split(run.text))


def _fields(old: Document, new: Document, work: Work) -> Iterator[FieldChange]:
    for name, label in FIELDS.items():
        before, after = old.get(name) or "", new.get(name) or ""
        if before != after:
            yield _change(name, label, before, after, work)


def _change(name: str, label: Any, old: Any, new: Any, work: Work) -> FieldChange:
    row = runs(str(old or ""), str(new or ""), work) if name in WORDED else ()
    return FieldChange(name, label, old, new, row)


def _parts(old: Document, new: Document, work: Work) -> Iterator[PartChange]:
    known_old, known_new = known_in(old), known_in(new)
    for name, part in PARTS.items():
        before, after = identified(part, records(old, name)), identified(part, records(new, name))
        changes = [
            RecordChange("removed", part.name(record, known_old), _details(part.read(record, known_old), {}, work))
            for key, record in before.items()
            if key not in after
        ]
        for key, record in after.items():
            was = part.read(before[key], known_old) if key in before else {}
            details = _details(was, part.read(record, known_new), work)
            if key not in before or details:
                changes.append(
                    RecordChange("changed" if key in before else "added", part.name(record, known_new), details)
                )
        order = _order(part, before, after, known_new)
        if changes or order:
            yield PartChange(name, part.label, tuple(changes), order)


def _details(old: dict[str, Value], new: dict[str, Value], work: Work) -> tuple[FieldChange, ...]:
    nothing = Value(None, None)
    found = []
    for name in new or old:
        before, after = old.get(name, nothing), new.get(name, nothing)
        if before.identity != after.identity and (before or after):
            found.append(_change(name, LABELS[name], before.shown, after.shown, work))
    return tuple(found)


def _order(part: Part, before: dict, after: dict, known: Known) -> tuple[str, ...]:
    stayed = [key for key in after if key in before]
    if not part.has_order or stayed == [key for key in before if key in after]:
        return ()
    return tuple(part.name(record, known) for record in after.values())
