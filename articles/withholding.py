"""Pictures whose terms have ended leave what readers get, without anybody's doing.

`views.media` stops giving out the files at midnight by itself. The pages that hold them are printed anew before the
first of them is answered after it: each process keeps the day of the next end for itself, as `releasing` does with the
schedule.
"""

import logging
from datetime import date

from django.core.cache import caches
from django.db import DatabaseError
from django.db.models import Min
from django.utils import timezone
from django.utils.connection import ConnectionProxy

from . import press
from .background import task
from .models import StoryImage

KEY, LOCK = "newsroom:next-end", "newsroom:withholding"
FRESH = 300
"""Seconds for which a process believes what it knows of the terms: they end at midnight; a change by hand prints."""
LONGEST = 60
AT_ONCE = 50
"""Stories printed anew before one request is answered, the newest ones; of more the worker does the rest."""
NEVER = "never"
AWAY = 5
"""Seconds for which nobody asks a database that did not answer."""

cache = ConnectionProxy(caches, "process")

logger = logging.getLogger(__name__)


def next_end() -> date | None:
    """The last day of the terms that end next, of pictures readers get; None where none ends. At most `FRESH` old."""
    known = cache.get(KEY)
    if known is None:
        shown = StoryImage.objects.filter(is_withheld=False, image__expires_on__isnull=False)
        try:
            known = shown.aggregate(end=Min("image__expires_on"))["end"] or NEVER
        except DatabaseError:
            cache.set(KEY, NEVER, AWAY)
            raise
        cache.set(KEY, known, FRESH)
    return None if known == NEVER else known


def forget() -> None:
    """Terms have changed: ask again."""
    cache.delete(KEY)


def withhold_if_due() -> int:
    """Print anew what holds a picture past its terms; returns how many stories. Never raises for the database."""
    try:
        end = next_end()
        if end is None or end >= timezone.localdate() or not cache.add(LOCK, 1, LONGEST):
            return 0
        try:
            printed = withhold(AT_ONCE)
            if printed == AT_ONCE:
                rest.enqueue()
            return printed
        finally:
            cache.delete(LOCK)
    except DatabaseError:
        logger.exception("the terms of pictures could not be read")
        return 0


@task
def rest() -> None:
    """What one request left, off the requests; where no worker runs, the next one does the next few."""
    withhold()


def withhold(most: int | None = None) -> int:
    """Print anew the stories (at most so many) that show a picture past its terms, the newest first."""
    ended = StoryImage.objects.filter(is_withheld=False, image__expires_on__lt=timezone.localdate())
    stories = list(dict.fromkeys(ended.order_by("-story__published_at").values_list("story", flat=True)))[:most]
    printed = press.reprint(stories) if stories else 0
    forget()
    return printed
