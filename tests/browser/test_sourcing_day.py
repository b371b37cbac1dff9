"""A story whose sourcing stands, played in the browser: from wire copy to print, and the day its source is recalled."""

import pytest
from django.urls import reverse

from articles.models import Article, Quote, Source, Story
from articles.workflow import Status
from tests import factories
from tests.browser.selecting import select_words
from tests.browser.test_day import press, status_of

pytestmark = pytest.mark.browser

COPY = """Strike closes grain terminal at Port Selm

Crews of the terminal stopped work on Monday, and ships waited off the breakwater.

“The cranes will not move until every crew has been paid in full,” Ilse Maran, who leads the drivers, said on Monday.

The port authority kept wages back for ten weeks, two terminal officials said, unnamed because they fear for their jobs.
"""
WORDS = "The cranes will not move until every crew has been paid in full,"
SAID = f"Thank you for coming. {WORDS[:-1]}. That is all we have to say today."
CLAIM = "The port authority kept wages back for ten weeks"


def go(page, name, *keys):
    """Open a page of the desk."""
    page.goto(f"{page.url.split('/admin/')[0]}{reverse(f'admin:{name}', args=keys)}")


def save(page):
    """Save the draft on the writing desk."""
    page.get_by_role("button", name="Save draft").click()
    page.get_by_text("Saved as revision").wait_for()


def row_of(page, prefix, words):
    """The record on the writing desk that has these words on its summary, opened."""
    summary = page.locator("summary", has_text=words)
    row = page.locator(f"#{prefix}-group .inline-related.has_original", has=summary).first
    if not row.locator("details").evaluate("details => details.open"):
        row.locator("summary").click()
    return row


def check(page, article, quote, transcript):
    """Hold a quote against a transcript and say that it stands."""
    go(page, "articles_article_quote", article.pk, quote.pk)
    page.get_by_label("What it is").fill("Press conference, Port Selm")
    page.get_by_role("textbox", name="Words").fill(transcript)
    page.get_by_role("button", name="Add and compare").click()
    page.get_by_text("word for word").first.wait_for()
    say(page)


def say(page):
    """Say that the words stand."""
    page.get_by_label("checked", exact=True).check()
    page.get_by_label("How was it checked?").fill("against the transcript")
    page.get_by_role("button", name="Keep it").click()
    page.get_by_text("is checked.").wait_for()


def test_a_story_is_sourced_printed_and_its_source_recalled(open_as, people, desk):
    factories.actor()
    authority = factories.actor("Port Selm Authority", "organisation")

    # the wire copy comes in; what the text seems to hold is accepted one by one
    editor = open_as(people.editor, reverse("admin:articles_article_import"))
    editor.get_by_label("Or paste the copy").fill(COPY)
    editor.get_by_role("button", name="Import").click()
    editor.get_by_role("heading", name="Proposals").wait_for()
    article = Article.objects.get()
    while editor.locator("[data-accept]").count():
        left = editor.locator("[data-accept]").count()
        editor.locator("[data-accept]").first.click()
        editor.wait_for_function("left => document.querySelectorAll('[data-accept]').length < left", arg=left)
    quote = Quote.objects.get(text=WORDS)
    assert quote.speaker.name == "Ilse Maran"

    # the quote is held against the transcript
    check(editor, article, quote, SAID)
    quote.refresh_from_db()
    assert (quote.verification, quote.match) == ("verified", "exact")

    # trimmed in the body it drifts before the eyes, and the press will not have it
    go(editor, "articles_article_change", article.pk)
    editor.locator(".ProseMirror .quote-mark--verified").wait_for()
    select_words(editor, " until every crew has been paid in full")
    editor.keyboard.press("Delete")
    editor.locator(".ProseMirror .quote-mark--drifted").wait_for()
    assert editor.locator(".quote-drift del").inner_text() == "move until every crew has been paid in full,"
    editor.locator("#id_standfirst").fill("Crane drivers want ten weeks of wages.")
    save(editor)
    assert "no longer stands in the body" in editor.locator(".desk-findings").inner_text()
    assert editor.locator("button[form=move-submit]:not(:disabled)").count() == 0
    select_words(editor, "will not move")
    editor.keyboard.press("ArrowRight")
    editor.keyboard.type(" until every crew has been paid in full")
    editor.locator(".ProseMirror .quote-mark--verified").wait_for()

    # who is not named has a reason and knows what they say
    unnamed = row_of(editor, "attributions", "two terminal officials")
    unnamed.locator("[name$=-head_count]").fill("2")
    unnamed.locator("[name$=-basis]").select_option("background")
    unnamed.locator("[name$=-anonymity_reason]").select_option("employment")
    unnamed.locator("[name$=-anonymity_wording]").fill("because they fear for their jobs")
    unnamed.locator("[name$=-basis_of_knowledge]").fill("keep the payroll")
    for row in Quote.objects.filter(article=article):
        record = row_of(editor, "quotes", row.text[:30])
        record.locator("[name$=-obtained_via]").select_option("press_conference" if row == quote else "interview")
        record.locator("[name$=-is_undated]").check()
        record.locator("[name$=-role]").fill("head of the crane drivers' union" if row == quote else "")
        if row != quote:
            record.locator("[name$=-verification]").select_option("verified")
            record.locator("[name$=-verification_method]").fill("against the notes")
    save(editor)
    quote.refresh_from_db()
    assert quote.verification == "verified", "the words are what was checked"
    publisher = open_as(people.publisher, reverse("admin:articles_article_change", args=[article.pk]))
    unnamed = row_of(publisher, "attributions", "two terminal officials")
    unnamed.get_by_label("I know who this source is").check()
    unnamed.get_by_label("I approve leaving them unnamed").check()
    save(publisher)

    # what it asserts of the port authority is a claim; they were asked, and did not answer
    go(editor, "articles_article_claims", article.pk)
    editor.get_by_text("Mark a claim").click()
    claim = editor.locator("form", has=editor.get_by_role("button", name="Mark it"))
    claim.get_by_label("passage", exact=False).fill(CLAIM)
    claim.get_by_label("serious", exact=False).check()
    about(editor, claim, "claim-actors", authority.name)
    for box in claim.locator("input[name=claim-attributions]").all():
        box.check()
    claim.get_by_role("button", name="Mark it").click()
    editor.get_by_text("is a claim of this story").wait_for()
    editor.get_by_text("Note a request").click()
    request = editor.locator("form", has=editor.get_by_role("button", name="Note it"))
    about(editor, request, "reply-actor", authority.name)
    request.locator("[name=reply-asked_at]").fill("2026-11-02T09:00")
    request.locator("[name=reply-deadline]").fill("2026-11-02T18:00")
    request.locator("[name=reply-how]").select_option("email")
    request.locator("[name=reply-outcome]").select_option("no_response")
    request.get_by_role("button", name="Note it").click()
    offered = editor.locator(".claim__offer q")
    offered.wait_for()
    sentence = offered.inner_text()
    assert sentence.startswith("Port Selm Authority did not respond")
    go(editor, "articles_article_change", article.pk)
    assert "Tell readers what came of asking" in editor.locator(".desk-findings").inner_text()
    editor.locator(".ProseMirror p").last.click()
    editor.keyboard.press("End")
    editor.keyboard.type(f" {sentence}")
    save(editor)
    article.refresh_from_db()
    go(publisher, "articles_article_claims", article.pk)
    for name in ("I know what it rests on", "I agree to print it on that"):
        button = publisher.get_by_role("button", name=name)
        if button.count():
            button.click()

    # nothing keeps it back now
    factories.sign(article, people.writer)
    article.record_revision(by=people.editor)
    assert [(finding.code, finding.sentence) for finding in article.blocking_findings()] == []
    go(editor, "articles_article_change", article.pk)
    press(editor, "submit")
    reviewer = open_as(people.reviewer, reverse("admin:articles_article_review", args=[article.pk]))
    press(reviewer, "approve")
    go(publisher, "articles_article_change", article.pk)
    press(publisher, "publish")
    assert status_of(article) == Status.PUBLISHED
    reader = open_as(None, Story.objects.get().get_absolute_url())
    assert reader.locator("a.quoted").first.inner_text() == WORDS
    assert "two terminal officials" in reader.locator("main").inner_text()
    assert "keep the payroll" not in reader.content()

    # a day later the union's statement turns out to be forged
    source = Source.objects.get(attributions__quotes=quote)
    go(publisher, "articles_source_uses", source.pk)
    publisher.get_by_text("Recall it as unreliable").click()
    publisher.get_by_label("Why is it unreliable?").fill("It was not the head of the union who spoke.")
    publisher.get_by_role("button", name="Recall it").click()
    publisher.get_by_text("Recalled as unreliable").wait_for()
    publisher.get_by_role("button", name="Open drafts of corrections").click()
    publisher.get_by_text("A draft is open over 1 story.").wait_for()
    assert status_of(article) == Status.DRAFT
    go(publisher, "articles_article_change", article.pk)
    assert "was recalled as unreliable" in publisher.locator(".desk-findings").inner_text()
    reader.reload()
    assert reader.locator("a.quoted").count() > 0, "readers keep the edition until it is corrected"


def about(page, form, name, actor):
    """Choose one actor in a field of names."""
    box = form.locator(f"[name={name}]").locator("xpath=..").get_by_role("combobox")
    box.click()
    page.keyboard.type(actor[:9])
    page.get_by_role("option", name=actor).first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
