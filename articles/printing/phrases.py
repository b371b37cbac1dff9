"""Phrases and moments that stories are set with, in the active language; each is asked of the catalogue once.

Plain text: whoever sets it escapes it.
"""

from datetime import date, datetime
from functools import lru_cache
from html import escape

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from .. import languages

FULL = "j F Y, H:i T"
CLOCK, GAP = "H:i", "\x00"


@lru_cache(maxsize=100)
def forms(_language: str | None) -> dict[str, str]:
    """How moments are written, by the form that the catalogue knows."""
    return {FULL: gettext("j F Y, H:i T"), "j F, H:i": gettext("j F, H:i")}


def minutes(number: int) -> str:
    """How long a story takes to read."""
    return _minutes(number, languages.active())


@lru_cache(maxsize=1_000)
def _minutes(number: int, _language: str | None) -> str:
    told = ngettext("%(minutes)s minute to read", "%(minutes)s minutes to read", number)
    return told % {"minutes": number}


def stamp(at: datetime, form: str = FULL, told: str = "") -> str:
    """A moment in the newsroom's zone, as `<time>`; escaped. `told`: as it was written down."""
    local = timezone.localtime(at)
    words = moment(local, forms(languages.active()).get(form, form))
    return f'<time datetime="{escape(told or local.isoformat())}">{escape(words)}</time>'


def moment(local: datetime, form: str) -> str:
    """As `date_format`: what stands around the time of the day is made once a day."""
    around = _around_time(local.date(), form, languages.active())
    return date_format(local, form) if around is None else around.replace(GAP, f"{local:%H:%M}")


@lru_cache(maxsize=1_000)
def _around_time(day: date, form: str, _language: str | None) -> str | None:
    """The day in this form, with a gap for its time; None where the form says it in another way, or tells the zone."""
    try:
        return date_format(day, form.replace(CLOCK, GAP))
    except TypeError:
        return None
