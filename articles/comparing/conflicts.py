"""What two sides want otherwise, and a merged document in which it can be chosen anew as often as somebody likes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .. import markup

MINE, THEIRS, BOTH = "mine", "theirs", "both"


@dataclass(frozen=True)
class Detail:
    """A field of a record in conflict, as people are shown it on the three sides."""

    name: str
    label: Any
    base: Any
    mine: Any
    theirs: Any


@dataclass(frozen=True)
class Conflict:
    """A place that both sides changed, each otherwise.

    `field` is the key of the document. `base`, `mine` and `theirs` are text, of the body HTML; what did not meet is in
    both of the latter two. `place` is the number of the block in the merged body (0 is the first), else the id of
    the record, whose fields stand in `details`. `can_be_both`: whether the two can stand one after the other.
    """

    number: int
    field: str
    label: str
    base: str
    mine: str
    theirs: str
    place: Any = None
    details: tuple[Detail, ...] = ()
    can_be_both: bool = False


@dataclass(frozen=True)
class Choice:
    """A place of the document in conflict. `ways` has what each choice puts there."""

    number: int
    ways: Mapping[str, Any]

    def take(self, choices: Mapping[int, str]) -> Any:
        """What is chosen; mine, where nothing is. Raises ValueError on a choice that is not on offer."""
        wanted = choices.get(self.number, MINE)
        if wanted not in self.ways:
            raise ValueError(f"Conflict {self.number} cannot be settled by {wanted!r}.")
        return self.ways[wanted]


@dataclass(frozen=True)
class Joined:
    """A body in pieces: HTML, or a choice of it."""

    pieces: Sequence[Any]


@dataclass(frozen=True)
class Listed:
    """Records in order: each one, or a choice of it, or one in which fields are chosen. None is left out."""

    records: Sequence[Any]


@dataclass(frozen=True)
class Chosen:
    """A record and the choices of some of its fields; each gives the fields and their values."""

    record: Mapping[str, Any]
    fields: Sequence[Choice]


def fill(node: Any, choices: Mapping[int, str]) -> Any:
    """The plain value of a node under these choices: conflict number → "mine", "theirs" or "both"."""
    if isinstance(node, Choice):
        return node.take(choices)
    if isinstance(node, Joined):
        return markup.sanitise("".join(fill(piece, choices) for piece in node.pieces))
    if isinstance(node, Listed):
        filled = (fill(record, choices) for record in node.records)
        return [record for record in filled if record is not None]
    if isinstance(node, Chosen):
        record = dict(node.record)
        for choice in node.fields:
            record |= choice.take(choices)
        return record
    return node


class Conflicts(list[Conflict]):
    """The conflicts of one merge, numbered from 1 in the order in which they were found."""

    def put(self, field: str, label: Any, texts: Sequence[str], ways: Mapping[str, Any], **more: Any) -> Choice:
        """Note a conflict; `texts` are base, mine and theirs. Returns what stands in its place."""
        number = len(self) + 1
        self.append(Conflict(number, field, str(label), *texts, can_be_both=BOTH in ways, **more))
        return Choice(number, ways)
