"""The catalogues say what the source says, whole for readers, and are compiled."""

import gettext
from io import BytesIO

import pytest
from django.core.management import call_command
from django.utils import translation
from django.utils.translation import gettext as translated
from django.utils.translation import ngettext

from articles.management import catalogues


@pytest.fixture(scope="module")
def found():
    """Every string of the source."""
    return catalogues.collect()


@pytest.fixture(scope="module", params=catalogues.languages())
def catalog(request):
    """One language's catalogue, as it is kept."""
    return catalogues.read(request.param)


@pytest.fixture(scope="module", params=catalogues.languages())
def catalog_of_scripts(request):
    """That of the scripts of the desk."""
    return catalogues.read(request.param, "djangojs")


def keys(messages):
    """(English, context) of each."""
    return {catalogues._key(message) for message in messages if message.id}


def test_catalogue_has_just_the_strings_of_the_source(catalog, found):
    source = {(each.text, each.context) for each in found}
    assert keys(catalog) == source, "manage.py messages brings it up to date"


def test_reader_meets_no_english_when_the_newsroom_is_in_another_language(catalog, found):
    missing = [each.id for each in catalogues.lacking(catalog, found) if each.is_for_readers]
    assert missing == [], "manage.py messages --list"
    assert sum(each.is_for_readers for each in found) > 300


def test_compiled_catalogue_is_that_of_the_text(catalog):
    language = str(catalog.locale)
    assert catalogues.path_of(language, "mo").read_bytes() == catalogues.compiled(catalog), "manage.py messages"


def test_catalogue_of_scripts_is_whole_and_compiled(catalog_of_scripts):
    found, language = catalogues.collect("djangojs"), str(catalog_of_scripts.locale)
    assert keys(catalog_of_scripts) == {(each.text, each.context) for each in found}, "manage.py messages"
    assert [each.id for each in catalogues.lacking(catalog_of_scripts, found)] == [], "manage.py messages --list"
    compiled = catalogues.path_of(language, "mo", "djangojs").read_bytes()
    assert compiled == catalogues.compiled(catalog_of_scripts), "manage.py messages"


def test_no_script_of_readers_needs_the_catalogue_that_only_the_desk_loads():
    scripts = {name for each in catalogues.collect("djangojs") for name in each.files}
    assert scripts.isdisjoint({"static/js/search.js", "static/js/look.js"})


def test_what_stands_for_names_and_numbers_is_kept(catalog, catalog_of_scripts):
    for message in (*catalog, *catalog_of_scripts):
        if (
            message.id
            and message.string
            and any((message.string,) if isinstance(message.string, str) else message.string)
        ):
            assert list(message.check(catalog)) == [], message.id


def test_arabic_counts_in_six_forms():
    with translation.override("ar"):
        counted = [
            ngettext("%(count)s source", "%(count)s sources", n) % {"count": n}
            for n in (0, 1, 2, 3, 10, 11, 99, 100, 102)
        ]
    assert counted == [
        *("بلا مصادر", "مصدر واحد", "مصدران", "3 مصادر", "10 مصادر"),
        *("11 مصدرًا", "99 مصدرًا", "100 مصدر", "102 مصدر"),
    ]


def test_state_is_a_country_among_actors_and_no_condition():
    with translation.override("ar"):
        assert translation.pgettext("kind of actor", "state") == "دولة"
        assert translated("state") == "حالة", "the desk’s word for where a story stands"


@pytest.mark.parametrize(
    ("name", "source", "strings"),
    [
        ("a.py", '_("One")\ngettext_lazy("Two %(n)s") % {"n": 1}\n', [("One", "", ""), ("Two %(n)s", "", "")]),
        ("a.py", 'ngettext("%(n)s row", "%(n)s rows", n)\n', [("%(n)s row", "%(n)s rows", "")]),
        ("a.py", 'pgettext_lazy("kind", "state")\nprint("no")\n', [("state", "", "kind")]),
        (
            "a.js",
            'gettext("One"); ngettext("%(n)s row", "%(n)s rows", n); say("no")',
            [("One", "", ""), ("%(n)s row", "%(n)s rows", "")],
        ),
        (
            "a.html",
            '{% load i18n %}{% translate "One" %}<p>No</p>{{ a|date:_("j F, H:i") }}',
            [("One", "", ""), ("j F, H:i", "", "")],
        ),
        (
            "a.html",
            "{% blocktranslate count n=n %}{{ n }} row{% plural %}{{ n }} rows{% endblocktranslate %}",
            [("%(n)s row", "%(n)s rows", "")],
        ),
        (
            "a.html",
            "  {% blocktranslate trimmed %}\n  A “line”\n    and more\n{% endblocktranslate %}",
            [("A “line” and more", "", "")],
        ),
    ],
)
def test_string_is_found_when_it_is_marked(name, source, strings):
    assert list(catalogues._marked(source, name)) == strings


def test_string_is_a_readers_by_where_it_stands():
    assert catalogues.Found("x", "", "", ("templates/stories/front.html",)).is_for_readers
    assert catalogues.Found("in a statement", "", "", ("articles/models/quotes.py",)).is_for_readers
    assert not catalogues.Found(
        "x", "", "", ("templates/admin/index.html", "templates/emails/notices.txt")
    ).is_for_readers


def test_new_string_is_told_and_nothing_is_lost_when_the_source_changes(found):
    new = catalogues.Found("A sentence that nobody wrote yet.", "", "", ("templates/base.html",))
    renewed = catalogues.renewed("ar", [*found[10:], new])
    assert catalogues.lacking(renewed, [new]) == [new]
    assert keys(renewed) == {(each.text, each.context) for each in [*found[10:], new]}
    kept = gettext.GNUTranslations(BytesIO(catalogues.compiled(renewed)))
    assert kept.gettext("Topics in the news") == "مواضيع في الأخبار"


def test_command_fails_on_nothing_when_all_is_translated(capsys):
    call_command("messages", "--check")
    assert "lacking: 0 for readers" in capsys.readouterr().out
