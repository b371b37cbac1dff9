"""A session that ends under an open page, a colleague who comes in, and the keys of the desk."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from articles.models import Autosave
from articles.workflow import Status

pytestmark = pytest.mark.browser
REFUSED = "401"


@pytest.fixture
def desk_path(article):
    """The writing desk of `article`."""
    return reverse("admin:articles_article_change", args=[article.pk])


def test_one_logs_in_on_the_spot_and_the_text_is_still_there(open_as, people, article, desk_path, expected_complaints):
    page = open_as(people.writer, desk_path)
    Session.objects.all().delete()
    expected_complaints.append(REFUSED)
    page.locator("#id_headline").fill("Typed while logged out")
    dialog = page.get_by_role("dialog", name="You were logged out")
    dialog.wait_for(timeout=20000)
    assert page.input_value("#again-username") == people.writer.username
    expected_complaints.append("400")
    page.fill("#again-password", "wrong")
    page.keyboard.press("Enter")
    dialog.get_by_role("alert").wait_for()
    page.fill("#again-password", "a long enough phrase")
    page.keyboard.press("Enter")
    dialog.wait_for(state="hidden")
    page.locator("[data-autosave-url]", has_text="Kept at").wait_for(timeout=15000)
    assert page.input_value("#id_headline") == "Typed while logged out"
    assert Autosave.objects.get().data["headline"] == ["Typed while logged out"]
    page.get_by_role("button", name="Save draft").click()
    page.get_by_text("Saved as revision 2.").wait_for()
    article.refresh_from_db()
    assert article.headline == "Typed while logged out"


def test_a_page_goes_on_by_itself_when_one_logged_in_in_another_window(
    open_as, people, article, desk_path, expected_complaints
):
    page = open_as(people.writer, desk_path)
    Session.objects.all().delete()
    expected_complaints.append(REFUSED)
    log_in_elsewhere(page, people.writer)
    expected_complaints.append("403")
    page.locator("#id_headline").fill("Typed before")
    page.locator("[data-autosave-url]", has_text="Kept at").wait_for(timeout=20000)
    page.get_by_role("button", name="Save draft").click()
    page.get_by_text("Saved as revision 2.").wait_for()


def test_the_dialog_goes_when_one_logs_in_in_another_window(open_as, people, article, desk_path, expected_complaints):
    page = open_as(people.writer, desk_path)
    Session.objects.all().delete()
    expected_complaints += [REFUSED, "403"]
    page.locator("#id_headline").fill("Typed before")
    dialog = page.get_by_role("dialog", name="You were logged out")
    dialog.wait_for(timeout=20000)
    log_in_elsewhere(page, people.writer)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")  # as whoever comes back to the page
    dialog.wait_for(state="hidden")
    page.locator("[data-autosave-url]", has_text="Kept at").wait_for(timeout=20000)
    page.get_by_role("button", name="Save draft").click()
    page.get_by_text("Saved as revision 2.").wait_for()


def log_in_elsewhere(page, person):
    """In another window of the same browser, which is closed again."""
    other = page.context.new_page()
    other.goto(page.url)
    other.fill("#id_username", person.username)
    other.fill("#id_password", "a long enough phrase")
    other.keyboard.press("Enter")
    other.get_by_text("Where it stands").wait_for()
    other.close()


def test_a_colleague_who_comes_in_is_named_and_leaves_again(open_as, people, article, desk_path):
    page = open_as(people.writer, desk_path)
    page.locator("#id_headline").fill("Typing")
    other = open_as(people.editor, desk_path)
    other.locator(".presence", has_text="is writing").wait_for(timeout=20000)
    page.locator(".presence", has_text="is reading").wait_for(timeout=30000)


def test_keys_lead_about_the_desk_and_save(open_as, people, article, desk_path):
    page = open_as(people.writer, "/admin/")
    page.keyboard.press("g")
    page.keyboard.press("b")
    page.wait_for_url("**/admin/board/")
    page.keyboard.press("/")
    page.wait_for_url("**/admin/articles/article/#searchbar")
    page.keyboard.type("gb?")
    assert page.input_value("#searchbar") == "gb?"
    page.locator("h1").click()
    page.keyboard.press("?")
    page.wait_for_url("**/admin/shortcuts/")
    page.uncheck("#keys-switch")
    page.keyboard.press("n")
    page.wait_for_timeout(300)
    assert page.url.endswith("/admin/shortcuts/")
    page.goto(page.url.replace("/admin/shortcuts/", desk_path))
    page.locator("#id_headline").fill("Saved by a key")
    page.keyboard.press("Control+s")
    page.get_by_text("Saved as revision 2.").wait_for()
    article.refresh_from_db()
    assert (article.headline, article.status) == ("Saved by a key", Status.DRAFT)


def test_the_pages_round_a_session_are_accessible_and_fit(walk, people, article, faults_of):
    history = reverse("admin:articles_article_history", args=[article.pk])
    for path, page in walk(people.writer, ("/admin/shortcuts/", history)):
        assert faults_of(page) == [], path
    page.evaluate("document.querySelector('.desk-login-again').showModal()")
    assert faults_of(page) == [], "the dialog"
