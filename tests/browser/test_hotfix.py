"""Mending the live text, and what readers are told of corrections, in a real browser."""

import pytest
from django.urls import reverse

from articles.models import Story
from tests.test_editions import PUBLIC_NOTES, again
from tests.test_hotfix import live, rewrite  # noqa: F401  (fixtures)

pytestmark = pytest.mark.browser


def address(article):
    """Of the page."""
    return reverse("admin:articles_article_hotfix", args=[article.pk])


def mend(page):
    """Take the typo out in the rich text editor, as a hand does."""
    paragraph = page.locator(".ProseMirror p").last
    paragraph.click()
    paragraph.evaluate(
        """element => {
            const text = element.firstChild, start = text.data.indexOf("braekwater")
            getSelection().setBaseAndExtent(text, start, text, start + "braekwater".length)
        }"""
    )
    page.keyboard.type("breakwater")


def test_a_typo_is_mended_in_the_editor_while_a_rewrite_waits(open_as, people, rewrite):  # noqa: F811
    draft = rewrite(headline="Another headline")
    page = open_as(people.publisher, address(draft))
    page.wait_for_selector(".ProseMirror")
    mend(page)
    page.get_by_role("button", name="Look at the difference").click()
    assert page.locator(".comparison ins").all_inner_texts()[-1].find("breakwater") >= 0
    assert page.locator(".comparison del").count() == 1
    page.get_by_role("button", name="Publish the fix").click()
    page.get_by_text("The draft that waits took the fix in.").wait_for()
    assert "breakwater" in Story.objects.get().body
    draft.refresh_from_db()
    assert "breakwater" in draft.body
    assert draft.headline == "Another headline"


def test_a_typo_is_mended_without_scripts(open_as, people, live):  # noqa: F811
    page = open_as(people.publisher, address(live), java_script_enabled=False)
    body = page.get_by_label("Body")
    body.fill(body.input_value().replace("braekwater", "breakwater"))
    page.get_by_role("button", name="Look at the difference").click()
    page.get_by_role("button", name="Back to the text").click()
    page.get_by_role("button", name="Look at the difference").click()
    page.get_by_role("button", name="Publish the fix").click()
    page.get_by_text("readers have it as edition 2").wait_for()
    assert "breakwater" in Story.objects.get().body


def test_pages_are_accessible_and_fit_when_shown(walk, people, live, faults_of):  # noqa: F811
    for kind, words in PUBLIC_NOTES.items():
        story = again(live, people, kind=kind, **words)
    form = address(live)
    for path, page in walk(people.publisher, ("/corrections/", story.get_absolute_url(), form)):
        if path == form:
            assert faults_of(page) == [], path
            page.get_by_label("Standfirst").fill("The channel has to be swept first, she says.")
            with page.expect_navigation():
                page.get_by_role("button", name="Look at the difference").click()
        assert faults_of(page) == [], path
