"""Which language the words around a story are in, and what languages are called."""

import re

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from articles import languages


@pytest.mark.parametrize(
    ("language", "around", "name", "direction"),
    [
        ("en", "en", "English", "ltr"),
        ("ar", "ar", "العربية", "rtl"),
        ("ar-EG", "ar", "العربية", "rtl"),
        ("fr-CA", "fr", "Français", "ltr"),
        ("fa", "fa", "فارسی", "rtl"),
        ("art-x-corrin", "en-gb", "art-x-corrin", "ltr"),
        ("../../etc", "en-gb", "../../etc", "ltr"),
        ("", "en-gb", "", "ltr"),
    ],
)
def test_language_is_known_by_its_code(language, around, name, direction):
    assert (languages.around(language), languages.own_name(language)) == (around, name)
    assert languages.direction(language) == direction


def test_coordinates_keep_their_points_when_numbers_are_written_with_commas():
    drawn = {"width": 432.5, "height": 10.5, "nodes": [{"y": 18.5, "text_y": 23.5, "short": "Ilse", "stories": 3}]}
    with translation.override("ar"):
        page = render_to_string("components/arcs.html", {"drawn": drawn, "id": "d", "title": "t", "text": "x"})
    assert 'y="23.5"' in page
    assert not re.search(r"\d,\d", page.split("</svg>")[0])


def test_what_is_active_is_known_while_a_language_is_spoken():
    with languages.speaking("ar"):
        assert languages.active() == translation.get_language() == "ar"
        with languages.speaking("ar"), languages.speaking("fr"):
            assert languages.active() == translation.get_language() == "fr"
        assert languages.active() == translation.get_language() == "ar"
    with translation.override("fr"):
        assert languages.active() == "fr"
