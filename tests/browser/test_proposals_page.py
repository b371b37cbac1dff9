"""Deciding on proposals in a real browser: by keys alone, without scripts, on a phone, and what axe says of it."""

from pathlib import Path

import pytest
from django.urls import reverse

from articles.importers.plain import import_copy
from articles.models import Article, Quote

pytestmark = pytest.mark.browser

JOURNEY = Path(__file__).parent.parent / "data" / "journey.txt"


@pytest.fixture
def draft(transactional_db, people, desk):
    """The wire story, imported by the editor."""
    return import_copy(JOURNEY.read_bytes(), "journey.txt", by=people.editor, desk=desk).article


@pytest.fixture
def path(draft):
    """The page of its proposals."""
    return reverse("admin:articles_article_proposals", args=[draft.pk])


def focused(page):
    """The key of the proposal that has the focus."""
    return int(page.evaluate("document.activeElement.closest('[data-proposal]')?.dataset.proposal ?? 0"))


def has_gone_on_to(page, row):
    """Whether the focus comes to `row`: the script runs when the page is there."""
    page.wait_for_function("key => document.activeElement.dataset.proposal === key", arg=str(row.pk), timeout=5000)
    return True


def quotes(draft):
    """Its quote proposals in the order of the copy."""
    return list(draft.proposals.filter(kind="quote").order_by("start"))


def test_proposals_are_walked_and_decided_when_only_keys_are_used(open_as, people, draft, path):
    first, second, third, fourth = quotes(draft)[:4]
    page = open_as(people.editor, path)
    page.locator("[data-keys]").wait_for()
    page.keyboard.press("j")
    assert focused(page) == first.pk
    page.locator(f"#at-{first.pk}.is-current").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("k")
    assert focused(page) == first.pk

    page.keyboard.press("a")
    page.get_by_text("Accepted: ").first.wait_for()
    assert page.url.endswith(f"#proposal-{first.pk}")
    assert has_gone_on_to(page, second), "the next open one"

    page.keyboard.press("c")
    field = page.locator(f"#id_proposal-{second.pk}-kind")
    assert field.evaluate("element => element === document.activeElement")
    page.keyboard.press("Escape")
    assert focused(page) == second.pk
    assert not field.is_visible()
    page.keyboard.press("c")
    page.locator(f"#id_proposal-{second.pk}-role").fill("jack of all trades")  # letters are no commands here
    page.locator(f"#id_proposal-{second.pk}-role").press("Enter")
    page.locator(f"#proposal-{second.pk}[data-state=accepted]").wait_for()
    assert has_gone_on_to(page, third)

    page.keyboard.press("r")
    page.keyboard.press("Enter")
    page.locator(f"#proposal-{third.pk}[data-state=rejected]").wait_for()
    assert has_gone_on_to(page, fourth)
    assert set(Quote.objects.values_list("role", flat=True)) >= {"jack of all trades"}
    assert draft.proposals.get(pk=third.pk).reason == "wrong"


def test_keys_do_nothing_when_they_are_switched_off(open_as, people, draft, path):
    page = open_as(people.editor, path)
    page.get_by_label("single keys on").uncheck()
    page.locator("body").press("j")
    assert focused(page) == 0
    page.reload()
    assert not page.get_by_label("single keys on").is_checked()


def test_a_mark_in_the_copy_leads_to_its_proposal(open_as, people, draft, path):
    row = quotes(draft)[-1]
    page = open_as(people.editor, path)
    page.locator(f"#at-{row.pk}").click()
    assert focused(page) == row.pk


def test_a_story_is_imported_and_decided_when_scripts_are_off(open_as, people, transactional_db):
    page = open_as(people.editor, reverse("admin:articles_article_import"), java_script_enabled=False)
    page.get_by_label("Files").set_input_files(JOURNEY)
    page.get_by_role("button", name="Import").click()
    draft = Article.objects.get()
    row = next(each for each in quotes(draft) if each.kind == "quote" and each.confidence > 0.9)
    assert not page.locator("[data-keys]").is_visible()
    item = page.locator(f"#proposal-{row.pk}")
    item.get_by_text("Change", exact=False).first.click()
    page.locator(f"#id_proposal-{row.pk}-role").fill("foreign ministry")
    item.get_by_role("button", name="Accept with these changes").click()
    assert page.url.endswith(f"#proposal-{row.pk}")
    assert Quote.objects.get().role == "foreign ministry"
    page.get_by_role("button", name="of 85 % or more").click()
    assert Quote.objects.count() > 1


def test_both_pages_fit_and_axe_finds_nothing(open_as, people, draft, path, faults_of):
    page = open_as(people.editor, path)
    page.keyboard.press("j")
    page.keyboard.press("a")
    page.locator(".proposal.is-current[data-state=open]").wait_for()
    page.keyboard.press("c")
    for shown in (page, open_as(people.editor, reverse("admin:articles_article_import"))):
        assert faults_of(shown) == []


def test_the_keys_of_the_page_leave_the_browsers_own_alone(open_as, people, draft, path):
    page = open_as(people.editor, path)
    page.keyboard.press("j")
    page.keyboard.press("Control+a")
    page.keyboard.press("Shift+R")
    assert not draft.proposals.exclude(state="open").exists()
