"""The board in a real browser: dragged, moved by its menu, by keyboard, without scripts, on a phone."""

import pytest

from articles.workflow import Status
from tests import factories

pytestmark = pytest.mark.browser
PATH = "/admin/board/"


def status_of(article):
    """Where it stands, as the database has it."""
    article.refresh_from_db()
    return article.status


def test_a_card_is_dragged_to_another_column(open_as, article, people):
    page = open_as(people.writer, PATH)
    page.drag_and_drop(f"#story-{article.pk} .card__meta", '[data-column="in_review"]')
    page.wait_for_selector(f'[data-column="in_review"] #story-{article.pk}')
    assert status_of(article) == Status.IN_REVIEW


def test_a_card_dropped_on_a_move_that_asks_something_opens_its_page(open_as, article, people):
    article.submit(by=people.writer)
    page = open_as(people.reviewer, PATH)
    page.drag_and_drop(f"#story-{article.pk} .card__meta", '[data-column="changes_asked"]')
    page.fill("textarea[name=note]", "Name the ship.")
    page.click(".moves__acts button")
    page.wait_for_selector("ul.messagelist .success")
    assert status_of(article) == Status.CHANGES_ASKED


def test_a_card_that_is_kept_back_stays_and_says_why(open_as, article, people):
    article.submit(by=people.writer)
    type(article).objects.filter(pk=article.pk).update(blockers=2)
    page = open_as(people.publisher, PATH)
    page.drag_and_drop(f"#story-{article.pk} .card__meta", '[data-column="approved"]')
    page.wait_for_selector(f"#story-{article.pk} details[open] .card__why")
    assert page.text_content("[data-board-says]") == "2 checks fail."
    assert status_of(article) == Status.IN_REVIEW


def test_a_column_that_no_move_leads_to_takes_nothing(open_as, article, people):
    page = open_as(people.writer, PATH)
    page.drag_and_drop(f"#story-{article.pk} .card__meta", '[data-column="published"]')
    assert page.query_selector(f'[data-column="draft"] #story-{article.pk}')
    assert status_of(article) == Status.DRAFT


@pytest.mark.parametrize("scripts", [True, False])
def test_a_card_is_moved_by_its_menu_from_the_keyboard(open_as, article, people, scripts):
    page = open_as(people.writer, PATH, java_script_enabled=scripts)
    page.locator(f"#story-{article.pk} summary").focus()
    page.keyboard.press("Enter")
    page.locator(f'#story-{article.pk} button[value="submit"]').press("Enter")
    page.wait_for_selector(f'[data-column="in_review"] #story-{article.pk}')
    assert status_of(article) == Status.IN_REVIEW


def test_arrows_step_from_card_to_card_and_a_letter_opens_the_menu(open_as, people, desk):
    first, second, sent = (factories.article(people.writer, desk, headline=f"Story {n}") for n in range(3))
    sent.submit(by=people.writer)
    page = open_as(people.writer, PATH)
    focused = "document.activeElement.closest('[data-card]')?.id"
    page.focus(".board__columns")
    page.keyboard.press("ArrowDown")
    assert page.evaluate(focused) == f"story-{second.pk}"
    page.keyboard.press("ArrowDown")
    assert page.evaluate(focused) == f"story-{first.pk}"
    page.keyboard.press("ArrowRight")
    assert page.evaluate(focused) == f"story-{sent.pk}"
    page.keyboard.press("m")
    assert page.evaluate("document.activeElement.value") == "take_back"
    page.keyboard.press("Escape")
    assert not page.query_selector(f"#story-{sent.pk} details[open]")
    assert page.evaluate(focused) == f"story-{sent.pk}"


def test_the_board_the_list_and_a_bulk_move_are_accessible_and_fit(walk, article, people, desk, faults_of):
    article.submit(by=people.writer)
    article.set_embargo(by=people.publisher, condition="the court has risen")
    type(article).objects.filter(pk=article.pk).update(blockers=2)
    long = factories.article(people.writer, desk, headline="Verylongwordwithoutanyspaceinit" * 4, slugline="SLUG" * 20)
    topic = "?topic=Shipping&desk=" + str(desk.pk)
    paths = (
        PATH + topic,
        PATH + "?topic=nothing",
        "/admin/articles/article/" + topic,
        f"/admin/articles/article/moves/?verb=approve&story={article.pk}&story={long.pk}",
        f"/admin/articles/article/moves/?verb=schedule&story={article.pk}",
        f"/admin/articles/article/moves/?verb=kill&story={article.pk}&story={long.pk}",
    )
    for path, page in walk(people.publisher, paths):
        for menu in page.locator(".card summary").all():
            menu.click()
        assert faults_of(page) == [], path
