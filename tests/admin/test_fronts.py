"""The page on which a front is arranged: every button by plain forms, what one may not see, two people at once."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles import fronts, press
from articles.fronts import Placed
from articles.models import Arrangement, Event, StoryPlacement, StorySection
from tests import factories

from .pages import fields

pytestmark = pytest.mark.django_db
FRONT = "/admin/front/"


@pytest.fixture
def editor(client_of, people):
    """The browser of the editor of the World desk."""
    return client_of(people.editor)


def send(client, act, path=FRONT, **values):
    """Press a button of the page as it stands, with these fields changed."""
    sent = fields(client.get(path), "front_form")
    return client.post(path, {**sent, **{name.replace("__", "-"): value for name, value in values.items()}, "act": act})


def slots_of(response):
    """Slot → value of its choice."""
    return {row.slot.name: str(row.story.value() or "") for row in response.context["rows"]}


def test_a_story_is_placed_by_a_plain_form(editor, in_print, people):
    stories = in_print(2)
    values = {"lead-story": stories[1].pk, "lead-headline": "Words of the front", "lead-pinned": "on"}
    response = editor.post(FRONT, {**values, "seen": 0, "note": "Why not.", "act": "live"})
    assert response.status_code == 302
    made = Arrangement.objects.get()
    assert (made.created_by, made.note) == (people.editor, "Why not.")
    assert StoryPlacement.objects.get().story_id == stories[1].pk
    page = editor.get("/").content.decode()
    assert "Words of the front" in page


@pytest.mark.parametrize("path", [FRONT, "/admin/front/history/"])
def test_the_page_takes_the_same_queries_however_many_stories(path, editor, in_print, people):
    counts = []
    for _round in range(2):
        stories = in_print(3)
        placed = [Placed(slot, story.pk) for slot, story in zip(("lead", "second-1", "under-1"), stories, strict=True)]
        fronts.arrange(None, placed, by=people.editor, seen=fronts.newest_number(None))
        with CaptureQueriesContext(connection) as captured:
            assert editor.get(path).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 25


def test_a_story_is_shifted_emptied_and_placed_without_being_kept(editor, in_print, people):
    stories = in_print(3)
    placed = [Placed("lead", stories[0].pk, "Kept words"), Placed("second-1", stories[1].pk)]
    fronts.arrange(None, placed, by=people.editor, seen=0)
    response = send(editor, "down:lead")
    assert (slots_of(response)["lead"], slots_of(response)["second-1"]) == (str(stories[1].pk), str(stories[0].pk))
    assert response.context["form"]["second-1-headline"].value() == "Kept words"
    assert slots_of(send(editor, "up:lead"))["lead"] == str(stories[0].pk)
    assert slots_of(send(editor, "empty:lead"))["lead"] == ""
    assert slots_of(send(editor, f"place:{stories[2].pk}"))["second-2"] == str(stories[2].pk)
    assert Arrangement.objects.count() == 1


def test_a_search_finds_an_old_story_and_keeps_what_was_chosen(editor, in_print, people, desk):
    (old,) = in_print(1, headline="A needle in the archive")
    in_print(3)
    response = send(editor, "find", q="needle archive", lead__story=old.pk)
    assert [each.pk for each in response.context["form"].candidates if each.is_in_print] == [old.pk]
    assert slots_of(response)["lead"] == str(old.pk)
    assert send(editor, "find", q='"(* \x00 💥').status_code == 200


def test_the_later_of_two_sees_both_and_sends_again(client_of, in_print, people):
    stories = in_print(2)
    mine = {"lead-story": stories[1].pk, "lead-headline": "Mine", "seen": 0, "act": "live"}
    fronts.arrange(None, [Placed("lead", stories[0].pk, "Theirs")], by=people.publisher, seen=0)
    client = client_of(people.editor)
    told = client.post(FRONT, mine)
    page = told.content.decode()
    assert told.status_code == 409
    assert "pablo arranged this front" in page
    assert "Theirs" in page
    assert 'value="Mine"' in page
    assert StoryPlacement.objects.get().headline == "Theirs"
    again = {**mine, "seen": told.context["form"]["seen"].value()}
    assert client.post(FRONT, again).status_code == 302
    assert StoryPlacement.objects.get().headline == "Mine"


def test_a_draft_of_another_desk_stays_where_it_is_and_is_not_told(editor, people, in_print):
    courts = factories.desk("Courts", "courts")
    hidden = factories.article(people.outsider, courts, headline="The verdict nobody knows")
    (story,) = in_print(1)
    placed = [Placed("lead", hidden.pk, "Guilty, says the jury", is_pinned=True), Placed("second-1", story.pk)]
    fronts.arrange(None, placed, by=people.publisher, seen=0)
    for path in (FRONT, "/admin/front/history/"):
        page = editor.get(path).content.decode()
        assert "The verdict" not in page
        assert "Guilty" not in page
        assert "A story of another desk, not in print" in page
    assert "The verdict" not in send(editor, "find", q="verdict").content.decode()
    moved = send(editor, "down:lead")
    value = slots_of(moved)["second-1"]
    assert value.startswith("kept-")
    sent = {"lead-story": story.pk, "second-1-story": value, "second-1-pinned": "on", "seen": 1, "act": "live"}
    assert editor.post(FRONT, sent).status_code == 302
    kept = fronts.current(None).placements.get(slot="second-1")
    assert (kept.article_id, kept.headline) == (hidden.pk, "Guilty, says the jury")


def test_nobody_places_a_hidden_draft_by_a_forged_field(editor, people, in_print):
    in_print(1)
    hidden = factories.article(people.outsider, factories.desk("Courts", "courts"))
    foreign = fronts.arrange(hidden.desk, [Placed("lead", hidden.pk)], by=people.publisher, seen=0)
    for value in (hidden.pk, hidden.pk + 9999, f"kept-{foreign.placements.get().pk}", "kept-x", "²", "9" * 30):
        response = editor.post(FRONT, {"lead-story": value, "seen": 0, "act": "live"})
        assert response.status_code == 422, value
        assert hidden.headline not in response.content.decode()
    assert not Arrangement.objects.filter(desk=None).exists()


def test_a_front_is_planned_changed_and_taken_off(editor, in_print, people):
    stories = in_print(2)
    when = timezone.localtime() + timedelta(days=1)
    sent = {"lead-story": stories[1].pk, "seen": 0, "goes_live_at": f"{when:%Y-%m-%dT%H:%M}", "act": "plan"}
    assert editor.post(FRONT, sent).status_code == 302
    plan = Arrangement.objects.planned().get()
    assert not StoryPlacement.objects.exists()
    path = reverse("admin:articles_arrangement_plan", args=[plan.pk])
    assert f"{when:%Y-%m-%dT%H:%M}" in editor.get(path).content.decode()
    assert send(editor, "plan", path, lead__story=stories[0].pk).status_code == 302
    again = Arrangement.objects.planned().get()
    assert again.placements.get().article_id == stories[0].pk
    assert editor.get(path)["Location"] == FRONT
    discard = reverse("admin:articles_arrangement_discard", args=[again.pk])
    assert editor.post(discard).status_code == 302
    assert not Arrangement.objects.planned().exists()
    editor.post(discard)
    assert Arrangement.objects.filter(discarded_at__isnull=False).count() == 2


@pytest.mark.parametrize("moment", ["", "tomorrow", "2020-01-01T10:00", "2027-03-28T01:30"])
def test_a_plan_for_no_moment_is_refused_and_keeps_what_was_sent(moment, editor, in_print):
    (story,) = in_print(1)
    sent = {"lead-story": story.pk, "lead-headline": "Mine", "seen": 0, "goes_live_at": moment, "act": "plan"}
    response = editor.post(FRONT, sent)
    assert response.status_code == 422
    assert 'value="Mine"' in response.content.decode()
    assert not Arrangement.objects.exists()


def test_of_a_moment_that_comes_twice_the_page_asks_which(editor, in_print):
    (story,) = in_print(1)
    sent = {"lead-story": story.pk, "seen": 0, "goes_live_at": "2027-10-31T01:30", "act": "plan"}
    asked = editor.post(FRONT, sent)
    assert asked.status_code == 422
    assert "Which of the two?" in asked.content.decode()
    assert editor.post(FRONT, {**sent, "goes_live_at_which": "second"}).status_code == 302
    assert Arrangement.objects.get().goes_live_at.isoformat() == "2027-10-31T01:30:00+00:00"


def test_the_preview_shows_what_nobody_has_yet_and_to_nobody_else(editor, client_of, people, article, in_print, client):
    in_print(2)
    sent = {"lead-story": article.pk, "lead-headline": "Not out yet", "seen": 0, "act": "preview"}
    address = editor.post(FRONT, sent)["Location"]
    frame = editor.get(address)
    assert "frame-src 'self'" in frame["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in frame["Content-Security-Policy"]
    page = editor.get(f"{address}page/")
    assert "Not out yet" in page.content.decode()
    assert "frame-ancestors 'self'" in page["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "SAMEORIGIN"
    assert "no-store" in page["Cache-Control"]
    assert "Not out yet" not in client.get("/").content.decode()
    for other in (client_of(people.publisher), client):
        assert other.get(f"{address}page/").status_code in (302, 404)
    assert not Arrangement.objects.exists()


def test_a_section_is_previewed_before_it_has_anything_in_print(editor, article, desk):
    path = reverse("admin:articles_desk_front", args=[desk.pk])
    address = editor.post(path, {"lead-story": article.pk, "seen": 0, "act": "preview"})["Location"]
    page = editor.get(f"{address}page/").content.decode()
    assert article.headline in page
    assert '<h1 class="section-head__name">World</h1>' in page


def test_an_earlier_arrangement_is_put_live_again_and_not_over_a_newer_one(editor, in_print, people):
    stories = in_print(2)
    old = fronts.arrange(None, [Placed("lead", stories[1].pk)], by=people.editor, seen=0)
    fronts.arrange(None, [Placed("lead", stories[0].pk)], by=people.publisher, seen=1)
    page = editor.get("/admin/front/history/").content.decode()
    assert "pablo" in page
    assert stories[1].headline in page
    path = reverse("admin:articles_arrangement_restore", args=[old.pk])
    for seen in ("1", "", "x"):
        editor.post(path, {"seen": seen})
        assert StoryPlacement.objects.get().story_id == stories[0].pk
    editor.post(path, {"seen": "2"})
    assert StoryPlacement.objects.get().story_id == stories[1].pk


@pytest.mark.parametrize(
    ("role", "paper", "own", "other"),
    [
        ("Writer", 403, 404, 404),
        ("Editor", 200, 200, 404),
        ("Reviewer", 403, 404, 404),
        ("Publisher", 200, 200, 200),
        ("Admin", 403, 404, 404),
    ],
)
def test_who_opens_which_front(role, paper, own, other, client_of, desk, people):
    person, courts = factories.person("me", role), factories.desk("Courts", "courts")
    desk.members.add(person)
    client = client_of(person)
    paths = [FRONT, *(reverse("admin:articles_desk_front", args=[each.pk]) for each in (desk, courts))]
    assert [client.get(path).status_code for path in paths] == [paper, own, other]
    soon = timezone.now() + timedelta(hours=1)
    plan = fronts.arrange(courts, [], by=people.publisher, seen=0, goes_live_at=soon)
    for name, method in (
        ("plan", client.get),
        ("plan", client.post),
        ("discard", client.post),
        ("restore", client.post),
    ):
        answer = method(reverse(f"admin:articles_arrangement_{name}", args=[plan.pk]), {"seen": 1})
        assert (answer.status_code == 404) == (other == 404), name
    plan.refresh_from_db()
    assert plan.is_planned == (other == 404)
    assert Arrangement.objects.count() == (1 if other == 404 else 2)


def test_a_slot_says_that_its_story_was_withdrawn(editor, article, people):
    factories.publish(article, people)
    fronts.arrange(None, [Placed("lead", article.pk)], by=people.editor, seen=0)
    article.refresh_from_db()
    press.withdraw(article, by=people.publisher, note="Wrong.")
    assert "Not in print (withdrawn)" in editor.get(FRONT).content.decode()
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        assert send(editor, "live").status_code == 422
        assert send(editor, "live", lead__story="").status_code == 302


def test_a_slot_says_that_its_time_is_over_or_its_words_no_longer_count(editor, article, people):
    factories.publish(article, people)
    placed = [Placed("lead", article.pk, "All ships sank", is_pinned=True)]
    fronts.arrange(None, placed, by=people.editor, seen=0)
    assert "data-note" not in editor.get(FRONT).content.decode()
    article.refresh_from_db()
    article.revise(by=people.publisher)
    factories.approve(article, people)
    press.publish(article, by=people.publisher, kind="correction", wrong="All sank.", right="One sank.")
    assert "The story was put right since" in editor.get(FRONT).content.decode()
    fronts.arrange(None, [Placed("lead", article.pk)], by=people.editor, seen=1)
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        people.editor.refresh_from_db()
        editor.force_login(people.editor)
        assert "Its time here is over" in editor.get(FRONT).content.decode()


def test_the_log_tells_an_editor_of_their_own_arrangements_and_a_publisher_of_all(people, story):
    courts = factories.desk("Courts", "courts")
    fronts.arrange(courts, [Placed("lead", story.pk)], by=people.publisher, seen=0)
    fronts.arrange(None, [Placed("lead", story.pk)], by=people.editor, seen=0)
    acts = Event.objects.filter(verb="arrange_front")
    assert acts.visible_to(people.publisher).count() == 2
    assert acts.visible_to(people.editor).get().by == people.editor
    for person in (people.writer, people.reviewer, people.admin):
        assert not acts.visible_to(person).exists()


def test_the_address_of_a_desk_stays_once_readers_have_its_section(client_of, people, desk, story):
    root = client_of(factories.person("root", is_superuser=True))
    path = reverse("admin:articles_desk_change", args=[desk.pk])
    values = {"name": "The World", "slug": "the-world", "position": 3, "members": []}
    assert root.post(path, values).status_code == 302
    desk.refresh_from_db()
    assert (desk.name, desk.slug) == ("The World", "world")
    assert StorySection.objects.get().name == "The World"
