"""What had to be put right, on the page of the story and on the page of all corrections."""

import re
from datetime import UTC, datetime
from html import unescape

import pytest

from articles import hotfix, press
from articles.models import Article, Story
from tests import factories
from tests.test_editions import PUBLIC_NOTES, again

pytestmark = pytest.mark.django_db


def page(client, address="/corrections/"):
    """The page, as text."""
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def put_right(people, desk):
    """`put_right(2)`: so many stories, each corrected; the stories."""

    def make(count):
        made = []
        for _number in range(count):
            article = factories.article(people.writer, desk)
            factories.publish(article, people)
            made.append(again(article, people, kind="correction", **PUBLIC_NOTES["correction"]))
        return made

    return make


def test_page_says_so_when_nothing_was_corrected(client, story):
    assert "Nothing has had to be corrected so far." in page(client)


@pytest.mark.parametrize("kind", ["correction", "clarification", "editors_note"])
def test_page_lists_what_was_put_right_and_links_the_story(kind, client, story, article, people):
    corrected = again(article, people, kind=kind, **PUBLIC_NOTES[kind])
    found = page(client)
    for words in (*PUBLIC_NOTES[kind].values(), corrected.headline, f'href="{corrected.get_absolute_url()}"'):
        assert words in found


def test_page_says_nothing_of_updates_and_fixes(client, story, article, people):
    again(article, people, **PUBLIC_NOTES["update"])
    hotfix.publish(article, by=people.publisher, standfirst="The channel has to be swept first, she says.")
    assert "Nothing has had to be corrected so far." in page(client)
    shown = Story.objects.get()
    assert (shown.edition_number, [note["kind"] for note in shown.notes]) == (3, ["update"])
    assert "inor fix" not in page(client, shown.get_absolute_url())


def test_page_keeps_nothing_of_a_withdrawn_story_but_its_note(client, story, article, people):
    again(article, people, kind="correction", **PUBLIC_NOTES["correction"])
    assert story.headline in page(client)
    press.withdraw(article, by=people.publisher, note="The letter was forged.")
    found = page(client)
    assert "The letter was forged." in found
    for words in (story.headline, story.standfirst, *PUBLIC_NOTES["correction"].values()):
        assert words not in found


def test_page_says_nothing_of_a_correction_that_waits(client, story, article, people):
    article.revise(by=people.publisher)
    Article.objects.filter(pk=article.pk).update(headline="SECRET")
    article.refresh_from_db()
    article.record_revision(by=people.editor)
    factories.approve(article, people)
    before = page(client)
    press.publish(article, by=people.publisher, kind="correction", **PUBLIC_NOTES["correction"])
    assert "SECRET" not in before
    assert "SECRET" in page(client)


def test_page_goes_through_every_correction_once_when_followed(client, put_right, monkeypatch):
    monkeypatch.setattr("articles.views.corrections.PAGE", 2)
    stories = put_right(3)
    first = client.get("/corrections/")
    second = client.get("/corrections/", {"before": first.context["page"].next_key})
    rows = [*first.context["corrections"], *second.context["corrections"]]
    assert [row.story_id for row in rows] == [story.pk for story in reversed(stories)]
    assert second.context["page"].next_key == ""
    for wrong in ("x", "MA", "8J-SgA"):
        assert client.get("/corrections/", {"before": wrong}).status_code == 404


def test_page_is_narrowed_by_kind_section_and_year(client, people, desk, time_machine):
    made = {}
    for place, kind, day in (
        (desk, "correction", datetime(2025, 12, 31, 23, 30, tzinfo=UTC)),
        (factories.desk("Courts", "courts"), "clarification", datetime(2026, 1, 1, 0, 30, tzinfo=UTC)),
        (desk, "editors_note", datetime(2026, 2, 1, 12, tzinfo=UTC)),
    ):
        time_machine.move_to(day, tick=False)
        article = factories.article(people.writer, place)
        factories.publish(article, people)
        made[kind] = again(article, people, kind=kind, **PUBLIC_NOTES[kind]).pk

    def shown(query):
        return [row.story_id for row in client.get(f"/corrections/?{query}").context["corrections"]]

    first, second, third = made["correction"], made["clarification"], made["editors_note"]
    assert shown("") == shown("kind=&section=&year=") == [third, second, first]
    assert shown("kind=correction") == shown("year=2025") == [first]
    assert shown("section=courts") == [second]
    assert shown("section=world") == [third, first]
    assert shown("year=2026") == [third, second]
    assert shown("year=2026&section=world") == [third]
    assert shown("kind=withdrawal") == []
    assert "Nothing of this kind" in page(client, "/corrections/?kind=withdrawal")
    for wrong in ("kind=update", "section=no-such", "year=1066", "year=x", "kind=%00"):
        assert client.get(f"/corrections/?{wrong}").status_code == 404, wrong
    assert "noindex" in page(client, "/corrections/?year=2026")


def test_choice_goes_along_through_the_pages(client, put_right, monkeypatch):
    monkeypatch.setattr("articles.views.corrections.PAGE", 2)
    put_right(3)
    first = page(client, "/corrections/?kind=correction")
    (link,) = re.findall(r'rel="next" href="([^"]+)"', first)
    assert "kind=correction&amp;before=" in link
    assert len(client.get(f"/corrections/{unescape(link)}").context["corrections"]) == 1


def test_desk_without_a_story_in_print_is_not_offered(client, story, people):
    factories.article(people.writer, factories.desk("Canary", "canary"))
    found = page(client)
    assert ">World<" in found
    assert "Canary" not in found


def test_page_costs_the_same_when_there_are_more(client, put_right, queries):
    put_right(1)
    one = queries("/corrections/")
    put_right(2)
    assert queries("/corrections/") == one <= 4
    assert queries("/corrections/?kind=correction&section=world") == one


def test_correction_stands_over_the_story_and_an_update_under_it(client, story, article, people):
    for kind, words in PUBLIC_NOTES.items():
        again(article, people, kind=kind, **words)
    found = page(client, story.get_absolute_url()).partition("</head>")[2]
    body = found.index("stayed closed for a third day")
    for kind, is_above in (("correction", True), ("editors_note", True), ("clarification", False), ("update", False)):
        place = found.index(next(iter(PUBLIC_NOTES[kind].values())))
        assert (place < body) is is_above, kind
    assert found.index("What was wrong") < found.index("It said a buoy.") < found.index("What is right") < body


def test_every_page_links_the_corrections(client, story):
    for address in ("/", "/latest/", story.get_absolute_url()):
        assert 'href="/corrections/"' in page(client, address)
