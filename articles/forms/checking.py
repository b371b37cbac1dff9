"""What a quote is held against, and what comes of it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Article, Evidence
from ..models.quotes import Verification

MOST = 2_000_000  # characters of a pasted transcript


class EvidenceForm(forms.ModelForm):
    """A transcript, a page of a document, a place in a recording: pasted, or where it is to be found."""

    url = forms.URLField(
        label=_("Address"), max_length=500, required=False, assume_scheme="https", widget=forms.URLInput
    )

    class Meta:
        model = Evidence
        fields = ("kind", "title", "text", "url", "locator")
        widgets = {"text": forms.Textarea({"rows": 8})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", "auto_id": "evidence-%s", **kwargs})
        self.fields["text"].max_length = MOST

    def clean_text(self) -> str:
        """Not a whole archive."""
        text = self.cleaned_data["text"].replace("\x00", "")
        if len(text) > MOST:
            raise forms.ValidationError(_("That is too long: paste the passage and what stands around it."))
        return text

    def clean(self) -> dict[str, Any]:
        """Something to hold the words against."""
        cleaned = super().clean()
        if not any((cleaned.get(name) or "").strip() for name in ("text", "url", "locator")):
            raise forms.ValidationError(_("Paste the words, or say where they are: an address, a page, a time."))
        return cleaned


class ChooseForm(forms.Form):
    """Evidence that the story has already."""

    evidence = forms.ModelChoiceField(Evidence.objects.none(), label=_("Evidence of this story"), empty_label=None)

    def __init__(self, *args: Any, article: Article, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.fields["evidence"].queryset = Evidence.objects.filter(article=article).defer("text")


class CheckForm(forms.Form):
    """What a person says of the words, having held them against the evidence."""

    state = forms.ChoiceField(label=_("The words are"), choices=Verification.choices, widget=forms.RadioSelect)
    method = forms.CharField(
        label=_("How was it checked?"), max_length=200, required=False, help_text=_("“against the recording”")
    )

    def clean(self) -> dict[str, Any]:
        """A check says how."""
        cleaned = super().clean()
        if cleaned.get("state") == Verification.VERIFIED and not (cleaned.get("method") or "").strip():
            self.add_error("method", _("Say how: against the recording, the document, the message."))
        return cleaned
