"""Lists of tags, bylines, pictures, quotes and attributions merged: record by record, field by field."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from .conflicts import MINE, THEIRS, Choice, Chosen, Conflicts, Detail, Listed
from .parts import LABELS, PARTS, Document, Known, Record, identified, known_in, records
from .threeway import CLASH, plain_choice


class Group(NamedTuple):
    """Fields that only make sense together. `tell` say whether they differ, `follow` go with them."""

    tell: tuple[str, ...]
    follow: tuple[str, ...] = ()


GROUPS: dict[str, tuple[Group, ...]] = {
    "bylines": (Group(("role",)),),
    "attributions": (
        Group(("source",)),
        Group(("wording",)),
        Group(("basis",)),
        Group(("head_count",)),
        Group(("anonymity_reason", "anonymity_wording")),
        Group(("basis_of_knowledge",)),
    ),
    "quotes": (
        Group(("text",), ("prefix", "suffix")),
        Group(("kind",)),
        Group(("speaker", "speaker_mention", "speaker_unknown_because")),
        Group(("role",)),
        Group(("attribution",)),
        Group(("obtained_via",)),
        Group(("said_on", "is_undated")),
        Group(("original_text", "original_language")),
        Group(("verification", "verification_method"), ("verified_at", "verified_by")),
        Group(("responds_to",)),
    ),
}
"""What of a record belongs to the copy. The rest (a name, an alt text) is the vocabulary's or the picture's own."""


class _Side(NamedTuple):
    """The records of one document."""

    records: dict[Any, Record]
    known: Known


def merge_records(name: str, base: Document, mine: Document, theirs: Document, conflicts: Conflicts) -> Listed:
    """One part of a document merged."""
    sides = [_Side(identified(PARTS[name], records(side, name)), known_in(side)) for side in (base, mine, theirs)]
    keys = _order(*(list(side.records) for side in sides))
    return Listed([_Merging(name, key, sides, conflicts).merged() for key in keys])


def _order(base: list, mine: list, theirs: list) -> list:
    """All that mine or theirs holds: in the order of whoever changed it, mine where both did."""
    old, new = set(base), set(mine)
    is_as_it_was = [key for key in mine if key in old] == [key for key in base if key in new]
    first, second = (theirs, mine) if is_as_it_was else (mine, theirs)
    held = set(first)
    behind: dict[Any, list] = {}  # what comes behind each one of the first list
    last = None
    for key in second:
        if key in held:
            last = key
        else:
            behind.setdefault(last, []).append(key)
    return [*behind.get(None, []), *(each for key in first for each in (key, *behind.get(key, [])))]


class _Merging:
    """One record on its three sides; None where it does not stand."""

    def __init__(self, name: str, key: Any, sides: Sequence[_Side], conflicts: Conflicts) -> None:
        self.name, self.part, self.sides, self.conflicts = name, PARTS[name], sides, conflicts
        self.base, self.mine, self.theirs = (side.records.get(key) for side in sides)

    def merged(self) -> Any:
        """A record, a choice of it, one with choices in it, or None."""
        if self.mine is not None and self.theirs is not None:
            choice = plain_choice(self.base, self.mine, self.theirs)
            return self._by_fields(self.base or {}) if choice is CLASH else choice
        kept = self.theirs if self.mine is None else self.mine
        if self.base is None:
            return kept
        if all(_tells(group, self.base) == _tells(group, kept) for group in GROUPS.get(self.name, ())):
            return None
        names = list(self.part.read(kept, {}))
        return self._conflict(names, self.part.label, [self._title(at) for at in range(3)], self.mine, self.theirs)

    def _by_fields(self, base: Record) -> Record | Chosen:
        merged = {}
        for name in {**self.theirs, **self.mine}:
            values = base.get(name), self.mine.get(name), self.theirs.get(name)
            choice = plain_choice(*values)
            merged[name] = values[1] if choice is CLASH else choice
        chosen = []
        for group in GROUPS.get(self.name, ()):
            was, one, other = (_tells(group, side) for side in (base, self.mine, self.theirs))
            if one == other:
                continue
            merged |= _values(group, self.theirs if one == was else self.mine)
            if was not in (one, other):
                chosen.append(self._group_conflict(group))
        return Chosen(merged, chosen) if chosen else merged

    def _group_conflict(self, group: Group) -> Choice:
        fields = ", ".join(str(LABELS[name]) for name in group.tell)
        texts = [", ".join(str(value) for value in self._shown(at, group.tell) if value) for at in range(3)]
        ways = (_values(group, self.mine), _values(group, self.theirs))
        return self._conflict(list(group.tell), f"{self._title(1)} ({fields})", texts, *ways)

    def _conflict(self, names: list[str], label: Any, texts: list[str], mine: Any, theirs: Any) -> Choice:
        shown = zip(names, *(self._shown(at, names) for at in range(3)), strict=True)
        details = tuple(Detail(name, LABELS[name], *values) for name, *values in shown if any(values))
        record = self.mine or self.theirs
        return self.conflicts.put(
            self.name, label, texts, {MINE: mine, THEIRS: theirs}, place=self.part.identity(record), details=details
        )

    def _shown(self, at: int, names: Sequence[str]) -> list[Any]:
        """Fields of the record on one side, as people see them."""
        record = (self.base, self.mine, self.theirs)[at]
        read = self.part.read(record, self.sides[at].known) if record else {}
        return [read[name].shown if name in read else None for name in names]

    def _title(self, at: int) -> str:
        record = (self.base, self.mine, self.theirs)[at]
        return self.part.name(record, self.sides[at].known) if record else ""


def _tells(group: Group, record: Record) -> list[Any]:
    """What says whether the group differs; of another record (a speaker, a source) which one it is."""
    values = (record.get(name) for name in group.tell)
    return [value.get("id") if isinstance(value, dict) else value for value in values]


def _values(group: Group, record: Record) -> dict[str, Any]:
    return {name: record[name] for name in (*group.tell, *group.follow) if name in record}
