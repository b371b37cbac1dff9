"""Ending a thread: resolved, or, where it suggests a change, accepted into the working copy or rejected."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from ..models import Article, Comment, Revision
from ..models.comments import CommentKind, CommentState
from ..models.people import name_of
from ..models.quotes import anchor_quotes
from ..proposals import reading
from .adding import CannotComment
from .kinds import may_settle
from .passages import copy_of, place_of, replaced, text_of
from .recording import record

NOTE_LENGTH = 200


@transaction.atomic
def accept(comment: Comment, *, by: Any, at: datetime | None = None) -> Revision:
    """Put the suggested words in place of those they are for; returns the revision, whose note names both people.

    Raises `PermissionDenied`, or `CannotComment` with a sentence; then nothing has changed.
    """
    article, thread = _locked(comment, {CommentKind.SUGGESTION})
    if reason := reason_against_accepting(article, by):
        raise CannotComment(reason)
    if not may_settle(thread, article, by):
        raise PermissionDenied("edit_draft is not for this person")
    _require(thread, CommentState.OPEN)
    copy = copy_of(article)
    place = place_of(thread, text_of(copy, thread.field))
    if place is None:
        raise CannotComment(_("The words are gone or read differently now: suggest the change again."))
    value = replaced(copy, thread.field, place, thread.replacement)
    if thread.field == "headline" and not value:
        raise CannotComment(_("That would leave the story without a headline."))
    setattr(article, thread.field, value)
    article.save(update_fields=[thread.field])
    anchor_quotes(article)
    names = {"author": author_of(thread), "by": name_of(by)}
    note = Truncator(_("Change suggested by %(author)s, accepted by %(by)s") % names).chars(NOTE_LENGTH)
    revision = article.record_revision(by=by, note=note, at=at)
    reading.refresh(article)
    _settle(thread, CommentState.ACCEPTED, "accept_suggestion", by, at)
    return revision


@transaction.atomic
def reject(comment: Comment, *, by: Any, at: datetime | None = None) -> None:
    """Leave the words as they are."""
    article, thread = _locked(comment, {CommentKind.SUGGESTION})
    if reason := reason_against_accepting(article, by):
        raise CannotComment(reason)
    if not may_settle(thread, article, by):
        raise PermissionDenied("edit_draft is not for this person")
    _require(thread, CommentState.OPEN)
    _settle(thread, CommentState.REJECTED, "reject_suggestion", by, at)


@transaction.atomic
def resolve(comment: Comment, *, by: Any, at: datetime | None = None) -> None:
    """Say that a thread needs nothing more. What is proposed of a published story, publishers resolve."""
    article, thread = _locked(comment, set(CommentKind) - {CommentKind.SUGGESTION})
    if not may_settle(thread, article, by):
        raise PermissionDenied("this thread is not for this person to settle")
    _require(thread, CommentState.OPEN)
    _settle(thread, CommentState.RESOLVED, "resolve", by, at)


@transaction.atomic
def reopen(comment: Comment, *, by: Any, at: datetime | None = None) -> None:
    """Take up a thread again that was resolved, or a suggestion that was rejected."""
    article, thread = _locked(comment, set(CommentKind))
    is_suggestion = thread.kind == CommentKind.SUGGESTION
    if not (article.allows("comment", by) if is_suggestion else may_settle(thread, article, by)):
        raise PermissionDenied("this thread is not for this person to open again")
    if thread.state == CommentState.ACCEPTED:
        raise CannotComment(_("Accepted words stand in the copy: suggest the next change."))
    _require(thread, CommentState.RESOLVED, CommentState.REJECTED)
    _settle(thread, CommentState.OPEN, "reopen", by, at)


def reason_against_accepting(article: Article, user: Any) -> str:
    """What keeps `user`, who edits this story at other times, from deciding on suggestions now; empty when nothing."""
    if not article.is_editable():
        return _("Readers have this story: write an update first, then decide on the suggestion.")
    if article.is_own(user) and not article.allows("edit_draft", user):
        return _("The story is with the reviewers: you decide on suggestions once it is back with you.")
    return ""


def author_of(comment: Comment) -> str:
    """Who made the note, as colleagues call them; a guest as they called themselves."""
    return name_of(comment.author) or comment.guest_name


def _locked(comment: Comment, kinds: set[str]) -> tuple[Article, Comment]:
    """The article, then the thread, both locked and read anew."""
    article = comment.article.locked()
    threads = Comment.objects.select_for_update(of=("self",)).select_related("author")
    thread = threads.get(pk=comment.thread_id or comment.pk)
    thread.article = article
    if thread.kind not in kinds:
        raise CannotComment(_("A suggestion is accepted or rejected; other notes are resolved."))
    return article, thread


def _require(thread: Comment, *states: str) -> None:
    if thread.state not in states:
        state = {"state": thread.get_state_display()}
        raise CannotComment(_("Somebody was faster: this is “%(state)s” now.") % state)


def _settle(thread: Comment, state: str, verb: str, by: Any, at: datetime | None) -> None:
    is_open = state == CommentState.OPEN
    thread.state, thread.settled_by = state, None if is_open else by
    thread.settled_at = None if is_open else at or timezone.now()
    thread.save(update_fields=["state", "settled_by", "settled_at"])
    record(verb, thread, by=by, at=at)
