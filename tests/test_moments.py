"""Day and time on the newsroom's clock, where clocks go forward and back."""

from datetime import UTC, datetime
from functools import partial
from zoneinfo import ZoneInfo

import pytest

from articles.moments import ComesTwice, NoSuchTime, moment

wall = partial(datetime, tzinfo=None)  # what a clock on the wall shows, in no zone
LONDON = ZoneInfo("Europe/London")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")  # half an hour of summer


@pytest.mark.parametrize(
    ("local", "utc"),
    [
        (wall(2026, 11, 24, 18, 30, 59), wall(2026, 11, 24, 18, 30)),
        (wall(2026, 7, 1, 9, 0), wall(2026, 7, 1, 8, 0)),
        (wall(2026, 12, 31, 23, 59), wall(2026, 12, 31, 23, 59)),
        (wall(2027, 3, 28, 0, 59), wall(2027, 3, 28, 0, 59)),
        (wall(2027, 3, 28, 2, 0), wall(2027, 3, 28, 1, 0)),
    ],
)
def test_a_time_is_one_moment_when_the_clock_shows_it_once(local, utc):
    assert moment(local, LONDON) == utc.replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("local", "zone", "first_after"),
    [
        (wall(2027, 3, 28, 1, 0), LONDON, "02:00"),
        (wall(2027, 3, 28, 1, 59), LONDON, "02:00"),
        (wall(2026, 10, 4, 2, 10), LORD_HOWE, "02:30"),
    ],
)
def test_a_time_is_refused_with_the_next_minute_when_the_clocks_skip_it(local, zone, first_after):
    with pytest.raises(NoSuchTime, match=f"{local:%H:%M} does not exist. The next minute is {first_after}"):
        moment(local, zone)


def test_a_time_is_asked_about_when_it_comes_twice():
    local = wall(2026, 10, 25, 1, 30)
    with pytest.raises(ComesTwice, match="BST or GMT"):
        moment(local, LONDON)
    assert moment(local, LONDON, "first") == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert moment(local, LONDON, "second") == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
