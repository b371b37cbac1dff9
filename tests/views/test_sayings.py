"""Everything an actor said, and what others said of them."""

from datetime import date, timedelta

import pytest

from articles.models import Actor, Quote, StoryQuote
from articles.views import sayings
from tests import factories
from tests.conftest import FIRST_DAY

pytestmark = pytest.mark.django_db
ADDRESS = "/actors/ilse-maran/quotes/"


@pytest.fixture
def said(people, desk):
    """Publishes a story in which Ilse Maran says her words, on a day, in a way, on a topic."""

    def publish(said_on=None, how="press_conference", topic="Shipping", hours=0):
        article = factories.article(people.writer, desk)
        fields = {"said_on": said_on, "is_undated": said_on is None, "obtained_via": how}
        Quote.objects.filter(article=article).update(**fields)
        article.topics.set([factories.topic(topic)])
        article.record_revision(by=people.writer)
        return factories.publish(article, people, at=FIRST_DAY + timedelta(hours=hours))

    return publish


def stories(page):
    """The keys of the stories whose words are listed, in order."""
    return [quote.story_id for quote in page.context["quotes"]]


def test_words_stand_by_the_day_they_were_said_and_else_by_that_of_print(client, said):
    old = said(date(2024, 5, 1), hours=9)
    undated = said(hours=1)
    new = said(date(2026, 3, 1), hours=0)
    page = client.get(ADDRESS)
    assert stories(page) == [undated.pk, new.pk, old.pk]
    assert page.context["years"] == [2026, 2024]
    assert "printed; undated" in page.content.decode()


def test_words_are_narrowed_by_topic_year_and_how_they_were_obtained(client, said):
    one = said(date(2024, 5, 1))
    two = said(date(2026, 3, 1), how="phone", topic="Trade", hours=1)
    three = said(date(2026, 2, 1), how="phone", hours=2)
    for query, found in (
        ({"topic": "shipping"}, [three, one]),
        ({"year": "2026"}, [two, three]),
        ({"how": "phone"}, [two, three]),
        ({"how": "phone", "topic": "trade"}, [two]),
        ({"how": "phone", "topic": "shipping", "year": "2024"}, []),
        ({"topic": "", "year": "", "how": ""}, [two, three, one]),
    ):
        page = client.get(ADDRESS, query)
        assert stories(page) == [story.pk for story in found], query


@pytest.mark.parametrize(
    "query",
    [
        {"topic": "never-was"},
        {"year": "1066"},
        {"year": "٢٠٢٦"},
        {"how": "telepathy"},
        {"before": "bm9uc2Vuc2U"},
        {"before": "MjAyNi0xMy0wMXwx"},
    ],
)
def test_what_is_not_offered_is_not_there(client, said, query):
    said()
    assert client.get(ADDRESS, query).status_code == 404


def test_topic_on_which_only_a_draft_quotes_them_is_not_offered(client, said, people, desk):
    said()
    draft = factories.article(people.writer, desk)
    draft.topics.set([factories.topic("Canary smuggling")])
    draft.record_revision(by=people.writer)
    assert client.get(ADDRESS, {"topic": "canary-smuggling"}).status_code == 404
    assert "Canary" not in client.get(ADDRESS).content.decode()


def test_list_pages_by_key_and_keeps_what_is_chosen(client, said, monkeypatch):
    monkeypatch.setattr(sayings, "PAGE", 2)
    made = [said(date(2026, 1, day), hours=day) for day in (1, 2, 2, 3)][::-1]
    first = client.get(ADDRESS, {"topic": "shipping", "spam": "x"})
    assert "topic=shipping&amp;before=" in first.content.decode()
    assert "spam" not in first.content.decode()
    key = first.context["page"].next_key
    second = client.get(ADDRESS, {"topic": "shipping", "before": key})
    assert stories(first) + stories(second) == [story.pk for story in made]
    assert second.context["page"].next_key == ""


def test_who_has_said_nothing_has_an_empty_page(client, people, desk):
    article = factories.article(people.writer, desk)
    article.actors.add(factories.actor("Silent Ost"))
    article.record_revision(by=people.writer)
    factories.publish(article, people)
    assert "We have not quoted them yet." in client.get("/actors/silent-ost/quotes/").content.decode()
    assert "Nobody we have quoted named them yet." in client.get("/actors/silent-ost/mentions/").content.decode()


def test_words_of_others_stand_on_the_dossier_and_on_a_page_of_their_own(client, people, desk):
    body = "<p>“Ilse Maran has closed it again,” said Otto Wick. “She has,” another said of her.</p>"
    article = factories.article(people.writer, desk, body=body)
    wick = factories.actor("Otto Wick")
    source = factories.attribution(article, source_actor=wick)
    for words in ("Ilse Maran has closed it again,", "She has,"):
        factories.quote(article, words, speaker=wick, attribution=source)
    article.actors.add(factories.actor(), wick)
    article.record_revision(by=people.writer)
    factories.publish(article, people)
    dossier, page = client.get("/actors/ilse-maran/"), client.get("/actors/ilse-maran/mentions/")
    named = [StoryQuote.objects.get(text__startswith="Ilse").pk]
    assert [quote.pk for quote in dossier.context["said_of"]] == named
    assert dossier.context["own_words"] == []
    assert [quote.pk for quote in page.context["quotes"]] == named
    assert client.get("/actors/otto-wick/mentions/").context["quotes"] == []


def test_lists_of_quotes_do_not_exist_for_an_actor_of_drafts_alone(client, story):
    Actor.objects.create(name="Canary Wharfinger")
    for page in ("quotes", "mentions"):
        hidden = client.get(f"/actors/canary-wharfinger/{page}/")
        assert hidden.status_code == 404
        assert hidden.content == client.get(f"/actors/never-was/{page}/").content
