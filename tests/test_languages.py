"""Which language the words around a story are in, and what languages are called."""

import pytest

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
