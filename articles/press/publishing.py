"""Freezing revisions as editions: publish and withdraw."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from .. import workflow
from ..models import Article, Edition
from ..models.editions import EditionKind, kind_after, require_public_words
from .printer import print_edition


@transaction.atomic
def publish(
    article: Article,
    *,
    by,
    note: str = "",
    kind: str | None = None,
    wrong: str = "",
    right: str = "",
    at: datetime | None = None,
) -> Edition:
    """Freeze the approved revision as the next edition and print it.

    `kind` is one of `editions.NOTED` or "update" and counts only where readers have an edition already; a correction
    says publicly what was `wrong` and what is `right`. `at` is the moment of publication, now unless history is
    brought in. Raises `PermissionDenied` or `MoveNotAllowed`; then nothing has changed.
    """
    current = article.locked().remember()  # nothing of it changes before the move: each fact is asked once
    move = workflow.check("publish", current, by=by, note=note)
    latest = current.latest_edition()
    edition_kind = kind_after(latest, kind)
    require_public_words(edition_kind, note=note, wrong=wrong, right=right)
    current.require_fitting_kind(edition_kind, is_explained=bool(wrong.strip() and right.strip()))
    edition = Edition.objects.create(
        article=current,
        number=latest.number + 1 if latest else 1,
        kind=edition_kind,
        note=note.strip(),
        wrong=wrong.strip(),
        right=right.strip(),
        revision=current.approved_revision,
        is_self_approved=all(approval.is_own_work for approval in current.standing_approvals()),
        waivers=[waiver.as_record() for waiver in current.waivers_in_force()],
        by=by,
        at=at or timezone.now(),
    )
    print_edition(edition)
    article.record_move(
        move,
        current,
        by=by,
        note=note,
        at=at,
        publish_at=None,
        publish_as={},
        scheduled_by=None,
        embargoed_until=None,
        embargo_condition="",
    )
    return edition


@transaction.atomic
def withdraw(article: Article, *, by, note: str, at: datetime | None = None) -> Edition:
    """Take the story from readers; its address keeps the public `note` and nothing else of it."""
    current = article.locked()
    move = workflow.check("withdraw", current, by=by, note=note)
    latest = current.editions.order_by("-number").first()
    edition = Edition.objects.create(
        article=current,
        number=latest.number + 1,
        kind=EditionKind.WITHDRAWAL,
        note=note.strip(),
        revision=latest.revision,
        by=by,
        at=at or timezone.now(),
    )
    print_edition(edition)
    article.record_move(move, current, by=by, note=note, at=at)
    return edition
