"""Quotes in the text of the editor: their marks, a record beside the words, drift as it happens."""

import pytest
from django.urls import reverse

from articles.models import Article
from tests import factories
from tests.browser.selecting import select_words

pytestmark = pytest.mark.browser


@pytest.fixture
def desk_path(article):
    """The writing desk of the story."""
    return reverse("admin:articles_article_change", args=[article.pk])


def mark(page, state):
    """The marks of one state in the editor."""
    return page.locator(f".ProseMirror .quote-mark--{state}")


def press_quote(page):
    """The button of the toolbar."""
    page.locator(".prose-menubar").get_by_text("Quote", exact=True).click()


def test_marks_tell_the_state_of_each_quote(open_as, people, article, desk_path):
    article.body += "<p>“Nobody has told us why,” said a sailor.</p>"
    article.save()
    page = open_as(people.writer, desk_path)
    assert mark(page, "verified").inner_text() == factories.WORDS
    assert mark(page, "open").inner_text() == "Nobody has told us why,"
    page.locator("#quotes-0 summary").click()
    page.locator("#id_quotes-0-verification").select_option("unverified")
    mark(page, "unverified").wait_for()
    assert mark(page, "verified").count() == 0


def test_a_trimmed_quote_drifts_at_once_and_takes_the_words_of_the_body(open_as, people, article, desk_path):
    page = open_as(people.writer, desk_path)
    select_words(page, "before the channel ")
    page.keyboard.press("Delete")
    mark(page, "drifted").wait_for()
    row = page.locator("#quotes-0")
    assert row.locator(".quote-drift del").inner_text() == "before the channel"
    assert "Drifted" in row.locator("summary").inner_text()
    press_quote(page)
    assert row.get_by_role("textbox", name="Words", exact=True).is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Control+z")
    mark(page, "verified").wait_for()
    assert row.locator(".quote-drift").count() == 0
    select_words(page, "before the channel ")
    page.keyboard.press("Delete")
    row.get_by_role("button", name="Take the words of the body").click()
    assert row.locator(".quote-drift").count() == 0
    page.get_by_role("button", name="Save draft").click()
    page.get_by_text("Saved as revision").wait_for()
    quote = Article.objects.get().quotes.get()
    assert quote.text == "We will not reopen it is swept,"
    assert quote.verification == "unverified"


def test_moved_words_stay_tied(open_as, people, article, desk_path):
    page = open_as(people.writer, desk_path)
    page.locator(".ProseMirror p").first.click()
    page.keyboard.press("Home")
    page.keyboard.type("On Monday nothing moved. ")
    assert mark(page, "verified").inner_text() == factories.WORDS
    assert mark(page, "drifted").count() == 0


def test_selected_words_become_a_record_beside_the_text(open_as, people, article, desk_path):
    article.body += "<p>“Nobody has told us why,” said Ilse Maran, “and nobody will tell us.”</p>"
    article.save()
    page = open_as(people.writer, desk_path)
    select_words(page, "“Nobody has told us why,” said Ilse Maran, “and nobody will tell us.”")
    press_quote(page)
    row = page.locator(".desk-part.is-beside")
    row.wait_for()
    assert row.locator("textarea[name$=-text]").input_value() == "Nobody has told us why,"
    assert row.locator("textarea[name$=-parts]").input_value() == "and nobody will tell us."
    page.keyboard.type("ilse")
    page.get_by_role("option", name="Ilse Maran").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert page.locator(".desk-part.is-beside").count() == 0
    assert mark(page, "open").count() == 0
    assert mark(page, "unverified").count() == 2
    page.get_by_role("button", name="Save draft").click()
    page.get_by_text("Saved as revision").wait_for()
    made = Article.objects.get().quotes.last()
    assert (made.words, made.speaker.name) == ("Nobody has told us why, … and nobody will tell us.", "Ilse Maran")
    assert made.segments[0]["prefix"].endswith('"')


def test_a_passage_that_is_no_speech_loses_its_mark(open_as, people, article, desk_path):
    article.body += "<p>The play “A Winter of Ice” opens.</p>"
    article.save()
    page = open_as(people.writer, desk_path)
    mark(page, "open").wait_for()
    select_words(page, "A Winter of Ice")
    page.locator(".prose-menubar").get_by_text("Title", exact=True).click()
    page.wait_for_timeout(100)
    assert mark(page, "open").count() == 0


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_the_record_beside_the_text_is_accessible_and_fits(
    open_as, people, article, desk_path, axe_findings, expected_complaints, width, scheme
):
    expected_complaints += ["Content Security Policy", "violates"]  # axe’s own styles
    page = open_as(people.writer, desk_path, color_scheme=scheme, viewport={"width": width, "height": 800})
    select_words(page, "before the channel ")
    page.keyboard.press("Delete")
    press_quote(page)
    page.locator("#quotes-0.is-beside").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert axe_findings(page) == []
