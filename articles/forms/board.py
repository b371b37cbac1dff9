"""What the board shows."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .narrowing import NarrowForm


class BoardForm(NarrowForm):
    """Narrowed to what, and whether closed stories stand on it too."""

    page = "admin:board"
    closed = forms.BooleanField(label=_("Withdrawn and killed too"), required=False)
