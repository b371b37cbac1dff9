"""What a report is made of: a desk, an actor, a topic, from one month to another."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .narrowing import NarrowForm

BACK = 365  # days that a report shows, where nothing else is asked


class MonthField(forms.DateField):
    """A month, as its first day."""

    widget = forms.DateInput({"type": "month"}, format="%Y-%m")

    def __init__(self, **options: Any) -> None:
        super().__init__(input_formats=["%Y-%m"], required=False, **options)


class ReportForm(NarrowForm):
    """The filters of the report on the mix of sources. What cannot be read counts as not given."""

    page = "admin:report_sources"
    person = None
    first = MonthField(label=_("From"))
    last = MonthField(label=_("To"))

    def __init__(self, data: Any) -> None:
        forms.Form.__init__(self, data, auto_id="narrow-%s", label_suffix="")
        self.is_valid()

    def moments(self) -> tuple[datetime, datetime]:
        """From the first midnight on, and before the last."""
        today = timezone.localdate()
        start = self.value("first") or (today - timedelta(days=BACK)).replace(day=1)
        last = max(self.value("last") or today, start)
        return _midnight(start), _midnight((last.replace(day=1) + timedelta(days=32)).replace(day=1))


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=timezone.get_default_timezone())
