"""Fronts are arranged by whom the table lets, one after the other, and print what readers may have of them."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from articles import fronts, press, releasing, slots
from articles.fronts import Placed
from articles.models import Arrangement, Event, Story, StoryPlacement
from articles.workflow import MoveNotAllowed
from tests import factories
from tests.reading import entries

pytestmark = pytest.mark.django_db


def lead(article, **fields):
    """It alone, as the lead."""
    return [Placed("lead", article.pk, **fields)]


def printed(section=""):
    """Slot → story of a front, as readers have it now."""
    rows = StoryPlacement.objects.of(section).shown_at(timezone.now())
    return {row.slot: row.story_id for row in rows}


def test_a_story_stands_where_it_was_placed_and_the_log_says_who(in_print, people):
    stories = in_print(4)
    made = fronts.arrange(None, [Placed("second-2", stories[3].pk)], by=people.editor, seen=0, note="For the weekend.")
    assert printed() == {"second-2": stories[3].pk}
    event = Event.objects.get(subject=f"arrangement:{made.pk}")
    assert (event.verb, event.by, event.note) == ("arrange_front", people.editor, "For the weekend.")
    assert event.details == {"second-2": [None, f"#{stories[3].pk}"]}


@pytest.mark.parametrize(
    ("role", "paper", "own", "other"),
    [
        ("Writer", False, False, False),
        ("Editor", True, True, False),
        ("Reviewer", False, False, False),
        ("Publisher", True, True, True),
        ("Admin", False, False, False),
    ],
)
def test_who_may_arrange_which_front(role, paper, own, other, story, desk):
    person, courts = factories.person("me", role), factories.desk("Courts", "courts")
    desk.members.add(person)
    for front, may in ((None, paper), (desk, own), (courts, other)):
        assert fronts.may_arrange(person, front) == may
        if may:
            fronts.arrange(front, lead(story), by=person, seen=0)
        else:
            with pytest.raises(PermissionDenied):
                fronts.arrange(front, lead(story), by=person, seen=0)
    assert Arrangement.objects.count() == sum((paper, own, other))


def test_an_editor_of_no_desk_arranges_nothing(story):
    with pytest.raises(PermissionDenied):
        fronts.arrange(None, lead(story), by=factories.person("me", "Editor"), seen=0)


def test_nobody_places_what_they_cannot_see_but_what_stands_there_stays(article, people):
    courts = factories.desk("Courts", "courts")
    hidden = factories.article(people.outsider, courts)
    with pytest.raises(PermissionDenied):
        fronts.arrange(None, lead(hidden), by=people.editor, seen=0)
    fronts.arrange(None, lead(hidden), by=people.publisher, seen=0)
    both = [*lead(hidden), Placed("under-1", article.pk)]
    fronts.arrange(None, both, by=people.editor, seen=1)
    assert {each.article for each in fronts.placed_in(fronts.current(None))} == {hidden.pk, article.pk}


def test_a_story_that_is_not_in_print_shows_once_it_is_and_goes_with_its_withdrawal(article, people):
    fronts.arrange(None, lead(article, headline="In words of our own"), by=people.publisher, seen=0)
    assert not StoryPlacement.objects.exists()
    factories.publish(article, people)
    assert StoryPlacement.objects.get().headline == "In words of our own"
    article.refresh_from_db()
    press.withdraw(article, by=people.publisher, note="Wrong.")
    assert not StoryPlacement.objects.exists()


def test_words_of_the_front_give_way_when_the_story_is_corrected_after_them(article, people):
    factories.publish(article, people)
    fronts.arrange(None, lead(article, headline="All ships sank", is_pinned=True), by=people.publisher, seen=0)
    article.refresh_from_db()
    article.revise(by=people.editor)
    factories.approve(article, people)
    press.publish(article, by=people.publisher, kind="correction", wrong="All sank.", right="One sank.")
    assert StoryPlacement.objects.get().headline == ""
    fronts.arrange(None, lead(article, headline="One ship sank", is_pinned=True), by=people.publisher, seen=1)
    assert StoryPlacement.objects.get().headline == "One ship sank"


@pytest.mark.parametrize(
    ("fields", "hours", "is_shown"),
    [
        ({}, 23, True),
        ({}, 25, False),
        ({"is_pinned": True}, 2500, True),
        ({"is_pinned": True, "until": 48}, 47, True),
        ({"is_pinned": True, "until": 48}, 49, False),
        ({"until": 2}, 1, True),
        ({"until": 2}, 3, False),
        ({"until": 48}, 25, False),
    ],
)
def test_a_placement_gives_way_after_its_time(fields, hours, is_shown, story, people, client):
    now = timezone.now()
    if "until" in fields:
        fields = fields | {"until": now + timedelta(hours=fields["until"])}
    fronts.arrange(None, lead(story, headline="Placed by hand", **fields), by=people.publisher, seen=0, at=now)
    with time_machine.travel(now + timedelta(hours=hours), tick=False):
        assert ("Placed by hand" in client.get("/").content.decode()) == is_shown
        assert entries(client.get("/"))[0] == story.get_absolute_url(), "the newest stands in for it"


def test_the_later_of_two_is_told_and_nothing_is_lost(in_print, people):
    stories = in_print(2)
    first = fronts.arrange(None, lead(stories[0]), by=people.editor, seen=0)
    with pytest.raises(fronts.ArrangedMeanwhile) as told:
        fronts.arrange(None, lead(stories[1]), by=people.publisher, seen=0)
    assert told.value.newest == first
    assert printed() == {"lead": stories[0].pk}
    fronts.arrange(None, lead(stories[1]), by=people.publisher, seen=told.value.newest.number)
    assert printed() == {"lead": stories[1].pk}


def test_what_makes_no_sense_is_refused_and_changes_nothing(in_print, people):
    one, other = in_print(2)
    now = timezone.now()
    wrong = [
        ([Placed("lead", one.pk), Placed("under-1", one.pk)], {}),
        ([Placed("lead", one.pk), Placed("lead", other.pk)], {}),
        ([Placed("ceiling", one.pk)], {}),
        (lead(one), {"goes_live_at": now - timedelta(minutes=1)}),
        (lead(one, until=now - timedelta(minutes=1)), {}),
        (lead(one, until=now + timedelta(hours=1)), {"goes_live_at": now + timedelta(hours=2)}),
    ]
    for placed, options in wrong:
        with pytest.raises(MoveNotAllowed):
            fronts.arrange(None, placed, by=people.publisher, seen=0, **options)
    assert not Arrangement.objects.exists()
    assert not Event.objects.filter(subject__startswith="arrangement").exists()


def test_a_planned_front_goes_live_with_the_first_request_after_its_moment(in_print, people, client):
    stories = in_print(3)
    fronts.arrange(None, lead(stories[2], is_pinned=True), by=people.editor, seen=0)
    moment = timezone.now() + timedelta(hours=3)
    fronts.arrange(None, lead(stories[1], is_pinned=True), by=people.editor, seen=1, goes_live_at=moment)
    releasing.forget()
    with time_machine.travel(moment - timedelta(minutes=1), tick=False):
        assert entries(client.get("/"))[0] == stories[2].get_absolute_url()
    with time_machine.travel(moment + timedelta(seconds=1), tick=False):
        releasing.forget()
        assert client.get("/").context["front"].lead.pk == stories[1].pk
    event = Event.objects.get(verb="front_live")
    assert (event.channel, event.by) == ("release", people.editor)
    assert fronts.current(None).live_at == moment


def test_a_planned_front_shows_the_story_that_is_published_at_the_same_moment(article, people, client):
    moment = timezone.now() + timedelta(hours=3)
    factories.approve(article, people)
    article.schedule(by=people.publisher, publish_at=moment)
    fronts.arrange(None, lead(article, headline="At last"), by=people.editor, seen=0, goes_live_at=moment)
    releasing.forget()
    assert "At last" not in client.get("/").content.decode()
    with time_machine.travel(moment + timedelta(seconds=1), tick=False):
        releasing.forget()
        assert "At last" in client.get("/").content.decode()


def test_a_planned_front_of_somebody_who_left_does_not_go_live(story, people, desk):
    moment = timezone.now() + timedelta(hours=1)
    made = fronts.arrange(desk, lead(story), by=people.editor, seen=0, goes_live_at=moment)
    desk.members.clear()
    (event,) = fronts.release_due(moment)
    assert event.verb == "front_failed"
    assert "no longer" in event.note
    made.refresh_from_db()
    assert made.discarded_at
    assert not StoryPlacement.objects.exists()
    assert fronts.release_due(moment) == []


def test_a_plan_that_was_taken_off_or_replaced_does_not_go_live(in_print, people):
    stories = in_print(2)
    moment = timezone.now() + timedelta(hours=1)
    first = fronts.arrange(None, lead(stories[0]), by=people.editor, seen=0, goes_live_at=moment)
    second = fronts.arrange(None, lead(stories[1]), by=people.editor, seen=1, goes_live_at=moment, replaces=first)
    assert list(Arrangement.objects.planned()) == [second]
    fronts.discard(second, by=people.editor)
    with pytest.raises(MoveNotAllowed):
        fronts.discard(second, by=people.editor)
    assert fronts.release_due(moment) == []
    assert printed() == {}


def test_an_earlier_arrangement_comes_back_as_the_newest(in_print, people):
    stories = in_print(2)
    until = timezone.now() + timedelta(hours=1)
    old = fronts.arrange(None, lead(stories[0], headline="Old words", until=until), by=people.editor, seen=0)
    fronts.arrange(None, lead(stories[1]), by=people.editor, seen=1)
    with time_machine.travel(until + timedelta(hours=1), tick=False):
        again = fronts.restore(old, by=people.publisher, seen=2)
        assert printed() == {"lead": stories[0].pk}
    assert (again.number, again.note) == (3, "As in arrangement 1.")
    assert again.placements.get().headline == "Old words"


def test_reprinting_everything_gives_the_same_fronts(in_print, people, desk):
    stories = in_print(3)
    fronts.arrange(None, [Placed("lead", stories[1].pk), Placed("under-2", stories[0].pk)], by=people.editor, seen=0)
    fronts.arrange(desk, lead(stories[2], headline="For the section"), by=people.editor, seen=0)
    before = list(StoryPlacement.objects.values())
    press.reprint()
    assert list(StoryPlacement.objects.values()) == before
    StoryPlacement.objects.all().delete()
    press.reprint([story.pk for story in Story.objects.all()])
    assert list(StoryPlacement.objects.values()) == before


def test_slots_are_known_to_the_table_alone():
    assert ("lead", *slots.SECONDS, *slots.UNDER) == slots.NAMES
