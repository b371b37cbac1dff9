"""What the pages of actors and topics share: activity over time, each month leading into the list of stories."""

from datetime import date

from articles import drawings
from articles.standing import Later

from . import paging


def timeline(rows):
    """`drawings.timeline` of a dossier's activity; a row with stories has the `key` of the page that begins with it.

    None where nothing is counted; drawn only where it is shown anew.
    """
    return Later(_drawn, rows) if any(any(numbers) for _day, *numbers in rows) else None


def _drawn(rows):
    drawn = drawings.timeline(rows)
    for row in drawn["rows"]:
        row["key"] = paging.before(_following(row["day"], by_year=drawn["by_year"])) if row["numbers"][0] else ""
    return drawn


def _following(day: date, *, by_year: bool) -> date:
    """The first day after the month, or the year, that begins with `day`."""
    if by_year or day.month == 12:
        return date(day.year + 1, 1, 1)
    return day.replace(month=day.month + 1)
