"""Which days the calendar shows, and on which one an entry is put."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..planning import MOVED, Entry, Kind
from .narrowing import NarrowForm

MOVABLE = [(kind.value, kind.label) for kind in Kind if kind != Kind.EMBARGO]


class CalendarForm(NarrowForm):
    """Which days, and narrowed to what."""

    page = "admin:calendar"
    view = forms.ChoiceField(choices=[("month", ""), ("week", "")], required=False, widget=forms.HiddenInput)
    day = forms.DateField(
        label=gettext_lazy("Go to"),
        input_formats=["%Y-%m-%d"],
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    field_order = ["view", "day"]


class MoveEntryForm(forms.Form):
    """Puts one entry on another day; the time of day stays."""

    article = forms.IntegerField(min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)
    kind = forms.ChoiceField(choices=MOVABLE, widget=forms.HiddenInput)
    was = forms.CharField(widget=forms.HiddenInput)
    day = forms.DateField(
        label=gettext_lazy("Another day"),
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput({"type": "date", "required": True}, format="%Y-%m-%d"),
    )

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **{"label_suffix": "", **options})

    @classmethod
    def of(cls, entry: Entry, today: date) -> "MoveEntryForm":
        """The form of an entry, filled in."""
        initial = {
            "article": entry.article.pk,
            "kind": entry.kind.value,
            "was": entry.at.isoformat(),
            "day": entry.at.date(),
        }
        form = cls(initial=initial, auto_id=f"{entry.kind}-{entry.article.pk}-%s")
        form.fields["day"].widget.attrs["min"] = today.isoformat()
        return form

    def clean_was(self) -> datetime:
        """The moment that the page showed."""
        try:
            return datetime.fromisoformat(self.cleaned_data["was"])
        except ValueError:
            raise forms.ValidationError(MOVED) from None

    def fault(self) -> str:
        """What is wrong with what was sent, as one sentence; empty where nothing is."""
        if "day" in self.errors:
            return _("That is no day: give it as 2026-11-24.")
        return " ".join(error for errors in self.errors.values() for error in errors)
