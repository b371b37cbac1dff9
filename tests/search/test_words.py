"""Words as the index has them."""

import pytest

from articles.search import words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Harbour’s master, O'Neil", ["the", "harbour", "master", "o", "neil"]),
        ("Café Ångström naïve", ["cafe", "angstrom", "naive"]),
        ("cease-fire at 5.30", ["cease", "fire", "at", "5", "30"]),
        ("جدًّا الأولى", ["جدا", "الاولي"]),
        ("港口 closed", ["港", "口", "closed"]),
        ("\x00 😀 “(*” --", []),
        ("हिन्दी", ["हिन्दी"]),
    ],
)
def test_words_are_folded_to_what_readers_type(text, expected):
    assert words.words(text) == expected


def test_a_word_of_a_thousand_letters_is_cut():
    assert words.words("x" * 1000) == ["x" * words.LONGEST]


def test_stems_follow_the_language_of_the_story(settings):
    settings.LANGUAGE_CODE = "en-gb"
    words._stemming.cache_clear()
    assert words.stems("approving harbours", "en") == "approv harbour"
    assert words.stems("الميناء", "ar") == words.stems("ميناء", "ar")
    assert words.stems("navires fermés", "fr") == "navires fermes"
    settings.LANGUAGE_CODE = "fr"
    words._stemming.cache_clear()
    assert words.stems("navires fermes", "fr") == "navir ferm"
    words._stemming.cache_clear()


def test_a_typed_word_stands_for_itself_and_its_stem():
    assert words.forms(["approving"]) == (("approving",), ("approv",))
    assert words.forms(["ferries", "closed"]) == (("ferries", "closed"), ("ferri", "close"))
    assert words.forms(["ميناء"])[0] == ("ميناء",)
