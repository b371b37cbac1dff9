"""Publishing a fix."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from .. import alterations, press, workflow
from ..models import Article, Edition, Revision
from ..models.editions import EditionKind
from ..models.revisions import document_of
from ..proposals import reading
from ..workflow import MoveNotAllowed
from .fixing import FIELDS, Fix, has_draft, prepare
from .rebasing import Draft, rebase, take

NOTE_LENGTH = 200


@transaction.atomic
def publish(
    article: Article,
    *,
    by: Any,
    headline: str | None = None,
    standfirst: str | None = None,
    body: str | None = None,
    note: str = "",
    seen_edition: int | None = None,
    at: datetime | None = None,
) -> Edition:
    """Mend the live text and print it as the next edition; a draft that waits over it takes the fix in.

    `seen_edition` is the number of the edition whose text was mended, where a person had it before them. Raises
    `PermissionDenied` or `MoveNotAllowed`; then nothing has changed.
    """
    current = article.locked()
    fix = prepare(current, {"headline": headline, "standfirst": standfirst, "body": body}, by=by)
    if seen_edition is not None and seen_edition != fix.live.number:
        raise MoveNotAllowed([_("Another edition was published since you opened it: mend that one.")])
    at = at or timezone.now()
    latest, copy = current.latest_revision(), document_of(current)
    waits = has_draft(current, fix.live)
    approvals = current.standing_approvals()
    revision = current.add_revision(
        fix.document,
        base=fix.live.revision,
        by=by,
        note=Truncator(note.strip() or _("Fixed the live text")).chars(NOTE_LENGTH),
        at=at,
        is_text_change=False,  # whoever mends a typo has not become an author, and may still approve
    )
    edition = _edition(current, fix, revision, by=by, at=at)
    press.print_edition(edition)
    move = workflow.MOVES["hotfix"]
    current.record_move(move, current, by=by, note=note, at=at, details=_details(fix, edition))
    if waits:
        rebase(current, fix, edition, Draft(latest, copy, approvals), by=by, at=at)
    else:
        take(current, fix.document)
    reading.refresh(current)
    article.refresh_from_db()
    return edition


def _edition(current: Article, fix: Fix, revision: Revision, *, by: Any, at: datetime) -> Edition:
    """The fix rests on the approval of the edition it mends. Its note is the desk's own: readers are told nothing."""
    return Edition.objects.create(
        article=current,
        number=fix.live.number + 1,
        kind=EditionKind.FIX,
        revision=revision,
        is_self_approved=fix.live.is_self_approved,
        by=by,
        at=at,
    )


def _details(fix: Fix, edition: Edition) -> dict[str, Any]:
    """Of the log: field → the words before and after, and the number of the edition."""
    details: dict[str, Any] = {"edition": [fix.live.number, edition.number]}
    found = alterations.changes(fix.before, fix.document)
    for name in FIELDS:
        rows = [(change.gone, change.new) for change in found if change.field == name]
        if rows:
            details[name] = [" … ".join(words) for words in zip(*rows, strict=True)]
    return details
