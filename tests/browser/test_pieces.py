"""An editor puts in, captions, moves and removes every piece of a body with the keyboard alone."""

import pytest
from django.urls import reverse

from articles import markup
from tests import factories
from tests.browser.selecting import select_words

pytestmark = pytest.mark.browser


@pytest.fixture
def writing(open_as, people, desk):
    """The writing desk of a story of three paragraphs, the caret at the end of the first; gives (page, article)."""
    article = factories.article(
        people.writer, desk, body="<p>One stands first.</p><p>Two follows it.</p><p>Three ends.</p>"
    )
    page = open_as(people.writer, reverse("admin:articles_article_change", args=[article.pk]))
    select_words(page, "One stands first.")
    collapse(page, "ArrowRight")
    return page, article


def collapse(page, key):
    """Move the caret, and wait until the editor has heard of it: browsers tell a moment later."""
    page.keyboard.press(key)
    page.wait_for_timeout(400)


BLOCK = """(() => {
  const node = getSelection().anchorNode
  return (node?.nodeType === Node.ELEMENT_NODE ? node : node?.parentElement)?.closest("p, h2, h3")?.innerText
})()"""


def step_to(page, key, words):
    """Press a key until the caret stands in the block with these words."""
    for _press in range(4):
        collapse(page, key)
        if page.evaluate(BLOCK) == words:
            return
    raise AssertionError(f"{key} does not lead to {words!r}")


def press_button(page, title):
    """From the text to a button of the toolbar by keys, and press it."""
    page.keyboard.press("Alt+F10")
    for _press in range(60):
        if page.evaluate("document.activeElement.title") == title:
            return page.keyboard.press("Enter")
        page.keyboard.press("ArrowRight")
    raise AssertionError(f"no button {title!r} is reached")


def kept(page):
    """The body as it would be saved."""
    return markup.sanitise(page.locator("#id_body").input_value())


def save(page, article):
    """Save by the keyboard; the body that was kept."""
    page.keyboard.press("Control+s")
    page.get_by_text("Saved as revision 2.").wait_for()
    article.refresh_from_db()
    return article.body


def order(html):
    """What stands in a body, in order: the first word, or the kind of piece."""
    found = []
    for block in markup.blocks(html):
        piece = next(iter(markup.pieces(block.html)), None)
        found.append(
            piece.kind if piece else block.tag if block.tag == "aside" else markup.to_text(block.html).split()[0]
        )
    return found


PIECES = {
    "image": "Put a picture into the text",
    "pull": "Draw the selected words out of the text",
    "embed": "Put in a card that links to another site",
}


def put_in(page, kind):
    """Put a piece in by keys alone; the caret stands in it then."""
    press_button(page, PIECES[kind])
    if kind == "image":
        page.get_by_role("dialog").wait_for()
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
    elif kind == "embed":
        page.get_by_role("dialog").wait_for()
        page.keyboard.type("https://video.example/a")
        page.keyboard.press("Enter")
    page.locator(".ProseMirror figure").wait_for()


@pytest.mark.parametrize("kind", PIECES)
def test_piece_is_put_in_captioned_moved_and_removed_when_only_keys_are_used(writing, kind):
    page, article = writing
    factories.image()
    put_in(page, kind)
    page.keyboard.type("Two follows it")
    assert order(kept(page)) == ["One", kind, "Two", "Three"]
    assert markup.pieces(kept(page))[0].words == "Two follows it"
    page.keyboard.press("Alt+Shift+ArrowDown")
    assert order(kept(page)) == ["One", "Two", kind, "Three"]
    page.keyboard.press("Alt+Shift+ArrowUp")
    page.keyboard.press("Alt+Shift+ArrowUp")
    assert order(kept(page)) == [kind, "One", "Two", "Three"]
    page.keyboard.press("Enter")
    page.keyboard.type("Zero comes behind.")
    assert order(kept(page)) == [kind, "Zero", "One", "Two", "Three"]
    body = kept(page)
    assert save(page, article) == body
    page.locator(".ProseMirror figure").click()
    page.keyboard.press("Escape")
    page.keyboard.press("Delete")
    assert order(kept(page)) == ["Zero", "One", "Two", "Three"]


def test_piece_is_moved_and_removed_when_the_toolbar_is_used(writing):
    page, _article = writing
    put_in(page, "pull")
    page.keyboard.type("Two follows it")
    press_button(page, "Move the block down")
    assert order(kept(page)) == ["One", "Two", "pull", "Three"]
    press_button(page, "Remove the block")
    assert order(kept(page)) == ["One", "Two", "Three"]


def test_selected_words_are_drawn_out_when_the_button_is_pressed(writing):
    page, _article = writing
    select_words(page, "follows it")
    press_button(page, PIECES["pull"])
    assert markup.pieces(kept(page))[0].words == "follows it"
    assert markup.to_text(kept(page)) == "One stands first.\n\nTwo follows it.\n\nThree ends."


def test_aside_is_made_headed_moved_and_dissolved_when_only_keys_are_used(writing):
    page, article = writing
    select_words(page, "One stands first.")
    collapse(page, "ArrowLeft")
    press_button(page, "Set the paragraphs apart from the text")
    page.keyboard.type("What it is")
    collapse(page, "Enter")
    step_to(page, "ArrowUp", "What it is")
    press_button(page, "Subheading")
    assert kept(page).startswith("<aside><h2>What it is</h2><p>One stands first.</p></aside><p>Two")
    page.keyboard.press("Alt+Shift+ArrowDown")
    assert order(kept(page)) == ["Two", "aside", "Three"]
    body = kept(page)
    assert save(page, article) == body
    select_words(page, "One stands first.")
    page.keyboard.press("Escape")
    page.keyboard.press("Delete")
    assert order(kept(page)) == ["Two", "Three"]


def note_document(page):
    """Note a document where the caret stands, by keys alone; the caret stands behind it then."""
    press_button(page, "Note the document that the words rest on")
    page.get_by_role("dialog").wait_for()
    page.keyboard.type("Port log, page 4")
    page.keyboard.press("Tab")
    page.keyboard.type("https://papers.example/log")
    page.keyboard.press("Enter")
    page.locator(".ProseMirror a[data-document]").wait_for(state="attached")
    page.wait_for_timeout(400)


def test_document_is_noted_removed_and_changed_when_only_keys_are_used(writing):
    page, article = writing
    note_document(page)
    note = '<a data-document="Port log, page 4" href="https://papers.example/log" rel="noopener"></a>'
    assert kept(page).startswith(f"<p>One stands first.{note}</p>")
    page.keyboard.press("Backspace")
    assert kept(page).startswith("<p>One stands first.</p><p>Two")
    note_document(page)
    collapse(page, "ArrowLeft")
    press_button(page, "Note the document that the words rest on")
    page.get_by_role("dialog").wait_for()
    page.keyboard.press("End")
    page.keyboard.type("2")
    page.keyboard.press("Enter")
    page.locator('a[data-document="Port log, page 42"]').wait_for(state="attached")
    body = kept(page)
    assert markup.notes(body) == [markup.Note("Port log, page 42", "https://papers.example/log")]
    assert save(page, article) == body


def test_words_beside_the_text_are_no_open_quotes_when_the_desk_reads_it(open_as, people, desk):
    article = factories.article(
        people.writer,
        desk,
        body='<p>He said so.</p><figure data-kind="pull"><blockquote>“He said so now”</blockquote></figure>',
    )
    page = open_as(people.writer, reverse("admin:articles_article_change", args=[article.pk]))
    page.locator(".ProseMirror figure").wait_for()
    assert page.locator(".quote-mark").count() == 0
    assert page.locator("[data-word-count]").inner_text().startswith("3 ")
