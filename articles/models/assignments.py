"""Who does what until when: the verbs that give a story to people, and a review to one of them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import channels, permissions, signals, workflow
from ..workflow import BEFORE_PRINT, MoveNotAllowed, Status
from .bylines import Byline, Contributor
from .events import Event
from .people import name_of, staff, who_may, who_write

ASSIGNABLE = ("assignee", "reviewer", "desk", "due_at", "priority", "length_ordered", "planning_note")
"""The fields that `assign` gives values to."""


class Assignments(models.Model):
    """Mixed into `articles.Article`. Each verb guards, changes, records an event and announces it on commit.

    An event's details give field → [before, after], people by username; each verb returns it, or None where nothing
    had to change.
    """

    class Meta:
        abstract = True

    @classmethod
    @transaction.atomic
    def plan(cls, *, by, slugline: str, desk=None, publish_at: datetime | None = None, **assignment: Any):
        """A story before there is copy: no revision yet, and its writer is whoever it is assigned to."""
        if not permissions.scopes(permissions.roles_of(by), "create_draft"):
            raise PermissionDenied("create_draft is not for this person")
        if publish_at and publish_at <= timezone.now():
            raise MoveNotAllowed([_("That moment has passed: plan it for one in the future.")])
        article = cls.objects.create(writer=by, slugline=slugline.strip(), desk=desk, publish_at=publish_at)
        article.assign(by=by, **assignment)
        return article

    @transaction.atomic
    def assign(self, *, by, at: datetime | None = None, **changes: Any) -> Event | None:
        """Set any of `ASSIGNABLE`: by who may assign, or may edit the draft.

        A story without words is handed over whole: whoever it is assigned to is its writer from then on.
        """
        current = self.locked()
        if not (current.allows("assign", by) or current.allows("edit_draft", by)):
            raise PermissionDenied("assign is not for this person")
        changes = {name: value for name, value in changes.items() if getattr(current, name) != value}
        if not changes:
            return None
        if reasons := current.reasons_against_assigning(changes):
            raise MoveNotAllowed(reasons.values())
        is_handed = changes.get("assignee") and not current.has_words() and current.allows("assign", by)
        if is_handed and current.writer != changes["assignee"]:
            changes["writer"] = changes["assignee"]
        event = self._record_assignment("assign", current, by=by, at=at, **changes)
        if is_handed:
            self._sign(changes["assignee"])
        return event

    @transaction.atomic
    def replan(self, *, by, publish_at: datetime | None, at: datetime | None = None) -> Event | None:
        """Write down for when it is planned: no schedule, a note to colleagues. By who may assign or edit the draft."""
        current = self.locked()
        if not (current.allows("assign", by) or current.allows("edit_draft", by)):
            raise PermissionDenied("planning is not for this person")
        if current.publish_at == publish_at:
            return None
        if reason := current.reason_against_plan(publish_at):
            raise MoveNotAllowed([workflow.Reason(reason, "schedule")])
        return self._record_assignment("plan", current, by=by, at=at, publish_at=publish_at)

    def reason_against_plan(self, publish_at: datetime | None) -> str:
        """Why it cannot be planned for that moment; empty when it can."""
        if self.status not in BEFORE_PRINT:
            return _("Not possible while the story is “%(state)s”.") % {"state": Status(self.status).label}
        if Status.SCHEDULED in (self.status, self.held_from):
            return _("It is scheduled: whoever publishes moves it, or takes it off the schedule.")
        if publish_at and publish_at <= timezone.now():
            return _("That moment has passed: plan it for one in the future.")
        return ""

    @transaction.atomic
    def claim_review(self, *, by, at: datetime | None = None) -> Event | None:
        """Say “I read this one”. What somebody else has claimed is theirs to hand over."""
        current = self.locked()
        if not current.allows("approve", by):
            raise PermissionDenied("approve is not for this person")
        if current.reviewer_id == by.pk:
            return None
        if reasons := current.reasons_against_claim(by):
            raise MoveNotAllowed(reasons)
        return self._record_assignment("claim_review", current, by=by, at=at, reviewer=by)

    @transaction.atomic
    def hand_over(self, *, by, to, at: datetime | None = None) -> Event | None:
        """Give the review to a colleague who may decide on this story."""
        current = self.locked()
        if not current.may_pass_on_review(by):
            raise PermissionDenied("the review is not theirs to hand over")
        if current.reviewer_id == to.pk:
            return None
        if reasons := current.reasons_against_assigning({"reviewer": to}):
            raise MoveNotAllowed(reasons.values())
        return self._record_assignment("hand_over", current, by=by, at=at, reviewer=to)

    @transaction.atomic
    def release_claim(self, *, by, at: datetime | None = None) -> Event | None:
        """Give the review back: it waits for anybody who may decide."""
        current = self.locked()
        if not current.may_pass_on_review(by):
            raise PermissionDenied("the review is not theirs to give back")
        if current.reviewer_id is None:
            return None
        if reasons := current.reasons_against_assigning({"reviewer": None}):
            raise MoveNotAllowed(reasons.values())
        return self._record_assignment("release_claim", current, by=by, at=at, reviewer=None)

    # --- what the guards and the buttons ask --------------------------------------------------------------------------

    def reasons_against_assigning(self, changes: Mapping[str, Any]) -> dict[str, workflow.Reason]:
        """Why these values cannot be set now, by field; empty when they can. Says nothing of permission."""
        if self.status not in BEFORE_PRINT:
            state = Status(self.status).label
            return {"": workflow.Reason(_("Not possible while the story is “%(state)s”.") % {"state": state})}
        reasons = {}
        if sentence := self._reason_against_assignee(changes.get("assignee")):
            reasons["assignee"] = workflow.Reason(sentence, "assignee")
        if sentence := self.reason_against_reviewer(changes.get("reviewer"), desk=changes.get("desk", self.desk)):
            reasons["reviewer"] = workflow.Reason(sentence, "reviewer")
        return reasons

    def _reason_against_assignee(self, person) -> str:
        if person is None or staff().filter(who_write(), pk=person.pk).exists():
            return ""
        return _("%(who)s writes no stories here: choose a writer, an editor or a publisher.") % {
            "who": name_of(person)
        }

    def reason_against_reviewer(self, person, *, desk) -> str:
        """Why this person cannot decide on the story, as a sentence; empty where they can (and for nobody)."""
        if person is None:
            return ""
        wanted = type(self)(writer_id=self.writer_id, assignee_id=self.assignee_id, desk=desk)
        if not staff().filter(who_may("approve", wanted), pk=person.pk).exists():
            return _(
                "%(who)s may not decide on this story: choose a reviewer, a publisher or an editor of its desk."
            ) % {"who": name_of(person)}
        if self.pk and self.needs_other_eyes() and self.is_work_of(person):
            return _("%(who)s worked on this story: another person has to decide on it.") % {"who": name_of(person)}
        return ""

    def reasons_against_claim(self, user) -> list[workflow.Reason]:
        """Why `user`, who may decide on stories like this, cannot claim this review now."""
        if self.status != Status.IN_REVIEW:
            return [workflow.Reason(_("A review is claimed while the story is in review."))]
        reasons = list(workflow.not_own_work(self, user))
        if self.reviewer_id not in (None, user.pk) and self.has_fitting_reviewer():
            who = {"who": name_of(self.reviewer)}
            reasons.append(workflow.Reason(_("%(who)s has this review: ask them to hand it over.") % who, "reviewer"))
        return reasons

    def has_fitting_reviewer(self) -> bool:
        """Whether the reviewer is still somebody who may decide on it; false where there is none."""
        return self.reviewer_id is not None and self.reviewer.is_active and self.allows("approve", self.reviewer)

    def may_pass_on_review(self, user) -> bool:
        """Whether the review is this person's to hand over or give back: they have it, or they assign."""
        if self.allows("assign", user):
            return True
        return self.reviewer_id is not None and self.reviewer_id == user.pk and self.allows("read_draft", user)

    def has_words(self) -> bool:
        """Whether somebody has begun to write it."""
        if self.headline.strip() or self.standfirst.strip() or self.word_count():
            return True
        return self.revisions.filter(is_text_change=True).exists()

    def is_overdue(self) -> bool:
        """Whether the writer owes it since a moment that has passed."""
        return bool(self.due_at and self.due_at < timezone.now() and self.is_with_writer())

    # --- how it is recorded -------------------------------------------------------------------------------------------

    def _record_assignment(self, verb: str, current, *, by, at: datetime | None = None, **values: Any) -> Event:
        """Save `values` on the locked row, write the event with what they were before, announce on commit."""
        details = {name: [_plain(getattr(current, name)), _plain(value)] for name, value in values.items()}
        for name, value in values.items():
            setattr(current, name, value)
            setattr(self, name, value)
        current.save(update_fields=list(values))
        event = Event.objects.create(
            article_id=current.pk,
            verb=verb,
            by=by,
            at=at or timezone.now(),
            before=current.status,
            after=current.status,
            details=details,
            channel=channels.current(),
            revision=current.latest_revision(),
        )
        transaction.on_commit(lambda: signals.article_assigned.send(type(self), event=event))
        return event

    def _sign(self, writer) -> None:
        """Their byline, where the story has none and they have one."""
        contributor = Contributor.objects.filter(user=writer).first()
        if contributor and not self.bylines.exists():
            Byline.objects.create(article=self, contributor=contributor)


def _plain(value: Any) -> Any:
    """A value as the log keeps it: a person by username, a desk by name, a moment as ISO 8601."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, models.Model):
        return value.get_username() if hasattr(value, "get_username") else str(value)
    return value
