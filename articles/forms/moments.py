"""A day and a time on the newsroom's clock, as a field."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import moments

FORMAT = "%Y-%m-%dT%H:%M"


class MomentField(forms.CharField):
    """Gives an aware moment, or None. `which` ("first", "second") is meant of a time that comes twice; "" asks.

    It asks by an error of the code "twice", whose parameters hold the choices.
    """

    def __init__(self, *, which: str = "", **kwargs: Any) -> None:
        self.which = which
        widget = forms.DateTimeInput({"type": "datetime-local", "step": 60}, format=FORMAT)
        super().__init__(widget=widget, required=False, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """On the newsroom's clock."""
        return timezone.localtime(value).strftime(FORMAT) if isinstance(value, datetime) else value

    def clean(self, value: Any) -> datetime | None:
        """Raises `ValidationError` for what is no moment."""
        words = super().clean(value)
        if not words:
            return None
        try:
            return moments.moment(datetime.fromisoformat(words), ZoneInfo(settings.TIME_ZONE), self.which)
        except moments.ComesTwice as twice:
            choices = [("first", twice.first.tzname()), ("second", twice.second.tzname())]
            raise ValidationError(str(twice), code="twice", params={"choices": choices}) from None
        except moments.NoSuchTime as none:
            raise ValidationError(str(none)) from None
        except (ValueError, OverflowError):
            raise ValidationError(_("That is no day and time: give it as 2026-11-24T18:30.")) from None
