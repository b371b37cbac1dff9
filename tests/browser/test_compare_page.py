"""The pages that compare and restore, in a real browser."""

import pytest
from django.urls import reverse

from articles import markup
from articles.models import Article
from tests import factories

pytestmark = pytest.mark.browser

REWRITTEN = (
    '<h2>The harbour at <strong>Port Selm</strong> stayed <a href="https://example.org/">closed</a> for a week.</h2>'
    "<p>Ships waited off the breakwater, port records showed.</p><ul><li>One ship left</li></ul>"
)


@pytest.fixture
def changed(article, people):
    """The article with a second revision in which everything that can change has changed."""
    image = factories.image()
    article.quotes.update(role="chief of the harbour", obtained_via="email")
    article.attributions.update(basis="background")
    article.topics.set([factories.topic("Weather")])
    body = markup.sanitise(f'{REWRITTEN}<figure data-image="{image.pk}"><figcaption>The gate</figcaption></figure>')
    Article.objects.filter(pk=article.pk).update(headline="Port Selm opens " + "again" * 9, body=body, genre="analysis")
    Article.objects.get(pk=article.pk).record_revision(by=people.editor, note="Rewritten after the call")
    return article


def pages_of(article):
    """Every page on which revisions are looked at."""
    return (
        reverse("admin:articles_article_compare", args=[article.pk]),
        reverse("admin:articles_article_revisions", args=[article.pk]),
        reverse("admin:articles_revision_change", args=[article.revisions.get(number=1).pk]),
    )


def test_pages_are_accessible_and_fit_when_shown(walk, people, changed, faults_of):
    for path, page in walk(people.writer, pages_of(changed)):
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        for more in page.locator("details").all():
            more.evaluate("element => { element.open = true }")
        assert faults_of(page) == [], path


def test_revision_is_compared_and_restored_without_scripts(open_as, people, changed):
    page = open_as(people.writer, pages_of(changed)[0], java_script_enabled=False)
    assert page.get_by_label("From").input_value() == "1"
    page.get_by_label("To").select_option("1")
    page.get_by_role("button", name="Compare").click()
    page.get_by_text("No difference.").wait_for()
    page.get_by_text("Restore revision 1…").click()
    page.get_by_role("button", name="Restore revision 1").click()
    page.get_by_text("Revision 1 stands again, as revision 3.").wait_for()
    assert changed.revisions.count() == 3


def test_changes_are_told_apart_without_colour(open_as, people, changed):
    page = open_as(people.writer, pages_of(changed)[0])
    gone, new = page.locator(".comparison del").first, page.locator(".comparison ins").first
    style = "element => getComputedStyle(element).textDecorationLine"
    assert gone.evaluate(style) == "line-through"
    assert new.evaluate(style) == "underline"
