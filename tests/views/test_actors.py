"""The actors' index and dossiers."""

import pytest

from tests import factories

pytestmark = pytest.mark.django_db


def test_dossier_tells_names_words_and_stories_when_in_print(client, story):
    speaker = factories.actor()
    speaker.description = "Harbour master of Port Selm since the flood."
    speaker.save()
    speaker.aliases.create(name="Captain Maran")
    speaker.aliases.create(name="Maranite", kind="demonym")
    page = client.get("/actors/ilse-maran/").content.decode()
    for words in ("Harbour master of Port Selm", "Captain Maran", "We will not reopen it", story.headline):
        assert words in page
    assert "Maranite" not in page
    assert f'href="{story.get_absolute_url()}#q-{story.quotes.get().pk}"' in page


def test_actor_does_not_exist_for_readers_when_only_drafts_name_it(client, people, desk, story):
    draft = factories.article(people.writer, desk, slug="the-canary")
    draft.actors.add(factories.actor("Canary Wharfinger"))
    draft.record_revision(by=people.writer)
    assert client.get("/actors/canary-wharfinger/").status_code == 404
    never = client.get("/actors/never-was/")
    assert client.get("/actors/canary-wharfinger/").content == never.content
    for address in ("/", "/actors/", "/actors/?kind=person", "/latest/", "/feeds/latest.rss"):
        assert "Canary" not in client.get(address).content.decode()


def test_index_is_narrowed_when_a_kind_is_chosen(client, people, desk):
    article = factories.article(people.writer, desk)
    article.actors.add(factories.actor("Port of Selm", kind="organisation"))
    article.record_revision(by=people.writer)
    factories.publish(article, people)
    page = client.get("/actors/", {"kind": "organisation"}).content.decode()
    assert "Port of Selm" in page
    assert "Ilse Maran" not in page
    assert client.get("/actors/", {"kind": "wizard"}).status_code == 404


def test_index_pages_by_name_when_it_is_long(client, people, desk, monkeypatch):
    monkeypatch.setattr("articles.views.actors.INDEX_PAGE", 2)
    article = factories.article(people.writer, desk)
    for name in ("Abel Ost", "Berit Vale", "Celia Maas"):
        article.actors.add(factories.actor(name))
    article.record_revision(by=people.writer)
    factories.publish(article, people)
    first = client.get("/actors/", {"kind": "person"})
    second = client.get("/actors/", {"kind": "person", "before": first.context["page"].next_key})
    names = [actor.name for actor in (*first.context["actors"], *second.context["actors"])]
    assert names == ["Abel Ost", "Berit Vale", "Celia Maas", "Ilse Maran"]
    assert "kind=person&amp;before=" in first.content.decode()


def test_own_words_are_left_to_the_first_page_when_stories_go_on(client, in_print):
    stories = in_print(22)
    first = client.get("/actors/ilse-maran/")
    second = client.get("/actors/ilse-maran/", {"before": first.context["page"].next_key})
    assert [story.pk for story in second.context["stories"]] == [story.pk for story in stories[20:]]
    assert first.context["own_words"]
    assert not second.context["own_words"]


@pytest.mark.parametrize("address", ["/actors/", "/actors/ilse-maran/"])
def test_page_costs_the_same_when_there_are_more_stories(address, queries, in_print):
    in_print(1)
    one = queries(address)
    in_print(4)
    assert queries(address) == one <= 4
