"""What search engines are told."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from articles import press, sitemaps
from articles.models import Article, Story
from tests import factories, machines

pytestmark = pytest.mark.django_db
IN = {"m": sitemaps.MAPS, "n": sitemaps.NEWS, "i": sitemaps.IMAGE}


def read(client, address):
    """The parsed answer."""
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/xml")
    return ElementTree.fromstring(response.content)  # noqa: S314  (our own answer)


def places(root):
    """Every address in it."""
    return [each.text for each in root.iterfind(".//m:loc", IN)]


def test_index_leads_to_every_page_in_print_and_to_no_draft(client, settings, people, desk, story):
    draft = factories.article(people.writer, desk, slug="the-canary")
    draft.actors.add(factories.actor("Canary Wharfinger"))
    draft.record_revision(by=people.writer)
    index = read(client, "/sitemap.xml")
    found = [
        place for file in places(index) for place in places(read(client, file.removeprefix(settings.NEWSROOM_URL)))
    ]
    assert all(place.startswith(settings.NEWSROOM_URL) for place in found)
    paths = {place.removeprefix(settings.NEWSROOM_URL) for place in found}
    assert {"/", "/latest/", story.get_absolute_url(), "/actors/ilse-maran/", "/topics/shipping/"} <= paths
    assert not any("canary" in path for path in paths)
    assert all(client.get(path).status_code == 200 for path in paths)
    changed = index.find("m:sitemap/m:lastmod", IN)
    assert changed.text == story.updated_at.isoformat()


def test_file_is_cut_by_keys_and_one_that_is_none_is_404(client, settings, in_print, monkeypatch):
    monkeypatch.setattr(sitemaps.files, "SIZE", 2)
    stories = in_print(5)
    files = [place for place in places(read(client, "/sitemap.xml")) if "stories" in place]
    assert len(files) >= 3
    found = [place for file in files for place in places(read(client, file.removeprefix(settings.NEWSROOM_URL)))]
    assert len(found) == len(set(found)) == len(stories)
    for address in ("/sitemap-stories-99999.xml", "/sitemap-drafts-0.xml", "/sitemap-pages-1.xml"):
        assert client.get(address).status_code == 404


def test_story_has_its_picture_and_when_it_changed(client, people, desk):
    article = factories.article(people.writer, desk, lead_image=factories.image())
    story = factories.publish(article, people)
    root = read(client, f"/sitemap-stories-{story.pk // sitemaps.files.SIZE}.xml")
    assert root.find(".//i:loc", IN).text.endswith(story.picture["url"])
    assert root.find(".//m:lastmod", IN).text == story.updated_at.isoformat()


def test_withdrawn_story_is_in_no_sitemap(client, people, story):
    press.withdraw(Article.objects.get(pk=story.pk), by=people.publisher, note="It was wrong.")
    assert client.get(f"/sitemap-stories-{story.pk // sitemaps.files.SIZE}.xml").status_code == 404
    assert places(read(client, "/news-sitemap.xml")) == []
    assert not any("stories" in place for place in places(read(client, "/sitemap.xml")))


def test_news_are_those_of_two_days(client, settings, in_print):
    new, old = in_print(2)
    for story, hours in ((new, 47), (old, 49)):
        Story.objects.filter(pk=story.pk).update(published_at=timezone.now() - timedelta(hours=hours))
    new.refresh_from_db()
    root = read(client, "/news-sitemap.xml")
    assert places(root) == [f"{settings.NEWSROOM_URL}{new.get_absolute_url()}"]
    assert root.find(".//n:title", IN).text == new.headline
    assert root.find(".//n:name", IN).text == settings.NEWSROOM_NAME
    assert root.find(".//n:language", IN).text == "en"
    assert root.find(".//n:publication_date", IN).text == new.published_at.isoformat()


def test_robots_are_told_where_the_sitemaps_are_and_what_is_not_theirs(client, settings):
    told = client.get("/robots.txt").content.decode()
    assert f"Sitemap: {settings.NEWSROOM_URL}/sitemap.xml" in told
    assert f"Sitemap: {settings.NEWSROOM_URL}/news-sitemap.xml" in told
    assert "Disallow: /admin/" in told


def test_sitemaps_keep_to_their_schemas(client, settings, people, desk):
    article = factories.article(people.writer, desk, lead_image=factories.image(), headline="Fish & <chips>")
    factories.publish(article, people)
    index = client.get("/sitemap.xml")
    files = [place.removeprefix(settings.NEWSROOM_URL) for place in places(ElementTree.fromstring(index.content))]  # noqa: S314
    assert {file.split("-")[1] for file in files} == {"pages", "stories", "actors", "topics", "contributors"}
    for address in ("/sitemap.xml", "/news-sitemap.xml", *files):
        content = client.get(address).content
        assert machines.sitemap_faults(content) == [], address
        assert machines.sitemap_faults(content.replace(b"loc>", b"place>")) != []


def test_tag_has_when_its_newest_story_went_out(client, settings, in_print):
    newest, _older = in_print(2)
    index = read(client, "/sitemap.xml")
    told = {each.find("m:loc", IN).text.rsplit("sitemap-")[1]: each.find("m:lastmod", IN) for each in index}
    number = newest.actor_rows.get().tag_id // sitemaps.files.SIZE
    assert told[f"actors-{number}.xml"].text == newest.published_at.isoformat()
    assert told["pages-0.xml"] is None
    file = read(client, f"/sitemap-actors-{number}.xml")
    assert file.find("m:url/m:lastmod", IN).text == newest.published_at.isoformat()


def test_files_of_tags_cost_the_same_when_there_are_more(client, in_print, django_assert_num_queries):
    in_print(3)
    for address in ("/sitemap-actors-0.xml", "/sitemap-topics-0.xml"):
        with django_assert_num_queries(1):
            client.get(address)
