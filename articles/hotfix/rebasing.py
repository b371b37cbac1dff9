"""A draft that waits over the live text takes a fix of it in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from .. import alterations, anchoring, channels, commenting, comparing, markup, signals
from ..models import Approval, Article, Edition, Event, Revision
from ..models.quotes import anchor_quotes
from ..models.revisions import document_of
from .fixing import FIELDS, Fix, named, words_of

PASSAGE = 240
"""Characters of a block that a note is tied to."""


@dataclass(frozen=True)
class Draft:
    """What waited when the fix came: its latest revision, the copy as its rows have it, who had approved it."""

    revision: Revision
    copy: dict[str, Any]
    approvals: list[Approval]


def take(current: Article, document: Mapping[str, Any]) -> None:
    """The working copy has this text."""
    for name in FIELDS:
        setattr(current, name, document[name])
    current.save(update_fields=FIELDS)
    anchor_quotes(current)


def rebase(current: Article, fix: Fix, edition: Edition, draft: Draft, *, by: Any, at: datetime) -> None:
    """Put the fix into the draft that waits over the live text, as its next revision.

    Where both changed the same words the draft keeps its own, a note says what was fixed, and an approval lapses;
    otherwise approval and schedule stand.
    """
    merged = comparing.merge(*(words_of(document) for document in (fix.before, draft.copy, fix.document)))
    kept = {conflict.field: conflict.place for conflict in merged.conflicts}
    drifted = {quote.pk for quote in anchor_quotes(current)}
    take(current, merged.document)
    if {quote.pk for quote in anchor_quotes(current)} - drifted:  # the draft quotes what was mended
        kept["body"] = None
        take(current, merged.document | {"body": draft.copy["body"]})
    revision = current.add_revision(
        document_of(current),
        base=draft.revision,
        by=by,
        note=_("Took in the fix of edition %(number)d") % {"number": edition.number},
        at=at,
        is_text_change=False,
    )
    _announce(revision, draft, sorted(kept), by=by, at=at, status=current.status)
    if not kept:
        _keep_approval(current, revision, draft)
        return
    theirs = comparing.resolve(merged, {conflict.number: "theirs" for conflict in merged.conflicts})
    for name in [each for each in FIELDS if each in kept]:
        _tell_what_was_kept(current, name, kept[name], fix, theirs, by=by, at=at)
    current.lapse_approval(by=by, revision=revision)


def _announce(revision: Revision, draft: Draft, kept: list[str], *, by: Any, at: datetime, status: str) -> None:
    """`kept` names the fields in which the draft kept its own words."""
    event = Event.objects.create(
        article_id=revision.article_id,
        verb="rebase",
        by=by,
        at=at,
        before=status,
        after=status,
        details={"revision": [draft.revision.number, revision.number], "kept": [None, kept]},
        channel=channels.current(),
        revision=revision,
    )
    transaction.on_commit(lambda: signals.article_moved.send(Article, event=event))


def _keep_approval(current: Article, revision: Revision, draft: Draft) -> None:
    """Who approved the draft has approved it with the typo mended."""
    for each in draft.approvals:
        Approval.objects.create(
            article_id=current.pk,
            revision=revision,
            review_round=each.review_round,
            by=each.by,
            at=each.at,
            is_own_work=each.is_own_work,
        )
    if current.approved_revision_id == draft.revision.pk:
        current.approved_revision = revision
        current.save(update_fields=["approved_revision"])


def _tell_what_was_kept(
    current: Article, name: str, place: int | None, fix: Fix, theirs: dict[str, Any], *, by: Any, at: datetime
) -> None:
    """A note, at the words that the draft kept, of what the live text has instead."""
    found = [change for change in alterations.changes(words_of(document_of(current)), theirs) if change.field == name]
    found = found or [change for change in alterations.changes(fix.before, fix.document) if change.field == name]
    said = {"change": "; ".join(named(change)["change"] for change in found) or _("the markup of some words")}
    commenting.add(
        current,
        text=_("Fixed on the live text: %(change)s. This draft had other words there and keeps them.") % said,
        author=by,
        field=name,
        anchor=_passage(current, name, place),
        at=at,
    )


def _passage(current: Article, name: str, place: int | None) -> anchoring.Anchor | None:
    """The words of the working copy that a note is tied to: the first of the block, or of the field."""
    text = commenting.text_of({name: getattr(current, name)}, name)
    start, end = 0, len(text)
    if name == "body":
        blocks = markup.blocks(current.body)
        if place is None or place >= len(blocks):
            return None
        start, end = blocks[place].start, blocks[place].end
    if end - start > PASSAGE:
        end = max(text.rfind(" ", start, start + PASSAGE), start + PASSAGE // 2)
    return anchoring.make(text, start, end) if text[start:end].strip() else None
