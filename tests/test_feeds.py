"""The feeds of published stories."""

from datetime import datetime

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


ADDRESSES = ["/feeds/latest", "/actors/ilse-maran/feed", "/topics/shipping/feed"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_atom_passes_a_strict_parse_and_tells_the_same(client, settings, story, address):
    response = client.get(f"{address}.atom")
    feed = feedparser.parse(response.content)
    assert not feed.bozo
    assert feed.version == "atom10"
    assert response["Content-Type"].startswith("application/atom+xml")
    assert (bool(feed.feed.id), bool(feed.feed.updated), feed.feed.author) == (True, True, settings.NEWSROOM_NAME)
    assert [link.href for link in feed.feed.links if link.rel == "self"] == [f"{settings.NEWSROOM_URL}{address}.atom"]
    (entry,) = feed.entries
    assert (entry.title, entry.summary, entry.author) == (story.headline, story.standfirst, "Wren")
    assert entry.id == entry.link == f"{settings.NEWSROOM_URL}{story.get_absolute_url()}"
    assert entry.updated_parsed == entry.published_parsed


@pytest.mark.parametrize("address", ADDRESSES)
def test_json_feed_has_what_version_1_1_asks_for(client, settings, story, address):
    response = client.get(f"{address}.json")
    assert response["Content-Type"].startswith("application/feed+json")
    feed = response.json()
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == f"{settings.NEWSROOM_URL}{address}.json"
    assert feed["title"].endswith(settings.NEWSROOM_NAME)
    assert feed["home_page_url"].startswith(settings.NEWSROOM_URL)
    (item,) = feed["items"]
    assert item["id"] == item["url"] == f"{settings.NEWSROOM_URL}{story.get_absolute_url()}"
    assert (item["title"], item["summary"]) == (story.headline, story.standfirst)
    assert (item["content_text"], item["authors"]) == (story.standfirst, [{"name": "Wren"}])
    assert datetime.fromisoformat(item["date_published"]) == story.published_at
    assert set(item["tags"]) == {"Shipping", "Ilse Maran"}


@pytest.mark.parametrize("ending", ["rss", "atom", "json"])
def test_feed_of_an_actor_or_topic_of_drafts_alone_is_none(client, people, desk, story, ending):
    draft = factories.article(people.writer, desk)
    draft.actors.add(factories.actor("Canary Wharfinger"))
    draft.record_revision(by=people.writer)
    assert client.get(f"/actors/canary-wharfinger/feed.{ending}").status_code == 404
    assert client.get(f"/topics/never-was/feed.{ending}").status_code == 404
    assert "Canary" not in client.get(f"/actors/ilse-maran/feed.{ending}").content.decode()


@pytest.mark.parametrize("address", ADDRESSES[1:])
def test_feed_of_a_tag_costs_the_same_when_there_are_more_stories(client, in_print, address, django_assert_num_queries):
    in_print(4)
    for ending in ("rss", "atom", "json"):
        with django_assert_num_queries(2):
            assert client.get(f"{address}.{ending}").status_code == 200


def test_pages_name_their_feeds(client, story):
    for page, address in (("/", "/feeds/latest"), ("/actors/ilse-maran/", "/actors/ilse-maran/feed")):
        told = client.get(page).content.decode()
        assert all(f'href="{address}.{ending}"' in told for ending in ("rss", "atom", "json"))
