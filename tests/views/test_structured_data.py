"""A story as machines read it."""

import json
import re

import pytest

from articles import dossiers, packages, press
from articles.models import Actor, Article, Evidence, Package, Position, Story
from articles.packages import Part
from tests import factories

pytestmark = pytest.mark.django_db
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.S)


def told(client, story):
    """The data block of the page of a story, of a tag, or at an address."""
    address = story if isinstance(story, str) else story.get_absolute_url()
    (block,) = BLOCK.findall(client.get(address).content.decode())
    return json.loads(block)


def test_story_tells_author_dates_actors_and_quotations(client, settings, story):
    data = told(client, story)
    url = f"{settings.NEWSROOM_URL}{story.get_absolute_url()}"
    assert (data["@context"], data["@type"], data["url"]) == ("https://schema.org", "NewsArticle", url)
    assert (data["headline"], data["description"]) == (story.headline, story.standfirst)
    assert data["author"] == [{"@type": "Person", "name": "Wren", "url": f"{settings.NEWSROOM_URL}/contributors/wren/"}]
    assert data["datePublished"] == story.published_at.isoformat()
    assert [each["name"] for each in data["about"]] == ["Ilse Maran"]
    (quotation,) = data["hasPart"]
    quote = story.quotes.get()
    assert quotation["@id"] == f"{url}#q-{quote.pk}"
    assert (quotation["text"], quotation["spokenByCharacter"]["name"]) == (quote.text, "Ilse Maran")
    assert quotation["citation"] == quote.wording
    assert quotation["spokenByCharacter"]["@type"] == "Person"
    assert quotation["spokenByCharacter"]["url"] == f"{settings.NEWSROOM_URL}/actors/ilse-maran/"
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


def steps(data):
    """The names and addresses of a page's trail."""
    return [(each["name"], each["item"]) for each in data["itemListElement"]]


def test_story_shows_its_pictures_and_the_way_to_it(client, settings, people, desk):
    lead, other = factories.image(caption="The gate", credit="Ada"), factories.image(alt="A map")
    body = f'{factories.BODY}<figure data-image="{other.pk}"></figure>'
    article = factories.article(people.writer, desk, lead_image=lead)
    Article.objects.filter(pk=article.pk).update(body=body)
    article.refresh_from_db()
    article.record_revision(by=people.writer)
    story = factories.publish(article, people)
    data = told(client, story)
    shown, second = data["image"]
    assert (shown["url"], shown["caption"], shown["creditText"]) == (
        f"{settings.NEWSROOM_URL}{lead.url}",
        "The gate",
        "Ada",
    )
    assert (shown["width"], shown["height"]) == (lead.width, lead.height)
    assert second["url"].endswith(other.url)
    url = settings.NEWSROOM_URL
    assert steps(data["mainEntityOfPage"]["breadcrumb"]) == [
        ("Front page", f"{url}/"),
        ("World", f"{url}/sections/world/"),
        (story.headline, f"{url}{story.get_absolute_url()}"),
    ]


def test_reprint_tells_machines_the_same(client, story):
    before = told(client, story)
    press.reprint()
    assert told(client, story) == before


def test_actor_page_tells_who_it_is(client, settings, story):
    actor = Actor.objects.get(slug="ilse-maran")
    board = factories.actor("Harbour Board", "body")
    Position.objects.create(actor=actor, title="Harbour master", body=board)
    Actor.objects.filter(pk=actor.pk).update(wikidata_id="Q42", description="She runs the port.")
    dossiers.compile_dossiers({actor.pk})
    data = told(client, "/actors/ilse-maran/")
    assert data["@type"] == "ProfilePage"
    entity = data["mainEntity"]
    assert (entity["@type"], entity["name"]) == ("Person", "Ilse Maran")
    assert entity["sameAs"] == "https://www.wikidata.org/wiki/Q42"
    assert (entity["jobTitle"], entity["description"]) == (["Harbour master"], "She runs the port.")
    assert [each["name"] for each in entity["affiliation"]] == ["Harbour Board"]
    assert [name for name, _url in steps(data["breadcrumb"])] == ["Front page", "Actors", "Ilse Maran"]
    Actor.objects.filter(pk=actor.pk).update(kind="armed_group", wikidata_id="")
    entity = told(client, "/actors/ilse-maran/")["mainEntity"]
    assert entity["@type"] == "Organization"
    assert "sameAs" not in entity
    assert "jobTitle" not in entity


def test_topic_page_tells_where_it_stands(client, settings, people, desk):
    article = factories.article(people.writer, desk)
    article.topics.add(factories.topic("Ferries", parent=factories.topic("Transport")))
    article.record_revision(by=people.writer)
    factories.publish(article, people)
    data = told(client, "/topics/ferries/")
    assert data["@type"] == "CollectionPage"
    assert [name for name, _url in steps(data["breadcrumb"])] == ["Front page", "Topics", "Transport", "Ferries"]


def test_front_tells_how_the_site_is_searched_and_by_what_it_is_held(client, settings, story):
    data = told(client, "/")
    assert (data["@type"], data["name"]) == ("WebSite", settings.NEWSROOM_NAME)
    assert (
        data["potentialAction"]["target"]["urlTemplate"] == f"{settings.NEWSROOM_URL}/search/?q={{search_term_string}}"
    )
    for policy in ("correctionsPolicy", "verificationFactCheckingPolicy", "unnamedSourcesPolicy"):
        path = data["publisher"][policy].removeprefix(settings.NEWSROOM_URL)
        assert client.get(path).status_code == 200


def test_quotes_page_tells_who_said_it_and_in_which_story(client, settings, story):
    quote = story.quotes.get()
    words = told(client, quote.get_absolute_url())["mainEntity"]
    assert (words["@type"], words["text"]) == ("Quotation", quote.text)
    assert words["@id"] == told(client, story)["hasPart"][0]["@id"]
    assert words["spokenByCharacter"]["url"] == f"{settings.NEWSROOM_URL}/actors/ilse-maran/"
    assert words["isPartOf"]["headline"] == story.headline


@pytest.mark.parametrize(
    ("address", "name"),
    [("/latest/", "Latest"), ("/actors/", "Actors"), ("/topics/", "Topics"), ("/contributors/", "Contributors")],
)
def test_list_tells_what_it_leads_to(client, settings, story, address, name):
    data = told(client, address)
    assert (data["@type"], data["name"], steps(data["breadcrumb"])[-1][0]) == ("CollectionPage", name, name)
    (entry, *_others) = data["mainEntity"]["itemListElement"]
    assert entry["position"] == 1
    assert entry["url"].startswith(f"{settings.NEWSROOM_URL}/")
    assert client.get(entry["url"].removeprefix(settings.NEWSROOM_URL)).status_code == 200


@pytest.mark.parametrize("address", ["/actors/?kind=person", "/latest/?before=MTc0MDAwMDAwMDAwMDAwMHwx"])
def test_list_tells_nothing_when_it_is_narrowed_or_turned_over(client, story, address):
    assert not BLOCK.findall(client.get(address).content.decode())


def test_running_story_tells_its_parts_in_their_order(client, settings, people, desk, in_print):
    new, old = in_print(2)
    made = packages.save(
        Package(title="The harbour", slug="the-harbour", intro="It closed.", desk=desk),
        [Part(old.pk), Part(new.pk)],
        by=people.editor,
    )
    packages.put_before_readers(made, by=people.editor)
    data = told(client, "/packages/the-harbour/")
    assert (data["@type"], data["name"], data["description"]) == ("CollectionPage", "The harbour", "It closed.")
    listed = [each["url"] for each in data["mainEntity"]["itemListElement"]]
    assert listed == [f"{settings.NEWSROOM_URL}{story.get_absolute_url()}" for story in (old, new)]
