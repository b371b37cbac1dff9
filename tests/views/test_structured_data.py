"""A story as machines read it."""

import json
import re

import pytest

from articles import press
from articles.models import Article, Evidence, Story
from tests import factories

pytestmark = pytest.mark.django_db
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.S)


def told(client, story):
    """The data block of the story's page."""
    (block,) = BLOCK.findall(client.get(story.get_absolute_url()).content.decode())
    return json.loads(block)


def test_story_tells_author_dates_actors_and_quotations(client, settings, story):
    data = told(client, story)
    url = f"{settings.NEWSROOM_URL}{story.get_absolute_url()}"
    assert (data["@context"], data["@type"], data["url"]) == ("https://schema.org", "NewsArticle", url)
    assert (data["headline"], data["description"]) == (story.headline, story.standfirst)
    assert data["author"] == [{"@type": "Person", "name": "Wren"}]
    assert data["datePublished"] == story.published_at.isoformat()
    assert [each["name"] for each in data["about"]] == ["Ilse Maran"]
    (quotation,) = data["hasPart"]
    quote = story.quotes.get()
    assert quotation["@id"] == f"{url}#q-{quote.pk}"
    assert (quotation["text"], quotation["spokenByCharacter"]["name"]) == (quote.text, "Ilse Maran")
    assert quotation["citation"] == quote.wording
    assert data["publisher"]["correctionsPolicy"] == f"{settings.NEWSROOM_URL}/corrections/"
    assert "image" not in data


def test_evidence_that_readers_are_told_of_is_what_it_is_based_on(client, people, article):
    quote = article.quotes.get()
    shown = Evidence.objects.create(article=article, title="Minutes", url="https://example.org/minutes", is_public=True)
    quote.evidence = shown
    quote.save()
    article.record_revision(by=people.writer)
    assert told(client, factories.publish(article, people))["isBasedOn"] == ["https://example.org/minutes"]


def test_genre_gives_the_subtype(client, people, desk):
    story = factories.publish(factories.article(people.writer, desk, genre="analysis"), people)
    assert told(client, story)["@type"] == "AnalysisNewsArticle"


def test_nothing_in_a_headline_ends_the_block(client, people, desk):
    headline = "</script><script>alert(1)</script> & <!-- so"
    story = factories.publish(factories.article(people.writer, desk, headline=headline), people)
    assert told(client, story)["headline"] == headline
    assert "<script>alert" not in client.get(story.get_absolute_url()).content.decode()


def test_withdrawn_story_tells_machines_nothing(client, people, story):
    press.withdraw(Article.objects.get(pk=story.pk), by=people.publisher, note="It was wrong.")
    assert Story.objects.get().structured == {}
    assert "ld+json" not in client.get(story.get_absolute_url()).content.decode()
