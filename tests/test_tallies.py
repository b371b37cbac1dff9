"""What readers' pages count: kept with every story, the same when it is counted anew."""

from datetime import timedelta

import pytest

from articles import filing, press, tagging, tallies
from articles.models import (
    Actor,
    ActorMonth,
    ActorName,
    ActorPair,
    ActorTopic,
    Article,
    Dossier,
    Profile,
    QuoteMention,
    QuoteTopic,
    Story,
    StoryContributor,
    TagMerge,
    Topic,
    TopicDossier,
    TopicMonth,
)
from tests import factories
from tests.conftest import FIRST_DAY

pytestmark = pytest.mark.django_db
BODY = (
    "<p>“Ilse Maran has closed the harbour again,” said Otto Wick of the Harbour Board.</p>"
    "<p>“We will not reopen it before the channel is swept,” she said.</p>"
)


def everything():
    """Every row that is printed for lists, counts and drawings, without the keys that a second print makes anew."""
    models = (
        *(ActorMonth, ActorPair, ActorTopic, TopicMonth, Dossier, TopicDossier),
        *(QuoteTopic, QuoteMention, StoryContributor, Profile, ActorName),
    )
    return {
        model.__name__: sorted(
            repr([(name, value) for name, value in row.items() if name != "id" or model is Profile])
            for row in model.objects.values()
        )
        for model in models
    }


@pytest.fixture
def spoken(people, desk):
    """Publishes a story in which Otto Wick names Ilse Maran, who speaks too; with more actors where asked."""

    def publish(*more, topic="Shipping", hours=0):
        article = factories.article(people.writer, desk, body=BODY)
        speaker, other = factories.actor(), factories.actor("Otto Wick")
        source = factories.attribution(article, source_actor=other)
        factories.quote(
            article, "Ilse Maran has closed the harbour again,", speaker=other, attribution=source, role="of the board"
        )
        factories.quote(article, speaker=speaker, attribution=source, role="harbour master")
        article.actors.add(speaker, other, *more)
        article.topics.set([factories.topic(topic)])
        article.record_revision(by=people.writer)
        return factories.publish(article, people, at=FIRST_DAY + timedelta(hours=hours))

    return publish


def test_story_is_counted_for_all_that_it_names_when_printed(spoken):
    board = factories.actor("Harbour Board", "body")
    spoken(board)
    spoken(hours=24 * 40)
    maran = factories.actor()
    months = list(ActorMonth.objects.filter(actor=maran).values_list("month", "stories", "quotes", "mentions"))
    assert [(month.isoformat(), *numbers) for month, *numbers in months] == [
        ("2026-03-01", 1, 1, 1),
        ("2026-04-01", 1, 1, 1),
    ]
    pairs = set(ActorPair.objects.filter(actor=maran).values_list("other__name", "stories"))
    assert pairs == {("Otto Wick", 2), ("Harbour Board", 1)}
    assert set(ActorTopic.objects.filter(actor=maran).values_list("topic__name", "stories", "quotes")) == {
        ("Shipping", 2, 2)
    }
    assert list(TopicMonth.objects.values_list("stories", flat=True)) == [1, 1]
    dossier = Dossier.objects.get(actor=maran)
    assert (dossier.stories, dossier.quotes, dossier.mentions) == (2, 2, 2)
    assert [each["name"] for each in dossier.company] == ["Otto Wick", "Harbour Board"]
    told = TopicDossier.objects.get()
    assert [(each["name"], each["quotes"]) for each in told.speakers] == [("Ilse Maran", 2), ("Otto Wick", 2)]


def test_words_name_an_actor_only_when_somebody_else_says_them(spoken):
    spoken()
    assert list(QuoteMention.objects.values_list("actor__name", "quote__speaker__name")) == [
        ("Ilse Maran", "Otto Wick")
    ]


def test_all_rows_are_the_same_when_everything_is_printed_again(spoken):
    spoken(factories.actor("Harbour Board", "body"))
    spoken(topic="Trade", hours=5)
    before = everything()
    assert all(before.values())
    press.reprint()
    assert everything() == before


def test_counts_are_mended_when_everything_is_printed_again(spoken):
    spoken(factories.actor("Harbour Board", "body"))
    before = everything()
    ActorMonth.objects.update(stories=99)
    ActorPair.objects.all().delete()
    TopicMonth.objects.all().delete()
    Dossier.objects.update(company=[], activity=[], sort_name="")
    TopicDossier.objects.all().delete()
    press.reprint()
    assert everything() == before


def test_share_of_a_story_goes_when_it_is_withdrawn(spoken, people):
    board = factories.actor("Harbour Board", "body")
    spoken()
    before = everything()
    second = spoken(board, hours=3)
    assert everything() != before
    press.withdraw(Article.objects.get(pk=second.pk), by=people.publisher, note="It was wrong.")
    after = everything()
    kept = Dossier.objects.get(actor=board)
    assert (kept.stories, kept.company, kept.activity) == (0, [], [])
    assert not Dossier.objects.in_print().filter(actor=board).exists()
    for table in (*tallies.KEYS, QuoteTopic, QuoteMention, StoryContributor, TopicDossier):
        assert after[table.__name__] == before[table.__name__], table
    press.reprint()
    assert everything() == after


def test_counts_hold_when_actors_are_merged_and_the_merge_is_taken_back(spoken, people):
    wick, board = factories.actor("Otto Wick"), factories.actor("Otto Wick-Berg")
    spoken(board)
    spoken(hours=2)
    before = everything()
    tagging.merge(wick, board, by=people.publisher)
    merged = everything()
    assert "'Otto Wick'" not in str(merged["Dossier"]).replace("'names': ['Otto Wick']", "")
    press.reprint()
    assert everything() == merged
    tagging.undo(TagMerge.objects.get(), by=people.publisher)
    assert everything() == before
    press.reprint()
    assert everything() == before


def test_counts_hold_when_topics_are_merged_and_an_actor_is_split(spoken, people):
    story = spoken()
    spoken(topic="Sea trade", hours=2)
    tagging.merge(Topic.objects.get(name="Shipping"), Topic.objects.get(name="Sea trade"), by=people.publisher)
    assert list(ActorTopic.objects.filter(actor=factories.actor()).values_list("stories", flat=True)) == [2]
    tagging.split(factories.actor(), "Ilse Maran (pilot)", stories=[story.pk], by=people.publisher)
    found = everything()
    assert Dossier.objects.get(actor__name="Ilse Maran (pilot)").stories == 1
    press.reprint()
    assert everything() == found


def test_only_the_first_actors_of_a_long_list_count_as_together(spoken, monkeypatch):
    monkeypatch.setattr(filing, "LEADING", 3)
    crowd = [factories.actor(f"Person Number{n}") for n in range(5)]
    spoken(*crowd)
    assert ActorPair.objects.count() == 3 * 2
    assert Dossier.objects.in_print().count() == 7
    before = everything()
    press.reprint()
    assert everything() == before


def test_printing_again_writes_no_count_when_nothing_changed(spoken, django_assert_num_queries):
    story = spoken()
    share = tallies.shares([story.pk])[story.pk]
    with django_assert_num_queries(0):
        touched = tallies.change(share, share)
    assert (touched.actors, touched.topics) == (set(), set())


def test_dossiers_tell_the_new_name_when_an_actor_is_renamed(spoken, client_of, people):
    spoken()
    wick = factories.actor("Otto Wick")
    Actor.objects.filter(pk=wick.pk).update(name="Otto Berg")
    wick.refresh_from_db()
    press.reprint_tagged(wick)
    filing.dossiers.refresh(*filing.dossiers.naming_it(wick))
    found = everything()
    assert "Otto Berg" in str(Dossier.objects.get(actor=factories.actor()).company)
    assert "Otto Berg" in str(TopicDossier.objects.get().speakers)
    press.reprint()
    assert everything() == found
    assert Story.objects.count() == 1
