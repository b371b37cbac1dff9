"""Merging two tags: everything that pointed at the one points at the other, or nothing has happened."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from articles import press, tagging
from articles.models import (
    Actor,
    ActorAlias,
    Article,
    Event,
    FormerActor,
    Quote,
    Source,
    Story,
    StoryActor,
    StoryQuote,
    StoryTopic,
    Topic,
    TopicAlias,
)
from articles.tagging import CannotMerge
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(article):
    """Ilse Maran, who speaks in `article`, and the same person under another name."""
    return Actor.objects.get(name="Ilse Maran"), factories.actor("Ilse Maran-Holt")


def test_stories_quotes_sources_and_names_go_over_when_actors_are_merged(pair, article, people, story):
    old, new = pair
    ActorAlias.objects.create(actor=old, name="I. Maran")
    tagging.merge(old, new, by=people.publisher)
    assert list(article.actors.all()) == [new]
    assert Quote.objects.get().speaker == new
    assert Source.objects.get(actor__isnull=False).actor == new
    assert sorted(new.aliases.values_list("name", flat=True)) == ["I. Maran", "Ilse Maran"]
    assert not Actor.objects.filter(pk=old.pk).exists()
    story.refresh_from_db()
    assert [actor["name"] for actor in story.actors] == ["Ilse Maran-Holt"]
    assert StoryQuote.objects.get().speaker == new
    assert StoryActor.objects.get().tag == new


def test_reprint_from_the_editions_gives_the_same_story_when_an_actor_was_merged(pair, people, story):
    old, new = pair
    third = factories.actor("Ilse Holt")
    tagging.merge(old, new, by=people.publisher)
    tagging.merge(new, third, by=people.publisher)
    before = Story.objects.values().get(pk=story.pk)
    press.reprint()
    assert Story.objects.values().get(pk=story.pk) == before
    assert [actor["name"] for actor in before["actors"]] == ["Ilse Holt"]
    assert set(FormerActor.objects.values_list("actor", flat=True)) == {third.pk}


def test_story_with_both_actors_names_one_when_they_are_merged(pair, article, people):
    old, new = pair
    article.actors.add(new)
    article.record_revision(by=people.writer)
    story = factories.publish(article, people)
    tagging.merge(old, new, by=people.publisher)
    story.refresh_from_db()
    assert [actor["slug"] for actor in story.actors] == [new.slug]
    assert article.actor_items.count() == 1


def test_what_the_other_lacks_is_carried_over_and_what_it_has_is_kept(people):
    image = factories.image()
    old = factories.actor("Selm", "state", description="Old words", image=image, code="SE", wikidata_id="Q1")
    new = factories.actor("Republic of Selm", "state", description="New words")
    tagging.merge(old, new, by=people.admin)
    new.refresh_from_db()
    assert (new.description, new.image, new.code, new.wikidata_id) == ("New words", image, "SE", "Q1")


def test_topics_beneath_and_their_stories_go_over_when_topics_are_merged(article, people):
    trade, commerce = factories.topic("Trade"), factories.topic("Commerce")
    Topic.objects.filter(name="Shipping").update(parent=trade)
    TopicAlias.objects.create(topic=trade, name="Goods")
    factories.publish(article, people)
    tagging.merge(trade, commerce, by=people.publisher)
    assert Topic.objects.get(name="Shipping").parent == commerce
    assert sorted(commerce.aliases.values_list("name", flat=True)) == ["Goods", "Trade"]
    assert StoryTopic.objects.filter(tag=commerce, is_direct=False).count() == 1
    assert StoryTopic.objects.count() == 2


def test_merge_is_one_event_that_says_what_became_of_it(pair, article, people):
    old, new = pair
    event = tagging.merge(old, new, by=people.publisher)
    assert Event.objects.filter(verb="merge").get() == event
    assert (event.subject, event.label, event.by) == (f"actor:{old.pk}", "Ilse Maran", people.publisher)
    assert event.details["into"] == [None, f"actor:{new.pk} Ilse Maran-Holt"]
    assert event.details["names"] == [None, "Ilse Maran"]


@pytest.mark.parametrize(
    ("who", "may"), [("writer", False), ("editor", False), ("reviewer", False), ("publisher", True), ("admin", True)]
)
def test_tags_are_merged_by_whoever_may_delete_them(who, may, pair, people):
    old, new = pair
    if may:
        tagging.merge(old, new, by=getattr(people, who))
    else:
        with pytest.raises(PermissionDenied):
            tagging.merge(old, new, by=getattr(people, who))
    assert Actor.objects.filter(pk=old.pk).exists() != may


def test_merge_is_refused_when_it_makes_no_sense(pair, people):
    old, new = pair
    state = factories.actor("Selm", "state")
    topic = factories.topic("Trade")
    child = factories.topic("Tariffs", parent=topic)
    for one, other in ((old, old), (old, state), (old, topic), (topic, child)):
        with pytest.raises(CannotMerge):
            tagging.merge(one, other, by=people.publisher)
    new.delete()
    with pytest.raises(CannotMerge, match="not there any more"):
        tagging.merge(old, Actor(pk=999_999, name="Gone", kind="person"), by=people.publisher)
    assert Actor.objects.filter(pk=old.pk).exists()
    tagging.merge(child, topic, by=people.publisher)
    assert not Topic.objects.filter(pk=child.pk).exists()


def test_nothing_has_changed_when_a_merge_fails_half_way(pair, article, people, story, monkeypatch):
    old, new = pair

    def fail(ids):
        raise IntegrityError("the disk is full")

    monkeypatch.setattr(press, "reprint", fail)
    with pytest.raises(IntegrityError):
        tagging.merge(old, new, by=people.publisher)
    assert list(article.actors.all()) == [old]
    assert Quote.objects.get().speaker == old
    assert not new.aliases.exists()
    assert not Event.objects.filter(verb="merge").exists()


def test_approved_story_is_published_with_the_new_name_when_its_actor_was_merged(pair, article, people):
    old, new = pair
    factories.approve(article, people)
    tagging.merge(old, new, by=people.publisher)
    press.publish(Article.objects.get(pk=article.pk), by=people.publisher)
    assert [actor["name"] for actor in Story.objects.get().actors] == ["Ilse Maran-Holt"]


@pytest.mark.parametrize(
    ("model", "handled"),
    [
        (
            Actor,
            {
                "actorrelation",
                "claim",
                "position",
                "rightofreply",
                "actoralias",
                "articleactor",
                "quote",
                "source",
                "storyquote",
                "storyactor",
                "formeractor",
                "splitactor",
                "storyrelation",
                "dossier",
                "actormonth",
                "actorpair",
                "actortopic",
                "actorname",
                "quotetopic",
                "quotemention",
            },
        ),
        (
            Topic,
            {
                "topicalias",
                "articletopic",
                "topic",
                "storytopic",
                "formertopic",
                "learnedtopic",
                "actortopic",
                "topicmonth",
                "topicdossier",
                "quotetopic",
            },
        ),
    ],
)
def test_every_relation_to_a_tag_is_one_that_a_merge_moves(model, handled):
    """A new key that points at a tag fails here until `merge` knows of it."""
    pointing = {relation.related_model._meta.model_name for relation in model._meta.related_objects}
    pointing -= {"article"} if "article" in pointing else set()
    assert pointing == handled
