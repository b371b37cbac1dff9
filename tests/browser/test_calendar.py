"""The calendar in a real browser: dragged, moved by its form, by keyboard, without scripts, on a phone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import factories

pytestmark = pytest.mark.browser

NOON = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)
FRIDAY = NOON + timedelta(days=7 - NOON.weekday() + 4)  # of next week
THURSDAY = FRIDAY - timedelta(days=1)
PATH = f"/admin/calendar/?view=week&day={FRIDAY:%Y-%m-%d}"


@pytest.fixture
def scheduled(people, desk):
    """Goes out on Friday of next week at noon."""
    article = factories.approve(factories.article(people.writer, desk), people)
    article.schedule(by=people.publisher, publish_at=FRIDAY)
    return article


def moved_to(article):
    """When it goes out, as the database has it."""
    article.refresh_from_db()
    return timezone.localtime(article.publish_at)


def test_an_entry_is_dragged_to_another_day(open_as, scheduled, people):
    page = open_as(people.publisher, PATH)
    page.drag_and_drop(f"#scheduled-{scheduled.pk} .entry__when", f"#day-{THURSDAY:%Y-%m-%d}")
    page.wait_for_selector(f"#day-{THURSDAY:%Y-%m-%d} #scheduled-{scheduled.pk}")
    assert "12:00" in page.text_content("ul.messagelist")
    assert moved_to(scheduled) == THURSDAY


def test_an_entry_springs_back_with_the_reason_when_the_verb_refuses(open_as, scheduled, people):
    scheduled.set_embargo(by=people.publisher, until=FRIDAY)
    page = open_as(people.publisher, PATH)
    page.drag_and_drop(f"#scheduled-{scheduled.pk} .entry__when", f"#day-{THURSDAY:%Y-%m-%d}")
    page.wait_for_selector("ul.messagelist .error")
    assert "stays where it is" in page.text_content("ul.messagelist")
    assert page.query_selector(f"#day-{FRIDAY:%Y-%m-%d} #scheduled-{scheduled.pk}")
    assert moved_to(scheduled) == FRIDAY


def test_nothing_is_draggable_for_who_may_only_look(open_as, scheduled, people):
    page = open_as(people.editor, PATH)
    assert page.get_attribute(f"#scheduled-{scheduled.pk}", "draggable") is None


@pytest.mark.parametrize("scripts", [True, False])
def test_an_entry_is_moved_by_keyboard_and_form(open_as, scheduled, people, scripts):
    page = open_as(people.publisher, PATH, java_script_enabled=scripts)
    summary = page.locator(f"#scheduled-{scheduled.pk} summary")
    summary.focus()
    page.keyboard.press("Enter")
    field = page.locator(f"#scheduled-{scheduled.pk} input[type=date]")
    field.fill(f"{THURSDAY:%Y-%m-%d}")
    field.press("Tab")
    page.locator(f"#scheduled-{scheduled.pk} button").press("Enter")
    page.wait_for_selector(f"#day-{THURSDAY:%Y-%m-%d} #scheduled-{scheduled.pk}")
    assert moved_to(scheduled) == THURSDAY


def test_the_calendar_is_accessible_and_fits(walk, scheduled, people, faults_of):
    scheduled.set_embargo(by=people.publisher, until=FRIDAY)
    draft = factories.article(people.writer, scheduled.desk, headline="Verylongwordwithoutanyspaceinit" * 4)
    draft.assign(by=people.publisher, due_at=FRIDAY)
    draft.replan(by=people.publisher, publish_at=FRIDAY)
    paths = (PATH, PATH.replace("week", "month"), "/admin/calendar/?day=2040-02-01")
    for path, page in walk(people.publisher, paths):
        assert faults_of(page) == [], path
