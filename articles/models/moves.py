"""The verbs of an article: each guards, changes, records and announces in one transaction.

`at` is the moment it happened, now unless history is brought in. What prints (publish, withdraw, release, hotfix) is
in `press`, and ends with `record_move` here.
"""

from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .. import channels, markup, signals, workflow
from ..workflow import MoveNotAllowed, Status
from .editions import kind_after, require_public_words
from .events import Event
from .images import Image
from .reviews import Approval, Hold, HoldKind
from .revisions import Revision, document_of
from .tagged import ArticleImage


class Moves(models.Model):
    """What can be done with an article. Mixed into `articles.Article`, which says what the guards ask for."""

    class Meta:
        abstract = True

    # --- review ---------------------------------------------------------------------------------------------------

    def submit(self, *, by, note: str = "", at: datetime | None = None) -> Event:
        """Give the draft to the reviewers; a new round begins."""
        return self._move("submit", by=by, note=note, at=at)

    def take_back(self, *, by, note: str = "", at: datetime | None = None) -> Event:
        """Take a submitted draft back to work on it."""
        return self._move("take_back", by=by, note=note, at=at)

    @transaction.atomic
    def approve(self, *, by, note: str = "", at: datetime | None = None) -> Event:
        """Say yes to the latest revision. It is approved once as many people as its desk wants have said so.

        Whoever approves and nobody was asked before has claimed the review.
        """
        current = self.locked()
        move = workflow.check("approve", current, by=by, note=note)
        latest = current.latest_revision()
        Approval.objects.create(
            article_id=current.pk,
            revision=latest,
            review_round=current.review_round,
            by=by,
            at=at or timezone.now(),
            is_own_work=current.is_work_of(by),
        )
        is_enough = len(current.standing_approvals()) >= current.approvals_needed()
        values: dict[str, Any] = {"approved_revision": latest} if is_enough else {}
        if current.reviewer_id is None:
            values["reviewer"] = by
        target = move.target if is_enough else Status.IN_REVIEW
        return self.record_move(move, current, by=by, note=note, at=at, target=target, **values)

    def return_to_writer(self, *, by, note: str, at: datetime | None = None) -> Event:
        """Send it back with what is to be changed."""
        return self._move("return_to_writer", by=by, note=note, at=at)

    def revise(self, *, by, note: str = "", at: datetime | None = None) -> Event:
        """Begin a new draft over a published or withdrawn story; readers keep the edition they have."""
        return self._move("revise", by=by, note=note, at=at)

    def kill(self, *, by, note: str, at: datetime | None = None) -> Event:
        """Decide that it will never be published; nothing of it is deleted."""
        return self._move("kill", by=by, note=note, at=at)

    def revive(self, *, by, note: str = "", at: datetime | None = None) -> Event:
        """Take a killed story up again as a draft."""
        return self._move("revive", by=by, note=note, at=at)

    # --- holds ----------------------------------------------------------------------------------------------------

    @transaction.atomic
    def place_hold(self, *, by, note: str, kind: str = HoldKind.LEGAL, at: datetime | None = None) -> Event:
        """Stop the story where it stands until the legal or the standards question is settled."""
        current = self.locked()
        move = workflow.check("place_hold", current, by=by, note=note)
        if any(hold.kind == kind for hold in current.open_holds()):
            raise MoveNotAllowed([_("It is on hold for that already.")])
        when = at or timezone.now()
        Hold.objects.create(
            article_id=current.pk, kind=HoldKind(kind), reason=note.strip(), placed_by=by, placed_at=when
        )
        held_from = current.held_from if current.status == Status.ON_HOLD else current.status
        return self.record_move(move, current, by=by, note=note, at=at, held_from=held_from)

    @transaction.atomic
    def lift_hold(self, *, by, note: str, kind: str = "", at: datetime | None = None) -> Event:
        """Settle a hold of this kind (of every kind where none is named). The last one lets the story go on.

        It goes on where it stood; what was scheduled for a moment that has passed meanwhile is approved, unscheduled.
        """
        current = self.locked()
        move = workflow.check("lift_hold", current, by=by, note=note)
        settled = [hold for hold in current.open_holds() if not kind or hold.kind == kind]
        if not settled:
            raise MoveNotAllowed([_("No hold of that kind is open.")])
        for hold in settled:
            hold.lifted_by, hold.lifted_at, hold.settlement = by, at or timezone.now(), note.strip()
            hold.save(update_fields=["lifted_by", "lifted_at", "settlement"])
        if current.status != Status.ON_HOLD or current.open_holds():
            return self.record_move(move, current, by=by, note=note, at=at)
        target = Status(current.held_from or Status.DRAFT)
        if target == Status.SCHEDULED and current.publish_at <= timezone.now():
            target = Status.APPROVED
        return self.record_move(move, current, by=by, note=note, at=at, target=target, held_from="")

    # --- time -----------------------------------------------------------------------------------------------------

    @transaction.atomic
    def schedule(
        self, *, by, publish_at: datetime, note: str = "", kind: str = "", wrong: str = "", right: str = ""
    ) -> Event:
        """Publish the approved revision by itself at `publish_at`, as an edition of this kind and with this note.

        A moment in the past, or before an embargo ends, is refused.
        """
        current = self.locked()
        move = workflow.check("schedule", current, by=by, note=note)
        if reason := current.reason_against_moment(publish_at):
            raise MoveNotAllowed([workflow.Reason(reason, "schedule")])
        publish_as = {"kind": kind, "note": note.strip(), "wrong": wrong.strip(), "right": right.strip()}
        edition_kind = kind_after(current.editions.order_by("-number").first(), kind)
        require_public_words(edition_kind, note=note, wrong=wrong, right=right)
        current.require_fitting_kind(edition_kind, is_explained=bool(wrong.strip() and right.strip()))
        before = current.publish_at
        return self.record_move(
            move,
            current,
            by=by,
            note=note,
            publish_at=publish_at,
            publish_as=publish_as,
            scheduled_by=by,
            details={"publish_at": [before and before.isoformat(), publish_at.isoformat()]},
        )

    def reason_against_moment(self, publish_at: datetime) -> str:
        """Why it cannot go out at that moment; empty when it can."""
        if publish_at <= timezone.now():
            return _("That moment has passed: choose one in the future, or publish now.")
        if self.embargo_condition:
            return self.embargo_in_force()
        if self.embargoed_until and publish_at < self.embargoed_until:
            when = date_format(timezone.localtime(self.embargoed_until), _("j F Y, H:i T"))
            return _("The embargo ends at %(when)s: schedule it for then or later.") % {"when": when}
        return ""

    def unschedule(self, *, by, note: str = "", at: datetime | None = None) -> Event:
        """Take it off the schedule; it stays approved, and the moment stays written down as the plan."""
        return self._move("unschedule", by=by, note=note, at=at, scheduled_by=None)

    @transaction.atomic
    def set_embargo(self, *, by, until: datetime | None = None, condition: str = "", note: str = "") -> Event:
        """Forbid publication until a moment, or until a condition that is named is met; either may be given anew."""
        current = self.locked()
        move = workflow.check("set_embargo", current, by=by, note=note)
        condition = condition.strip()
        if until is None and not condition:
            raise MoveNotAllowed([workflow.Reason(_("Say until when, or until what has happened."), "embargo")])
        if until is not None and until <= timezone.now():
            raise MoveNotAllowed(
                [workflow.Reason(_("That moment has passed: an embargo ends in the future."), "embargo")]
            )
        is_broken = current.status == Status.SCHEDULED and (condition or until > current.publish_at)
        if is_broken:
            raise MoveNotAllowed(
                [workflow.Reason(_("It is scheduled for a moment under that embargo: take it off the schedule first."))]
            )
        before = {"until": current.embargoed_until and current.embargoed_until.isoformat()}
        details = {"embargoed_until": [before["until"], until and until.isoformat()]}
        details["embargo_condition"] = [current.embargo_condition, condition]
        return self.record_move(
            move, current, by=by, note=note, embargoed_until=until, embargo_condition=condition, details=details
        )

    def lift_embargo(self, *, by, note: str, at: datetime | None = None) -> Event:
        """The moment or the condition no longer counts; the note says on whose word."""
        return self._move("lift_embargo", by=by, note=note, at=at, embargoed_until=None, embargo_condition="")

    # --- how a move is made ---------------------------------------------------------------------------------------

    def locked(self):
        """The same row, read anew and locked until the transaction ends."""
        return type(self).objects.select_for_update(of=("self",)).get(pk=self.pk)

    def latest_revision(self) -> Revision | None:
        """The last save."""
        return self.fact("latest_revision", lambda: self.last("revisions"))

    @transaction.atomic
    def _move(self, verb: str, *, by, note: str = "", at: datetime | None = None, **values: Any) -> Event:
        """Lock, guard, change, record, announce: every verb goes through here or does the same with its own facts."""
        current = self.locked()
        move = workflow.check(verb, current, by=by, note=note)
        if verb == "submit":
            values["review_round"] = current.review_round + 1
        if move.target in (*workflow.WITH_WRITER, Status.KILLED):
            values |= {"approved_revision": None, "scheduled_by": None, "held_from": ""}
        return self.record_move(move, current, by=by, note=note, at=at, **values)

    def record_move(
        self,
        move: workflow.Move,
        current,
        *,
        by,
        note: str = "",
        at: datetime | None = None,
        target: Status | None = None,
        details: dict | None = None,
        **values: Any,
    ) -> Event:
        """Second half of a move on the locked row `current`: save, write the event, announce on commit.

        `target` overrides that of the table, for moves that end where the article says.
        """
        at = at or timezone.now()
        after = target or move.target or Status(current.status)
        event = Event(
            article_id=current.pk,
            at=at,
            verb=move.verb,
            by=by,
            before=current.status,
            after=after,
            note=note.strip(),
            details=details or {},
            channel=channels.current(),
            revision=current.latest_revision(),
        )
        values |= {"status": after, "changed_at": at}
        for name, value in values.items():
            setattr(current, name, value)
            setattr(self, name, value)
        current.save(update_fields=list(values))
        event.save()
        transaction.on_commit(lambda: signals.article_moved.send(type(self), event=event))
        return event

    # --- saves ----------------------------------------------------------------------------------------------------

    @transaction.atomic
    def record_revision(self, *, by, note: str = "", at: datetime | None = None) -> Revision:
        """Keep the whole copy as it stands, as the next revision, and count `version` up.

        An approval does not survive a change of the copy: the article goes back to review, with an event.
        Returns the revision; the latest one where nothing has changed since.
        """
        current = self.locked()
        current._attach_figures()
        latest = current.latest_revision()
        document = document_of(current)
        at = at or timezone.now()
        if latest and latest.document == document:
            return latest
        is_text_change = latest.changes_text(document) if latest else current.has_words()
        revision = current.add_revision(document, base=latest, by=by, note=note, at=at, is_text_change=is_text_change)
        self.version, self.changed_at, self.blockers = current.version, current.changed_at, current.blockers
        current.lapse_approval(by=by, revision=revision)
        self.status, self.approved_revision = current.status, current.approved_revision
        self.held_from, self.scheduled_by = current.held_from, current.scheduled_by
        return revision

    def add_revision(
        self, document: dict, *, base: Revision | None, by, note: str, at: datetime, is_text_change: bool
    ) -> Revision:
        """Write `document` down as the next revision of this locked row, which `version` counts."""
        latest = self.revisions.order_by("-number").values_list("number", flat=True).first()
        revision = Revision.objects.create(
            article_id=self.pk,
            number=(latest or 0) + 1,
            document=document,
            base=base,
            is_text_change=is_text_change,
            note=note,
            created_by=by,
            created_at=at,
        )
        self.version, self.changed_at = self.version + 1, at
        self.blockers = sum(1 for finding in self.preflight(document) if finding.blocks)
        self.save(update_fields=["version", "changed_at", "blockers"])
        return revision

    def _attach_figures(self) -> None:
        """A picture that the body shows belongs to the article."""
        shown = Image.objects.filter(pk__in=markup.figures(self.body)).exclude(article_items__article=self.pk)
        ArticleImage.objects.bulk_create(ArticleImage(article=self, image=image) for image in shown)

    def lapse_approval(self, *, by, revision: Revision) -> None:
        """What was approved, scheduled or not, is in review again; on hold, it will be once the hold is lifted."""
        approved = (Status.APPROVED, Status.SCHEDULED)
        before = self.status
        if before in approved:
            self.status = Status.IN_REVIEW
        elif before == Status.ON_HOLD and self.held_from in approved:
            self.held_from = Status.IN_REVIEW
        else:
            return
        self.approved_revision, self.scheduled_by = None, None
        self.save(update_fields=["status", "held_from", "approved_revision", "scheduled_by"])
        event = Event.objects.create(
            article_id=self.pk,
            verb="approval_lapsed",
            by=by,
            before=before,
            after=self.status,
            channel=channels.current(),
            revision=revision,
        )
        transaction.on_commit(lambda: signals.article_moved.send(type(self), event=event))
