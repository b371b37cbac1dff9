"""Moments as people give them: a day and a time to the minute on the newsroom's clock.

Pure. Clocks go forward and back: a time that is skipped is no moment, a time that comes twice is two.
"""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _


class NoSuchTime(ValueError):  # noqa: N818  (reads as the newsroom says it)
    """The clocks skip that time; the message names the first minute after the gap."""


class ComesTwice(ValueError):  # noqa: N818
    """The clocks go back over that time; `first` and `second` are the two moments, aware."""

    def __init__(self, first: datetime, second: datetime) -> None:
        self.first, self.second = first, second
        super().__init__(
            _("The clocks go back that night, so %(time)s comes twice: say whether you mean %(one)s or %(two)s.")
            % {"time": f"{first:%H:%M}", "one": first.tzname(), "two": second.tzname()}
        )


def moment(local: datetime, zone: ZoneInfo, which: str = "") -> datetime:
    """The aware moment, in UTC, of the wall-clock time `local` of `zone` (naive; seconds are dropped).

    `which` is "first" or "second" where the time comes twice. Raises `NoSuchTime` or `ComesTwice`.
    """
    local = local.replace(second=0, microsecond=0, tzinfo=None)
    first, second = local.replace(tzinfo=zone, fold=0), local.replace(tzinfo=zone, fold=1)
    if first.utcoffset() == second.utcoffset():
        return first.astimezone(UTC)
    if not _exists(first):
        valid = (first.astimezone(UTC)).astimezone(zone)
        gap = second.utcoffset() - first.utcoffset()
        after = _first_minute_after(local, zone, abs(gap))
        raise NoSuchTime(
            _("The clocks go forward that night: %(time)s does not exist. The next minute is %(next)s.")
            % {"time": f"{local:%H:%M}", "next": f"{after or valid:%H:%M}"}
        )
    if which in ("first", "second"):
        return (first if which == "first" else second).astimezone(UTC)
    raise ComesTwice(first, second)


def _exists(aware: datetime) -> bool:
    """Whether the wall clock ever shows it."""
    there_and_back = aware.astimezone(UTC).astimezone(aware.tzinfo)
    return there_and_back.replace(tzinfo=None, fold=0) == aware.replace(tzinfo=None, fold=0)


def _first_minute_after(local: datetime, zone: ZoneInfo, gap: timedelta) -> datetime | None:
    """The first wall-clock minute that exists again, within the length of the gap."""
    for minutes in range(1, int(gap.total_seconds() // 60) + 1):
        candidate = (local + timedelta(minutes=minutes)).replace(tzinfo=zone)
        if _exists(candidate):
            return candidate
    return None
