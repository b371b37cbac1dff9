"""A day of one story, played by everybody on the desk in their own browsers, from a draft to its correction."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Autosave, Event, Story
from articles.workflow import Status
from tests import factories
from tests.browser.test_review import select, tool

pytestmark = pytest.mark.browser
CUT = "ERR_INTERNET_DISCONNECTED"
ADDED = " Two tugs lay at the braekwater."


def desk_of(article):
    """The writing desk."""
    return reverse("admin:articles_article_change", args=[article.pk])


def review_of(article):
    """The review page."""
    return reverse("admin:articles_article_review", args=[article.pk])


def press(page, verb, **typed):
    """Press the button of a move on the rail or the review page, filling in what it asks."""
    button = page.locator(f"button[form=move-{verb}]")
    if not button.is_visible():
        page.locator(".desk-move", has=button).locator("summary").click()
    for name, value in typed.items():
        field = page.locator(f"[form=move-{verb}][name={name}]")
        if field.first.get_attribute("type") == "radio":
            page.locator(f"[form=move-{verb}][name={name}][value={value}]").check()
        elif field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    button.click()
    page.locator("ul.messagelist li").first.wait_for()


def status_of(article):
    """Where it stands, as the database has it."""
    article.refresh_from_db()
    return article.status


def test_a_story_goes_through_a_whole_day(open_as, people, desk, expected_complaints):
    legal = factories.person("lena", "Reviewer", first_name="Lena", last_name="Gault")
    article = factories.article(people.writer, desk, headline="Harbour closed")

    # the writer writes on a train: the network goes, the text stays, the network comes back
    writer = open_as(people.writer, desk_of(article))
    writer.locator("#id_headline").fill("Harbour of Port Selm stays closed")
    writer.context.set_offline(True)
    expected_complaints.append(CUT)
    writer.locator(".ProseMirror p").last.click()
    writer.keyboard.press("End")
    writer.keyboard.type(ADDED)
    writer.locator("[data-autosave-url]", has_text="No connection").wait_for(timeout=15000)
    assert "braekwater" in writer.evaluate("Object.values(localStorage).join()")
    writer.context.set_offline(False)
    writer.locator("[data-autosave-url]", has_text="Kept at").wait_for(timeout=20000)
    assert "braekwater" in Autosave.objects.get().data["body"][0]
    writer.get_by_role("button", name="Save draft").click()
    writer.get_by_text("Saved as revision 2.").wait_for()
    press(writer, "submit")
    assert status_of(article) == Status.IN_REVIEW

    # the reviewer asks, suggests and sends it back
    reviewer = open_as(people.reviewer, review_of(article))
    select(reviewer, "third day")
    tool(reviewer, "Source for this?").click()
    reviewer.locator(".note-mark").first.wait_for()
    select(reviewer, "Ships waited off the breakwater")
    tool(reviewer, "Suggest").click()
    reviewer.get_by_label("Write instead").fill("Ships anchored off the breakwater")
    reviewer.get_by_role("button", name="Add the note").click()
    reviewer.locator(".note-mark--suggestion").wait_for()
    press(reviewer, "return_to_writer", note="Two notes.")
    assert status_of(article) == Status.CHANGES_ASKED

    # the writer takes the suggestion, settles the question and sends it again
    writer.goto(writer.url.split("/admin/")[0] + review_of(article))
    writer.get_by_role("button", name="Accept").click()
    writer.get_by_text("Accepted: the new words stand in the copy.").wait_for()
    writer.get_by_role("button", name="Resolve").click()
    writer.get_by_text("Resolved.", exact=False).first.wait_for()
    press(writer, "submit")
    article.refresh_from_db()
    assert "Ships anchored off the breakwater" in article.body

    # legal holds it and lets it go; the reviewer says yes, and with that it is closed to the lawyer
    expected_complaints.append("404")
    lawyer = open_as(legal, review_of(article))
    press(lawyer, "place_hold", note="May we name the pilot?", hold_kind="legal")
    assert status_of(article) == Status.ON_HOLD
    lawyer.goto(lawyer.url.split("/admin/")[0] + review_of(article))
    press(lawyer, "lift_hold", note="Named in open court.")
    assert status_of(article) == Status.IN_REVIEW
    reviewer.goto(lawyer.url.split("/admin/")[0] + review_of(article))
    press(reviewer, "approve")
    assert status_of(article) == Status.APPROVED

    # the publisher schedules it; after that moment readers have it
    publisher = open_as(people.publisher, desk_of(article))
    press(publisher, "schedule", publish_at=f"{timezone.localtime() + timedelta(days=1):%Y-%m-%dT%H:%M}")
    assert status_of(article) == Status.SCHEDULED
    reader = open_as(None, "/")
    assert reader.get_by_text("Harbour of Port Selm stays closed").count() == 0
    Article.objects.filter(pk=article.pk).update(publish_at=timezone.now() - timedelta(seconds=1))  # the day passes
    call_command("release")
    reader.goto(reader.url)
    reader.get_by_role("link", name="Harbour of Port Selm stays closed").first.click()
    reader.get_by_text("Ships anchored off the breakwater").wait_for()
    assert status_of(article) == Status.PUBLISHED

    # a rewrite is begun; while it waits, a typo is mended on the live story
    publisher.goto(publisher.url)
    press(publisher, "revise")
    publisher.locator("#id_headline").fill("Harbour of Port Selm to open on Friday")
    publisher.get_by_role("button", name="Save draft").click()
    publisher.get_by_text("Saved as revision").wait_for()
    publisher.get_by_role("link", name="Fix the live text").click()
    body = publisher.locator(".ProseMirror p", has_text="braekwater")
    body.evaluate(
        """element => {
            const text = element.lastChild, start = text.data.indexOf("braekwater")
            getSelection().setBaseAndExtent(text, start, text, start + "braekwater".length)
        }"""
    )
    publisher.keyboard.type("breakwater")
    publisher.get_by_role("button", name="Look at the difference").click()
    publisher.get_by_role("button", name="Publish the fix").click()
    publisher.get_by_text("The draft that waits took the fix in.").wait_for()
    reader.goto(reader.url)
    assert "lay at the breakwater" in reader.inner_text(".story__body")
    assert "stays closed" in reader.inner_text("h1")

    # the rewrite goes out as a correction
    publisher.goto(publisher.url.split("/admin/")[0] + desk_of(article))
    press(publisher, "submit")
    reviewer.goto(lawyer.url.split("/admin/")[0] + review_of(article))
    press(reviewer, "approve")
    publisher.goto(publisher.url.split("/admin/")[0] + desk_of(article))
    press(
        publisher,
        "publish",
        kind="correction",
        wrong="We said the harbour would stay closed.",
        right="It opens on Friday.",
        note="An earlier version misread the notice.",
    )
    assert status_of(article) == Status.PUBLISHED
    reader.goto(reader.url)
    assert "to open on Friday" in reader.inner_text("h1")
    assert "We said the harbour would stay closed." in reader.inner_text("main")
    reader.goto(reader.url.split("/2")[0] + "/corrections/")
    reader.get_by_text("It opens on Friday.").wait_for()

    # and all of it is in the log
    verbs = list(Event.objects.filter(article=article.pk).order_by("pk").values_list("verb", flat=True))
    told = [verb for verb in verbs if verb in {*Status.values, *MOVES}]
    assert told == MOVES
    assert Story.objects.get().edition_kind == "correction"


MOVES = [
    *("submit", "return_to_writer", "submit", "place_hold", "lift_hold", "approve", "schedule", "publish"),
    *("revise", "hotfix", "submit", "approve", "publish"),
]
