"""The calendar of the newsroom: what is scheduled, planned, due and under embargo, as one list of entries."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet, TextChoices
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import moments, permissions
from .models import Article
from .workflow import BEFORE_PRINT, MoveNotAllowed, Status

MOVED = gettext_lazy("It was moved since you opened the calendar: look again, then decide.")
MOST = 500  # entries of a kind: more than a month of a large newsroom


class Kind(TextChoices):
    """What happens at the moment of an entry."""

    SCHEDULED = "scheduled", gettext_lazy("Goes out")
    PLANNED = "planned", gettext_lazy("Planned")
    DUE = "due", gettext_lazy("Due")
    EMBARGO = "embargo", gettext_lazy("Embargo ends")


@dataclass(frozen=True)
class Entry:
    """One moment of one story, on the newsroom's clock."""

    kind: Kind
    at: datetime
    article: Article


def entries(articles: QuerySet, start: datetime, end: datetime) -> list[Entry]:
    """What happens to these articles from `start` on and before `end`, by time: three queries."""
    found = sorted(
        _entries(articles.select_related("desk"), start, end), key=lambda entry: (entry.at, entry.article.pk)
    )
    return [Entry(entry.kind, timezone.localtime(entry.at), entry.article) for entry in found]


def _entries(articles: QuerySet, start: datetime, end: datetime) -> Iterator[Entry]:
    lean = articles.defer("body", "standfirst", "planning_note", "ed_note")
    for article in lean.to_be_published(start, end)[:MOST]:
        is_scheduled = article.status == Status.SCHEDULED
        yield Entry(Kind.SCHEDULED if is_scheduled else Kind.PLANNED, article.publish_at, article)
    for article in lean.owed(start, end)[:MOST]:
        yield Entry(Kind.DUE, article.due_at, article)
    for article in lean.freed(start, end)[:MOST]:
        yield Entry(Kind.EMBARGO, article.embargoed_until, article)


class Mover:
    """Which entries one person may put on another day: asked of the database once, for any number of them."""

    def __init__(self, user: Any) -> None:
        self.user = user
        self.roles = permissions.roles_of(user)
        self.desks = frozenset(user.desks.values_list("pk", flat=True))

    def may_move(self, entry: Entry) -> bool:
        """By the verb that would do it; an embargo is moved on the writing desk."""
        article = entry.article
        if entry.kind == Kind.EMBARGO or article.status not in BEFORE_PRINT:
            return False
        if entry.kind == Kind.SCHEDULED:
            return self._allows("publish", article)
        if entry.kind == Kind.PLANNED and article.held_from == Status.SCHEDULED:
            return False
        return self._allows("assign", article) or self._allows("edit_draft", article)

    def _allows(self, action: str, article: Article) -> bool:
        is_on_desk = article.desk_id in self.desks
        return permissions.allows(action, self.roles, desk=is_on_desk, **article.relation_to(self.user))


def put_on(day: date, article: Article, kind: str, *, was: datetime, by: Any) -> datetime:
    """Keep the time of day, change the day; returns the new moment. `was` is the moment that the person saw.

    Raises `PermissionDenied`, `MoveNotAllowed`, or `moments.NoSuchTime` and `ComesTwice` where the clocks are changed.
    """
    now = article.due_at if kind == Kind.DUE else article.publish_at
    if now != was or (kind == Kind.SCHEDULED and article.status != Status.SCHEDULED):
        raise MoveNotAllowed([MOVED])
    clock = timezone.localtime(was).time()
    at = moments.moment(datetime.combine(day, clock), timezone.get_default_timezone())
    if kind == Kind.SCHEDULED:
        article.schedule(by=by, publish_at=at, **article.publish_as)
    elif kind == Kind.PLANNED:
        article.replan(by=by, publish_at=at)
    elif at <= timezone.now():
        raise MoveNotAllowed([_("That moment has passed: choose a day in the future.")])
    else:
        article.assign(by=by, due_at=at)
    return timezone.localtime(at)
