"""What is asked when an identity is sealed, revealed, granted or deleted."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..models.people import offered, who_decide, who_write
from .narrowing import PersonChoice


class _Labelled(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})


class SealForm(_Labelled):
    """Who it is, how to reach them, and until when that is kept."""

    name = forms.CharField(label=_("Name"), max_length=200, widget=forms.TextInput({"autocomplete": "off"}))
    contact = forms.CharField(
        label=_("How to reach them"),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 2, "autocomplete": "off"}),
    )
    keep_until = forms.DateField(
        label=_("Delete it after"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Empty: it is kept until you delete it."),
    )

    def clean_keep_until(self) -> Any:
        """In the future."""
        day = self.cleaned_data["keep_until"]
        if day and day < timezone.localdate():
            raise forms.ValidationError(_("That day has passed: give one in the future."))
        return day


class RevealForm(_Labelled):
    """Why, and that it is still the same person at the keyboard."""

    reason = forms.CharField(label=_("Why do you have to know?"), max_length=500, widget=forms.Textarea({"rows": 2}))
    password = forms.CharField(
        label=_("Your password"), widget=forms.PasswordInput({"autocomplete": "current-password"})
    )

    def __init__(self, *args: Any, is_fresh: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_fresh:
            del self.fields["password"]


class GrantForm(_Labelled):
    """Whom to let in."""

    person = PersonChoice(None, label=_("Let in"), empty_label=_("choose a colleague"))
    reason = forms.CharField(label=_("What for?"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = offered(who_write() | who_decide())


class PurgeForm(_Labelled):
    """Why it goes."""

    reason = forms.CharField(label=_("Why is it deleted?"), max_length=300)
