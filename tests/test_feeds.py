"""The feeds of published stories."""

import feedparser
import pytest

from tests import factories

pytestmark = pytest.mark.django_db


def test_feed_is_valid_and_tells_the_story_when_read(client, settings, story):
    response = client.get("/feeds/latest.rss")
    feed = feedparser.parse(response.content)
    assert not feed.bozo
    assert response["Content-Type"].startswith("application/rss+xml")
    assert feed.feed.title == settings.NEWSROOM_NAME
    (entry,) = feed.entries
    assert entry.title == story.headline
    assert entry.summary == story.standfirst
    assert entry.link == f"{settings.NEWSROOM_URL}{story.get_absolute_url()}" == entry.id
    assert {"Shipping", "Ilse Maran"} == {tag.term for tag in entry.tags}
    assert entry.author == "Wren"
    assert entry.published_parsed


def test_feed_has_no_draft_when_one_waits(client, people, desk, story):
    factories.article(people.writer, desk, headline="Canary headline")
    page = client.get("/feeds/latest.rss").content.decode()
    assert story.headline in page
    assert "Canary" not in page


def test_feed_escapes_once_when_a_headline_has_markup(client, people, desk):
    factories.publish(factories.article(people.writer, desk, headline="Fish & <chips>"), people)
    assert "<title>Fish &amp; &lt;chips&gt;</title>" in client.get("/feeds/latest.rss").content.decode()


def test_feed_is_valid_when_nothing_is_published(client):
    feed = feedparser.parse(client.get("/feeds/latest.rss").content)
    assert not feed.bozo
    assert feed.entries == []


def test_feed_costs_the_same_when_there_are_more_stories(client, people, desk, django_assert_num_queries):
    for _number in range(3):
        factories.publish(factories.article(people.writer, desk), people)
    with django_assert_num_queries(1):
        client.get("/feeds/latest.rss")
