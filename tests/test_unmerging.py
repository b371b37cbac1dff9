"""Taking a merge back, telling one name apart into two, and finding two that are one."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from articles import press, tagging
from articles.models import (
    Actor,
    ActorAlias,
    ActorRelation,
    Article,
    Claim,
    Event,
    FormerActor,
    FormerTopic,
    Position,
    Quote,
    RightOfReply,
    Source,
    SplitActor,
    Story,
    StoryActor,
    StoryQuote,
    TagMerge,
    Topic,
)
from tests import factories

pytestmark = pytest.mark.django_db


def snapshot():
    """Every row of the desk's and the readers' tables that names an actor, without the keys of rows made anew."""
    return {
        "actors": sorted(Actor.objects.values_list("pk", "name", "slug", "description", "wikidata_id")),
        "aliases": sorted(ActorAlias.objects.values_list("actor", "name", "kind")),
        "tags": sorted(Article.actors.through.objects.values_list("content_object", "tag")),
        "quotes": sorted(Quote.objects.values_list("pk", "speaker")),
        "sources": sorted(Source.objects.exclude(actor=None).values_list("pk", "actor")),
        "claims": sorted(Claim.actors.through.objects.values_list("claim", "actor")),
        "replies": sorted(RightOfReply.objects.values_list("pk", "actor")),
        "relations": sorted(ActorRelation.objects.values_list("actor", "kind", "other", "is_denied")),
        "positions": sorted(Position.objects.values_list("pk", "actor", "body")),
        "stories": sorted(StoryActor.objects.values_list("story", "tag")),
        "printed": sorted(StoryQuote.objects.values_list("pk", "speaker", "speaker_name")),
        "former": sorted(FormerActor.objects.values_list("pk", "actor")),
        "named": [story.actors for story in Story.objects.order_by("pk")],
    }


@pytest.fixture
def pair(article, people):
    """Ilse Maran with a row in every table, some of which the other one has too; the other one."""
    old = Actor.objects.get(name="Ilse Maran")
    new = factories.actor("Ilse Maran-Holt")
    state, body = factories.actor("Selm", "state"), factories.actor("Harbour Board", "body")
    Actor.objects.filter(pk=old.pk).update(description="A minister.", wikidata_id="Q7")
    ActorAlias.objects.create(actor=old, name="I. Maran")
    for each in (old, new):
        ActorAlias.objects.create(actor=each, name="Maran")
    for length, about in ((20, [old, new]), (12, [old])):
        Claim.objects.create(article=article, text=article.text()[:length]).actors.set(about)
    ActorRelation.objects.create(actor=old, kind="leads", other=body)
    ActorRelation.objects.create(actor=state, kind="opposes", other=old, is_denied=True)
    ActorRelation.objects.create(actor=old, kind="opposes", other=new, stated_on=date(2026, 3, 1))
    Position.objects.create(actor=old, title="Minister", body=state, since=date(2020, 1, 1))
    Position.objects.create(actor=state, title="Seat", body=old)
    article.actors.add(new)
    article.record_revision(by=people.writer)
    return Actor.objects.get(pk=old.pk), new


def test_all_is_as_it_was_when_a_merge_is_taken_back(pair, people, story, article):
    old, new = pair
    RightOfReply.objects.create(article=article, actor=old, asked_at=timezone.now(), outcome="declined")
    before = snapshot()
    tagging.merge(old, new, by=people.publisher)
    assert snapshot() != before
    back = tagging.undo(TagMerge.objects.get(), by=people.publisher)
    assert (back.pk, back.name, back.slug) == (old.pk, "Ilse Maran", "ilse-maran")
    assert snapshot() == before
    press.reprint()
    assert snapshot() == before
    event = Event.objects.get(verb="unmerge")
    assert (event.subject, event.by) == (f"actor:{old.pk}", people.publisher)


def test_what_came_to_the_other_since_stays_there_when_a_merge_is_taken_back(pair, article, people):
    old, new = pair
    tagging.merge(old, new, by=people.publisher)
    ActorAlias.objects.create(actor=new, name="The Holt")
    Actor.objects.filter(pk=new.pk).update(description="Written since.")
    other = Article.objects.create(headline="Another", slug="another", writer=people.writer, desk=article.desk)
    other.actors.add(new)
    tagging.undo(TagMerge.objects.get(), by=people.publisher)
    new.refresh_from_db()
    assert new.description == "Written since."
    assert "The Holt" in new.aliases.values_list("name", flat=True)
    assert "Ilse Maran" not in new.aliases.values_list("name", flat=True)
    assert list(other.actors.all()) == [new]


def test_chain_of_merges_is_taken_back_from_its_end(pair, people, story):
    old, new = pair
    third = factories.actor("Ilse Holt")
    before = snapshot()
    tagging.merge(old, new, by=people.publisher)
    tagging.merge(new, third, by=people.publisher)
    first, second = TagMerge.objects.order_by("pk")
    with pytest.raises(tagging.CannotUndo, match="is gone itself"):
        tagging.undo(first, by=people.publisher)
    tagging.undo(second, by=people.publisher)
    tagging.undo(first, by=people.publisher)
    assert snapshot() == before


def test_merge_stays_when_name_or_address_were_taken_or_it_is_undone_already(pair, people):
    old, new = pair
    tagging.merge(old, new, by=people.publisher)
    made = TagMerge.objects.get()
    squatter = factories.actor("Ilse Maran")
    with pytest.raises(tagging.CannotUndo, match="name or address"):
        tagging.undo(made, by=people.publisher)
    squatter.delete()
    with pytest.raises(PermissionDenied):
        tagging.undo(made, by=people.editor)
    tagging.undo(made, by=people.publisher)
    with pytest.raises(tagging.CannotUndo, match="already"):
        tagging.undo(made, by=people.publisher)


def test_topics_come_apart_again(article, people, story):
    topic, into = Topic.objects.get(name="Shipping"), factories.topic("Sea trade")
    child = factories.topic("Pilots", parent=topic)
    tagging.merge(topic, into, by=people.admin)
    assert list(article.topics.all()) == [into]
    tagging.undo(TagMerge.objects.get(), by=people.admin)
    child.refresh_from_db()
    assert child.parent.name == "Shipping"
    assert [each.name for each in article.topics.all()] == ["Shipping"]
    assert [each["name"] for each in Story.objects.get().topics] == ["Shipping"]
    assert not FormerTopic.objects.exists()


# --- one name that stood for two ----------------------------------------------------------------------------------


def test_chosen_stories_go_to_the_new_actor_and_print_so_from_old_revisions(article, people, desk):
    old = Actor.objects.get(name="Ilse Maran")
    story = factories.publish(article, people)
    other = Article.objects.create(headline="Elsewhere", slug="elsewhere", writer=people.writer, desk=desk)
    other.actors.add(old)
    other.record_revision(by=people.writer)
    ActorAlias.objects.create(actor=old, name="I. Maran")
    alias = ActorAlias.objects.create(actor=old, name="Ilse Maran of Vell")
    new = tagging.split(old, "Ilse Maran (pilot)", stories=[article.pk], aliases=[alias.pk], by=people.publisher)
    assert list(article.actors.all()) == [new]
    assert list(other.actors.all()) == [old]
    assert Quote.objects.get().speaker == new
    assert Source.objects.get(actor__isnull=False).actor == new
    assert list(new.aliases.values_list("name", flat=True)) == ["Ilse Maran of Vell"]
    story.refresh_from_db()
    assert [each["name"] for each in story.actors] == ["Ilse Maran (pilot)"]
    before = Story.objects.values().get(pk=story.pk)
    press.reprint()
    assert Story.objects.values().get(pk=story.pk) == before
    live = Article.objects.get(pk=article.pk).live_document()
    assert live["quotes"][0]["speaker"]["id"] == new.pk, "a split is no correction of who spoke"
    assert Event.objects.filter(verb="split", by=people.publisher).count() == 1
    tagging.merge(new, old, by=people.publisher)
    story.refresh_from_db()
    assert [each["name"] for each in story.actors] == ["Ilse Maran"]
    assert SplitActor.objects.get().actor == old


def test_story_saved_after_a_split_may_name_both(article, people):
    old = Actor.objects.get(name="Ilse Maran")
    new = tagging.split(old, "Ilse Maran (pilot)", stories=[article.pk], by=people.publisher)
    article.actors.add(old)
    article.record_revision(by=people.writer)
    story = factories.publish(article, people)
    assert {each["slug"] for each in story.actors} == {old.slug, new.slug}


@pytest.mark.parametrize(
    ("name", "chosen", "sentence"), [("", 1, "name"), ("Selm", 1, "already"), ("New", 0, "stories")]
)
def test_split_is_refused_with_a_reason(name, chosen, sentence, article, people):
    old = Actor.objects.get(name="Ilse Maran")
    factories.actor("Selm", "state")
    with pytest.raises(tagging.CannotSplit, match=sentence):
        tagging.split(old, name, stories=[article.pk][:chosen], by=people.publisher)
    with pytest.raises(PermissionDenied):
        tagging.split(old, "New", stories=[article.pk], by=people.editor)
    assert Actor.objects.filter(name="New").count() == 0


def test_drafts_are_offered_only_to_who_may_read_them(article, people):
    old = Actor.objects.get(name="Ilse Maran")
    assert tagging.stories_to_split(old, people.admin) == []
    assert [pk for pk, _headline in tagging.stories_to_split(old, people.publisher)] == [article.pk]


# --- two names that are one ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "other", "kind"),
    [
        ("Muammar Qadhafi", "Moammar Kadafi", "person"),
        ("Ilse Maran", "Maran, Ilse", "person"),
        ("Zoé Tarrant", "Zoe Tarrant", "person"),
        ("J. Harkness", "Jonas Harkness", "person"),
        ("United Harbour Workers", "UHW", "organisation"),
        ("Selm Harbor Board", "Selm Harbour Board", "body"),
    ],
)
def test_likely_duplicates_are_found(name, other, kind, db):
    one, two = factories.actor(name, kind), factories.actor(other, kind)
    assert {(pair.one, pair.other) for pair in tagging.duplicates(Actor)} == {(one, two)}


@pytest.mark.parametrize(
    ("name", "other"),
    [("Ilse Maran", "Jonas Harkness"), ("Jonas Harkness", "Julia Harkness"), ("Anna Brandt", "Hans Brandt")],
)
def test_different_people_are_not_proposed(name, other, db):
    factories.actor(name), factories.actor(other)
    assert tagging.duplicates(Actor) == []


def test_a_name_that_is_anothers_alias_comes_first_and_never_again_once_it_is_told_apart(people):
    one, other = factories.actor("Harbour Board", "body"), factories.actor("Port Authority of Vell", "body")
    ActorAlias.objects.create(actor=other, name="harbour board")
    (pair,) = tagging.duplicates(Actor)
    assert (pair.one, pair.other, pair.likeness) == (one, other, 1.0)
    with pytest.raises(PermissionDenied):
        tagging.dismiss(Actor, [(one.pk, other.pk)], by=people.editor)
    assert tagging.dismiss(Actor, [(other.pk, one.pk), (one.pk, one.pk)], by=people.admin) == 1
    assert tagging.duplicates(Actor) == []


def test_kinds_are_kept_apart_and_topics_are_looked_at_too(db):
    factories.actor("Selm", "state"), factories.actor("Selm", "place")
    assert tagging.duplicates(Actor) == []
    factories.topic("Sea trade"), factories.topic("Seatrade"), factories.topic("Trade, sea")
    assert {(pair.one.name, pair.other.name) for pair in tagging.duplicates(Topic)} >= {("Sea trade", "Trade, sea")}
