"""The page of search, its feeds and what it suggests."""

import feedparser
import pytest

from articles import press
from articles.search import finding
from tests import factories

pytestmark = pytest.mark.django_db

BAD = [
    " ".join(f"word{number}" for number in range(5_000)),
    "\x00",
    "a\x00b",
    "😀🎉",
    '"(*',
    "(((((",
    "AND OR NOT NEAR",
    "-",
    '"',
    "*",
    "^harbour + {headline} : ship",
    "actor:",
    "actor:* topic:\" by:'",
    "9" * 5_000,
    "before:99999999999999999999 after:-1 year:0",
    "' OR 1=1; --",
    "harbour & !swept | <->",
    "\\' \\ '\\''",
    "\u202e\u200f\ufeff",
    "%s %% %(q)s",
    "x" * 100_000,
    "-harbour -ship",
    "🇦🇩 שלום مرحبا 港口",
]


@pytest.mark.parametrize("kind", ["stories", "quotes", "names", "nonsense"])
def test_anything_is_answered(client, story, kind):
    for words in BAD:
        for extra in ({}, {"order": "newest", "before": "bm93"}):
            assert client.get("/search/", {"q": words, "in": kind, **extra}).status_code == 200, words[:50]


def test_anything_is_suggested_for_and_followed(client, story):
    for words in BAD:
        assert client.get("/search/suggest/", {"q": words}).status_code == 200, words[:50]
        assert client.get("/search/feed.atom", {"q": words}).status_code == 200, words[:50]


def test_words_of_the_question_are_said_as_words(client, story):
    page = client.get("/search/", {"q": '<script>alert(1)</script> "harbour'}).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_found_words_are_marked_and_headlines_escaped(client, people, desk):
    factories.publish(factories.article(people.writer, desk, headline="Fish & <chips> harbour"), people)
    page = client.get("/search/", {"q": "harbour"}).content.decode()
    assert "Fish &amp; &lt;chips&gt; <mark>harbour</mark>" in page


def test_answers_are_not_for_search_engines_but_the_page_that_asks_is(client, settings, story):
    bare = client.get("/search/").content.decode()
    assert "noindex" not in bare
    assert f'<link rel="canonical" href="{settings.NEWSROOM_URL}/search/">' in bare
    assert '<meta name="robots" content="noindex, follow">' in client.get("/search/?q=harbour").content.decode()
    assert client.get("/search/feed.rss?q=harbour")["X-Robots-Tag"] == "noindex"


def test_empty_page_says_what_can_be_written_and_who_is_in_the_news(client, story):
    page = client.get("/search/").content.decode()
    assert "genre:analysis" in page
    assert 'href="/actors/ilse-maran/"' in page


def test_page_without_an_answer_helps_on(client, story):
    page = client.get("/search/", {"q": "harbuor swept topic:shipping"}).content.decode()
    assert "Did you mean" in page
    assert "q=harbour%20swept%20topic%3Ashipping" in page
    assert "Look without" in page


def test_right_to_left_stories_and_questions_keep_their_direction(client, people, desk):
    body = "<p>فُتح الميناء اليوم.</p>"
    factories.publish(factories.article(people.writer, desk, headline="فتح الميناء", body=body, language="ar"), people)
    page = client.get("/search/", {"q": "ميناء"}).content.decode()
    assert '<li class="hit" lang="ar" dir="rtl">' in page
    assert "<mark>الميناء</mark>" in page
    assert 'dir="auto"' in page


QUESTIONS = [
    "/search/",
    "/search/?q=harbour",
    "/search/?q=harbour+actor:ilse-maran+topic:shipping",
    "/search/?q=harbour&order=newest",
    "/search/?q=channel&in=quotes",
    "/search/?q=maran&in=names",
    "/search/?q=harbuor+topic:shiping",
    "/search/suggest/?q=harb",
    "/search/suggest/?q=il",
    "/search/feed.rss?q=harbour+actor:maran",
]


@pytest.mark.parametrize("address", QUESTIONS)
def test_page_costs_the_same_when_there_are_more_stories(address, queries, in_print, monkeypatch):
    monkeypatch.setattr(finding, "PAGE", 3)
    in_print(2)
    few = queries(address)
    in_print(5)
    assert queries(address) == few <= 6


def test_second_page_costs_no_more(client, in_print, queries, monkeypatch):
    monkeypatch.setattr(finding, "PAGE", 2)
    in_print(5)
    key = client.get("/search/?q=harbour&order=newest").context["found"].next_key
    assert queries(f"/search/?q=harbour&order=newest&before={key}") <= 6


@pytest.mark.parametrize("ending", ["rss", "atom"])
def test_a_search_is_followed_as_a_feed(client, settings, people, desk, story, ending):
    factories.publish(factories.article(people.writer, desk, headline="Wheat", body="<p>Wheat.</p>"), people)
    feed = feedparser.parse(client.get(f"/search/feed.{ending}", {"q": 'harbour "is swept"'}).content)
    assert not feed.bozo
    assert [entry.title for entry in feed.entries] == [story.headline]
    own = [link.href for link in feed.feed.links if link.rel == "self"]
    assert own == [f"{settings.NEWSROOM_URL}/search/feed.{ending}?q=harbour+%22is+swept%22"]
    assert "/search/?q=harbour" in feed.feed.link


def test_a_search_is_followed_as_json(client, story):
    feed = client.get("/search/feed.json", {"q": "harbour"}).json()
    assert [item["title"] for item in feed["items"]] == [story.headline]
    assert feed["feed_url"].endswith("/search/feed.json?q=harbour")
    assert client.get("/search/feed.json").json()["items"] == []


def test_suggestions_are_names_and_headlines_in_print(client, people, desk, story):
    factories.article(people.writer, desk, headline="Harbour of the draft")
    told = client.get("/search/suggest/", {"q": "Harb"})
    assert [each["label"] for each in told.json()["suggestions"]] == [story.headline]
    assert client.get("/search/suggest/", {"q": "ils"}).json()["suggestions"] == [
        {"label": "Ilse Maran", "kind": "person", "url": "/actors/ilse-maran/", "language": ""}
    ]
    assert client.get("/search/suggest/", {"q": "h"}).json() == {"suggestions": []}
    assert "public" in told["Cache-Control"]
    again = client.get("/search/suggest/", {"q": "Harb"}, headers={"if-none-match": told["ETag"]})
    assert again.status_code == 304


def test_withdrawn_story_is_suggested_no_more(client, article, people):
    factories.publish(article, people)
    article.refresh_from_db()
    press.withdraw(article, by=people.publisher, note="Wrong.")
    for text in ("harb", "ilse", "shipp"):
        assert client.get("/search/suggest/", {"q": text}).json() == {"suggestions": []}


def test_every_page_has_a_box_to_search_from(client, story):
    for address in ("/", "/latest/", story.get_absolute_url()):
        page = client.get(address).content.decode()
        assert 'role="search" action="/search/" method="get"' in page
