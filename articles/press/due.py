"""Publishing what is scheduled, when its moment has come."""

import logging
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, InterfaceError, OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import channels, workflow
from ..models import Article, Edition, Event
from ..workflow import MoveNotAllowed, Status
from .publishing import publish

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Released:
    """What one run of `release_due` did: the editions that went out, and an event for each story that did not.

    `waiting` are the keys of stories that stay due because the database was at fault: they are tried again.
    """

    editions: list[Edition]
    failures: list[Event]
    waiting: list[int] = field(default_factory=list)


def release_due(at: datetime | None = None) -> Released:
    """Publish every scheduled story whose moment has come by `at` (now), each in a transaction of its own.

    One that cannot go out (a check, a hold, a person who may no longer publish, an error) is taken off the schedule
    with an event that says why; the others go out. Two releasers at once publish each story once. Where the database
    fails, that is no fault of the story: it stays due.
    """
    at = at or timezone.now()
    done = Released([], [])
    with channels.acting_through(channels.RELEASE):
        for pk in list(Article.objects.due_for_release(at).values_list("pk", flat=True)):
            try:
                _try_to_release(pk, at, done)
            except DatabaseError:
                logger.exception("article %s stays due", pk)
                done.waiting.append(pk)
    return done


def _try_to_release(pk: int, at: datetime, done: Released) -> None:
    """Publish one, or take it off the schedule. Raises `DatabaseError` where the database is at fault."""
    try:
        edition = _release(pk, at)
    except (OperationalError, InterfaceError):
        raise
    except (MoveNotAllowed, PermissionDenied) as refusal:
        done.failures.extend(_take_off_schedule(pk, str(refusal)))
    except Exception as error:  # whatever one story raises, the next one goes out
        logger.exception("article %s could not be released", pk)
        why = _("An error kept it back: %(error)s") % {"error": type(error).__name__}
        done.failures.extend(_take_off_schedule(pk, why))
    else:
        done.editions.extend([edition] if edition else [])


@transaction.atomic
def _release(pk: int, at: datetime) -> Edition | None:
    """Publish one story that is due; None where somebody else did or it was taken off the schedule meanwhile."""
    article = Article.objects.select_for_update(of=("self",)).get(pk=pk)
    if article.status != Status.SCHEDULED or article.publish_at > at:
        return None
    if article.scheduled_by is None or not article.allows("publish", article.scheduled_by):
        raise MoveNotAllowed([_("Whoever scheduled it may no longer publish: somebody else has to schedule it.")])
    words = {name: article.publish_as.get(name, "") for name in ("kind", "note", "wrong", "right")}
    return publish(article, by=article.scheduled_by, **words)


@transaction.atomic
def _take_off_schedule(pk: int, why: str) -> list[Event]:
    """Leave it approved, with an event that says why it did not go out."""
    article = Article.objects.select_for_update(of=("self",)).get(pk=pk)
    if article.status != Status.SCHEDULED:
        return []
    move = replace(workflow.MOVES["unschedule"], verb="release_failed")
    return [article.record_move(move, article, by=article.scheduled_by, note=why, scheduled_by=None)]
