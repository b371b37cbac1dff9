"""Writing with a network that goes and comes, and a page that is closed too early."""

import pytest
from django.urls import reverse

from articles.models import Autosave

pytestmark = pytest.mark.browser


@pytest.fixture
def desk_path(article):
    """The writing desk of `article`."""
    return reverse("admin:articles_article_change", args=[article.pk])


def test_text_is_offered_when_the_page_was_closed_without_a_save(open_as, people, article, desk_path):
    page = open_as(people.writer, desk_path)
    page.locator("#id_headline").fill("Typed, never saved")
    page.locator("[data-autosave-url]", has_text="Kept at").wait_for(timeout=15000)
    page.close()
    page = open_as(people.writer, desk_path)
    page.get_by_role("link", name="Take my text over").click()
    assert page.locator("#id_headline").input_value() == "Typed, never saved"
    page.get_by_role("button", name="Save draft").click()
    page.get_by_text("Saved as revision 2.").wait_for()
    article.refresh_from_db()
    assert article.headline == "Typed, never saved"


def test_text_reaches_the_server_when_the_network_comes_back(open_as, people, article, desk_path):
    page = open_as(people.writer, desk_path)
    # the network is cut for the script alone: a request that fails in earnest is an error on the console
    page.evaluate("window.wired = window.fetch; window.fetch = () => Promise.reject(new TypeError('cut')); 0")
    page.locator("#id_headline").fill("Typed on a train")
    page.locator("[data-autosave-url]", has_text="No connection").wait_for(timeout=15000)
    assert not Autosave.objects.exists()
    assert "Typed on a train" in page.evaluate("Object.values(localStorage).join()")
    page.evaluate("window.fetch = window.wired; 0")
    page.locator("[data-autosave-url]", has_text="Kept at").wait_for(timeout=15000)
    assert Autosave.objects.get().data["headline"] == ["Typed on a train"]
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('desk-'))") == []


def test_the_pages_of_a_conflict_and_of_kept_text_are_accessible_and_fit(
    open_as, people, article, desk_path, faults_of
):
    page = open_as(people.writer, desk_path)
    article.headline = "Saved by the editor meanwhile"
    article.save()
    article.record_revision(by=people.editor)
    page.locator("#id_headline").fill("The writer’s own " + "verylongwordwithoutanyspace" * 5)
    page.get_by_role("button", name="Save draft").click()
    page.wait_for_url("**/conflict/")
    for path in (page.url, page.url.replace("/conflict/", "/autosave/"), page.url.replace("/conflict/", "/change/")):
        quiet = page.context.new_page()
        quiet.goto(path)
        quiet.wait_for_load_state("networkidle")
        assert faults_of(quiet) == [], path
