"""Bringing copy in through the browser: files, or text pasted in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Desk

MAX_FILES = 50


class ManyFilesInput(forms.ClearableFileInput):
    """A file input that takes several."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """A list of uploads; empty ones are kept, so that the import can say which file is empty."""

    widget = ManyFilesInput

    def clean(self, data, initial=None):
        """Every upload by itself; no more than MAX_FILES."""
        uploads = data if isinstance(data, (list, tuple)) else [data] if data else []
        if len(uploads) > MAX_FILES:
            raise forms.ValidationError(_("At most %(n)d files at a time.") % {"n": MAX_FILES})
        return list(uploads)


class ImportForm(forms.Form):
    """Files or pasted text, and the desk the drafts go to."""

    files = ManyFilesField(
        label=_("Files"),
        required=False,
        widget=ManyFilesInput(attrs={"accept": ".txt,.text,text/plain"}),
        help_text=_("Plain text, one story a file: UTF-8, UTF-16 or Windows-1252."),
    )
    text = forms.CharField(
        label=_("Or paste the copy"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14, "class": "import-text"}),
        help_text=_("The headline on the first line."),
    )
    desk = forms.ModelChoiceField(
        Desk.objects.all(), label=_("Desk"), required=False, empty_label=_("As the copy says, or mine")
    )

    def clean(self) -> dict:
        """Something has to come in."""
        cleaned = super().clean()
        if not cleaned.get("files") and not (cleaned.get("text") or "").strip() and not self.errors:
            raise forms.ValidationError(_("Choose a file, or paste the copy."), code="nothing")
        return cleaned
