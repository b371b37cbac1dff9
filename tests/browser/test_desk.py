"""The desk in a real browser: writing, pasting, tagging by keyboard, moving, and what axe says of it."""

import pytest
from django.urls import reverse

from articles.models import ActorAlias, Article
from tests import factories
from tests.browser.selecting import select_words

pytestmark = pytest.mark.browser


def editor_html(page):
    """What the editor would send."""
    return page.locator("#id_body").input_value()


def test_story_is_written_tagged_and_saved_when_only_the_keyboard_is_used(open_as, people):
    board = factories.actor("Selm Harbour Board", "body")
    ActorAlias.objects.create(actor=board, name="SHB", kind="abbreviation")
    page = open_as(people.editor, reverse("admin:articles_article_add"))
    page.locator("#id_headline").fill("Harbour shut")
    page.locator(".ProseMirror").wait_for()  # before, the textarea beneath it has that name
    body = page.get_by_role("textbox", name="Body")
    body.click()
    page.keyboard.type("It stays shut. ")
    page.keyboard.press("Control+b")
    page.keyboard.type("Really")
    page.locator("[data-word-count]", has_text="4 words").wait_for()
    actors = page.get_by_role("combobox", name="Actors")
    actors.focus()
    page.keyboard.type("shb")
    page.get_by_role("option", name="Selm Harbour Board").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.type("Doe, Jane")
    page.get_by_role("option", name="Create “Doe, Jane” as person").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    chips = page.locator("#id_actors_search").locator("xpath=..").locator(".combobox__chip")
    assert [chip.inner_text().split("\n")[0] for chip in chips.all()] == ["Selm Harbour Board", "Doe, Jane"]
    page.get_by_role("button", name="Save draft").press("Enter")
    page.get_by_text("Saved as revision 1.").wait_for()
    made = Article.objects.get()
    assert made.body == "<p>It stays shut. <strong>Really</strong></p>"
    assert sorted((actor.name, actor.kind) for actor in made.actors.all()) == [
        ("Doe, Jane", "person"),
        ("Selm Harbour Board", "body"),
    ]


def test_chip_goes_when_backspace_is_pressed_in_the_empty_combobox(open_as, people, article, desk_path):
    page = open_as(people.writer, desk_path)
    actors = page.get_by_role("combobox", name="Actors")
    actors.focus()
    page.keyboard.press("Backspace")
    assert page.locator("#id_actors").input_value() == ""
    page.keyboard.type("ilse")
    page.get_by_role("option", name="Ilse Maran").wait_for()
    page.keyboard.press("Enter")
    assert page.locator("#id_actors").input_value() == "Ilse Maran"
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Delete")
    assert page.locator("#id_actors").input_value() == ""


def test_words_typed_and_not_chosen_are_sent_when_the_form_is_saved(open_as, people, article, desk_path):
    page = open_as(people.writer, desk_path)
    page.get_by_role("combobox", name="Topics").fill("nowhere to be found")
    page.get_by_role("button", name="Save draft").click()
    page.get_by_text("“nowhere to be found” is not in the vocabulary").wait_for()


@pytest.fixture
def desk_path(article):
    """The writing desk of `article`."""
    return reverse("admin:articles_article_change", args=[article.pk])


def test_google_docs_come_in_clean_when_pasted(open_as, people, paste):
    page = open_as(people.writer, reverse("admin:articles_article_add"))
    page.locator(".ProseMirror").click()
    paste(page, "google_docs.html")
    assert editor_html(page) == (
        "<h2>The harbour</h2>"
        "<p>Plain, <strong>bold</strong>, <em>italic</em> and 10<sup>th</sup> with "
        '<a href="https://example.org/port?a=1">a link</a>.</p>'
        "<ul><li><p>One</p></li><li><p>Two</p></li></ul>"
        "<p>The words style=x stay words.</p>"
    )


def test_word_comes_in_clean_when_pasted(open_as, people, paste):
    page = open_as(people.writer, reverse("admin:articles_article_add"))
    page.locator(".ProseMirror").click()
    paste(page, "word.html")
    assert editor_html(page) == (
        "<h2>The harbour</h2>"
        "<p>Plain, <strong>bold</strong> and <em>italic</em> words.</p>"
        "<ul><li><p>One</p><ul><li><p>Inner</p></li></ul></li><li><p>Two</p></li></ul>"
        "<p>Between.</p>"
        '<ol data-type="decimal"><li><p>First</p></li></ol>'
        "<p>Last</p>"
    )


def test_words_are_marked_as_a_title_when_that_is_chosen(open_as, people, desk):
    made = factories.article(people.writer, desk, body="<p>He wrote “The long grey sea” there.</p>")
    page = open_as(people.writer, reverse("admin:articles_article_change", args=[made.pk]))
    page.get_by_text("“The long grey sea” has no record").wait_for()
    select_words(page, "The long grey sea")
    page.wait_for_timeout(100)
    page.get_by_role("button", name="Mark as a title, not speech").click()
    assert 'data-not-speech="title"' in editor_html(page)
    page.get_by_role("button", name="Save draft").click()
    page.get_by_text("Saved as revision 2.").wait_for()
    assert page.get_by_text("has no record").count() == 0
    made.refresh_from_db()
    assert '<span data-not-speech="title">' in made.body


def test_picture_stands_in_the_text_when_it_is_chosen_in_the_dialog(open_as, people, article, desk_path):
    image = factories.image()
    page = open_as(people.writer, desk_path)
    page.locator(".ProseMirror").click()
    page.get_by_role("button", name="Put a picture into the text").click()
    page.get_by_role("dialog").get_by_role("button", name=image.alt).click()
    assert f'<figure data-image="{image.pk}">' in editor_html(page)
    page.get_by_role("button", name="Save draft").click()
    page.get_by_text("Saved as revision 2.").wait_for()
    page.locator(".ProseMirror figure img").wait_for(state="attached")


def test_quote_row_is_added_and_its_speaker_suggested_when_asked_for(open_as, people, article, desk_path):
    page = open_as(people.writer, desk_path)
    page.get_by_role("button", name="Add another Quote").click()
    row = page.locator("#quotes-2")
    row.get_by_label("Words", exact=True).fill("Ships waited off the breakwater")
    speaker = row.get_by_role("combobox", name="Speaker")
    speaker.fill("ils")
    page.get_by_role("option", name="Ilse Maran").wait_for()
    speaker.press("Enter")
    page.get_by_role("button", name="Save draft").click()
    page.get_by_text("Saved as revision 2.").wait_for()
    assert article.quotes.get(text="Ships waited off the breakwater").speaker.name == "Ilse Maran"


def test_finding_opens_and_focuses_what_mends_it_when_followed(open_as, people, article, desk_path):
    article.quotes.update(obtained_via="")
    page = open_as(people.writer, desk_path)
    page.get_by_role("link", name="how it was obtained").click()
    assert page.locator("#quotes-0 details").evaluate("details => details.open")


def test_move_waits_for_the_save_when_words_are_not_saved(open_as, people, article, desk_path):
    page = open_as(people.writer, desk_path)
    page.locator("#id_headline").fill("Not saved yet")
    page.get_by_role("button", name="Submit for review").click()
    page.get_by_text("not saved yet. Save the draft first").wait_for()
    article.refresh_from_db()
    assert article.status == "draft"
    page.get_by_role("button", name="Save draft").click()
    page.get_by_text("Saved as revision 2.").wait_for()
    page.get_by_role("button", name="Submit for review").click()
    page.get_by_text("The story is now “in review”.").wait_for()


def test_story_is_saved_and_moved_when_there_is_no_javascript(open_as, people, article, desk_path):
    page = open_as(people.writer, desk_path, java_script_enabled=False)
    page.locator("#id_body").fill(article.body + "<p>Typed without scripts.</p>")
    page.locator("#id_topics").fill("Shipping")
    page.get_by_role("button", name="Save draft").click()
    page.get_by_text("Saved as revision 2.").wait_for()
    page.get_by_role("button", name="Submit for review").click()
    page.get_by_text("The story is now “in review”.").wait_for()
    article.refresh_from_db()
    assert article.body.endswith("<p>Typed without scripts.</p>")


def test_focal_point_follows_when_the_picture_is_clicked(open_as, people):
    image = factories.image()
    page = open_as(people.writer, reverse("admin:articles_image_change", args=[image.pk]))
    picture = page.locator("[data-focal-point]")
    picture.click(position={"x": 16, "y": 10})
    assert abs(float(page.locator("#id_focal_x").input_value()) - 0.25) < 0.03
    picture.press("ArrowRight")
    assert abs(float(page.locator("#id_focal_x").input_value()) - 0.27) < 0.03


def test_pages_of_the_desk_are_accessible_and_fit_when_shown(walk, people, article, faults_of):
    article.submit(by=people.writer)
    draft = factories.article(people.writer, article.desk, standfirst="")
    factories.image()
    change = "admin:articles_article_change"
    image = reverse("admin:articles_image_change", args=[1])
    for person, paths in (
        (None, [reverse("admin:login")]),
        (people.publisher, [reverse("admin:index"), reverse("admin:articles_article_changelist")]),
        (people.writer, [reverse("admin:articles_article_add"), reverse(change, args=[draft.pk]), image]),
        (people.reviewer, [reverse(change, args=[article.pk])]),
    ):
        for path, page in walk(person, paths):
            assert faults_of(page) == [], path
