"""R33 on pictures whose terms end: it warns, and keeps nothing back."""

from datetime import UTC, date, datetime

import pytest

from articles import preflight
from articles.preflight import Facts

from .documents import GOOD

NOW = datetime(2026, 3, 5, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 3, 4), "ended on 4 March 2026"),
        (date(2026, 3, 5), "may be shown until 5 March 2026"),
        (date(2026, 3, 19), "may be shown until 19 March 2026"),
    ],
)
def test_the_desk_is_warned_when_the_terms_of_a_picture_end(day, words):
    image = GOOD["lead_image"]["id"]
    [finding] = preflight.run(GOOD, Facts(now=NOW, terms={image: day}))
    assert (finding.code, finding.level, finding.target, finding.blocks) == ("R33", "W", f"image:{image}", False)
    assert words in finding.sentence
    assert not preflight.run(GOOD, Facts(now=NOW, terms={image + 1: day}))
