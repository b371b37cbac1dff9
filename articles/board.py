"""The board: the work in hand as columns by state, and what each person may do with a card."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import permissions, workflow
from .models import Article, Edition
from .models.selections import first_keys
from .workflow import Move, Status

IN_HAND = {
    Status.DRAFT: "drafts",
    Status.CHANGES_ASKED: "returned",
    Status.IN_REVIEW: "awaiting_review",
    Status.APPROVED: "awaiting_publication",
    Status.SCHEDULED: "scheduled",
    Status.ON_HOLD: "held",
    Status.PUBLISHED: "out",
}
"""The columns, and how their stories are asked for, in order."""
CLOSED = {Status.WITHDRAWN: "withdrawn", Status.KILLED: "killed"}
SHOWN, LATELY = 20, 8  # cards of a column, and of one that is closed or out; the rest is a link away
DECIDED_ON_A_PAGE = ("publish", "withdraw", "kill")
"""Moves that readers see or that end a story: never made by one slip of the hand."""
NEEDS_EVERY_CHECK = ("approve", "publish", "schedule")


@dataclass(frozen=True)
class Choice:
    """A move of one card. `lands` is the column it ends in, `asks` whether it needs a note, a time or a second look.

    `why` is what is known to keep it back, empty where nothing is: the verb itself asks again, and asks more.
    """

    verb: str
    label: str
    lands: str
    asks: bool
    why: str = ""


@dataclass(frozen=True)
class Card:
    """A story on the board, with the moves that this person may make."""

    article: Article
    choices: list[Choice]


@dataclass(frozen=True)
class Column:
    """The stories of one state, the most pressing first."""

    status: Status
    cards: list[Card]
    has_more: bool


def columns(articles: QuerySet, user: Any, *, with_closed: bool = False) -> list[Column]:
    """The board of these articles for `user`: two queries, whatever stands on it."""
    states = IN_HAND | (CLOSED if with_closed else {})
    keys = first_keys([getattr(articles, name)()[: _most(status) + 1] for status, name in states.items()])
    of_state: dict[str, list[Article]] = {status: [] for status in states}
    found = with_relations(Article.objects.filter(pk__in=keys), user).in_bulk()
    for key in keys:
        if key in found:
            of_state[found[key].status].append(found[key])
    return [
        Column(
            status, [Card(each, list(choices(each, user))) for each in rows[: _most(status)]], len(rows) > _most(status)
        )
        for status, rows in of_state.items()
    ]


def _most(status: Status) -> int:
    return SHOWN if status in workflow.BEFORE_PRINT else LATELY


def with_relations(articles: QuerySet, user: Any) -> QuerySet:
    """Articles that know, without another query, what decides which moves are offered."""
    own = OuterRef("pk")
    lean = articles.defer("body", "standfirst", "planning_note", "ed_note")
    return (
        lean.select_related("desk", "writer", "assignee", "reviewer")
        .with_print()
        .annotate(
            has_editions=Exists(Edition.objects.filter(article=own)),
            is_of_desk=Exists(user.desks.filter(pk=OuterRef("desk"))),
        )
    )


def choices(article: Article, user: Any) -> Iterator[Choice]:
    """The moves that leave this state and are open to `user`, for an article of `with_relations`. No query."""
    roles = permissions.roles_of(user)
    relation = article.relation_to(user)
    for verb, move in workflow.MOVES.items():
        if article.status not in move.sources or not _has_anything_to_do(verb, article):
            continue
        if permissions.allows(move.action, roles, desk=article.is_of_desk, **relation):
            yield Choice(verb, str(move.label), _lands(move, article), _asks(move, article), _why(verb, article, user))


def _has_anything_to_do(verb: str, article: Article) -> bool:
    """`workflow.is_idle` from what a card knows; a hold on what is closed is lifted on its own page."""
    if verb in ("withdraw", "hotfix"):
        return article.is_in_print
    if verb == "kill":
        return not article.has_editions
    if verb == "lift_embargo":
        return bool(article.embargoed_until or article.embargo_condition)
    return verb != "lift_hold" or article.status == Status.ON_HOLD


def _lands(move: Move, article: Article) -> str:
    """The column where the card ends up; empty where it stays."""
    target = move.target or (article.held_from if move.verb == "lift_hold" else "")
    return "" if target == article.status else str(target)


def _asks(move: Move, article: Article) -> bool:
    if move.note or move.verb in DECIDED_ON_A_PAGE:
        return True
    return bool(set(move.takes) - {"kind", "wrong", "right"}) or (bool(move.takes) and article.has_editions)


def _why(verb: str, article: Article, user: Any) -> str:
    if verb in NEEDS_EVERY_CHECK and article.blockers:
        n = article.blockers
        return ngettext("%(n)d check fails.", "%(n)d checks fail.", n) % {"n": n}
    if verb == "approve" and article.needs_other_eyes() and article.is_own(user):
        return _("Your own work: another person decides on it.")
    if verb == "publish":
        return article.embargo_in_force()
    return ""
