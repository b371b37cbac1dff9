"""The newsroom's colours and logo as files, and the reader's choice of light or dark."""

import pytest

from articles.models import Nameplate, nameplates


@pytest.fixture(autouse=True)
def _asked():
    """Here the newsroom is asked for anew."""
    nameplates.forget()


@pytest.mark.django_db
def test_no_style_sheet_is_linked_when_the_newsroom_has_no_colour_of_its_own(client):
    assert "look.css" not in client.get("/latest/").content.decode()
    assert client.get("/look.css").content == b""
    assert client.get("/logo").status_code == 404


@pytest.mark.django_db
def test_style_sheet_is_kept_for_a_year_under_its_version_alone(client):
    Nameplate.objects.create(accent="#0b4f6c", accent_dark="#81a5ba")
    version = nameplates.current().look_version
    kept, asked = client.get(f"/look.css?v={version}"), client.get("/look.css?v=old")
    assert (
        kept.content
        == asked.content
        == (b"@layer tokens{:root{--accent:light-dark(#0b4f6c,#81a5ba);--focus:var(--accent)}}\n")
    )
    assert kept["Content-Type"] == "text/css"
    assert "max-age=31536000" in kept["Cache-Control"]
    assert "max-age=0" in asked["Cache-Control"]
    assert client.get("/look.css", headers={"If-None-Match": kept["ETag"]}).status_code == 304


@pytest.mark.django_db
def test_story_page_takes_two_queries_at_most_when_the_nameplate_is_known(story, queries):
    nameplates.current()
    assert queries(story.get_absolute_url()) <= 2


@pytest.mark.django_db
def test_page_offers_the_choice_and_sets_no_cookie(client):
    answer = client.get("/latest/")
    page = answer.content.decode()
    assert '<script src="/static/js/look.js"></script>' in page
    assert page.index("look.js") < page.index('rel="stylesheet"'), "before the first paint"
    assert "data-look hidden" in page
    assert not answer.cookies
