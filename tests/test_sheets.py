"""Style sheets as they are collected, and what a story weighs with them."""

from pathlib import Path

import pytest
from django.conf import settings

from newsroom.sheets import IMPORT, joined, small
from tests.weighing import Scales

CSS = sorted((Path(settings.BASE_DIR) / "static/css").glob("*.css"))
STORY = 40 * 1024  # bytes: what a story may weigh, pictures aside
LOOK = 31_500  # of which for its sheets, faces and script


def written(name):
    return (Path(settings.BASE_DIR) / "static" / name).read_text()


@pytest.fixture(scope="session")
def scales(tmp_path_factory):
    return Scales(tmp_path_factory.mktemp("collected"))


def test_parts_stand_where_they_are_imported_when_a_sheet_is_joined():
    sheets = {"css/a.css": '@import url("b.css");\n@import url("c.css") print;\nd {}', "css/b.css": "b {}"}
    sheets["css/c.css"] = "c {}"
    assert joined("css/a.css", sheets.__getitem__) == "b {}\n@media print{c {}}\nd {}"


def test_sheet_is_refused_when_a_part_is_missing():
    with pytest.raises(KeyError):
        joined("css/a.css", {"css/a.css": '@import url("gone.css");'}.__getitem__)


@pytest.mark.parametrize(
    ("long", "short"),
    [
        ("a { b: c; }\n\n/* why */ d,\n e { f: g }", "a{b: c}d,e{f: g}"),
        (".a :is(b, c) { & :hover { d: calc(1px + 2px) } }", ".a :is(b,c){& :hover{d: calc(1px + 2px)}}"),
        ('a { content: "/* ; } , " ; }', 'a{content: "/* ; } , "}'),
        (
            "@media (min-width: 1px) and (max-width: 2px) { a { b: c } }",
            "@media (min-width: 1px) and (max-width: 2px){a{b: c}}",
        ),
        (
            "@layer one, two;\n@layer one { a::before { content: ' · ' } }",
            "@layer one,two;@layer one{a::before{content: ' · '}}",
        ),
    ],
)
def test_only_spaces_and_comments_go_when_a_sheet_is_made_small(long, short):
    assert small(long) == short


@pytest.mark.parametrize("path", CSS, ids=lambda path: path.stem)
def test_braces_are_those_of_the_source_when_a_sheet_is_made_small(path):
    text = written(f"css/{path.name}")
    assert small(text).count("{") == small(text).count("}")
    assert small(small(text)) == small(text)


def test_parts_of_an_import_are_there_when_they_are_named():
    named = [part for path in CSS for part, _medium in IMPORT.findall(path.read_text())]
    assert named
    assert all((path.parent / part).exists() for path in CSS for part, _medium in IMPORT.findall(path.read_text()))


def test_one_file_holds_all_of_its_parts_when_static_files_are_collected(scales):
    with scales.storage.open(scales.storage.stored_name("css/core.css")) as file:
        text = file.read().decode()
    assert "@import" not in text
    assert "/*" not in text
    assert "@media print{@layer print{" in text
    assert scales.storage.url("fonts/public-sans-core.woff2").rpartition("/")[2] in text


@pytest.mark.django_db
def test_story_weighs_little_when_it_is_fetched_without_pictures(story, client, scales):
    page = len(client.get(story.get_absolute_url(), headers={"Accept-Encoding": "br"}).content)
    whole, faces = scales.of_page(client, story.get_absolute_url())
    assert whole - page <= LOOK
    assert whole <= STORY
    assert faces == 0
