"""What the calendar is narrowed to, and on which day an entry is put."""

from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import Desk
from ..models.people import name_of, offered, who_decide, who_write
from ..planning import MOVED, Entry, Kind

MOVABLE = [(kind.value, kind.label) for kind in Kind if kind != Kind.EMBARGO]


class PersonChoice(forms.ModelChoiceField):
    """One of the people, as colleagues call them."""

    def label_from_instance(self, person: Any) -> str:
        """By name."""
        return name_of(person)


class FilterForm(forms.Form):
    """What the calendar shows. What cannot be read counts as not given: an address typed by hand still shows a page."""

    view = forms.ChoiceField(choices=[("month", ""), ("week", "")], required=False, widget=forms.HiddenInput)
    day = forms.DateField(
        label=gettext_lazy("Go to"),
        input_formats=["%Y-%m-%d"],
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    desk = forms.ModelChoiceField(
        Desk.objects.all(), label=gettext_lazy("Desk"), required=False, empty_label=gettext_lazy("every desk")
    )
    person = PersonChoice(None, label=gettext_lazy("Person"), required=False, empty_label=gettext_lazy("everybody"))

    def __init__(self, data: Any) -> None:
        super().__init__(data, auto_id="calendar-%s", label_suffix="")
        self.fields["person"].queryset = offered(who_write() | who_decide())
        self.is_valid()

    def value(self, name: str) -> Any:
        """What was asked for, or None."""
        return self.cleaned_data.get(name)

    def narrow(self, articles: QuerySet) -> QuerySet:
        """Those of the desk, and those that the person writes or reviews."""
        if desk := self.value("desk"):
            articles = articles.filter(desk=desk)
        if person := self.value("person"):
            articles = articles.filter(Q(writer=person) | Q(assignee=person) | Q(reviewer=person))
        return articles

    def query(self, **changed: Any) -> str:
        """What stands after the question mark of the calendar narrowed like this, but for what is `changed`."""
        values = {name: self.value(name) for name in self.fields} | changed
        return urlencode({name: getattr(value, "pk", value) for name, value in values.items() if value})

    def address(self, **changed: Any) -> str:
        """The address of that calendar."""
        return f"{reverse('admin:calendar')}?{self.query(**changed)}"


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
