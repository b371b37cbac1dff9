"""What moves ask for: moments, embargoes, kinds of holds and editions; and what was typed when one is refused."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from articles.models import Edition
from articles.workflow import Status
from tests import factories
from tests.admin.pages import text

SOON = f"{timezone.localtime() + timedelta(days=2):%Y-%m-%dT12:00}"


@pytest.fixture
def press_button(desk_of):
    """Post a move of `article` as `person`; gives the page that follows."""

    def press(person, article, verb, **values):
        article.refresh_from_db()
        url = reverse("admin:articles_article_move", args=[article.pk])
        answer = desk_of(person).post(url, {"verb": verb, "version": article.version, **values}, follow=True)
        article.refresh_from_db()
        return answer

    return press


def test_a_story_is_scheduled_and_the_moment_shown_with_its_zone(press_button, article, people):
    factories.approve(article, people)
    answer = press_button(people.publisher, article, "schedule", publish_at=SOON)
    assert article.status == Status.SCHEDULED
    assert timezone.localtime(article.publish_at).strftime("%Y-%m-%dT%H:%M") == SOON
    assert "Goes out by itself:" in text(answer)
    press_button(people.publisher, article, "unschedule")
    assert (article.status, article.scheduled_by) == (Status.APPROVED, None)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "This field is required."),
        ("tomorrow at noon", "That is no day and time"),
        ("2026-02-30T12:00", "That is no day and time"),
        ("0001-01-01T00:00", "passed"),
        ("2001-01-01T00:00", "That moment has passed"),
        ("2030-03-31T01:30", "The clocks go forward that night: 01:30 does not exist. The next minute is 02:00."),
        ("2030-10-27T01:30", "comes twice"),
    ],
)
def test_a_moment_is_refused_with_a_sentence_and_kept_when_it_is_none(typed, sentence, press_button, article, people):
    factories.approve(article, people)
    answer = press_button(people.publisher, article, "schedule", publish_at=typed)
    assert article.status == Status.APPROVED
    assert sentence in text(answer)
    assert f'value="{typed}"' in answer.content.decode() or not typed


def test_the_desk_asks_which_of_two_when_the_clocks_go_back(press_button, article, people):
    factories.approve(article, people)
    answer = press_button(people.publisher, article, "schedule", publish_at="2030-10-27T01:30")
    assert "Which of the two?" in text(answer)
    values = {"publish_at": "2030-10-27T01:30", "publish_at_which": "second"}
    press_button(people.publisher, article, "schedule", **values)
    assert article.publish_at == datetime(2030, 10, 27, 1, 30, tzinfo=UTC)


def test_an_embargo_holds_until_its_moment_and_not_a_minute_longer(press_button, article, people):
    factories.approve(article, people)
    with time_machine.travel("2026-11-24T10:00:00Z", tick=False):
        press_button(people.publisher, article, "set_embargo", embargoed_until="2026-11-24T12:00")
        assert "Embargoed until" in text(press_button(people.publisher, article, "publish"))
    with time_machine.travel("2026-11-24T11:59:59Z", tick=False):
        press_button(people.publisher, article, "publish")
        assert article.status == Status.APPROVED
    with time_machine.travel("2026-11-24T12:00:00Z", tick=False):
        press_button(people.publisher, article, "publish")
    assert article.status == Status.PUBLISHED


def test_a_hold_is_placed_with_its_kind_and_lifted_by_who_may(press_button, article, people):
    press_button(people.editor, article, "place_hold", hold_kind="standards", note="Whose brother is he?")
    assert (article.status, article.holds.get().kind) == (Status.ON_HOLD, "standards")
    answer = press_button(people.reviewer, article, "lift_hold", hold_kind="standards", note="Nobody\u2019s.")
    assert article.status == Status.DRAFT
    assert answer.status_code == 200


def test_words_stay_typed_when_a_correction_is_not_complete(press_button, article, people, story):
    press_button(people.publisher, article, "revise")
    factories.approve(article, people)
    answer = press_button(people.publisher, article, "publish", kind="correction", wrong="It said Monday.")
    assert "what was wrong and what is right" in text(answer)
    assert "It said Monday." in answer.content.decode()
    values = {"kind": "correction", "wrong": "It said Monday.", "right": "It was Tuesday."}
    press_button(people.publisher, article, "publish", **values)
    assert Edition.objects.get(number=2).right == "It was Tuesday."


def test_what_was_typed_is_shown_once_and_to_nobody_else(press_button, desk_of, article, people):
    factories.approve(article, people)
    press_button(people.publisher, article, "schedule", publish_at="CANARY")
    page = desk_of(people.editor).get(reverse("admin:articles_article_change", args=[article.pk]))
    assert "CANARY" not in page.content.decode()


@pytest.mark.parametrize("place", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"])
def test_a_move_leads_to_no_other_site(place, press_button, article, people):
    answer = press_button(people.writer, article, "submit", next=place)
    assert all(step[0].startswith("/admin/") for step in answer.redirect_chain)


def test_the_reason_on_a_grey_button_leads_to_what_mends_it(desk_of, article, people):
    factories.approve(article, people)
    article.set_embargo(by=people.publisher, condition="the report is laid")
    page = desk_of(people.publisher).get(reverse("admin:articles_article_change", args=[article.pk]))
    assert '<a href="#rail-embargo">Embargoed until this is lifted: the report is laid</a>' in page.content.decode()
    assert 'id="rail-embargo"' in page.content.decode()
