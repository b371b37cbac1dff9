"""The review page in a real browser: words selected, changed, accepted; names offered; without scripts; on a phone."""

import pytest
from django.urls import reverse

from articles import anchoring, commenting
from articles.models import Article, Comment
from tests import factories

pytestmark = pytest.mark.browser

SELECT = """([selector, words]) => {
    const walker = document.createTreeWalker(document.querySelector(selector), NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const at = node.data.indexOf(words)
        if (at < 0) continue
        getSelection().setBaseAndExtent(node, at, node, at + words.length)
        return true
    }
    return false
}"""


@pytest.fixture
def in_review(transactional_db, people, desk):
    """A story that waits for a decision."""
    article = factories.article(people.writer, desk)
    article.submit(by=people.writer)
    return article


@pytest.fixture
def path(in_review):
    """Its review page."""
    return reverse("admin:articles_article_review", args=[in_review.pk])


def select(page, words, selector=".story__body"):
    """Select words of the story as with a mouse."""
    page.locator("[data-tools]").wait_for(state="attached")
    assert page.evaluate(SELECT, [selector, words])
    page.locator("[data-tools]").wait_for(state="visible")


def tool(page, name):
    """A button of the little toolbar."""
    return page.get_by_role("toolbar").get_by_role("button", name=name)


def test_selected_words_are_changed_by_the_reviewer_and_accepted_by_the_writer(open_as, people, in_review, path):
    page = open_as(people.reviewer, path)
    select(page, "Ships waited off the breakwater")
    tool(page, "Suggest").click()
    replacement = page.get_by_label("Write instead")
    assert replacement.input_value() == "Ships waited off the breakwater"
    replacement.fill("Ships anchored off the breakwater")
    page.get_by_label("Your note").fill("The word of the port records.")
    page.get_by_role("button", name="Add the note").click()
    page.locator(".note-mark--suggestion").wait_for()
    assert page.locator(".note-mark--suggestion").inner_text() == "Ships waited off the breakwater"

    select(page, "harbour stays closed", ".story__headline")
    tool(page, "Comment").click()
    page.get_by_label("Your note").fill("For how long?")
    page.get_by_role("button", name="Add the note").click()
    page.locator(".story__headline .note-mark").wait_for()
    select(page, "third day")
    tool(page, "Source for this?").click()
    page.get_by_text("source for this?", exact=True).wait_for()
    assert set(Comment.objects.values_list("kind", "field")) == {
        ("suggestion", "body"), ("comment", "headline"), ("source_query", "body"),
    }  # fmt: skip

    page.locator("summary", has_text="Return to writer").click()
    page.locator("#move-return_to_writer").wait_for(state="attached")
    page.locator("textarea[form=move-return_to_writer]").fill("See my notes.")
    page.locator("button[form=move-return_to_writer]").click()
    page.wait_for_url("**/admin/")

    writer = open_as(people.writer, path)
    writer.get_by_role("button", name="Accept").click()
    writer.get_by_text("Accepted: the new words stand in the copy.").wait_for()
    assert "<p>Ships anchored off the breakwater, port records showed.</p>" in Article.objects.get().body
    assert "Change suggested by rhea, accepted by wren" in Article.objects.get().revisions.first().note


def test_words_over_quoted_speech_and_its_card_are_found_as_one_passage(open_as, people, in_review, path):
    page = open_as(people.reviewer, path)
    page.evaluate(
        """() => {
            const [, second, third] = document.querySelectorAll(".story__body > p")
            getSelection().setBaseAndExtent(second.lastChild, second.lastChild.length - 7, third.firstChild, 5)
        }"""
    )
    page.locator("[data-tools]").wait_for(state="visible")
    tool(page, "Source for this?").click()
    page.locator(".note-mark").first.wait_for()
    note = Comment.objects.get()
    assert anchoring.normalise(note.exact) == "Monday. Ships"
    assert commenting.place_of(note, in_review.text())


def test_colleagues_who_may_read_it_are_offered_after_an_at_sign(open_as, people, in_review, path):
    page = open_as(people.reviewer, path)
    page.locator("summary", has_text="Write a note").click()
    field = page.get_by_label("Your note")
    field.press_sequentially("Look, @w")
    page.get_by_role("option", name="@wren").wait_for()
    field.press("Enter")
    assert field.input_value() == "Look, @wren "
    field.press_sequentially("@otto")
    page.wait_for_timeout(300)
    assert page.locator(".mention [role=option]").count() == 0
    page.get_by_role("button", name="Add the note").click()
    page.get_by_text("Look, @wren").wait_for()
    assert list(Comment.objects.get().mentions.all()) == [people.writer]


def test_notes_are_written_and_settled_without_scripts(open_as, people, in_review, path):
    page = open_as(people.reviewer, path, java_script_enabled=False)
    page.locator("summary", has_text="Write a note").click()
    page.get_by_label("Source for this?").check()
    page.get_by_label("The words you mean").fill("port records showed")
    page.get_by_role("button", name="Add the note").click()
    page.locator(".note-mark", has_text="port records showed").click()
    note = Comment.objects.get()
    assert page.url.endswith(f"#note-{note.pk}")
    page.locator("summary", has_text="Reply").click()
    page.get_by_label("Your reply to").fill("Which ones?")
    page.locator(".note-thread__reply button").click()
    page.get_by_role("button", name="Resolve").click()
    assert Comment.objects.get(pk=note.pk).state == "resolved"
    page.locator("button[form=move-approve]").click()
    assert Article.objects.get().status == "approved"


def test_the_page_fits_and_axe_finds_nothing(open_as, faults_of, people, in_review, path):
    for words, kind in (("third day", "comment"), ("Ships waited", "suggestion"), ("channel is swept", "suggestion")):
        place = anchoring.make(in_review.text(), *span(in_review.text(), words))
        commenting.add(
            in_review,
            text="Say why, @wren.",
            kind=kind,
            author=people.reviewer,
            field="body",
            anchor=place,
            replacement="other words" if kind == "suggestion" else "",
        )
    done = commenting.add(in_review, text="Done with.", author=people.editor)
    commenting.resolve(done, by=people.editor)
    page = open_as(people.editor, path)
    for summary in page.locator("#notes details > summary").all():
        summary.click()
    assert faults_of(page) == []


def span(text, words):
    """Offsets of the words."""
    start = text.index(words)
    return start, start + len(words)
