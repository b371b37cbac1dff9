"""Words held against a transcript."""

import pytest

from articles import matching
from articles.matching import ALTERED, ELLIPSIS, EXACT, NOT_FOUND

SAID = (
    "Good morning. We will not open the harbour before the channel is swept, and nobody should expect it this week. "
    "The tugs stay where they are. Don’t ask me again about the pilot; he knows what he did. Thank you."
)


@pytest.mark.parametrize(
    ("parts", "kind"),
    [
        (["We will not open the harbour before the channel is swept"], EXACT),
        (["we will not open the harbour before the channel is swept,"], EXACT),
        (["Don't ask me again about the pilot"], EXACT),
        (["The tugs\u00a0stay  where they are."], EXACT),
        (["The tugs stay where they are", "Don’t ask me again"], EXACT),
        (["We will not open the harbour", "before the channel is swept"], EXACT),
        (["We will not open the harbour … this week"], ELLIPSIS),
        (["We will not open the harbour [...] this week."], ELLIPSIS),
        (["Good morning", "he knows what he did"], ELLIPSIS),
        (["We shall not open the harbour before the channel is swept"], ALTERED),
        (["We will not open the port before the channel has been swept"], ALTERED),
        (["The harbour opens on Friday whatever happens"], NOT_FOUND),
        (["We will not open the harb"], ALTERED),
        (["he knows what he did", "Good morning"], ALTERED),
        (["…"], NOT_FOUND),
        ([""], NOT_FOUND),
        ([], NOT_FOUND),
    ],
)
def test_a_quote_is_found_as_it_was_said_or_not(parts, kind):
    assert matching.match(parts, SAID).kind == kind


def test_the_place_is_where_the_words_stand():
    found = matching.match(["the tugs stay where they are"], SAID)
    start, end = found.place
    assert SAID[start:end] == "The tugs stay where they are"


def test_the_difference_names_the_words_of_both_sides():
    found = matching.match(["We shall not open the port before the channel is swept"], SAID)
    assert [(run.kind, run.text) for run in found.runs] == [
        ("same", "We"),
        ("said", "will"),
        ("quoted", "shall"),
        ("same", "not open the"),
        ("said", "harbour"),
        ("quoted", "port"),
        ("same", "before the channel is swept"),
    ]


def test_what_was_left_out_is_shown():
    runs = matching.match(["The tugs stay … about the pilot"], SAID).runs
    assert [run.kind for run in runs] == ["same", "said", "same"]
    assert runs[1].text == " where they are. Don’t ask me again "


@pytest.mark.parametrize("evidence", ["", "   ", "…", "\x00"])
def test_nothing_is_found_in_nothing(evidence):
    assert matching.match(["Good morning"], evidence).kind == NOT_FOUND


def test_other_scripts_are_matched_too():
    said = "قال الوزير إن الميناء سيبقى مغلقا حتى يوم الجمعة."
    assert matching.match(["الميناء سيبقى مغلقا"], said).kind == EXACT
    assert matching.match(["Straße ist zu"], "Die STRASSE ist zu. Die Straße ist zu.").kind == EXACT


def test_a_long_transcript_is_walked_once():
    long = "We spoke of tugs and pilots and of nothing else. " * 20_000 + SAID
    assert matching.match(["he knows what he did"], long).kind == EXACT
    assert matching.match(["We shall not open the port before the channel is swept"], long).kind == ALTERED
