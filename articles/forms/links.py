"""Preview links: how the desk makes one, and what a guest who opens it may fill in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models.links import DAYS, MOST_DAYS
from ..models.revisions import Revision

FOLLOW = ""


class ShareForm(forms.Form):
    """A new link to the preview of `article`."""

    label = forms.CharField(
        label=_("For whom"), max_length=120, required=False, help_text=_("“Legal, Marsh & Co”. The guest sees it too.")
    )
    revision = forms.ModelChoiceField(
        label=_("Shows"),
        queryset=Revision.objects.none(),
        required=False,
        empty_label=_("the draft, as it changes"),
    )
    days = forms.IntegerField(
        label=_("Days it lasts"),
        initial=DAYS,
        min_value=1,
        max_value=MOST_DAYS,
        help_text=_("At most %(days)d.") % {"days": MOST_DAYS},
    )
    passphrase = forms.CharField(
        label=_("Passphrase"),
        max_length=120,
        min_length=6,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Optional. Tell it by another way than the link."),
    )
    may_comment = forms.BooleanField(label=_("The guest may comment"), required=False)

    def __init__(self, *args, article, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["revision"].queryset = article.revisions.defer("document")

    def wanted(self) -> dict:
        """The arguments of `ShareLink.objects.make`."""
        return {name: self.cleaned_data[name] for name in ("label", "revision", "days", "passphrase", "may_comment")}


class PassphraseForm(forms.Form):
    """What opens a link that has one."""

    passphrase = forms.CharField(
        label=_("Passphrase"), max_length=120, strip=True, widget=forms.PasswordInput(attrs={"autocomplete": "off"})
    )


class GuestNoteForm(forms.Form):
    """A note by somebody without an account."""

    name = forms.CharField(label=_("Your name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    words = forms.CharField(
        label=_("The words you mean"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Copied from the story; leave it empty for a note on the whole."),
    )
    text = forms.CharField(label=_("Your note"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))
