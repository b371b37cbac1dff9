"""Who signs: pages of those in print, and of nobody else."""

from datetime import timedelta

import feedparser
import pytest
from django.contrib.auth import get_user_model

from articles import press
from articles.models import Article, Byline, Contributor, FormerSlug, Profile, StoryContributor
from tests import factories
from tests.conftest import FIRST_DAY

pytestmark = pytest.mark.django_db
ADDRESS = "/contributors/wren/"


@pytest.fixture
def signed(people, desk):
    """Publishes stories signed by Wren, whose account has a name and an address of its own."""
    get_user_model().objects.filter(pk=people.writer.pk).update(
        first_name="Canary", last_name="Accountholder", email="canary@record.example"
    )

    def publish(count=1, role="by"):
        made = []
        for n in range(count):
            article = factories.article(people.writer, desk)
            article.bylines.update(role=role)
            article.record_revision(by=people.writer)
            made.append(factories.publish(article, people, at=FIRST_DAY + timedelta(hours=n)))
        return made[::-1]

    return publish


def _sign_another(people, desk):
    """Publishes a story that somebody else signed."""
    article = factories.article(people.writer, desk)
    article.bylines.update(contributor=Contributor.objects.create(name="Hale", slug="hale"))
    article.record_revision(by=people.writer)
    return factories.publish(article, people)


def test_page_tells_who_they_are_how_to_reach_them_and_what_they_signed(client, signed):
    picture = factories.image(alt="A woman at a desk")
    (story,) = signed()
    Contributor.objects.update(title="Harbour correspondent", bio="Grew up on a tug.", contact="Write.", image=picture)
    press.reprint()
    page = client.get(ADDRESS).content.decode()
    for words in ("Harbour correspondent", "Grew up on a tug.", "Write.", "A woman at a desk", story.headline):
        assert words in page
    assert client.get(picture.url).status_code == 200
    assert "Harbour correspondent" in client.get("/contributors/").content.decode()
    assert f'href="{ADDRESS}"' in client.get(story.get_absolute_url()).content.decode()


def test_page_tells_machines_whose_it_is(client, settings, signed):
    signed()
    told = client.get(ADDRESS).context["structured"]
    assert told["@type"] == "ProfilePage"
    assert told["mainEntity"]["name"] == "Wren"
    assert told["mainEntity"]["worksFor"] == {"@id": f"{settings.NEWSROOM_URL}/#newsroom"}
    assert [each["name"] for each in told["breadcrumb"]["itemListElement"]][1:] == ["Contributors", "Wren"]


def test_nothing_of_the_account_is_told_on_any_page(client, signed):
    (story,) = signed()
    pages = (ADDRESS, "/contributors/", story.get_absolute_url(), *(f"{ADDRESS}feed.{end}" for end in ("rss", "json")))
    for address in pages:
        page = client.get(address).content.decode()
        assert "Wren" in page
        assert "Canary" not in page
        assert "canary@" not in page
    assert "wren" in client.get("/sitemap-contributors-0.xml").content.decode()


def test_who_signed_nothing_in_print_does_not_exist(client, signed, people, desk):
    signed()
    draft = factories.article(people.outsider, desk)
    assert draft.bylines.get().contributor.slug == "otto"
    hidden = client.get("/contributors/otto/")
    assert hidden.status_code == 404
    assert hidden.content == client.get("/contributors/never-was/").content
    assert "Otto" not in client.get("/contributors/").content.decode()
    for end in ("rss", "atom", "json"):
        assert client.get(f"/contributors/otto/feed.{end}").status_code == 404


def test_page_and_picture_go_when_the_last_story_is_withdrawn(client, signed, people):
    (story,) = signed()
    picture = factories.image()
    Contributor.objects.update(image=picture)
    press.reprint()
    press.withdraw(Article.objects.get(pk=story.pk), by=people.publisher, note="It was wrong.")
    assert client.get(ADDRESS).status_code == 404
    assert client.get(picture.url).status_code == 404
    assert not StoryContributor.objects.exists()


def test_byline_of_a_proof_leads_nowhere_while_they_have_no_page(article):
    proof = press.proof(article.latest_revision())
    assert [byline["slug"] for byline in proof.bylines] == [""]


def test_stories_page_by_key_and_say_what_they_did(client, signed):
    stories = signed(22, role="photographs")
    first = client.get(ADDRESS)
    second = client.get(ADDRESS, {"before": first.context["page"].next_key})
    rows = [*first.context["signed"], *second.context["signed"]]
    assert [row.story_id for row in rows] == [story.pk for story in stories]
    assert "Photographs by Wren" in first.content.decode()


def test_contributor_is_listed_once_when_they_did_two_things(client, signed, people, desk):
    article = factories.article(people.writer, desk)
    Byline.objects.create(
        article=article, contributor=Contributor.objects.get(slug="wren"), role="photographs", position=2
    )
    article.record_revision(by=people.writer)
    factories.publish(article, people)
    assert [row.role for row in client.get(ADDRESS).context["signed"]] == ["by"]


def test_pages_cost_the_same_when_there_are_more_stories_and_people(queries, signed, people, desk):
    signed()
    one = [queries(address) for address in (ADDRESS, "/contributors/", f"{ADDRESS}feed.json")]
    signed(3)
    _sign_another(people, desk)
    assert [queries(address) for address in (ADDRESS, "/contributors/", f"{ADDRESS}feed.json")] == one
    assert max(one) <= 4


def test_feed_of_a_contributor_is_valid_and_holds_their_stories(client, signed, people, desk):
    stories = signed(2)
    _sign_another(people, desk)
    feed = feedparser.parse(client.get(f"{ADDRESS}feed.atom").content)
    assert not feed.bozo
    assert [entry.title for entry in feed.entries] == [story.headline for story in stories]
    told = client.get(f"{ADDRESS}feed.json").json()
    assert told["home_page_url"].endswith(ADDRESS)
    assert len(told["items"]) == 2


def test_old_address_leads_on_and_stories_name_the_new_one_when_it_is_changed(client, client_of, people, signed):
    (story,) = signed()
    wren = Contributor.objects.get(slug="wren")
    form = {"name": "Wren Hale", "slug": "wren-hale", "title": "Reporter", "bio": "", "contact": "", "image": ""}
    answer = client_of(people.editor).post(f"/admin/articles/contributor/{wren.pk}/change/", form)
    assert answer.status_code == 302
    moved = client.get(ADDRESS)
    assert (moved.status_code, moved["Location"]) == (301, "/contributors/wren-hale/")
    page = client.get(story.get_absolute_url()).content.decode()
    assert 'href="/contributors/wren-hale/"' in page
    assert ">Wren<" in page, "the byline stays as it was printed"
    back = form | {"slug": "wren"}
    client_of(people.editor).post(f"/admin/articles/contributor/{wren.pk}/change/", back)
    assert client.get(ADDRESS).status_code == 200
    assert list(FormerSlug.objects.values_list("slug", flat=True)) == ["wren-hale"]


def test_profile_is_made_of_a_contributor_in_print_alone_when_the_desk_saves_one(client_of, people, article):
    wren = Contributor.objects.get(slug="wren")
    form = {"name": "Wren", "slug": "wren", "title": "Reporter", "bio": "", "contact": "", "image": ""}
    client_of(people.editor).post(f"/admin/articles/contributor/{wren.pk}/change/", form)
    assert not Profile.objects.exists()
    factories.publish(article, people)
    assert Profile.objects.get().title == "Reporter"
