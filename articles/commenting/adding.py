"""Making a note: on the whole story, on words of it, as a reply, or as a suggested change."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import anchoring
from ..anchoring import Anchor
from ..models import Article, Comment, ShareLink
from ..models.comments import CommentKind
from .kinds import GUESTS, MAKE, PROPOSED
from .mentions import mentioned_in
from .passages import FIELDS, copy_of, count_of, text_of
from .recording import record

LONGEST = 5_000  # characters of a note, and of a suggested wording
LONGEST_PASSAGE = 2_000
WORDLESS = (CommentKind.SOURCE_QUERY, CommentKind.SUGGESTION)
VERBS = {
    CommentKind.SUGGESTION: "suggest",
    CommentKind.UPDATE: "propose_update",
    CommentKind.CORRECTION: "propose_correction",
    CommentKind.WITHDRAWAL: "propose_withdrawal",
}


class CannotComment(Exception):  # noqa: N818  (reads as the newsroom says it)
    """The person may do this, but not so or not now; the message is a sentence for them."""


@transaction.atomic
def add(
    article: Article,
    *,
    text: str = "",
    kind: str = CommentKind.COMMENT,
    author: Any = None,
    guest_name: str = "",
    share_link: ShareLink | None = None,
    field: str = "",
    anchor: Anchor | None = None,
    replacement: str = "",
    thread: Comment | None = None,
    mentions: Iterable[Any] | None = None,
    at: datetime | None = None,
) -> Comment:
    """Make a note of a colleague (`author`) or of a guest (`guest_name`, by `share_link`).

    With `anchor` it is tied to words of `field`; with `thread` it is a reply. A correction gives what is wrong as
    `text` and what is right as `replacement`. `mentions` are read off the text unless given; who may not read the
    story is left out. Raises `PermissionDenied`, or `CannotComment` with a sentence; then nothing has changed.
    """
    kind = CommentKind(kind)
    if thread is not None:
        thread, kind, field, anchor, replacement = _root(thread, article), CommentKind.COMMENT, "", None, ""
    _check_person(article, kind, author, guest_name, share_link)
    text, replacement = text.strip(), replacement.strip()
    _check_words(article, kind, text, replacement, has_place=anchor is not None)
    read = share_link.revision if share_link else None
    found = _found(read.document if read else copy_of(article), field, anchor) if anchor is not None else None
    if kind == CommentKind.SUGGESTION and anchoring.normalise(replacement) == anchoring.normalise(found.exact):
        raise CannotComment(_("The suggested words are the same as those that stand there."))
    comment = Comment.objects.create(
        article=article,
        thread=thread,
        kind=kind,
        author=author,
        guest_name="" if author else guest_name.strip()[:80],
        share_link=share_link,
        revision=read or article.latest_revision(),
        text=text,
        field=field if found else "",
        exact=found.exact if found else "",
        prefix=found.prefix if found else "",
        suffix=found.suffix if found else "",
        replacement=replacement if kind in (CommentKind.SUGGESTION, CommentKind.CORRECTION) else "",
        created_at=at or timezone.now(),
    )
    called = mentioned_in(text, article)
    if mentions is not None:
        called = [person for person in mentions if article.allows("read_draft", person)]
    comment.mentions.set(called)
    record(VERBS.get(kind, "comment"), comment, by=author, at=at)
    return comment


def suggest(article: Article, *, field: str, anchor: Anchor, replacement: str, **who: Any) -> Comment:
    """Propose `replacement` for the words at `anchor`; the rest as in `add`."""
    return add(article, kind=CommentKind.SUGGESTION, field=field, anchor=anchor, replacement=replacement, **who)


def _root(thread: Comment, article: Article) -> Comment:
    root = thread.thread or thread
    if root.article_id != article.pk:
        raise PermissionDenied("a reply stays with its story")
    return root


def _check_person(article: Article, kind: CommentKind, author: Any, guest_name: str, link: ShareLink | None) -> None:
    if author is not None:
        if not (article.allows("read_draft", author) and article.allows(MAKE[kind], author)):
            raise PermissionDenied(f"{MAKE[kind]} is not for this person")
        return
    if link is None or link.article_id != article.pk or not link.may_comment or kind not in GUESTS:
        raise PermissionDenied("this link is for reading")
    if not guest_name.strip():
        raise CannotComment(_("Give your name, so that the newsroom knows who writes."))


def _check_words(article: Article, kind: CommentKind, text: str, replacement: str, *, has_place: bool) -> None:
    if not text and kind not in WORDLESS:
        raise CannotComment(_("Write the note first."))
    if len(text) > LONGEST or len(replacement) > LONGEST:
        raise CannotComment(_("That is too long for a note: at most %(n)d characters.") % {"n": LONGEST})
    if kind in WORDLESS and not has_place:
        raise CannotComment(_("Select or paste the words that you mean."))
    if kind == CommentKind.CORRECTION and not replacement:
        raise CannotComment(_("Write both: what is wrong, and what is right."))
    if kind in PROPOSED and not article.is_live():
        raise CannotComment(_("Readers do not have this story: write a note on the draft instead."))


def _found(copy: Mapping[str, Any], field: str, anchor: Anchor) -> Anchor:
    """The anchor made anew where its words stand in what the person reads."""
    if field not in FIELDS:
        raise CannotComment(_("Say where the words stand: in the headline, the standfirst or the text."))
    if len(anchor.exact) > LONGEST_PASSAGE:
        raise CannotComment(_("Choose a shorter passage: at most %(n)d characters.") % {"n": LONGEST_PASSAGE})
    text = text_of(copy, field)
    place = anchoring.find(text, anchor)
    if place is None:
        raise CannotComment(_("These words do not stand there now: select or paste them as the story has them."))
    if not (anchor.prefix or anchor.suffix) and count_of(text, anchor.exact) > 1:
        raise CannotComment(_("These words stand there more than once: paste a few of those around them as well."))
    return anchoring.make(text, *place)
