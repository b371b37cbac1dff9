"""Nothing unpublished reaches a stranger: not on a page, in a feed, a count, a header or a picture."""

import re
from datetime import timedelta

import pytest
from django.urls import get_resolver, reverse
from django.utils import timezone

from articles import fronts, offering, packages, press
from articles.models import Actor, Article, Package, Source, Story, Topic
from articles.workflow import Status
from tests import factories

CANARY = "CANARYBIRD"


def requests_of_a_reader(client, article):
    """Every public page a reader could try, guesses at the article's own address among them."""
    addresses = [
        "/",
        "/latest/",
        "/actors/",
        "/actors/?letter=C",
        "/topics/",
        "/contributors/",
        "/corrections/",
        "/feeds/latest.rss",
        "/sitemap.xml",
        "/robots.txt",
        "/search/",
        "/sections/world/",
        "/sections/canaries/",
        "/packages/the-harbour/",
        "/packages/the-birds/",
        *(f"/search/?q={CANARY}{end}" for end in ("", "&in=quotes", "&in=names", "*", "S")),
        f"/search/?q=shipping+-{CANARY}",
        f"/search/?q={CANARY[:-1]}",
        f"/search/suggest/?q={CANARY[:4]}",
        f"/search/feed.json?q={CANARY}",
    ]
    addresses += [story.get_absolute_url() for story in Story.objects.exclude(pk=article.pk)]
    addresses += [f"/{day}/{article.slug}/" for day in ("2026/11/23", f"{article.created_at:%Y/%m/%d}")]
    addresses += [f"{address}history/" for address in addresses[-2:]]
    addresses += [f"/quotes/{pk}/" for pk in article.quotes.values_list("pk", flat=True)]
    people = [actor.get_absolute_url() for actor in Actor.objects.all()]
    addresses += [f"{person}{page}" for person in people for page in ("", "quotes/", "mentions/")]
    addresses += [topic.get_absolute_url() for topic in Topic.objects.all()]
    addresses += [f"/{page}/?before={value}" for page in ("latest", "corrections") for value in ("", "MA", article.pk)]
    for address in addresses:
        yield address, client.get(address)


def without_what_was_asked(response, address):
    """The answer without the words of the question, which a search says again."""
    body = response.content.decode("utf-8", "replace").replace(address, "")
    return (
        re.sub(rf"q=[^\"'<>&\s]*|value=\"[^\"]*\"|-?{CANARY}S?\*?(?=[”\"| ]| \|)", "", body)
        if "?q=" in address
        else body
    )


@pytest.fixture
def canary(people, desk, story):
    """An unpublished article every field of which sings, beside one story in print."""
    actor = factories.actor(f"{CANARY} Person", description=CANARY)
    topic = factories.topic(f"{CANARY} Topic", description=CANARY, parent=factories.topic("Shipping"))
    image = factories.image(alt=CANARY, caption=CANARY, credit=CANARY)
    article = factories.article(
        people.writer,
        desk,
        headline=f"{CANARY} headline",
        standfirst=CANARY,
        kicker=CANARY,
        slug=f"{CANARY.lower()}-slug",
        dateline=CANARY,
        slugline=CANARY,
        ed_note=CANARY,
        lead_image=image,
        body=f"<p>“{CANARY} will not be told,” somebody said.</p><figure data-image='{image.pk}'></figure>",
    )
    article.actors.add(actor, factories.actor())
    article.topics.add(topic)
    source = factories.attribution(article, label=CANARY, wording=CANARY, source_actor=actor)
    factories.quote(article, f"{CANARY} will not be told", speaker=actor, attribution=source)
    article.record_revision(by=people.writer)
    plant_around(article, story, people)
    return article


def plant_around(article, story, people):
    """It leads two fronts in words of their own, and is a part of two running stories."""
    for front in (None, article.desk):
        placed = [fronts.Placed("lead", article.pk, f"{CANARY} in other words", is_pinned=True)]
        fronts.arrange(front, placed, by=people.publisher, seen=0, note=CANARY)
    part = packages.Part(article.pk, timezone.localdate(), f"{CANARY} began to sing")
    harbour = packages.save(
        Package(title="The harbour", slug="the-harbour"), [part, packages.Part(story.pk)], by=people.publisher
    )
    packages.put_before_readers(harbour, by=people.publisher)
    packages.save(Package(title=CANARY, slug="the-birds", intro=CANARY), [part], by=people.publisher)


@pytest.mark.parametrize("status", [status for status in Status if status not in ("published", "withdrawn")])
def test_a_stranger_sees_nothing_of_it_whatever_its_status(status, canary, client, people):
    Article.objects.filter(pk=canary.pk).update(status=status, publish_at=timezone.now() + timedelta(hours=1))
    for address, response in requests_of_a_reader(client, canary):
        body = without_what_was_asked(response, address)
        assert CANARY.lower() not in body.lower().replace(canary.slug, ""), address
        assert CANARY.lower() not in str(response.headers).lower(), address
    for address in addresses_of_pictures(canary):
        assert client.get(address).status_code == 404, address


def addresses_of_pictures(article):
    """The file, every rendition of it, and the share pictures of what the story holds."""
    image = article.lead_image
    yield image.url
    for name in offering.every_name(image.width, image.height, image.focus):
        yield f"{image.url}/{name}"
    yield reverse("poster-story", args=[article.pk])
    yield reverse("poster-actor", args=[Actor.objects.get(name__startswith=CANARY).slug])
    yield from (reverse("poster-quote", args=[quote.pk]) for quote in article.quotes.all())


def test_hidden_and_never_existed_are_the_same_answer(canary, client):
    hidden = client.get(f"/actors/{Actor.objects.get(name__startswith=CANARY).slug}/")
    never = client.get("/actors/no-such-actor-at-all/")
    assert hidden.status_code == never.status_code == 404
    assert len(hidden.content) - len(never.content) < 60
    story = client.get(f"/{canary.created_at:%Y/%m/%d}/{canary.slug}/")
    assert story.status_code == 404


def test_the_canary_is_seen_once_it_is_published(canary, client, people):
    """The positive control: the same look finds it when there is something to find."""
    factories.publish(canary, people)
    seen = [
        address for address, response in requests_of_a_reader(client, canary) if CANARY in response.content.decode()
    ]
    assert {"/", "/latest/", "/actors/", "/topics/", "/feeds/latest.rss"} <= set(seen)
    assert {"/sections/world/", "/packages/the-harbour/"} <= set(seen)
    assert {client.get(address).status_code for address in addresses_of_pictures(canary)} == {200}
    assert f"{CANARY} in other words" in client.get("/").content.decode()
    assert f"{CANARY} began to sing" in client.get("/packages/the-harbour/").content.decode()
    assert client.get(canary.lead_image.url).status_code == 200


def test_the_canary_is_among_the_corrections_once_one_is_published(canary, client, people):
    factories.publish(canary, people)
    correction = {"kind": "correction", "wrong": "It sang.", "right": "It does not sing."}
    canary.refresh_from_db()
    canary.revise(by=people.publisher)
    factories.approve(canary, people)
    assert CANARY not in client.get("/corrections/").content.decode()
    press.publish(canary, by=people.publisher, **correction)
    assert CANARY in client.get("/corrections/").content.decode()


def test_a_withdrawn_story_is_gone_from_every_page_but_its_note(canary, client, people):
    factories.publish(canary, people)
    address = factories.Story.objects.get(pk=canary.pk).get_absolute_url()
    press.withdraw(canary, by=people.publisher, note="Published in error.")
    for where, response in requests_of_a_reader(client, canary):
        body = without_what_was_asked(response, where).lower().replace(canary.slug, "")
        assert CANARY.lower() not in body, where
    tombstone = client.get(address)
    assert tombstone.status_code == 410
    assert "Published in error." in tombstone.content.decode()
    assert client.get(canary.lead_image.url).status_code == 404


def test_readers_pages_set_no_cookies(story, client):
    for address in (
        "/",
        story.get_absolute_url(),
        "/latest/",
        "/actors/",
        "/topics/",
        "/corrections/",
        "/feeds/latest.rss",
    ):
        response = client.get(address)
        assert response.status_code == 200
        assert not response.cookies, address
        assert "Cookie" not in response.get("Vary", ""), address


def test_a_writer_does_not_find_another_writers_draft(canary, client, people):
    client.force_login(people.outsider)
    addresses = [reverse("admin:index"), reverse("admin:articles_article_changelist")]
    addresses += [f"{reverse('admin:articles_article_changelist')}?q={CANARY}"]
    for address in addresses:
        body = client.get(address).content.decode().replace(f'value="{CANARY}"', "")
        assert f"{CANARY} headline" not in body, address
    hidden = client.get(reverse("admin:articles_article_change", args=[canary.pk]))
    never = client.get(reverse("admin:articles_article_change", args=[canary.pk + 1000]))
    assert hidden.status_code == never.status_code
    assert hidden.get("Location") == never.get("Location")


# --- every address ------------------------------------------------------------------------------------------------


def patterns(resolver=None, prefix=""):
    """Every named address of the project with its full name."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if hasattr(pattern, "url_patterns"):
            space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from patterns(pattern, space)
        else:
            yield f"{prefix}{pattern.name}", pattern


ENDINGS = ("rss", "atom", "json")
OTHERWISE_404 = {"styleguide", "logo", "metrics"}
"""For staff; for a newsroom that has one; for staff and monitors."""
PUBLIC = {"front", "latest", "corrections", "about-sourcing", "actors", "topics", "healthz", "readyz", "search"} | {
    "contributors",
    "search-suggest",
    *(f"feed-search-{ending}" for ending in ENDINGS),
    *("sitemap", "news-sitemap", "robots", "look"),
    *("about-masthead", "about-contact", "about-privacy", "about-accessibility"),
    *(f"feed-{kind}-{ending}" for kind in ("latest", "corrected") for ending in ENDINGS),
}
WITH_ARGUMENTS = {
    "quote",
    "story",
    "story-history",
    "section",
    "package",
    "actor",
    "actor-quotes",
    "actor-mentions",
    "contributor",
    "topic",
    "media",
    *(f"poster-{kind}" for kind in ("story", "actor", "quote")),
    "preview",
    "preview-unlock",
    "preview-comment",
    "preview-media",
    "calendar-feed",
    "sitemap-file",
    *(f"feed-{kind}-{ending}" for kind in ("ofactor", "oftopic", "ofcontributor", "ofsection") for ending in ENDINGS),
}
OPEN_DOORS = {"admin:login", "admin:jsi18n", "admin:session"}


def test_every_address_is_public_by_name_or_asks_who_you_are(story, client, article):
    """A new address is either in the lists above, and so thought about, or closed to strangers."""
    asked = set()
    for name, pattern in patterns():
        asked.add(name)
        if name in PUBLIC | WITH_ARGUMENTS | OPEN_DOORS:
            continue
        assert name.startswith("admin:") or name in OTHERWISE_404, f"{name} is public and in no list"
        places = {**pattern.pattern.converters, **getattr(pattern.pattern, "regex", re.compile("")).groupindex}
        values = {place: "articles" if place == "app_label" else 1 for place in places}
        address = reverse(name, kwargs=values) if pattern.name else "/admin/no-such-page/"
        response = client.get(address)
        assert response.status_code in (301, 302, 401, 403, 404, 405), (name, response.status_code)
        if response.status_code == 302:
            assert response["Location"].startswith(("/admin/login/", "/admin/?next=")) or name == "admin:logout", name
    assert asked >= PUBLIC | WITH_ARGUMENTS | OPEN_DOORS
    for name in PUBLIC | OPEN_DOORS:
        assert client.get(reverse(name)).status_code in (200, 302), name


def test_confidential_labels_are_shown_to_staff_only(story, client):
    Source.objects.create(label=f"{CANARY} label", is_confidential=True)
    for address in ("/", story.get_absolute_url(), "/actors/", "/feeds/latest.rss"):
        assert CANARY not in client.get(address).content.decode()
