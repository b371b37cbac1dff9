"""The desk in Arabic, in a real browser: what its scripts say, which way they run, and what stands in other letters."""

import pytest
from django.urls import reverse

from tests import factories

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def _in_arabic(settings):
    settings.LANGUAGE_CODE = "ar"


def test_toolbar_and_dialogs_of_the_editor_are_arabic(open_as, people, article):
    page = open_as(people.writer, reverse("admin:articles_article_change", args=[article.pk]))
    page.locator(".ProseMirror").wait_for()
    toolbar = page.get_by_role("toolbar", name="التنسيق")
    toolbar.get_by_text("تراجع").wait_for()
    labels = toolbar.locator("button:visible").all_inner_texts()
    assert {"نص", "عنوان فرعي", "اقتباس بارز", "ادعاء", "تراجع"} <= set(labels)
    assert [each for each in labels if any("a" <= letter.lower() <= "z" for letter in each.replace("x", ""))] == []
    page.locator(".ProseMirror p").first.click()
    toolbar.get_by_text("بطاقة رابط", exact=True).click()
    dialog = page.locator("dialog.prose-editor-dialog")
    assert dialog.locator("button").all_inner_texts() == ["أدرج", "ألغِ"]
    assert page.locator("[data-word-count]").inner_text().endswith(("كلمة", "كلمات"))


def side(page, selector):
    """Whether the words of an element begin at its left or its right, and where its last letter stands of the first."""
    return page.locator(selector).first.evaluate(
        """element => {
            const range = document.createRange()
            const words = document.createTreeWalker(element, NodeFilter.SHOW_TEXT).nextNode()
            const at = (n) => (range.setStart(words, n), range.setEnd(words, n + 1), range.getBoundingClientRect().left)
            return at(0) < at(words.data.length - 1) ? "left to right" : "right to left"
        }"""
    )


def test_words_run_in_their_own_direction_on_a_desk_that_runs_in_another(open_as, people, desk):
    english = factories.article(people.writer, desk, headline="Who owns the crab?")
    arabic = factories.article(people.writer, desk, headline="من يملك السلطعون؟")
    english.assign(by=people.editor, planning_note="Ask the board.")
    page = open_as(people.writer, reverse("admin:board"))
    assert side(page, f"#story-{english.pk} .card__title") == "left to right"
    assert side(page, f"#story-{arabic.pk} .card__title") == "right to left"
    page.goto(page.url.replace(reverse("admin:board"), reverse("admin:articles_article_change", args=[english.pk])))
    assert side(page, ".desk-plan p") == "left to right"
    assert side(page, ".breadcrumbs bdi") == "left to right"
    styles = "element => getComputedStyle(element).unicodeBidi"
    for field in ("#id_headline", "#id_standfirst", "#id_kicker"):
        assert page.locator(field).evaluate(styles) == "plaintext", field


def test_board_says_in_arabic_why_a_card_stays_and_arrows_lead_to_the_left(open_as, people, article, desk):
    article.submit(by=people.writer)
    type(article).objects.filter(pk=article.pk).update(blockers=2)
    page = open_as(people.publisher, reverse("admin:board"))
    page.drag_and_drop(f"#story-{article.pk} .card__meta", '[data-column="approved"]')
    page.wait_for_selector(f"#story-{article.pk} details[open] .card__why")
    assert page.text_content("[data-board-says]") == "فحصان غير مجتازين."
    type(article).objects.filter(pk=article.pk).update(blockers=0)
    left = factories.article(people.writer, desk)
    page.reload()
    page.locator(f"#story-{left.pk} .card__title").focus()
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.closest('[data-card]').id") == f"story-{article.pk}"
