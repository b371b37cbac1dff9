"""What the list of stories is narrowed to."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..models.copy import Genre
from ..workflow import Status
from .narrowing import NarrowForm

DUE = [("overdue", _("overdue")), ("today", _("today")), ("week", _("within seven days"))]


class ListForm(NarrowForm):
    """With the state, the genre and when it is due; checks that fail are a filter too."""

    page = "admin:articles_article_changelist"
    status = forms.ChoiceField(label=_("State"), choices=[("", _("every state")), *Status.choices], required=False)
    genre = forms.ChoiceField(label=_("Genre"), choices=[("", _("every genre")), *Genre.choices], required=False)
    due = forms.ChoiceField(label=_("Due"), choices=[("", _("any time")), *DUE], required=False)
    failing = forms.BooleanField(label=_("Checks fail"), required=False)
    field_order = ["status", "desk", "person", "due", "topic", "actor", "genre", "failing"]

    def narrow(self, articles: QuerySet) -> QuerySet:
        """All of it."""
        articles = super().narrow(articles)
        for name in ("status", "genre"):
            if value := self.value(name):
                articles = articles.filter(**{name: value})
        if due := self.value("due"):
            articles = articles.before_print().filter(due_at__isnull=False, **self._due(due, timezone.localtime()))
        return articles.failing_checks() if self.value("failing") else articles

    def _due(self, due: str, now: datetime) -> dict[str, Any]:
        if due == "overdue":
            return {"due_at__lt": now}
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        return {"due_at__gte": midnight, "due_at__lt": midnight + timedelta(days=1 if due == "today" else 7)}

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is left out."""
        return any(self.value(name) for name in self.fields)
