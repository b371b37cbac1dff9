"""What the newsroom knows of actors: how they stand to each other by whose word, what they were and when."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..models import ActorRelation, Article, Position
from .inlines import OneName, PartForm
from .vocabularies import Actors

DAY = forms.DateInput({"type": "date"}, format="%Y-%m-%d")


def check_span(form: forms.ModelForm, cleaned: dict[str, Any]) -> None:
    """Nothing ends before it began."""
    since, until = cleaned.get("since"), cleaned.get("until")
    if since and until and until < since:
        form.add_error("until", _("That is before it began."))


class PositionForm(PartForm):
    """What a person was, and of what body."""

    named = ("body",)
    body = OneName(Actors(), label=_("Of what"), required=False)

    class Meta:
        model = Position
        fields = ("title", "body", "since", "until")
        widgets = {"since": DAY, "until": DAY}

    def clean(self) -> dict[str, Any]:
        """Days in their order."""
        cleaned = super().clean()
        check_span(self, cleaned)
        return cleaned


class RelationForm(PartForm):
    """One relation as a source of this story asserts or denies it; both are actors of the story."""

    named = ("actor", "other")
    actor = OneName(Actors(), label=_("Who"))
    other = OneName(Actors(), label=_("Whom"))
    is_denied = forms.TypedChoiceField(
        label=_("Is it asserted or denied?"),
        choices=((False, _("asserted")), (True, _("denied"))),
        coerce=lambda value: value == "True",
        empty_value=False,
        initial=False,
    )

    class Meta:
        model = ActorRelation
        fields = ("actor", "kind", "other", "is_denied", "attribution", "stated_on", "since", "until")
        widgets = {"stated_on": DAY, "since": DAY, "until": DAY}

    def __init__(self, *args: Any, article: Article, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.article = article
        self.fields["attribution"].queryset = article.attributions.select_related("source")
        self.fields["attribution"].required = True
        if not self.instance.pk:
            self.initial.setdefault("stated_on", timezone.localdate())

    def clean(self) -> dict[str, Any]:
        """Two actors of the story; days in their order, and none to come."""
        cleaned = super().clean()
        known = self._actors()
        for name in self.named:
            chosen = self._entry(cleaned.get(name))
            if cleaned.get(name) and (chosen is None or chosen.pk not in known):
                self.add_error(name, _("That is no actor of this story: tag the story with it first."))
        if self._entry(cleaned.get("actor")) and self._entry(cleaned.get("actor")) == self._entry(cleaned.get("other")):
            self.add_error("other", _("Nobody stands so to themselves: choose another."))
        stated = cleaned.get("stated_on")
        if stated and stated > timezone.localdate():
            self.add_error("stated_on", _("That day has not come yet."))
        check_span(self, cleaned)
        return cleaned

    @staticmethod
    def _entry(chosen: Any) -> Any:
        return getattr(chosen, "entry", chosen)

    def _actors(self) -> set[int]:
        tagged = self.article.actor_items.values_list("tag", flat=True)
        return {*tagged, *self.article.quotes.exclude(speaker=None).values_list("speaker", flat=True)}
