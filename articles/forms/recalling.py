"""Why a source is unreliable."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class RecallForm(forms.Form):
    """A reason, which the desk reads with every story that rests on it."""

    reason = forms.CharField(
        label=_("Why is it unreliable?"), max_length=1000, widget=forms.Textarea({"rows": 3}), strip=True
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
