"""Which stories have to do with one."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import press, teasers
from articles.models import Article, Story
from tests import factories
from tests.conftest import FIRST_DAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def tagged(people, desk):
    """`tagged(*names)` prints a story of these actors, an hour after the one before."""
    count = iter(range(1000))

    def publish(*names):
        made = factories.article(people.writer, desk)
        made.actors.set([factories.actor(name) for name in names])
        made.topics.set([factories.topic()])
        made.record_revision(by=people.writer)
        return factories.publish(made, people, at=FIRST_DAY + timedelta(hours=next(count)))

    return publish


def related(story):
    return [each.pk for each in teasers.related_to(Story.objects.get(pk=story.pk))]


def test_rare_actor_weighs_more_when_many_stories_share_another(tagged):
    rare = tagged("Rare Person")
    common = [tagged("Everybody") for _number in range(8)]
    story = tagged("Rare Person", "Everybody")
    found = related(story)
    assert found[0] == rare.pk
    assert found[1:] == [each.pk for each in common[::-1][:5]]


def test_story_is_no_relation_of_itself_when_asked(tagged):
    tagged("Somebody")
    story = tagged("Somebody")
    assert story.pk not in related(story)


def test_newer_story_is_related_at_once_when_it_is_printed(tagged):
    story = tagged("Somebody")
    assert related(story) == []
    newer = tagged("Somebody")
    assert related(story) == [newer.pk]


def test_withdrawn_story_is_no_relation_when_others_share_its_actors(tagged, people):
    story, other = tagged("Somebody"), tagged("Somebody")
    press.withdraw(Article.objects.get(pk=other.pk), by=people.publisher, note="Forged.")
    assert related(story) == []


def test_relations_cost_one_query_and_page_two_when_there_are_many(tagged, client):
    story = tagged("A", "B", "C")
    for _number in range(3):
        tagged("A", "B", "C")
    with CaptureQueriesContext(connection) as captured:
        page = client.get(story.get_absolute_url())
    assert len(captured) == 2
    assert page.content.decode().count("teaser--line") == 3


def test_untagged_story_has_no_relations_when_asked():
    with CaptureQueriesContext(connection) as captured:
        assert teasers.related_to(Story(id=1, related_by={})) == []
    assert len(captured) == 0


def test_story_is_shown_in_the_language_of_the_other_alone_when_it_has_both(people, desk, tagged):
    actor = factories.actor("Somebody")
    story = tagged("Somebody")

    def publish(**fields):
        made = factories.article(people.writer, desk, **fields)
        made.actors.set([actor])
        made.record_revision(by=people.writer)
        factories.publish(made, people, at=FIRST_DAY)
        return made

    english = publish()
    arabic = publish(translation_of=english, language="ar", headline="ميناء سيلم", slug="ميناء-سيلم")
    assert related(story) == [english.pk]
    assert english.pk not in related(arabic)
