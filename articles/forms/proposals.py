"""What a person may change of a proposal before it becomes a record."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models.proposals import ProposalKind
from ..models.quotes import ObtainedVia, QuoteKind
from ..models.sources import Basis, SourceKind
from ..models.tags import ActorKind
from ..proposals.drafts import QuoteDraft


class QuoteChanges(forms.Form):
    """The values of a `QuoteDraft`."""

    kind = forms.ChoiceField(label=_("Kind"), choices=QuoteKind)
    speaker = forms.CharField(
        label=_("Speaker"), max_length=100, required=False, help_text=_("The actor; empty for an unnamed source.")
    )
    speaker_kind = forms.ChoiceField(label=_("Kind of speaker, where new"), choices=ActorKind, required=False)
    speaker_mention = forms.CharField(label=_("Speaker as mentioned"), max_length=200, required=False)
    role = forms.CharField(label=_("Role as given"), max_length=200, required=False)
    speaker_unknown_because = forms.CharField(label=_("Speaker unknown, because"), max_length=200, required=False)
    wording = forms.CharField(label=_("Source as printed"), max_length=240, required=False)
    source_kind = forms.ChoiceField(label=_("Kind of source"), choices=SourceKind)
    basis = forms.ChoiceField(label=_("Basis"), choices=Basis)
    head_count = forms.IntegerField(
        label=_("How many people"),
        min_value=1,
        max_value=9999,
        required=False,
        help_text=_("Where the wording is plural."),
    )
    obtained_via = forms.ChoiceField(
        label=_("Obtained"), choices=[("", _("not known yet")), *ObtainedVia.choices], required=False
    )
    said_on = forms.DateField(
        label=_("Said on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Empty: undated."),
    )

    def __init__(self, *args, draft: QuoteDraft, **kwargs) -> None:
        super().__init__(*args, initial={name: getattr(draft, name) for name in self.base_fields}, **kwargs)
        self.draft = draft

    def clean(self) -> dict[str, Any]:
        """Nobody is both named and not to be named."""
        cleaned = super().clean()
        if cleaned.get("speaker") and cleaned.get("basis") not in (None, Basis.ON_RECORD):
            self.add_error(
                "speaker", _("Who is not on the record is not named: take the name out, or choose “on the record”.")
            )
        return cleaned

    def changes(self) -> dict[str, Any]:
        """What differs from the draft, for `decisions.accept`."""
        return {name: value for name, value in self.cleaned_data.items() if value != getattr(self.draft, name)}


class ActorChanges(forms.Form):
    """Under which name an actor is tagged, and what kind it is where it is new."""

    name = forms.CharField(label=_("Name"), max_length=100)
    kind = forms.ChoiceField(label=_("Kind, where new"), choices=ActorKind)

    def changes(self) -> dict[str, Any]:
        """For `decisions.accept`."""
        return dict(self.cleaned_data)


class TopicChanges(forms.Form):
    """Under which name a topic is tagged."""

    name = forms.CharField(label=_("Name"), max_length=100)

    def changes(self) -> dict[str, Any]:
        """For `decisions.accept`."""
        return dict(self.cleaned_data)


def changes_form(proposal: Any, draft: QuoteDraft | None, data: Any = None) -> forms.Form:
    """The form for one proposal, with what is proposed filled in; its element ids carry the proposal's."""
    options = {"prefix": f"proposal-{proposal.pk}", "data": data, "label_suffix": ""}
    if proposal.kind == ProposalKind.QUOTE:
        return QuoteChanges(draft=draft, **options)
    names = {"name": proposal.payload["name"], "kind": proposal.payload.get("kind")}
    form = ActorChanges if proposal.kind == ProposalKind.ACTOR else TopicChanges
    return form(initial=names, **options)
