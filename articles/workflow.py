"""The states of an article and the one table of moves between them.

Pure: no models, no HTTP. `article` and `by` are read by duck typing, so that buttons, bulk actions, commands and the
tests that walk the table all ask the same functions.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Status(TextChoices):
    """Where a working copy stands. Whether readers see a story is another matter: they read its last edition."""

    DRAFT = "draft", _("draft")
    IN_REVIEW = "in_review", _("in review")
    APPROVED = "approved", _("approved")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


class MoveNotAllowed(Exception):  # noqa: N818  (reads as the newsroom says it)
    """The move exists and the person may make it, but not now; `reasons` says why, one sentence each."""

    def __init__(self, reasons: Iterable[str]) -> None:
        self.reasons = list(reasons)
        super().__init__(" ".join(str(reason) for reason in self.reasons))


Guard = Callable[[Any, Any], Iterable[str]]


def has_words(article: Any, by: Any) -> Iterable[str]:
    """Copy goes to review with a headline and a body."""
    if not article.headline.strip():
        yield _("Give the story a headline.")
    if article.word_count() == 0:
        yield _("The story has no text yet.")


def not_own_work(article: Any, by: Any) -> Iterable[str]:
    """Four eyes: whoever wrote it, or stands in its byline, does not approve it."""
    if article.is_work_of(by):
        yield _("This is your own work: another person has to approve it.")


def approval_is_current(article: Any, by: Any) -> Iterable[str]:
    """What was approved is what is printed."""
    if not article.approval_is_current():
        yield _("The copy has changed since it was approved: have it approved again.")


def checks_pass(article: Any, by: Any) -> Iterable[str]:
    """No blocking finding of `preflight` stands open."""
    for finding in article.blocking_findings():
        yield f"{finding.code}: {finding.sentence}"


def is_live(article: Any, by: Any) -> Iterable[str]:
    """Only what readers can see can be withdrawn from them."""
    if not article.is_live():
        yield _("Readers cannot see this story: there is nothing to withdraw.")


@dataclass(frozen=True)
class Move:
    """One row of the table.

    `action` names the row of `permissions.MATRIX` that says who may; `guards` yield a sentence for each thing that
    keeps the move from happening now; `note` says what the required note is for, empty where none is needed.
    """

    verb: str
    label: str
    sources: frozenset[Status]
    target: Status
    action: str
    guards: tuple[Guard, ...] = ()
    note: str = ""
    is_destructive: bool = False


def _move(verb: str, label: str, sources: Iterable[Status], target: Status, action: str, *guards, **extra) -> Move:
    return Move(verb, label, frozenset(sources), target, action, guards, **extra)


_S = Status
MOVES: dict[str, Move] = {
    move.verb: move
    for move in (
        _move("submit", _("Submit for review"), [_S.DRAFT], _S.IN_REVIEW, "submit", has_words),
        _move("take_back", _("Take back to draft"), [_S.IN_REVIEW], _S.DRAFT, "submit"),
        _move("approve", _("Approve"), [_S.IN_REVIEW], _S.APPROVED, "approve", not_own_work),
        _move(
            "return_to_writer",
            _("Return to writer"),
            [_S.IN_REVIEW, _S.APPROVED],
            _S.DRAFT,
            "return",
            not_own_work,
            note=_("What should the writer change?"),
        ),
        _move("publish", _("Publish"), [_S.APPROVED], _S.PUBLISHED, "publish", approval_is_current, checks_pass),
        _move("revise", _("Write an update"), [_S.PUBLISHED, _S.WITHDRAWN], _S.DRAFT, "edit_published"),
        _move(
            "withdraw",
            _("Withdraw from readers"),
            [_S.DRAFT, _S.IN_REVIEW, _S.APPROVED, _S.PUBLISHED],
            _S.WITHDRAWN,
            "withdraw",
            is_live,
            note=_("Public note: readers see it in place of the story."),
            is_destructive=True,
        ),
    )
}


def reasons_against(verb: str, article: Any, by: Any, note: str | None = None) -> list[str]:
    """Why `verb` cannot happen now, a sentence each; empty when it can. Says nothing of permission.

    `note=None` asks before a note was written (for a button); a string asks for the move itself.
    """
    move = MOVES[verb]
    if article.status not in move.sources:
        state = Status(article.status).label
        return [_("Not possible while the story is “%(state)s”.") % {"state": state}]
    reasons = [str(reason) for guard in move.guards for reason in guard(article, by)]
    if move.note and note is not None and not note.strip():
        reasons.append(str(_("This needs a note.")) + " " + str(move.note))
    return reasons


def check(verb: str, article: Any, *, by: Any, note: str = "") -> Move:
    """The row for `verb`, or raises `PermissionDenied` (not theirs to do) or `MoveNotAllowed` (not now)."""
    move = MOVES[verb]
    if not article.allows(move.action, by):
        raise PermissionDenied(f"{move.action} is not for this person")
    if reasons := reasons_against(verb, article, by, note):
        raise MoveNotAllowed(reasons)
    return move


def open_moves(article: Any, by: Any) -> list[tuple[Move, list[str]]]:
    """The moves that leave this status and that `by` may make, each with what keeps it from happening now."""
    return [
        (move, reasons_against(verb, article, by))
        for verb, move in MOVES.items()
        if article.status in move.sources and article.allows(move.action, by)
    ]
