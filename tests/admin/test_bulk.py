"""One move on several stories: by each story’s own verb, what is refused with its reason, what was typed kept."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.admin.bulk import MOST
from articles.models import Event
from articles.workflow import Status
from tests import factories
from tests.admin.pages import fields, page, text

LIST = "/admin/articles/article/"
MOVES = "/admin/articles/article/moves/"


@pytest.fixture
def three(people, desk):
    """Three drafts; the second has no headline, so it cannot be submitted."""
    made = [factories.article(people.writer, desk, headline=f"Story {n}") for n in range(3)]
    made[1].headline = ""
    made[1].save()
    made[1].record_revision(by=people.writer)
    return made


def act(client, verb, stories, **options):
    """Tick the stories in the list and choose the action."""
    values = {"action": verb, "index": "0", "_selected_action": [each.pk for each in stories]}
    return client.post(LIST, values, **options)


def send(client, response, verb, **typed):
    """Fill in the page of the move and send it."""
    form = next(form for form in page(response).iter("form") if form.get("id") == f"move-{verb}")
    values = fields(response, f"move-{verb}")
    values["story"] = [field.get("value") for field in form.iter("input") if field.get("name") == "story"]
    return client.post(MOVES, values | typed, follow=True)


def statuses(stories):
    """Where they stand."""
    for each in stories:
        each.refresh_from_db()
    return [each.status for each in stories]


def test_the_list_offers_each_person_their_moves_and_no_deletion(desk_of, people, article):
    def offered(person):
        nodes = page(desk_of(person).get(LIST)).iter("select")
        select = next(node for node in nodes if node.get("name") == "action")
        return {option.get("value") for option in select.iter("option")} - {""}

    assert offered(people.writer) == {"submit", "take_back"}
    assert "publish" in offered(people.publisher)
    assert {"approve", "return_to_writer", "place_hold", "lift_hold"} == offered(people.reviewer)
    assert not any("delete" in verb or verb == "hotfix" for verb in offered(people.publisher))


def test_the_page_says_which_stories_cannot_be_moved_and_why_before_anything_is_done(desk_of, people, three):
    client = desk_of(people.writer)
    asked = act(client, "submit", three, follow=True)
    words = text(asked)
    assert "Give the story a headline." in words
    assert "Submit for review: 2 stories" in words
    assert statuses(three) == [Status.DRAFT] * 3


def test_each_story_is_moved_by_its_own_verb(desk_of, people, three):
    client = desk_of(people.writer)
    answer = send(client, act(client, "submit", three, follow=True), "submit")
    assert statuses(three) == [Status.IN_REVIEW, Status.DRAFT, Status.IN_REVIEW]
    assert "Submit for review: done for 2 stories." in text(answer)
    assert answer.redirect_chain[-1][0] == LIST
    assert Event.objects.filter(verb="submit", by=people.writer).count() == 2


def test_what_one_story_refuses_keeps_no_other_back_and_the_note_stays(desk_of, people, three, desk):
    stories = [three[0], three[2]]
    for each in stories:
        each.submit(by=people.writer)
    client = desk_of(people.editor)
    shown = act(client, "return_to_writer", stories, follow=True)
    stories[0].refresh_from_db()
    stories[0].approve(by=people.reviewer)
    stories[0].record_revision(by=people.reviewer)
    stories[0].headline = "Saved meanwhile"
    stories[0].save()
    stories[0].record_revision(by=people.writer)
    answer = send(client, shown, "return_to_writer", note="Name the ship.")
    assert statuses(stories)[1] == Status.CHANGES_ASKED
    assert stories[0].status != Status.CHANGES_ASKED
    words = text(answer)
    assert "done for 1 story" in words
    assert "was saved since you opened it" in words
    assert "Name the ship." in words


def test_a_note_that_is_needed_is_asked_for_before_any_story_is_tried(desk_of, people, three):
    client = desk_of(people.editor)
    shown = act(client, "kill", three, follow=True)
    answer = send(client, shown, "kill", note="  ")
    assert "This needs a note." in text(answer)
    assert statuses(three) == [Status.DRAFT] * 3
    send(client, answer, "kill", note="Overtaken by events.")
    assert statuses(three) == [Status.KILLED] * 3


def test_a_moment_that_does_not_exist_is_refused_with_the_note_kept(desk_of, people, three):
    stories = [three[0], three[2]]
    for each in stories:
        factories.approve(each, people)
    client = desk_of(people.publisher)
    shown = act(client, "schedule", stories, follow=True)
    answer = send(client, shown, "schedule", publish_at="tomorrow")
    assert "That is no day and time" in text(answer)
    soon = timezone.localtime() + timedelta(days=1)
    send(client, answer, "schedule", publish_at=f"{soon:%Y-%m-%dT%H:%M}")
    assert statuses(stories) == [Status.SCHEDULED] * 2


def test_nothing_happens_to_a_story_that_one_may_not_read_or_not_move(desk_of, people, three):
    outsider = desk_of(people.outsider)
    values = {"verb": "submit", "story": [each.pk for each in three]}
    values |= {f"version-{each.pk}": each.version for each in three}
    answer = outsider.post(MOVES, values, follow=True)
    assert three[0].headline not in text(answer)
    writer = desk_of(people.writer)
    assert writer.post(MOVES, values | {"verb": "kill", "note": "Mine."}).status_code == 403
    assert outsider.post(MOVES, values | {"verb": "hotfix"}).status_code == 404
    assert outsider.get(MOVES, {"verb": "nonsense"}).status_code == 404
    assert statuses(three) == [Status.DRAFT] * 3
    three[0].submit(by=people.writer)
    three[0].refresh_from_db()
    forged = {"verb": "take_back", "story": three[0].pk, f"version-{three[0].pk}": three[0].version}
    outsider.post(MOVES, forged)
    assert statuses(three)[0] == Status.IN_REVIEW


def test_the_way_back_never_leads_elsewhere(desk_of, people, article):
    client = desk_of(people.writer)
    shown = client.get(MOVES, {"verb": "submit", "story": article.pk, "next": "https://elsewhere.example/"})
    assert "elsewhere.example" not in shown.content.decode()
    assert client.get(MOVES, {"verb": "submit", "next": "//elsewhere.example"})["Location"] == LIST


def test_no_more_than_a_page_of_stories_is_moved_at_once(desk_of, people, desk):
    stories = [factories.article(people.writer, desk) for _each in range(MOST + 1)]
    values = {"action": "submit", "index": "0", "select_across": "1", "_selected_action": [stories[0].pk]}
    assert "tick fewer" in text(desk_of(people.writer).post(LIST, values, follow=True))


def test_a_story_that_was_published_before_is_asked_what_kind_of_edition_it_is(desk_of, people, article, story):
    article.refresh_from_db()
    article.revise(by=people.publisher)
    factories.approve(article, people)
    shown = desk_of(people.publisher).get(MOVES, {"verb": "publish", "story": article.pk})
    assert "What kind of edition?" in text(shown)


def test_the_way_to_a_reason_leads_to_what_mends_it(desk_of, people, three):
    shown = desk_of(people.writer).get(MOVES, {"verb": "submit", "story": three[1].pk})
    href = reverse("admin:articles_article_change", args=[three[1].pk]) + "#id_headline"
    assert href in [node.get("href") for node in page(shown).iter("a")]


def test_a_reviewer_who_comes_too_late_is_told_and_nobody_else_is(desk_of, people, article, desk):
    second = factories.person("second", "Reviewer")
    article.submit(by=people.writer)
    late, stranger = desk_of(second), desk_of(factories.person("third", "Reviewer"))
    review = reverse("admin:articles_article_review", args=[article.pk])
    shown = late.get(review)
    late.post(
        reverse("admin:articles_article_review_read", args=[article.pk]),
        fields(shown, "read") if b'id="read"' in shown.content else {"revision": article.latest_revision().pk},
    )
    article.approve(by=people.reviewer)
    article.refresh_from_db()
    url = reverse("admin:articles_article_move", args=[article.pk])
    values = {"verb": "approve", "version": article.version}
    assert "Somebody decided on that story before you" in text(late.post(url, values, follow=True))
    assert stranger.post(url, values).status_code == 404
