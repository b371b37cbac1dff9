"""Notices, plans and the assignment in the rail, in a real browser: what axe says of them, and without scripts."""

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.models import Notification

pytestmark = pytest.mark.browser


@pytest.fixture
def told(transactional_db, people, article):
    """A story in review that its reviewer was asked for, with a plan, overdue."""
    article.assign(by=people.editor, reviewer=people.reviewer, due_at=timezone.now(), length_ordered=600, priority=1)
    article.assign(by=people.editor, planning_note="Ask the harbour master.")
    article.submit(by=people.writer)
    event = article.events.first()
    Notification.objects.create(recipient=people.editor, article=article, kind="review", event=event, by=people.writer)
    return article


def test_pages_are_accessible_and_fit_when_shown(walk, people, told, faults_of):
    desk = reverse("admin:articles_article_change", args=[told.pk])
    names = ("notices", "notices_settings", "articles_article_plan")
    for path, page in walk(people.editor, (*(reverse(f"admin:{name}") for name in names), desk)):
        for summary in page.locator(".assignment summary").all():
            summary.click()
        assert faults_of(page) == [], path


def test_review_goes_from_hand_to_hand_when_scripts_are_off(open_as, people, told):
    desk = reverse("admin:articles_article_change", args=[told.pk])
    page = open_as(people.reviewer, desk, java_script_enabled=False)
    page.get_by_role("button", name="Give the review back").click()
    page.get_by_text("The review is given back").wait_for()
    page.get_by_role("button", name="Claim the review").click()
    page.get_by_text("You have this review.").wait_for()
    page.get_by_text("Hand the review over").click()
    page.get_by_label("Colleague").select_option(label="edda")
    page.get_by_role("button", name="Hand over", exact=True).click()
    page.get_by_text("edda has the review.").wait_for()
    told.refresh_from_db()
    assert told.reviewer == people.editor


def test_notice_is_read_when_it_was_pressed(open_as, people, told):
    page = open_as(people.reviewer, reverse("admin:index"))
    page.get_by_role("link", name="Notices (2)").click()
    page.get_by_role("button", name="Mark as read").first.click()
    page.get_by_role("link", name="Notices (1)").wait_for()
    page.get_by_role("button", name="Mark all as read").click()
    page.get_by_text("All of them are marked as read.").wait_for()
    page.get_by_role("link", name="Notices", exact=True).wait_for()
    assert page.locator(".notice.is-unread").count() == 0
