"""What the board, the calendar and the list of stories are narrowed to: a desk, a person, a topic, an actor."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy

from ..models import Desk
from ..models.people import name_of, offered, who_decide, who_write
from .tags import NamesField
from .vocabularies import Actors, Topics


class PersonChoice(forms.ModelChoiceField):
    """One of the people, as colleagues call them."""

    def label_from_instance(self, person: Any) -> str:
        """By name."""
        return name_of(person)


class NarrowForm(forms.Form):
    """What a page shows of the work. What cannot be read counts as not given: any address still shows a page.

    `page` names the address; a topic or an actor is given by name, and stands in the address by name.
    """

    page = ""
    desk = forms.ModelChoiceField(
        Desk.objects.all(), label=gettext_lazy("Desk"), required=False, empty_label=gettext_lazy("every desk")
    )
    person = PersonChoice(None, label=gettext_lazy("Person"), required=False, empty_label=gettext_lazy("everybody"))
    topic = NamesField(Topics(), is_single=True, label=gettext_lazy("Topic"), required=False)
    actor = NamesField(Actors(), is_single=True, label=gettext_lazy("Actor"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data, auto_id="narrow-%s", label_suffix="")
        self.fields["person"].queryset = offered(who_write() | who_decide())
        self.is_valid()

    def value(self, name: str) -> Any:
        """What was asked for, or None."""
        found = self.cleaned_data.get(name)
        if isinstance(self.fields[name], NamesField):
            return found[0].entry if found else None
        return found

    def narrow(self, articles: QuerySet) -> QuerySet:
        """Those of the desk, those that the person writes or reviews, those with the tags."""
        if desk := self.value("desk"):
            articles = articles.filter(desk=desk)
        if person := self.value("person"):
            articles = articles.filter(Q(writer=person) | Q(assignee=person) | Q(reviewer=person))
        for name in ("topic", "actor"):
            if tag := self.value(name):
                articles = articles.tagged_with(tag)
        return articles

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is left out."""
        return any(self.value(name) for name in ("desk", "person", "topic", "actor"))

    def query(self, **changed: Any) -> str:
        """What stands after the question mark of the page narrowed like this, but for what is `changed`."""
        values = {name: self.value(name) for name in self.fields} | changed
        return urlencode({name: self._written(name, value) for name, value in values.items() if value})

    def _written(self, name: str, value: Any) -> Any:
        if isinstance(self.fields.get(name), NamesField):
            return self.fields[name].prepare_value(value)
        return getattr(value, "pk", value)

    def address(self, **changed: Any) -> str:
        """The address of that page."""
        return f"{reverse(self.page)}?{self.query(**changed)}"
