"""A source that turns out to be unreliable: what rests on it, what it keeps back, what is corrected."""

import pytest
from django.core.exceptions import PermissionDenied

from articles import press, recalling
from articles.models import Article, Claim, Event, Source, Story
from tests import factories

pytestmark = pytest.mark.django_db


def live(people, **fields):
    """A story in print."""
    article = factories.article(people.writer, **fields)
    article.record_revision(by=people.writer)
    article.submit(by=people.writer)
    article.approve(by=people.reviewer)
    press.publish(article, by=people.publisher)
    return article


@pytest.fixture
def source(article):
    """The one source of the story."""
    return article.attributions.get().source


def test_what_rests_on_a_source_is_listed_by_weight_with_what_goes_back_to_it(people, article, source):
    heavy = live(people)
    used = heavy.attributions.get()
    relay = used.source
    relay.origin = source
    relay.save()
    claim = Claim.objects.create(article=heavy, text="Ships waited off the breakwater", is_serious=True)
    claim.attributions.add(used)
    found = recalling.resting_on(source, people.publisher)
    assert [each.article for each in found] == [heavy, article]
    assert found[0].is_live
    assert found[0].claims == [(claim, True)]
    assert [len(each.quotes) for each in found] == [1, 1]
    assert found[0].weight > found[1].weight
    assert [each.article for each in recalling.resting_on(relay, people.publisher)] == [heavy]
    other = factories.attribution(heavy, label="Tide tables", source_kind="data", wording="tide tables")
    claim.attributions.add(other)
    assert recalling.resting_on(source, people.publisher)[0].claims == [(claim, False)]


def test_the_list_holds_no_story_that_the_person_may_not_read(people, article, source):
    stranger = factories.person("stranger", "Writer")
    assert recalling.resting_on(source, stranger) == []
    assert recalling.resting_on(source, people.writer) != []


def test_a_recalled_source_keeps_back_what_rests_on_it_until_it_stands_again(people, article, source):
    article.record_revision(by=people.writer)
    assert not article.blocking_findings()
    recalling.recall(source, by=people.editor, reason="The recording was staged.")
    article = Article.objects.get(pk=article.pk)
    assert [finding.code for finding in article.blocking_findings()] == ["R5"]
    assert "recalled" in article.blocking_findings()[0].sentence
    event = Event.objects.get(verb="recall_source")
    assert (event.by, event.note) == (people.editor, "The recording was staged.")
    recalling.reinstate(source, by=people.publisher)
    assert not Article.objects.get(pk=article.pk).blocking_findings()


def test_a_claim_does_not_stand_on_a_recalled_source(people, article, source):
    claim = Claim.objects.create(article=article, text="Ships waited off the breakwater", is_serious=True)
    claim.attributions.add(article.attributions.get())
    claim.approve(by=people.publisher)
    assert "R18" not in {finding.code for finding in article.preflight()}
    recalling.recall(source, by=people.editor, reason="Staged.")
    found = {finding.code: finding.sentence for finding in Article.objects.get(pk=article.pk).preflight()}
    assert "two sources" in found["R18"]
    assert "recalled" in found["R19"]


@pytest.mark.parametrize("role", ["writer", "reviewer", "admin"])
def test_not_everybody_calls_a_source_unreliable(people, source, role):
    with pytest.raises(PermissionDenied):
        recalling.recall(source, by=getattr(people, role), reason="No.")
    source.refresh_from_db()
    assert source.recalled_at is None


def test_the_log_says_nothing_of_a_confidential_source_but_its_number(people, article):
    hidden = Source.objects.create(label="Clerk of the harbour", is_confidential=True, recorded_by=people.editor)
    recalling.recall(hidden, by=people.editor, reason="The clerk of the harbour lied.")
    event = Event.objects.get(verb="recall_source")
    assert (event.label, event.note, event.subject) == ("", "", f"source:{hidden.pk}")


def test_drafts_of_corrections_are_opened_a_story_at_a_time(people):
    stories = [live(people) for _each in range(3)]
    source = stories[0].attributions.get().source
    for story in stories[1:]:
        row = story.attributions.get()
        row.source = source
        row.save()
    stories[1].revise(by=people.publisher)
    unrelated = live(people)
    opened, refused = recalling.open_corrections(
        source, [story.pk for story in [*stories, unrelated]], by=people.publisher
    )
    assert {story.pk for story in opened} == {stories[0].pk, stories[2].pk}
    assert [story.pk for story, _reasons in refused] == [stories[1].pk]
    assert {Article.objects.get(pk=story.pk).status for story in stories} == {"draft"}
    assert Article.objects.get(pk=unrelated.pk).status == "published"
    assert all(Story.objects.published().filter(pk=story.pk).exists() for story in stories)


def test_the_number_of_queries_does_not_grow_with_the_stories(people, django_assert_num_queries, article, source):
    def more(count):
        for _each in range(count):
            made = factories.article(people.writer)
            row = made.attributions.get()
            row.source = source
            row.save()
            Claim.objects.create(article=made, text="Ships waited").attributions.add(row)

    more(2)
    publisher = type(people.publisher).objects.get(pk=people.publisher.pk)
    recalling.resting_on(source, publisher)
    with django_assert_num_queries(8):
        recalling.resting_on(source, publisher)
    more(6)
    with django_assert_num_queries(8):
        assert len(recalling.resting_on(source, publisher)) == 9


def test_story_in_print_is_listed_although_its_draft_does_not_use_the_source_any_more(people, source, article):
    story = live(people)
    used = story.attributions.get().source
    story.revise(by=people.publisher)
    story.quotes.all().delete()
    story.attributions.all().delete()
    (found,) = recalling.resting_on(used, people.publisher)
    assert (found.article, found.is_live, found.is_only_printed) == (story, True, True)
    assert found.printed == [factories.WORDS]
    assert found.weight == 4
    assert recalling.resting_on(used, factories.person("stranger", "Writer")) == []
    opened, refused = recalling.open_corrections(used, [story.pk], by=people.publisher)
    assert not opened
    assert refused[0][0] == story, "a draft is open over it already"
    story = Article.objects.get(pk=story.pk)
    press.withdraw(story, by=people.publisher, note="It was wrong.")
    assert recalling.resting_on(used, people.publisher) == []
