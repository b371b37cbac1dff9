"""What the templates of stories need to read the JSON of a printed story. No queries."""

from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language_info

register = template.Library()


@register.filter
def moment(value: str) -> datetime | None:
    """The moment written in a note, for the date filter."""
    return parse_datetime(value)


@register.filter
def total(rows: list[dict], name: str) -> int:
    """The sum of one number over the rows of a ledger; a missing one counts nothing."""
    return sum(row.get(name) or 0 for row in rows)


@register.filter
def names(tags: list[dict]) -> set[str]:
    """The slugs of the tags of a printed story, for asking whether a page of one can be linked."""
    return {tag["slug"] for tag in tags}


@register.filter
def day(value: datetime) -> date:
    """The day of a moment in the newsroom's zone, for grouping a list by days."""
    return timezone.localdate(value)


@register.filter
def spoken(text: str) -> str:
    """Quoted words as they stand alone: without the comma that led on to "she said"."""
    return text.strip().removesuffix(",")


@register.filter
def direction(language: str) -> str:
    """ "rtl" or "ltr": which way words of a language run, whatever the language of the page around them."""
    try:
        return "rtl" if get_language_info(language)["bidi"] else "ltr"
    except KeyError:
        return "ltr"
