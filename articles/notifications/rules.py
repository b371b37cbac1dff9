"""The table of notices: what happened → which kind of notice, to whom, in which words."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .. import channels
from ..models import Article, Comment, Event
from ..models.notices import NoticeKind
from ..models.people import in_group, on_desk
from ..permissions import Role
from ..workflow import Status

_K = NoticeKind


@dataclass(frozen=True)
class Happening:
    """What the rules look at: the event, the story as it stands now, and the note where it is about one."""

    event: Event
    article: Article
    comment: Comment | None = None


Recipients = Callable[[Happening], Q]
Condition = Callable[[Happening], bool]

# --- to whom --------------------------------------------------------------------------------------------------------


def authors(what: Happening) -> Q:
    """Who writes it: writer and assignee."""
    return these(what.article.writer_id, what.article.assignee_id)


def assignee(what: Happening) -> Q:
    """Who was given it to write."""
    return these(what.article.assignee_id or what.article.writer_id)


def reviewer(what: Happening) -> Q:
    """Who was asked to review it."""
    return these(what.article.reviewer_id)


def reviewers(what: Happening) -> Q:
    """The reviewer; where none is asked, or the one asked lost the role, all reviewers and the editors of the desk."""
    if what.article.has_fitting_reviewer():
        return reviewer(what)
    return (in_group(Role.REVIEWER) | in_group(Role.EDITOR) & on_desk(what.article.desk_id)) & ~authors(what)


def publishers(what: Happening) -> Q:
    """All of them."""
    return in_group(Role.PUBLISHER)


def actor(what: Happening) -> Q:
    """In whose name it happened."""
    return these(what.event.by_id)


def mentioned(what: Happening) -> Q:
    """Whom the note calls by name."""
    return Q(pk__in=what.comment.mentions.values("pk")) if what.comment else these()


def note_author(what: Happening) -> Q:
    """Who wrote the note, and who began its thread."""
    if what.comment is None:
        return these()
    return these(what.comment.author_id, what.comment.thread and what.comment.thread.author_id)


def these(*keys: int | None) -> Q:
    """The people with these keys; None is nobody."""
    return Q(pk__in=[key for key in keys if key])


# --- on what condition ----------------------------------------------------------------------------------------------


def always(what: Happening) -> bool:
    """Every time."""
    return True


def gives(*names: str) -> Condition:
    """Where the event changed one of these fields to something."""
    return lambda what: any(what.event.details.get(name, [None, None])[1] is not None for name in names)


def by_the_clock(what: Happening) -> bool:
    """Where the release of what is due did it."""
    return what.event.channel == channels.RELEASE


def by_a_person(what: Happening) -> bool:
    """Where somebody did it themselves."""
    return not by_the_clock(what)


def leaves_schedule(what: Happening) -> bool:
    """Where it was to be published by itself, and now is not."""
    return what.event.before == Status.SCHEDULED != what.event.after


# --- the table ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Rule:
    """One line of the table: a kind of notice, the people, and the sentence with `%(who)s` did it."""

    kind: NoticeKind
    to: tuple[Recipients, ...]
    sentence: Any
    when: Condition = always
    spares_actor: bool = True


_submitted = Rule(_K.REVIEW, (reviewers,), _("%(who)s submitted it for review."))
_mention = Rule(_K.MENTION, (mentioned,), _("%(who)s mentioned you in a note."))
_settled = (authors, note_author)
_of_hold = (authors, reviewer, publishers)

RULES: dict[str, tuple[Rule, ...]] = {
    # verb of the event → notices; the first that reaches a person is theirs
    "assign": (
        Rule(_K.ASSIGNED, (assignee,), _("%(who)s assigned it to you."), gives("assignee")),
        Rule(_K.REVIEW, (reviewer,), _("%(who)s asks you to review it."), gives("reviewer")),
        Rule(_K.ASSIGNED, (assignee,), _("%(who)s set when it is due."), gives("due_at")),
    ),
    "hand_over": (Rule(_K.REVIEW, (reviewer,), _("%(who)s handed its review over to you.")),),
    "release_claim": (
        Rule(
            _K.REVIEW,
            (reviewers,),
            _("%(who)s gave its review back."),
            lambda what: what.article.status == Status.IN_REVIEW,
        ),
    ),
    "submit": (_submitted,),
    "approval_lapsed": (
        Rule(_K.RELEASE_FAILED, (publishers,), _("%(who)s changed it: it is off the schedule."), leaves_schedule),
        Rule(_K.REVIEW, (reviewers,), _("%(who)s changed it after it was approved: it waits for review again.")),
    ),
    "return_to_writer": (Rule(_K.RETURNED, (authors,), _("%(who)s returned it to you.")),),
    "approve": (Rule(_K.DECIDED, (authors,), _("%(who)s approved it.")),),
    "schedule": (Rule(_K.DECIDED, (authors,), _("%(who)s scheduled it.")),),
    "unschedule": (Rule(_K.DECIDED, (authors,), _("%(who)s took it off the schedule.")),),
    "publish": (
        Rule(_K.DECIDED, (authors,), _("It was published as scheduled."), by_the_clock),
        Rule(_K.DECIDED, (authors,), _("%(who)s published it."), by_a_person),
    ),
    "hotfix": (Rule(_K.DECIDED, (authors,), _("%(who)s fixed the live text.")),),
    "withdraw": (Rule(_K.DECIDED, (authors,), _("%(who)s withdrew it from readers.")),),
    "kill": (Rule(_K.DECIDED, (authors,), _("%(who)s killed it: it will not be published.")),),
    "revive": (Rule(_K.DECIDED, (authors,), _("%(who)s took it up again.")),),
    "place_hold": (Rule(_K.HOLD, _of_hold, _("%(who)s put it on hold.")),),
    "lift_hold": (Rule(_K.HOLD, _of_hold, _("%(who)s lifted a hold.")),),
    "release_failed": (
        Rule(
            _K.RELEASE_FAILED,
            (actor, publishers),
            _("It did not go out as scheduled. It is off the schedule until somebody mends it."),
            spares_actor=False,
        ),
    ),
    "rebase": (Rule(_K.REBASED, (authors,), _("%(who)s fixed the live text; your draft took the fix in.")),),
    "comment": (_mention, Rule(_K.COMMENT, _settled, _("%(who)s wrote a note."))),
    "suggest": (_mention, Rule(_K.COMMENT, _settled, _("%(who)s suggested a change."))),
    "accept_suggestion": (Rule(_K.COMMENT, _settled, _("%(who)s accepted a suggested change.")),),
    "reject_suggestion": (Rule(_K.COMMENT, _settled, _("%(who)s rejected a suggested change.")),),
    "resolve": (Rule(_K.COMMENT, (note_author,), _("%(who)s resolved your note.")),),
    "propose_update": (_mention, Rule(_K.PROPOSAL, (publishers,), _("%(who)s proposed an update."))),
    "propose_correction": (_mention, Rule(_K.PROPOSAL, (publishers,), _("%(who)s proposed a correction."))),
    "propose_withdrawal": (_mention, Rule(_K.PROPOSAL, (publishers,), _("%(who)s proposed to withdraw it."))),
}
