"""What somebody typed, read."""

from datetime import datetime

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from articles.search.query import LONGEST, MOST, parse


def told(text):
    return [(part.field, part.typed, part.is_negative, part.is_prefix) for part in parse(text).parts]


def test_everything_that_can_be_written_is_read():
    assert told('harbour "channel is swept" harb* -ferry actor:maran by:"Ed Ash" -topic:war quote:peace*') == [
        ("", ("harbour",), False, False),
        ("", ("channel", "is", "swept"), False, False),
        ("", ("harb",), False, True),
        ("", ("ferry",), True, False),
        ("actor", ("maran",), False, False),
        ("by", ("ed", "ash"), False, False),
        ("topic", ("war",), True, False),
        ("quote", ("peace",), False, True),
    ]


def test_typographic_marks_are_read_as_plain_ones():
    assert told("“cease fire” −war actor: Maran") == told('"cease fire" -war actor:Maran')


def test_a_colon_after_another_word_is_no_field():
    assert told("says:no http://x.test") == [
        ("", ("says", "no"), False, False),
        ("", ("http", "x", "test"), False, False),
    ]


def moment(*day):
    return datetime(*day, tzinfo=timezone.get_default_timezone())


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("after:2026-03", moment(2026, 3, 1), None),
        ("before:2026-03-02", None, moment(2026, 3, 2)),
        ("year:2026", moment(2026, 1, 1), moment(2027, 1, 1)),
        ("after:2025 after:2026-02 before:2027 before:2026-12", moment(2026, 2, 1), moment(2026, 12, 1)),
        ("year:٢٠٢٦", moment(2026, 1, 1), moment(2027, 1, 1)),
    ],
)
def test_days_are_bounds(text, since, until):
    query = parse(text)
    assert (query.since, query.until) == (since, until)
    assert not query.problems


@pytest.mark.parametrize(
    "text", ["before:soon", "after:2026-13", "year:9999", "before:2026-02-30", "-after:2026", "genre:epic"]
)
def test_what_makes_no_sense_is_left_out_and_said(text):
    query = parse(f"harbour {text}")
    assert [part.raw for part in query.parts] == ["harbour"]
    assert len(query.problems) == 1
    assert (query.since, query.until) == (None, None)


def test_only_the_first_words_are_read_when_there_are_thousands():
    query = parse(" ".join(f"w{number}" for number in range(5_000)))
    assert len(query.parts) == MOST
    assert query.problems


@given(st.text(max_size=LONGEST + 50))
def test_anything_that_can_be_typed_is_read(text):
    query = parse(text)
    assert len(query.parts) <= MOST
    assert parse(query.text).text == query.text


def test_parts_are_taken_away_and_words_replaced():
    query = parse('harbuor "sea trade" actor:marran')
    assert query.without(query.parts[1]) == "harbuor actor:marran"
    assert query.replacing({"harbuor": "harbour", "marran": "maran"}) == 'harbour "sea trade" actor:maran'
