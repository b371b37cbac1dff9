"""Marked words, and the piece of a text that shows them."""

import pytest

from articles.search.marking import Marker
from articles.search.query import parse

LONG = "Nothing happened here. " * 40 + "The “harbour” was <closed> & the ferries left. " + "More was said later. " * 40


def marker(text):
    return Marker(parse(text).words)


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("harbour", "Harbours & <b>harbour</b>", "<mark>Harbours</mark> &amp; &lt;b&gt;<mark>harbour</mark>&lt;/b&gt;"),
        ('"sea trade"', "Sea  trade, the sea", "<mark>Sea  trade</mark>, the sea"),
        ("harb*", "Harbinger", "<mark>Harbinger</mark>"),
        ('"minister house"', "A minister’s house", "A <mark>minister’s house</mark>"),
        ('sea "sea trade"', "Sea trade by sea", "<mark>Sea trade</mark> by <mark>sea</mark>"),
        ("cafe", "Café", "<mark>Café</mark>"),
        ("actor:maran -sea", "Maran at sea", "Maran at sea"),
    ],
)
def test_words_are_marked_and_everything_is_escaped(query, text, expected):
    assert marker(query).mark(text, "en") == expected


def test_arabic_is_marked_as_it_stands():
    assert marker("ميناء").mark("أُغلق الميناءُ اليوم", "ar") == "أُغلق <mark>الميناءُ</mark> اليوم"


def test_piece_is_the_one_where_the_words_stand_together():
    shown = marker("harbour ferry").snippet("The harbour. " + LONG, "en")
    assert "“<mark>harbour</mark>” was &lt;closed&gt; &amp; the <mark>ferries</mark> left." in shown
    assert shown.endswith("…")
    assert len(shown.split()) < 40


def test_there_is_no_piece_when_no_word_is_there():
    assert marker("lighthouse").snippet(LONG, "en") == ""
    assert marker("lighthouse").snippet("", "en") == ""


def test_a_piece_begins_with_its_sentence_and_ends_with_the_text():
    text = "Long before. " * 20 + "Nobody’s ship was seen. The harbour, it’s said, was shut."
    assert marker("harbour").snippet(text, "en") == "The <mark>harbour</mark>, it’s said, was shut."
    assert marker("said").snippet("It’s said.", "en") == "It’s <mark>said</mark>."


def test_a_word_is_looked_at_anew_in_another_language():
    one = marker("kidnapping")
    assert one.mark("Kidnapped", "en") == "<mark>Kidnapped</mark>"
    assert one.mark("Kidnapped", "xx") == "Kidnapped"


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        (
            "sea",
            "The ship’s sea; O’Sea, overseas, SEA’S",
            "The ship’s <mark>sea</mark>; O’<mark>Sea</mark>, overseas, <mark>SEA</mark>’S",
        ),
        ("s", "the ship's s", "the ship's <mark>s</mark>"),
        ("die", "Dying, they died", "<mark>Dying</mark>, they <mark>died</mark>"),
        ("skies", "Sky", "<mark>Sky</mark>"),
        ("elan", "Élan and elan", "<mark>Élan</mark> and <mark>elan</mark>"),
        ("sea tra*", "Sea Traders", "<mark>Sea</mark> <mark>Traders</mark>"),
    ],
)
def test_words_are_found_by_their_first_letters(query, text, expected):
    assert marker(query).mark(text, "en") == expected.replace("'", "&#x27;")


def test_the_piece_of_a_text_full_of_marks_is_near_its_beginning():
    assert "End" not in marker("sea").snippet("The sea. " * 500 + "End sea sea sea.", "en")
