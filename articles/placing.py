"""Which stories somebody may place on a front or take into a running story, and what they see of those already there.

A story of another desk that is not in print is not among them: who arranges learns that something stands there only.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import and_
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from . import desk_search
from .models import Article, Desk, Story
from .workflow import Status

IN_PRINT, COMING = 40, 20  # stories that are offered
LOOKED_THROUGH = 2000  # of those in print, by a search
WORDS = 8


@dataclass(frozen=True)
class Candidate:
    """A story as it is offered: `at` is when readers get or got it, None where nobody knows."""

    pk: int
    title: str
    state: str
    section: str = ""
    at: datetime | None = None
    is_in_print: bool = False


def offered(user: Any, *, desk: Desk | None = None, text: str = "") -> list[Candidate]:
    """The stories to choose from: those on their way to print, the next one first, then the newest in print."""
    return [*_coming(user, desk, text), *_in_print(desk, text)]


def known(user: Any, articles: Iterable[int]) -> dict[int, Candidate]:
    """Those of the stories that `user` may know of."""
    wanted = set(articles)
    found = {each.pk: _printed(each) for each in _rows(Story.objects.published().filter(pk__in=wanted))}
    waiting = Article.objects.visible_to(user).filter(pk__in=wanted - set(found)).select_related("desk")
    return found | {article.pk: _waiting(article) for article in waiting}


def _coming(user: Any, desk: Desk | None, text: str) -> list[Candidate]:
    rows = Article.objects.visible_to(user).before_print().with_print().filter(is_in_print=False)
    if desk is not None and not text.strip():
        rows = rows.filter(desk=desk)
    rows = desk_search.matching(rows, text).defer("body").select_related("desk").order_by("-changed_at", "-id")
    ready = {Status.SCHEDULED: 0, Status.APPROVED: 1}
    return sorted(map(_waiting, rows[:COMING]), key=lambda each: (ready.get(each.state, 2), not each.at, each.at or 0))


def _in_print(desk: Desk | None, text: str) -> list[Candidate]:
    rows, words = Story.objects.published(), text.replace("\x00", " ").split()[:WORDS]
    if words:
        newest = Story.objects.published().values("pk")[:LOOKED_THROUGH]
        rows = rows.filter(pk__in=list(newest.values_list("pk", flat=True)))
        rows = rows.filter(reduce(and_, (Q(headline__icontains=word) for word in words)))
    elif desk is not None:
        rows = rows.filter(section_slug=desk.slug)
    return [_printed(story) for story in _rows(rows)[:IN_PRINT]]


def _rows(stories: Any) -> Any:
    return stories.only("headline", "section", "published_at")


def _printed(story: Story) -> Candidate:
    section = story.section["name"] if story.section else ""
    return Candidate(story.pk, story.headline, _("in print"), section, story.published_at, is_in_print=True)


def _waiting(article: Article) -> Candidate:
    section = article.desk.name if article.desk else ""
    at = article.publish_at if article.status == Status.SCHEDULED else None
    return Candidate(article.pk, str(article), article.get_status_display(), section, at)
