"""The feeds of published stories."""

from datetime import datetime

import feedparser
import pytest

from articles import press
from articles.models import Article
from tests import factories, machines
from tests.test_editions import PUBLIC_NOTES, again

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


ADDRESSES = ["/feeds/latest", "/sections/world/feed", "/actors/ilse-maran/feed", "/topics/shipping/feed"]
ENDINGS = ["rss", "atom", "json"]


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


@pytest.mark.parametrize("address", ADDRESSES[2:])
def test_feed_of_a_tag_costs_the_same_when_there_are_more_stories(client, in_print, address, django_assert_num_queries):
    in_print(4)
    for ending in ("rss", "atom", "json"):
        with django_assert_num_queries(2):
            assert client.get(f"{address}.{ending}").status_code == 200


def test_pages_name_their_feeds(client, story):
    for page, address in (("/", "/feeds/latest"), ("/actors/ilse-maran/", "/actors/ilse-maran/feed")):
        told = client.get(page).content.decode()
        assert all(f'href="{address}.{ending}"' in told for ending in ("rss", "atom", "json"))


@pytest.mark.parametrize("is_full", [True, False])
def test_feeds_keep_to_their_formats(client, people, desk, settings, is_full):
    settings.NEWSROOM_FULL_FEEDS = is_full
    picture = factories.image(caption="The gate & <more>", credit="Ada")
    article = factories.article(people.writer, desk, lead_image=picture, headline="Fish & <chips>", language="ar")
    factories.publish(article, people)
    again(article, people, kind="correction", **PUBLIC_NOTES["correction"])
    bare = factories.article(people.writer, desk)
    bare.bylines.all().delete()
    bare.record_revision(by=people.writer)
    factories.publish(bare, people)
    for address in (f"{each}.{ending}" for each in (*ADDRESSES, "/corrections/feed") for ending in ENDINGS):
        told = client.get(address)
        assert machines.feed_faults(address, told.content) == [], address
        assert not told.cookies


def test_the_checks_of_formats_find_a_fault_where_there_is_one(client, story):
    for ending, good, bad in (
        ("rss", b"<pubDate>", b"<pubDate>x"),
        ("atom", b"<updated>2", b"<updated>x2"),
        ("json", b'"items"', b'"rows"'),
    ):
        content = client.get(f"/feeds/latest.{ending}").content
        assert good in content
        assert machines.feed_faults(f"/feeds/latest.{ending}", content.replace(good, bad, 1)) != []


def test_picture_goes_along_in_each_form(client, people, desk, settings):
    picture = factories.image(caption="The gate", credit="Ada")
    story = factories.publish(factories.article(people.writer, desk, lead_image=picture), people)
    address = f"{settings.NEWSROOM_URL}{story.picture['url']}"
    (rss,) = feedparser.parse(client.get("/feeds/latest.rss").content).entries
    (shown,) = rss.media_content
    assert (shown["url"], shown["medium"]) == (address, "image")
    assert int(shown["width"]) == story.picture["width"]
    assert rss.media_credit[0]["content"] == "Ada"
    (atom,) = feedparser.parse(client.get("/feeds/latest.atom").content).entries
    assert [each.href for each in atom.enclosures] == [address]
    (item,) = client.get("/feeds/latest.json").json()["items"]
    assert (item["image"], item["attachments"][0]["url"]) == (address, address)
    assert item["attachments"][0]["mime_type"].startswith("image/")


def test_whole_story_goes_along_where_the_newsroom_says_so(client, people, desk, settings):
    settings.NEWSROOM_FULL_FEEDS = True
    picture = factories.image()
    aside = "<aside><h2>What is a sweep?</h2><p>Boats drag a wire.</p></aside>"
    body = f'{factories.BODY}<figure data-image="{picture.pk}"></figure>{aside}'
    article = factories.article(people.writer, desk)
    Article.objects.filter(pk=article.pk).update(body=body)
    article.refresh_from_db()
    article.record_revision(by=people.writer)
    story = factories.publish(article, people)
    page = f"{settings.NEWSROOM_URL}{story.get_absolute_url()}"
    (item,) = client.get("/feeds/latest.json").json()["items"]
    (rss,) = feedparser.parse(client.get("/feeds/latest.rss").content).entries
    (atom,) = feedparser.parse(client.get("/feeds/latest.atom").content).entries
    for html in (item["content_html"], rss.content[0].value, atom.content[0].value):
        assert "third day" in html
        assert f'href="{page}#card-' in html
        assert f'src="{settings.NEWSROOM_URL}/media/' in html
        assert "Back to the words" not in html
        assert html.count("<aside>") == 1
        assert "Boats drag a wire." in html
    assert "content_text" not in item
    settings.NEWSROOM_FULL_FEEDS = False
    assert "third day" not in client.get("/feeds/latest.rss").content.decode()


def test_item_says_when_it_was_updated(client, story, article, people):
    again(article, people, **PUBLIC_NOTES["update"])
    (entry,) = feedparser.parse(client.get("/feeds/latest.rss").content).entries
    assert entry.updated_parsed > entry.published_parsed or entry.updated != entry.published


def test_feed_of_a_section_of_drafts_alone_is_none(client, people, story):
    factories.article(people.writer, factories.desk("Canary", "canary"))
    for ending in ENDINGS:
        assert client.get(f"/sections/canary/feed.{ending}").status_code == 404
        assert client.get(f"/sections/never/feed.{ending}").status_code == 404
        assert "Canary" not in client.get(f"/sections/world/feed.{ending}").content.decode()


def test_feed_of_corrections_tells_what_was_wrong_and_nothing_of_a_withdrawn_story(client, story, article, people):
    corrected = again(article, people, kind="correction", **PUBLIC_NOTES["correction"])
    (entry,) = feedparser.parse(client.get("/corrections/feed.rss").content).entries
    assert entry.title == f"Correction: {corrected.headline}"
    assert all(words in entry.summary for words in PUBLIC_NOTES["correction"].values())
    assert entry.link.endswith(corrected.get_absolute_url())
    press.withdraw(article, by=people.publisher, note="The letter was forged.")
    told = client.get("/corrections/feed.rss").content.decode()
    assert "The letter was forged." in told
    assert corrected.headline not in told


@pytest.mark.parametrize(("address", "count"), [(ADDRESSES[1], 2), ("/corrections/feed", 1)])
def test_feed_of_rows_costs_the_same(client, people, desk, address, count, django_assert_num_queries):
    for _number in range(3):
        article = factories.article(people.writer, desk)
        factories.publish(article, people)
        again(article, people, kind="correction", **PUBLIC_NOTES["correction"])
    for ending in ENDINGS:
        with django_assert_num_queries(count):
            assert client.get(f"{address}.{ending}").status_code == 200
