"""The topics' tree and pages."""

import pytest

from articles import surrogates
from articles.models.tags import Topic
from articles.views import topics
from tests import factories
from tests.reading import addresses, entries

pytestmark = pytest.mark.django_db


@pytest.fixture
def sweeping(people, desk):
    """A story filed under a topic two levels down."""
    trade = factories.topic("Trade")
    mines = factories.topic("Mine clearance", parent=factories.topic("Sea lanes", parent=trade))
    article = factories.article(people.writer, desk)
    article.topics.set([mines])
    article.record_revision(by=people.writer)
    return factories.publish(article, people)


def test_story_stands_under_every_topic_above_its_own_when_printed(client, sweeping):
    for slug in ("trade", "sea-lanes", "mine-clearance"):
        assert sweeping.headline in client.get(f"/topics/{slug}/").content.decode()


def test_topic_page_shows_the_way_up_and_down_when_in_a_tree(client, sweeping):
    page = client.get("/topics/sea-lanes/")
    assert [topic.name for topic in page.context["above"]] == ["Trade"]
    assert [topic.name for topic in page.context["below"]] == ["Mine clearance"]


def test_the_way_up_is_told_however_deep_the_tree_is_and_is_right_when_a_name_changes(client, people, desk):
    above = None
    for number in range(6):
        above = factories.topic(f"Level {number}", parent=above)
    article = factories.article(people.writer, desk)
    article.topics.set([above])
    article.record_revision(by=people.writer)
    factories.publish(article, people)
    for name in ("Level 0", "The root of all"):
        Topic.objects.filter(slug="level-0").update(name=name)
        page = client.get("/topics/level-5/").content.decode()
        assert f'<li><a href="/topics/level-0/">{name}</a></li>' in page
        assert page.count('<li><a href="/topics/level-') == 5


def test_the_page_is_filed_under_all_it_shows_also_when_it_was_set_before(client, sweeping):
    filed = []
    for _ in range(2):
        with surrogates.noting() as keys:
            client.get("/topics/sea-lanes/")
        filed.append(keys)
    shown = Topic.objects.filter(slug__in=["trade", "sea-lanes", "mine-clearance"])
    told = {
        f"story-{sweeping.pk}",
        f"actor-{sweeping.quotes.get().speaker_id}",
        *surrogates.keys("topic", shown.values_list("pk", flat=True)),
    }
    assert filed == [told, told]


def test_topic_does_not_exist_for_readers_when_only_drafts_are_filed_there(client, people, desk, sweeping):
    draft = factories.article(people.writer, desk)
    draft.topics.add(factories.topic("Canary smuggling", parent=Topic.objects.get(slug="trade")))
    draft.record_revision(by=people.writer)
    assert client.get("/topics/canary-smuggling/").status_code == 404
    for address in ("/", "/topics/", "/topics/trade/", "/latest/", "/feeds/latest.rss"):
        assert "Canary" not in client.get(address).content.decode()


def test_topic_page_tells_who_acts_and_who_is_quoted_when_in_print(client, sweeping):
    page = client.get("/topics/sea-lanes/")
    assert [each["name"] for each in page.context["dossier"].actors] == ["Ilse Maran"]
    assert [row.quote.text for row in page.context["words"]] == [sweeping.quotes.get().text]
    assert 'href="/actors/ilse-maran/quotes/?topic=sea-lanes"' in page.content.decode()
    assert client.get("/actors/ilse-maran/quotes/?topic=sea-lanes").status_code == 200
    (row,) = page.context["timeline"]["rows"]
    month = client.get("/topics/sea-lanes/", {"before": row["key"]})
    assert entries(month) == addresses([sweeping])
    assert "<svg" not in month.content.decode()


def test_tree_keeps_a_branch_when_its_parent_is_not_listed():
    topic = Topic(pk=2, name="Orphan", slug="orphan", parent_id=1)
    assert [branch["name"] for branch in topics.tree([topic])] == [topic.name]


@pytest.mark.parametrize("address", ["/topics/", "/topics/shipping/"])
def test_page_costs_the_same_when_there_are_more_stories(address, queries, in_print):
    in_print(1)
    one = queries(address)
    in_print(4)
    assert queries(address) == one <= 4


def test_topic_costs_the_same_when_there_are_more_subtopics(queries, people, desk, sweeping):
    one = queries("/topics/trade/"), queries("/topics/")
    for name in ("Tolls", "Canals", "Pilots"):
        article = factories.article(people.writer, desk)
        article.topics.add(factories.topic(name, parent=Topic.objects.get(slug="trade")))
        article.record_revision(by=people.writer)
        factories.publish(article, people)
    assert (queries("/topics/trade/"), queries("/topics/")) == one
