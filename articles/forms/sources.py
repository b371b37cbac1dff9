"""What the desk notes of a source."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..models import Source
from .inlines import OneName, PartForm
from .vocabularies import Actors, Sources


class SourceForm(PartForm):
    """Who it is and what it goes back to, by name; the consent to be counted, kept as the moment it was noted."""

    named = ("actor", "origin")
    actor = OneName(Actors(), label=_("Actor"), required=False, help_text=_("Who it is, if that may be said."))
    origin = OneName(
        Sources(),
        label=_("Goes back to"),
        required=False,
        help_text=_("The source this one has it from. Sources that go back to one are one, when a claim counts them."),
    )
    has_consented = forms.BooleanField(
        label=_("They said so themselves, and agree that it is counted"),
        required=False,
        help_text=_("Of a person; without it they count as “not declared”."),
    )

    class Meta:
        model = Source
        fields = ("label",)  # the admin names them all

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["has_consented"] = self.instance.declared_consent_at is not None

    def clean(self) -> dict[str, Any]:
        """A confidential source is nobody that readers know."""
        cleaned = super().clean()
        if cleaned.get("is_confidential") and cleaned.get("actor"):
            self.add_error("actor", _("A confidential source names no actor: take the actor away."))
        return cleaned

    def save(self, commit: bool = True) -> Source:
        """The moment stays that of the first time, until it is taken back."""
        if not self.cleaned_data.get("has_consented"):
            self.instance.declared_consent_at = None
        elif self.instance.declared_consent_at is None:
            self.instance.declared_consent_at = timezone.now()
        return super().save(commit)
