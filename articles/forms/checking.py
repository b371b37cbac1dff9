"""What a quote is held against, and what comes of it."""

import re
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from .. import text
from ..models import Article, Evidence, Quote
from ..models.quotes import Verification

MEGABYTE = 1024 * 1024
MOST = 2_000_000  # characters of a pasted transcript
TIMED = (".vtt", ".srt")
TIMINGS = re.compile(r"^(?:WEBVTT.*|\d+|.*-->.*)\r?\n", re.M)  # numbers and times between the lines of a subtitle file
READABLE = (".txt", ".md", ".vtt", ".srt", ".csv")  # files whose words are read


class EvidenceForm(forms.ModelForm):
    """A transcript, a page of a document, a place in a recording: pasted, or where it is to be found."""

    url = forms.URLField(
        label=_("Address"), max_length=500, required=False, assume_scheme="https", widget=forms.URLInput
    )

    class Meta:
        model = Evidence
        fields = ("kind", "title", "text", "file", "url", "locator", "is_public")
        widgets = {"text": forms.Textarea({"rows": 8, "dir": "auto"}), "file": forms.FileInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", "auto_id": "evidence-%s", **kwargs})
        most = settings.NEWSROOM_UPLOAD_MEGABYTES
        too_large = _("That file is larger than %(most)d MB: keep it where it is, and give its address.") % {
            "most": most
        }
        self.fields["file"].widget.attrs |= {"data-most-bytes": most * MEGABYTE, "data-too-large": too_large}
        self.fields["file"].help_text = _(
            "A text is read from it; anything else is kept as it is. %(most)d MB at most."
        ) % {"most": most}

    def clean_text(self) -> str:
        """Not a whole archive."""
        words = self.cleaned_data["text"].replace("\x00", "")
        if len(words) > MOST:
            raise forms.ValidationError(_("That is too long: paste the passage and what stands around it."))
        return words

    def clean_file(self) -> Any:
        """Neither empty nor larger than the newsroom keeps."""
        file = self.cleaned_data["file"]
        if file and file.size > settings.NEWSROOM_UPLOAD_MEGABYTES * MEGABYTE:
            raise forms.ValidationError(self.fields["file"].widget.attrs["data-too-large"])
        return file

    def clean(self) -> dict[str, Any]:
        """Something to hold the words against; those of a text file, where none were pasted."""
        cleaned = super().clean()
        file = cleaned.get("file")
        if file and not (cleaned.get("text") or "").strip() and file.name.lower().endswith(READABLE):
            cleaned["text"] = self._read(file)
        if not file and not any((cleaned.get(name) or "").strip() for name in ("text", "url", "locator")):
            raise forms.ValidationError(_("Paste the words, add the file, or say where they are: an address, a page."))
        return cleaned

    def _read(self, file: Any) -> str:
        """Its words, however they are encoded."""
        try:
            words, _encoding = text.decode(file.read(), file.name)
        except text.UnreadableCopy as unreadable:
            self.add_error("file", str(unreadable))
            return ""
        finally:
            file.seek(0)
        return TIMINGS.sub("", words)[:MOST] if file.name.lower().endswith(TIMED) else words[:MOST]


class ChooseForm(forms.Form):
    """Evidence that the story has already."""

    evidence = forms.ModelChoiceField(Evidence.objects.none(), label=_("Evidence of this story"), empty_label=None)

    def __init__(self, *args: Any, article: Article, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.fields["evidence"].queryset = Evidence.objects.filter(article=article).defer("text")


class CheckForm(forms.Form):
    """What a person says of the words, having held them against the evidence."""

    state = forms.ChoiceField(label=_("The words are"), choices=Verification.choices, widget=forms.RadioSelect)
    what = forms.CharField(max_length=64, widget=forms.HiddenInput)
    method = forms.CharField(
        label=_("How was it checked?"), max_length=200, required=False, help_text=_("“against the recording”")
    )

    def __init__(self, *args: Any, quote: Quote, **kwargs: Any) -> None:
        """`what` is the words and the evidence that were looked at: a check is of those and of no others."""
        state = {"state": quote.verification, "method": quote.verification_method}
        super().__init__(*args, initial={**state, "what": quote.checked_things()}, label_suffix="", **kwargs)
        self.quote = quote

    def clean(self) -> dict[str, Any]:
        """A check says how, and of what."""
        cleaned = super().clean()
        if cleaned.get("state") == Verification.VERIFIED and not (cleaned.get("method") or "").strip():
            self.add_error("method", _("Say how: against the recording, the document, the message."))
        if cleaned.get("what") != self.quote.checked_things():
            self.data = self.data.copy()
            self.data["what"] = self.quote.checked_things()
            raise forms.ValidationError(
                _("The words or the evidence were changed since you opened this page. Look again, then say.")
            )
        return cleaned
