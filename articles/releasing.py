"""When the next scheduled story or front is due, and letting it out on time without a clock of our own.

The next moment is kept by each process for itself; the first public request after it releases what is due before it is
answered. `manage.py release --watch` does the same to the second.
"""

import logging
from datetime import datetime, timedelta

from django.core.cache import caches
from django.db import DatabaseError
from django.utils import timezone
from django.utils.connection import ConnectionProxy

from . import fronts, press
from .models import Arrangement, Article

KEY, LOCK = "newsroom:next-due", "newsroom:releasing"
FRESH = 20
"""Seconds for which a process believes what it knows of the schedule: others may change it."""
LONGEST = 60
"""Seconds after which a releaser that died no longer keeps others away."""
NEVER = "never"
AWAY = 5
"""Seconds for which nobody asks a database that did not answer: readers would wait for it in turn."""

cache = ConnectionProxy(caches, "process")
"""In memory: a page asks it every time, and does without any server that might be away."""

logger = logging.getLogger(__name__)


def next_due() -> datetime | None:
    """The moment of the next scheduled story or planned front, at most `FRESH` seconds old; None for neither."""
    known = cache.get(KEY)
    if known is None:
        try:
            story = Article.objects.scheduled().values_list("publish_at", flat=True).first()
            front = Arrangement.objects.planned().values_list("goes_live_at", flat=True).first()
        except DatabaseError:
            cache.set(KEY, NEVER, AWAY)
            raise
        known = min((moment for moment in (story, front) if moment), default=NEVER)
        cache.set(KEY, known, FRESH)
    return None if known == NEVER else known


def forget() -> None:
    """The schedule has changed: ask again."""
    cache.delete(KEY)


def release_if_due() -> press.Released | None:
    """Release what is due, where anything is and nobody else is at it; None otherwise. Never raises for the database.

    A request that finds somebody else at it does not wait: it is answered as things stand.
    """
    try:
        due = next_due()
        if due is None or due > timezone.now() or not cache.add(LOCK, 1, LONGEST):
            return None
        try:
            return _release()
        finally:
            cache.delete(LOCK)
    except DatabaseError:
        logger.exception("the schedule could not be read")
        return None


def _release() -> press.Released:
    """Release stories, then the fronts that may show them; what the database kept back is tried again in a while."""
    forget()
    done = press.release_due()
    fronts.release_due()
    if done.waiting:
        cache.set(KEY, timezone.now() + timedelta(seconds=FRESH), FRESH)
    else:
        forget()
    return done
