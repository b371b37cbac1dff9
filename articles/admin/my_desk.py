"""“My desk”, the front of the admin: one list a question, each with what to say where it is empty."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import permissions
from ..models import Article
from ..workflow import Status

SHOWN = 10  # rows of each list; the rest is a link away


@dataclass(frozen=True)
class DeskList:
    """One list: `rows` of {article, is_overdue, goes_out, ends}, `query` of the list that shows them all."""

    name: str
    title: str
    empty: str
    rows: list[dict[str, Any]] = field(default_factory=list)
    has_more: bool = False
    query: str = ""


def desk_lists(user: Any) -> list[DeskList]:
    """What waits for `user`, in the order in which it should be looked at. One query a list."""
    return list(_lists(user, permissions.roles_of(user)))


def _lists(user: Any, roles: frozenset) -> Iterator[DeskList]:
    visible = Article.objects.visible_to(user).select_related("desk", "writer")
    if permissions.scopes(roles, "create_draft"):
        yield from _of_a_writer(visible.written_by(user))
    if permissions.scopes(roles, "approve"):
        mine_to_read = visible.awaiting_review().filter(Q(reviewer=user) | Q(reviewer=None)).not_work_of(user)
        urgent = mine_to_read.order_by(F("due_at").asc(nulls_last=True), "priority", "changed_at")
        empty = _("Nothing waits for a second pair of eyes. Stories appear here when a writer submits them.")
        yield _list("review", _("Waiting for me"), urgent, empty, "status=in_review")
    if permissions.scopes(roles, "publish"):
        empty = _("Nothing is approved and unpublished. Stories appear here when a reviewer approves them.")
        approved = visible.awaiting_publication()
        yield _list("approved", _("Approved, waiting to go out"), approved, empty, "status=approved")
    if permissions.scopes(roles, "correct"):
        proposed = visible.with_proposals()
        empty = _(
            "Nobody proposes a correction. What colleagues propose on the review page of a live story stands here."
        )
        yield _list("proposed", _("Corrections proposed"), proposed, empty)
    if permissions.scopes(roles, "approve"):
        empty = _("No picture of a story has terms that end within two weeks.")
        yield _list("terms", _("Pictures whose terms end"), visible.with_ending_pictures(), empty)
    if permissions.scopes(roles, "read_draft"):
        yield from _of_everybody(visible)


def _of_a_writer(own: Any) -> Iterator[DeskList]:
    yield _list(
        "returned",
        _("Returned to me"),
        own.returned(),
        _("Nothing has come back to you."),
        "status=changes_asked",
    )
    drafts = own.drafts().order_by(F("due_at").asc(nulls_last=True), "-changed_at")
    yield _list(
        "mine",
        _("My drafts"),
        drafts,
        _("No draft of yours is open. Start one with “New story”."),
        "status=draft",
    )
    yield _list(
        "submitted",
        _("Mine, with the reviewers"),
        own.awaiting_review(),
        _("Nothing of yours is in review."),
        "status=in_review",
    )


def _of_everybody(visible: Any) -> Iterator[DeskList]:
    yield _list(
        "scheduled",
        _("Goes out next"),
        visible.scheduled(),
        _("Nothing is on the schedule."),
        "status=scheduled",
    )
    yield _list("held", _("On hold"), visible.held(), _("Nothing is on hold."), "status=on_hold")
    failing = visible.failing_checks().exclude(status=Status.DRAFT).order_by("-changed_at", "-id")
    yield _list("failing", _("Submitted, with checks that fail"), failing, _("Every check passes."), "failing=on")
    yield _list("out", _("Published lately"), visible.out(), _("Nothing has been published yet."), "status=published")


def _list(name: str, title: str, articles: Any, empty: str, query: str = "") -> DeskList:
    found, now = list(articles[: SHOWN + 1]), timezone.now()
    rows = [
        {
            "article": article,
            "is_overdue": bool(article.due_at and article.due_at < now and article.is_editable()),
            "goes_out": article.publish_at if article.status == Status.SCHEDULED else None,
            "ends": getattr(article, "ends", None),
        }
        for article in found[:SHOWN]
    ]
    return DeskList(name, title, empty, rows, len(found) > SHOWN, query)
