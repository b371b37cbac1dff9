"""Two people's changes of the same copy merged: what does not meet is taken from both, what meets is a conflict."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from .. import markup
from .conflicts import BOTH, MINE, THEIRS, Conflict, Conflicts, Joined, fill
from .parts import FIELDS, PARTS, Document
from .records import merge_records
from .sequences import Work
from .threeway import CLASH, merge_body, merge_text, plain_choice

WOVEN = {"headline": " / ", "standfirst": " "}
"""Fields merged word by word, and what stands between two wordings where both are wanted."""
LISTS = [name for name in PARTS if name not in {"desk", "lead_image", "translation_of"}]


@dataclass(frozen=True)
class Merge:
    """The merged document, with mine at every conflict; `resolve` gives it with other choices."""

    document: dict[str, Any]
    conflicts: tuple[Conflict, ...] = ()
    plan: Mapping[str, Any] = field(default_factory=dict, repr=False)
    sides: tuple[Document, Document] = field(default=({}, {}), repr=False)


def merge(base: Document, mine: Document, theirs: Document) -> Merge:
    """What `mine` and `theirs` both made of `base`, in one document.

    Nothing is lost: what either side wrote is in the document or in a conflict.
    """
    choice = plain_choice(base, mine, theirs)
    if choice is not CLASH:
        return Merge(dict(choice), plan=dict(choice), sides=(choice, choice))
    conflicts = Conflicts()
    work = Work.on(sum(len(str(side.get("body") or "")) for side in (base, mine, theirs)) // 2)
    plan = {name: _merged(name, base, mine, theirs, conflicts, work) for name in {**mine, **theirs}}
    sides = (mine, theirs)
    return Merge(_filled(plan, sides, {}), tuple(conflicts), plan, sides)


def resolve(merged: Merge, choices: Mapping[int, str]) -> dict[str, Any]:
    """The merged document with a choice ("mine", "theirs", "both") at each conflict named by number; mine elsewhere.

    Raises ValueError where a conflict has no such way out: "both" only where `can_be_both`.
    """
    return _filled(merged.plan, merged.sides, choices)


def _merged(name: str, base: Document, mine: Document, theirs: Document, conflicts: Conflicts, work: Work) -> Any:
    values = base.get(name), mine.get(name), theirs.get(name)
    choice = plain_choice(*values)
    if choice is not CLASH:
        return choice
    if name == "body":
        return _merged_body(*(value or "" for value in values), conflicts, work)
    if name in LISTS:
        return merge_records(name, base, mine, theirs, conflicts)
    return _merged_value(name, values, conflicts, work)


def _merged_body(base: str, mine: str, theirs: str, conflicts: Conflicts, work: Work) -> Joined:
    pieces: list[Any] = []
    place = 0
    for chunk in merge_body(base, mine, theirs, work):
        if chunk.is_conflict:
            ways = {MINE: chunk.mine, THEIRS: chunk.theirs, BOTH: chunk.mine + chunk.theirs}
            texts = (chunk.base, chunk.mine, chunk.theirs)
            pieces.append(conflicts.put("body", _("text"), texts, ways, place=place))
        else:
            pieces.append(chunk.mine)
        place += len(markup.blocks(chunk.mine))
    return Joined(pieces)


def _merged_value(name: str, values: tuple[Any, Any, Any], conflicts: Conflicts, work: Work) -> Any:
    base, mine, theirs = values
    if name in WOVEN:
        woven = merge_text(base or "", mine or "", theirs or "", work)
        if woven.mine == woven.theirs:
            return woven.mine
        ways = {MINE: woven.mine, THEIRS: woven.theirs, BOTH: f"{woven.mine}{WOVEN[name]}{woven.theirs}"}
        return conflicts.put(name, FIELDS[name], (base or "", woven.mine, woven.theirs), ways)
    keys = [value.get("id") if isinstance(value, dict) else value for value in values]
    if keys[1] in (keys[0], keys[2]):
        return theirs
    if keys[2] == keys[0]:
        return mine
    label = FIELDS.get(name) or (PARTS[name].label if name in PARTS else name)
    return conflicts.put(name, label, [_text(name, value) for value in values], {MINE: mine, THEIRS: theirs})


def _text(name: str, value: Any) -> str:
    if isinstance(value, dict) and name in PARTS:
        return PARTS[name].name(value, {})
    return "" if value is None else str(value)


def _filled(plan: Mapping[str, Any], sides: tuple[Document, Document], choices: Mapping[int, str]) -> dict[str, Any]:
    document = {name: fill(node, choices) for name, node in plan.items()}
    if sides[0] != sides[1]:
        _mend_attributions(document, sides)
        _mend_quotes(document)
    return document


def _mend_attributions(document: dict[str, Any], sides: tuple[Document, Document]) -> None:
    """Those that a quote still needs are back; who is unnamed follows from the terms as merged."""
    merged = list(document.get("attributions") or ())
    as_they_were = [record for side in sides for record in side.get("attributions") or ()]
    held = {record.get("id") for record in merged}
    needed = {quote.get("attribution") for quote in document.get("quotes") or ()} - {None}
    for record in as_they_were:
        if record.get("id") in needed - held:
            merged.append(record)
            held.add(record["id"])
    document["attributions"] = [record if record in as_they_were else _with_anonymity(record) for record in merged]


def _with_anonymity(record: Mapping[str, Any]) -> dict[str, Any]:
    is_confidential = bool((record.get("source") or {}).get("is_confidential"))
    return {**record, "is_anonymous": record.get("basis") != "on_record" or is_confidential}


def _mend_quotes(document: dict[str, Any]) -> None:
    """None answers one that is gone."""
    merged = document.get("quotes") or ()
    held = {record.get("id") for record in merged} | {None}
    document["quotes"] = [
        record if record.get("responds_to") in held else {**record, "responds_to": None} for record in merged
    ]
