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
    CHANGES_ASKED = "changes_asked", _("changes asked")
    APPROVED = "approved", _("approved")
    SCHEDULED = "scheduled", _("scheduled")
    PUBLISHED = "published", _("published")
    ON_HOLD = "on_hold", _("on hold")
    WITHDRAWN = "withdrawn", _("withdrawn")
    KILLED = "killed", _("killed")


_S = Status
WITH_WRITER = (_S.DRAFT, _S.CHANGES_ASKED)
"""The writer has the pen."""
WITH_REVIEWERS = (_S.IN_REVIEW, _S.ON_HOLD)
"""Reviewers read it: to decide, or to settle what it is held for."""
BEFORE_PRINT = (*WITH_WRITER, _S.IN_REVIEW, _S.APPROVED, _S.SCHEDULED, _S.ON_HOLD)
"""A draft of some kind. What readers have is not edited in place: `revise` makes it a draft first."""
EDITABLE = BEFORE_PRINT


@dataclass(frozen=True)
class Reason:
    """What keeps a move from happening now, and what mends it.

    `target` is that of a `preflight.Finding`, or a place of the desk: "review", "holds", "embargo", "schedule".
    """

    sentence: str
    target: str = ""

    def __str__(self) -> str:
        return str(self.sentence)


class MoveNotAllowed(Exception):  # noqa: N818  (reads as the newsroom says it)
    """The move exists and the person may make it, but not now; `reasons` says why, one sentence each."""

    def __init__(self, reasons: Iterable[Reason | str]) -> None:
        self.reasons = list(reasons)
        super().__init__(" ".join(str(reason) for reason in self.reasons))


Guard = Callable[[Any, Any], Iterable[Reason]]


def has_words(article: Any, by: Any) -> Iterable[Reason]:
    """Copy goes to review with a headline and a body."""
    if not article.headline.strip():
        yield Reason(_("Give the story a headline."), "headline")
    if article.word_count() == 0:
        yield Reason(_("The story has no text yet."), "body")


def not_own_work(article: Any, by: Any) -> Iterable[Reason]:
    """Four eyes: whoever wrote it, or stands in its byline, does not decide on it. A newsroom may switch that off."""
    if article.needs_other_eyes() and article.is_work_of(by):
        yield Reason(_("This is your own work: another person has to decide on it."), "reviewer")


def not_approved_twice(article: Any, by: Any) -> Iterable[Reason]:
    """Where a desk wants two approvals, they are of two people."""
    if article.was_approved_by(by):
        yield Reason(_("You have approved it already: the desk wants a second person as well."), "reviewer")


def approval_is_current(article: Any, by: Any) -> Iterable[Reason]:
    """What was approved is what is printed."""
    if not article.approval_is_current():
        yield Reason(_("The copy has changed since it was approved: have it approved again."), "review")


def light_checks_pass(article: Any, by: Any) -> Iterable[Reason]:
    """The lighter set of checks, those that a writer answers before a reviewer's time is spent."""
    return _open_findings(article, "submit")


def checks_pass(article: Any, by: Any) -> Iterable[Reason]:
    """No blocking finding of `preflight` stands open."""
    return _open_findings(article, "")


def _open_findings(article: Any, gate: str) -> Iterable[Reason]:
    for finding in article.blocking_findings(gate):
        yield Reason(f"{finding.code}: {finding.sentence}", finding.target)


def not_embargoed(article: Any, by: Any) -> Iterable[Reason]:
    """R32: nothing goes out under an embargo."""
    if sentence := article.embargo_in_force():
        yield Reason(sentence, "embargo")


def not_held(article: Any, by: Any) -> Iterable[Reason]:
    """R32: nothing moves on while a hold is open."""
    for hold in article.open_holds():
        yield Reason(
            _("On hold (%(kind)s): %(reason)s") % {"kind": hold.get_kind_display(), "reason": hold.reason}, "holds"
        )


def is_held(article: Any, by: Any) -> Iterable[Reason]:
    """Only what is held can be let go."""
    if not article.open_holds():
        yield Reason(_("No hold is open."))


def has_embargo(article: Any, by: Any) -> Iterable[Reason]:
    """Only an embargo that was set can be lifted."""
    if not article.embargoed_until and not article.embargo_condition:
        yield Reason(_("No embargo is set."))


def is_live(article: Any, by: Any) -> Iterable[Reason]:
    """Only what readers can see can be withdrawn from them, or mended before them."""
    if not article.is_live():
        yield Reason(_("Readers cannot see this story."))


def was_never_published(article: Any, by: Any) -> Iterable[Reason]:
    """What readers have had is withdrawn, with a note to them; it is not killed."""
    if article.was_ever_published():
        yield Reason(_("Readers have had this story: withdraw it instead."))


@dataclass(frozen=True)
class Move:
    """One row of the table.

    `target` is None where the move leaves the state as it is, and where it depends on the article (`lift_hold`).
    `action` names the row of `permissions.MATRIX` that says who may; `guards` yield a reason for each thing that
    keeps the move from happening now; `note` says what the required note is for, empty where none is needed; `takes`
    names what else the move is given ("publish_at", "kind", …: the fields of `forms.moves`).
    """

    verb: str
    label: str
    sources: frozenset[Status]
    target: Status | None
    action: str
    guards: tuple[Guard, ...] = ()
    note: str = ""
    takes: tuple[str, ...] = ()
    is_destructive: bool = False


def _move(verb: str, label: str, sources: Iterable[Status], target: Status | None, action: str, *guards, **extra):
    return Move(verb, label, frozenset(sources), target, action, guards, **extra)


MOVES: dict[str, Move] = {
    move.verb: move
    for move in (
        _move("submit", _("Submit for review"), WITH_WRITER, _S.IN_REVIEW, "submit", has_words, light_checks_pass),
        _move("take_back", _("Take back to draft"), [_S.IN_REVIEW], _S.DRAFT, "submit"),
        _move(
            "approve",
            _("Approve"),
            [_S.IN_REVIEW],
            _S.APPROVED,
            "approve",
            *(not_own_work, not_approved_twice, checks_pass),
        ),
        _move(
            "return_to_writer",
            _("Return to writer"),
            [_S.IN_REVIEW, _S.APPROVED],
            _S.CHANGES_ASKED,
            "return",
            not_own_work,
            note=_("What should the writer change?"),
        ),
        _move(
            "publish",
            _("Publish now"),
            [_S.APPROVED, _S.SCHEDULED],
            _S.PUBLISHED,
            "publish",
            *(approval_is_current, not_held, not_embargoed, checks_pass),
            takes=("kind", "wrong", "right"),
        ),
        _move(
            "schedule",
            _("Schedule"),
            [_S.APPROVED, _S.SCHEDULED],
            _S.SCHEDULED,
            "publish",
            *(approval_is_current, not_held, checks_pass),
            takes=("publish_at", "kind", "wrong", "right"),
        ),
        _move("unschedule", _("Take off the schedule"), [_S.SCHEDULED], _S.APPROVED, "publish"),
        _move(
            "set_embargo",
            _("Set an embargo"),
            BEFORE_PRINT,
            None,
            "embargo",
            takes=("embargoed_until", "embargo_condition"),
        ),
        _move(
            "lift_embargo",
            _("Lift the embargo"),
            BEFORE_PRINT,
            None,
            "embargo",
            has_embargo,
            note=_("Who lifted it, or how was its condition met?"),
        ),
        _move(
            "place_hold",
            _("Put on hold"),
            BEFORE_PRINT,
            _S.ON_HOLD,
            "place_hold",
            note=_("What has to be settled first?"),
            takes=("hold_kind",),
        ),
        _move(
            "lift_hold",
            _("Lift the hold"),
            [_S.ON_HOLD, _S.WITHDRAWN, _S.KILLED],
            None,
            "lift_hold",
            *(not_own_work, is_held),
            note=_("How was it settled?"),
            takes=("hold_kind",),
        ),
        _move("revise", _("Write an update"), [_S.PUBLISHED, _S.WITHDRAWN], _S.DRAFT, "edit_published", not_held),
        _move("hotfix", _("Fix the live text"), Status, None, "correct", is_live),
        _move(
            "withdraw",
            _("Withdraw from readers"),
            [*BEFORE_PRINT, _S.PUBLISHED],
            _S.WITHDRAWN,
            "withdraw",
            is_live,
            note=_("Public note: readers see it in place of the story."),
            is_destructive=True,
        ),
        _move(
            "kill",
            _("Kill the story"),
            BEFORE_PRINT,
            _S.KILLED,
            "kill",
            was_never_published,
            note=_("Why will it not be published?"),
            is_destructive=True,
        ),
        _move("revive", _("Take up again"), [_S.KILLED], _S.DRAFT, "kill", not_held),
    )
}


def reasons_against(verb: str, article: Any, by: Any, note: str | None = None) -> list[Reason]:
    """Why `verb` cannot happen now, a sentence each; empty when it can. Says nothing of permission.

    `note=None` asks before a note was written (for a button); a string asks for the move itself.
    """
    move = MOVES[verb]
    if article.status not in move.sources:
        state = Status(article.status).label
        return [Reason(_("Not possible while the story is “%(state)s”.") % {"state": state})]
    reasons = [reason for guard in move.guards for reason in guard(article, by)]
    if move.note and note is not None and not note.strip():
        reasons.append(Reason(str(_("This needs a note.")) + " " + str(move.note)))
    return reasons


def check(verb: str, article: Any, *, by: Any, note: str = "") -> Move:
    """The row for `verb`, or raises `PermissionDenied` (not theirs to do) or `MoveNotAllowed` (not now)."""
    move = MOVES[verb]
    if not article.allows(move.action, by):
        raise PermissionDenied(f"{move.action} is not for this person")
    if reasons := reasons_against(verb, article, by, note):
        raise MoveNotAllowed(reasons)
    return move


NEEDS_SOMETHING = frozenset({has_embargo, is_held, is_live, was_never_published})
"""Guards that ask whether there is anything for the move to act on: a desk need not show its button without."""


def is_idle(move: Move, article: Any, by: Any) -> bool:
    """Whether there is nothing for the move to act on: no embargo to lift, no edition to withdraw."""
    return any(True for guard in move.guards if guard in NEEDS_SOMETHING for _reason in guard(article, by))


def open_moves(article: Any, by: Any) -> list[tuple[Move, list[Reason]]]:
    """The moves that leave this status and that `by` may make, each with what keeps it from happening now."""
    return [
        (move, reasons_against(verb, article, by))
        for verb, move in MOVES.items()
        if article.status in move.sources and article.allows(move.action, by)
    ]
