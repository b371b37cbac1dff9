"""What stands in the slots of a front, as a form that works without scripts: a choice a slot, buttons that shift."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from .. import placing, slots
from ..fronts import Placed
from ..models import Arrangement, Desk, Package, Placement, StoryPlacement
from .moments import MomentField

PARTS = ("story", "headline", "pinned", "until")
KEPT = "kept-"
"""Before the key of a placement whose story this person may not know of: it stays, and moves, unseen."""
BEFORE = {"up": -1, "down": 1}


@dataclass(frozen=True)
class SlotRow:
    """A slot as the page shows it."""

    slot: slots.Slot
    story: forms.BoundField
    headline: forms.BoundField
    pinned: forms.BoundField
    until: forms.BoundField
    chosen: placing.Candidate | None
    note: str
    is_hidden: bool
    is_first: bool
    is_last: bool


class FrontForm(forms.Form):
    """The slots of one front. `placed()` is what was asked for; call it when the form is valid."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    package = forms.ModelChoiceField(
        Package.objects.none(), label=_("Running story"), required=False, empty_label=_("none")
    )
    note = forms.CharField(label=_("Note for the history"), max_length=200, required=False)
    goes_live_at = MomentField(label=_("Goes live"))
    q = forms.CharField(label=_("Find a story"), max_length=200, required=False)

    def __init__(
        self, data: Any = None, *, desk: Desk | None, user: Any, seen: int, arrangement: Arrangement | None = None
    ) -> None:
        super().__init__(data, auto_id="front-%s", label_suffix="")
        self.desk, self.user = desk, user
        self.initial |= {"seen": seen}
        self._placements = list(arrangement.placements.all()) if arrangement else []
        self._live_at = arrangement.live_at if arrangement else None
        printed = StoryPlacement.objects.of(desk.slug if desk else "")
        self._printed = dict(printed.values_list("slot", "headline"))
        self.fields["package"].queryset = Package.objects.filter(is_public=True)
        self.candidates = placing.offered(user, desk=desk, text=self.text())
        self._take_up(arrangement)
        self._kept: dict[str, Placement] = {}
        choices = self._choices()
        for slot in slots.SLOTS:
            self._add(slot, choices)
        if data:
            self.fields["goes_live_at"].which = data.get("goes_live_at_which", "")

    def text(self) -> str:
        """What is looked for."""
        return (self.data.get("q") or "")[:200] if self.is_bound else ""

    def _take_up(self, arrangement: Arrangement | None) -> None:
        """What stands in the arrangement, under the names of the fields."""
        self._known = placing.known(self.user, self._named() | {each.article_id for each in self._placements})
        if arrangement is None:
            return
        self.initial |= {"package": arrangement.package_id, "goes_live_at": arrangement.goes_live_at}
        if arrangement.is_planned:
            self.initial["note"] = arrangement.note
        for each in self._placements:
            is_known = each.article_id in self._known
            values = {"story": each.article_id if is_known else f"{KEPT}{each.pk}"}
            values |= {"headline": each.headline if is_known else "", "pinned": each.is_pinned, "until": each.until}
            self.initial |= {f"{each.slot}-{part}": value for part, value in values.items()}

    def _named(self) -> set[int]:
        """The keys of stories that the data names."""
        found = [self.data.get(f"{name}-story", "") for name in slots.NAMES] if self.is_bound else []
        return {int(value) for value in found if value.isascii() and value.isdecimal() and len(value) < 19}

    def _choices(self) -> list[Any]:
        """One list for every slot: what is offered, what is chosen already, and what is kept unseen."""
        rows = {each.pk: each for each in (*self._known.values(), *self.candidates)}
        coming = [(each.pk, described(each)) for each in rows.values() if not each.is_in_print]
        printed = [(each.pk, described(each)) for each in rows.values() if each.is_in_print]
        hidden = [(f"{KEPT}{pk}", _("A story of another desk, not in print")) for pk in self._hidden()]
        groups = [(_("In print"), printed), (_("On the way to print"), coming), (_("Not for you to see yet"), hidden)]
        return [("", _("the newest story")), *((str(name), rows) for name, rows in groups if rows)]

    def _hidden(self) -> Iterator[int]:
        """Placements that are kept unseen: those of the arrangement, and those the data names of this front."""
        named = [self.data.get(f"{name}-story", "") for name in slots.NAMES] if self.is_bound else []
        keys = [value.removeprefix(KEPT) for value in named if value.startswith(KEPT)]
        keys = [int(key) for key in keys if key.isascii() and key.isdecimal() and len(key) < 19]
        ours = Placement.objects.filter(pk__in=keys, arrangement__in=Arrangement.objects.of(self.desk))
        for each in {row.pk: row for row in (*self._placements, *ours)}.values():
            if each.article_id not in self._known and not placing.known(self.user, [each.article_id]):
                self._kept[f"{KEPT}{each.pk}"] = each
                yield each.pk

    def _add(self, slot: slots.Slot, choices: list[Any]) -> None:
        label = {"slot": slot.label}
        self.fields[f"{slot.name}-story"] = forms.ChoiceField(
            label=_t("%(slot)s: story") % label, choices=choices, required=False
        )
        self.fields[f"{slot.name}-headline"] = forms.CharField(
            label=_t("%(slot)s: headline here") % label, max_length=300, required=False
        )
        self.fields[f"{slot.name}-pinned"] = forms.BooleanField(label=_t("%(slot)s: pinned") % label, required=False)
        self.fields[f"{slot.name}-until"] = MomentField(label=_t("%(slot)s: until") % label, which="second")

    def clean(self) -> dict[str, Any]:
        """Asks which of two is meant where a time comes twice; no story stands in two slots."""
        cleaned = super().clean()
        for error in self.errors.get("goes_live_at", forms.utils.ErrorList()).as_data():
            if error.code == "twice":
                self.fields["goes_live_at_which"] = forms.ChoiceField(
                    label=_("Which of the two?"), choices=error.params["choices"]
                )
        chosen = [value for name in slots.NAMES if (value := cleaned.get(f"{name}-story"))]
        for name in slots.NAMES:
            value = cleaned.get(f"{name}-story")
            if value and chosen.count(value) > 1:
                self.add_error(f"{name}-story", _("It stands in another slot too."))
        return cleaned

    def placed(self) -> list[Placed]:
        """The stories by slot."""
        return [self._placed(name) for name in slots.NAMES if self.cleaned_data.get(f"{name}-story")]

    def _placed(self, name: str) -> Placed:
        values = {part: self.cleaned_data.get(f"{name}-{part}") for part in PARTS}
        if kept := self._kept.get(values["story"]):
            return Placed(name, kept.article_id, kept.headline, values["pinned"], values["until"])
        return Placed(name, int(values["story"]), values["headline"], values["pinned"], values["until"])

    def rows(self) -> list[SlotRow]:
        """The slots, from the lead down."""
        return [self._row(n, slot) for n, slot in enumerate(slots.SLOTS)]

    def _row(self, n: int, slot: slots.Slot) -> SlotRow:
        fields = {part: self[f"{slot.name}-{part}"] for part in PARTS}
        value = str(fields["story"].value() or "")
        chosen = self._known.get(int(value)) if value.isascii() and value.isdecimal() and len(value) < 19 else None
        return SlotRow(
            slot,
            **fields,
            chosen=chosen,
            note=self._note(slot.name, chosen) if chosen else "",
            is_hidden=value.startswith(KEPT),
            is_first=n == 0,
            is_last=n == len(slots.SLOTS) - 1,
        )

    def _note(self, name: str, chosen: placing.Candidate) -> str:
        """Why readers find something else in the slot than what is chosen for it; "" where they find that."""
        if not chosen.is_in_print:
            words = _t("Not in print (%(state)s): readers see the newest story here until it is.")
            return words % {"state": chosen.state}
        stands = next((each for each in self._placements if each.slot == name), None)
        if stands is None or stands.article_id != chosen.pk or not self._live_at:
            return ""
        until = slots.shown_until(self._live_at, is_pinned=stands.is_pinned, until=stands.until)
        if until and until <= now():
            return _t("Its time here is over: readers see the newest story. Put it live once more to keep it.")
        if stands.headline and not self._printed.get(name):
            return _t("The story was put right since: its own headline stands here until you put yours live once more.")
        return ""


def described(candidate: placing.Candidate) -> str:
    """A story in a list of choices: what it is called, and when readers get it."""
    when = _moment(candidate.at) if candidate.at else candidate.state
    return f"{candidate.title} ({when})"


def _moment(at: datetime) -> str:
    return date_format(localtime(at), _t("j M, H:i"))


def shifted(data: QueryDict, slot: str, way: str) -> QueryDict:
    """The data with the contents of a slot and its neighbour exchanged; `way` is "up" or "down"."""
    if slot not in slots.NAMES or way not in BEFORE:
        return data
    other = slots.NAMES.index(slot) + BEFORE[way]
    if not 0 <= other < len(slots.NAMES):
        return data
    changed, neighbour = data.copy(), slots.NAMES[other]
    for part in PARTS:
        one, two = f"{slot}-{part}", f"{neighbour}-{part}"
        _put(changed, one, data.get(two))
        _put(changed, two, data.get(one))
    return changed


def emptied(data: QueryDict, slot: str) -> QueryDict:
    """The data without what stands in a slot."""
    changed = data.copy()
    for part in PARTS:
        changed.pop(f"{slot}-{part}", None)
    return changed


def put_in(data: QueryDict, article: str) -> QueryDict | None:
    """The data with a story in the first slot that is empty; None where there is none."""
    for slot in slots.NAMES:
        if not data.get(f"{slot}-story"):
            changed = emptied(data, slot)
            changed[f"{slot}-story"] = article
            return changed
    return None


def _put(data: QueryDict, name: str, value: str | None) -> None:
    if value is None:
        data.pop(name, None)
    else:
        data[name] = value
