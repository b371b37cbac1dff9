"""The log and the announcement of what happens to a note."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from .. import channels, signals
from ..models import Comment, Event


def record(verb: str, comment: Comment, *, by: Any, at: datetime | None = None) -> Event:
    """Write the event, which says who did what to which note and none of its words; announce it on commit."""
    article = comment.article
    event = Event.objects.create(
        article_id=comment.article_id,
        label=comment.guest_name if by is None else "",
        verb=verb,
        by=by,
        at=at or timezone.now(),
        before=article.status,
        after=article.status,
        details={"comment": [None, comment.pk]},
        channel=channels.current(),
        revision=article.latest_revision(),
    )
    transaction.on_commit(lambda: signals.comment_made.send(Comment, comment=comment, event=event))
    return event
