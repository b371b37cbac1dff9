"""The HTML of a story's page that is kept in its row: the same as made anew, and never what it should no longer be."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from django.utils.formats import date_format

from articles import press, standing, structured_data
from articles.models import Story
from articles.printing import article, entries, figures, ledger, phrases, setting
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def read(client):
    """(the page as text, how many queries it took)."""

    def get(story):
        with CaptureQueriesContext(connection) as captured:
            response = client.get(story.get_absolute_url())
        assert response.status_code == 200
        return response.content.decode(), len(captured)

    return get


def put(story, **values):
    Story.objects.filter(pk=story.pk).update(**values)


def test_a_page_is_the_same_when_it_was_set_at_print_and_when_it_is_read(story, read):
    kept, queries = read(story)
    put(story, set_by="what made it before")
    made, more = read(story)
    assert kept == made
    assert (queries, more) == (2, 3)


def test_what_was_set_otherwise_is_not_shown_and_not_written_until_it_is_printed_again(story, read):
    put(story, set_by="what made it before", setting=setting.GAP.join(["old"] * (setting.GAPS + 1)))
    page, _queries = read(story)
    assert story.headline in page
    assert ">old" not in page
    row = Story.objects.get(pk=story.pk)
    assert row.set_by == "what made it before"
    press.reprint([story.pk])
    row.refresh_from_db()
    assert setting.is_set(row)
    assert read(story)[1] == 2


def test_what_others_write_is_shown_without_a_print(story, read):
    other = {"language": "ar", "name": "العربية", "url": "/2026/01/02/x/", "headline": "ميناء"}
    running = {
        "package": 1,
        "title": "The harbour",
        "url": "/running/x/",
        "number": 1,
        "count": 2,
        "previous": None,
        "next": None,
    }
    before, _queries = read(story)
    put(story, translations=[other], running=[running])
    page, queries = read(story)
    assert 'hreflang="ar" href="http://127.0.0.1:8000/2026/01/02/x/"' in page
    assert ">العربية</a>" in page
    assert "part 1 of 2" in page
    assert queries == 2
    put(story, translations=[], running=[])
    assert read(story)[0] == before


def test_settings_that_a_page_tells_are_those_of_now(story, read, settings):
    settings.NEWSROOM_URL = "https://record.example"
    page, _queries = read(story)
    assert f'<link rel="canonical" href="https://record.example{story.get_absolute_url()}">' in page
    settings.NEWSROOM_NAME = "The Other Record"
    assert f"<title>{story.headline} | The Other Record</title>" in read(story)[0]


def test_another_template_or_zone_makes_another_page(monkeypatch, settings):
    before = setting.made_by()
    settings.TIME_ZONE = "Asia/Tokyo"
    assert setting.made_by() != before
    settings.TIME_ZONE = "Europe/London"
    assert setting.made_by() == before
    read_source = standing._sources
    monkeypatch.setattr(standing, "_sources", lambda names: {**read_source(names), "new.html": "<p>new</p>"})
    standing._version_of.cache_clear()
    assert setting.made_by() != before
    standing._version_of.cache_clear()


def test_every_part_of_a_story_counts(monkeypatch):
    seen = []
    monkeypatch.setattr(standing, "version_of", lambda *names, called: seen.extend((*names, *called)))
    setting.made_by()
    names = standing._sources([each for each in seen if isinstance(each, str)])
    assert {"components/notes.html", "components/put_right.html", "components/documents.html"} <= set(names)
    assert {article, entries, figures, ledger, phrases, setting, structured_data} <= {*seen[2:]}


def test_words_that_look_like_a_gap_are_words(people, desk, read):
    article = factories.article(people.writer, desk, headline=f"A {setting.GAP} in the fence", slug="gap")
    story = factories.publish(article, people)
    assert setting.is_set(story)
    assert "A &lt;!--gap--&gt; in the fence" in read(story)[0]


def test_nothing_is_set_of_a_proof_and_nothing_stays_of_a_withdrawn_story(story, people, article):
    proof = press.proof(article.revisions.latest("number"))
    assert proof.setting == ""
    press.withdraw(article, by=people.publisher, note="The letter was forged.")
    assert Story.objects.get(pk=story.pk).setting == ""


@pytest.mark.parametrize("form", ["j F Y", "H:i", "j F Y, H:i", "j F Y, H:i T", "H.i", "j \\d\\e F, g:i a", "\ue000"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_moment_is_written_as_django_writes_it(form, language):
    winter = datetime(2026, 1, 31, 22, 59, tzinfo=UTC)
    with timezone.override("Europe/Berlin"), translation.override(language):
        for at in (winter, winter, winter + timedelta(minutes=2), winter + timedelta(days=181)):
            assert phrases.moment(timezone.localtime(at), form) == date_format(timezone.localtime(at), form)
