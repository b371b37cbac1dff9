"""The live text of a story, to mend a typo in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .editor import BodyField

TEXTS = ("headline", "standfirst", "body")


class HotfixForm(forms.Form):
    """What readers have, and a word for the log. `seen_edition` is the edition whose text the person mends."""

    headline = forms.CharField(
        label=_("Headline"), max_length=300, widget=forms.Textarea(attrs={"rows": 2, "class": "desk-headline"})
    )
    standfirst = forms.CharField(
        label=_("Standfirst"), widget=forms.Textarea(attrs={"rows": 3, "class": "desk-standfirst"})
    )
    body = BodyField(label=_("Body"))
    note = forms.CharField(
        label=_("Note for the log"),
        max_length=200,
        required=False,
        help_text=_("Who found it, if you like. Readers do not see it."),
    )
    seen_edition = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})

    def clean_headline(self) -> str:
        """One line, whatever was pasted."""
        return " ".join(self.cleaned_data["headline"].split())

    def texts(self) -> dict[str, Any]:
        """What readers are to have."""
        return {name: self.cleaned_data[name] for name in TEXTS}
