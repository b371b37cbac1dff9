"""Quotes in the text of the editor: their marks, a record beside the words, drift as it happens."""

import pytest
from django.templatetags.static import static
from django.urls import reverse

from articles import quoting
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
    open_as, people, article, desk_path, axe_findings, width, scheme
):
    page = open_as(people.writer, desk_path, color_scheme=scheme, viewport={"width": width, "height": 800})
    select_words(page, "before the channel ")
    page.keyboard.press("Delete")
    press_quote(page)
    page.locator("#quotes-0.is-beside").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert axe_findings(page) == []


TWICE = "<p>“We have been told nothing,” said Ilse Maran.</p><p>“We have been told nothing,” the mayor said too.</p>"


def test_words_that_stand_twice_have_a_record_each_and_drift_each_by_itself(open_as, people, article, desk_path):
    article.body += TWICE
    article.save()
    page = open_as(people.writer, desk_path)
    for occurrence in (1, 0):
        select_words(page, "“We have been told nothing,”", occurrence)
        press_quote(page)
        page.locator(".desk-part.is-beside").wait_for()
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
    assert mark(page, "open").count() == 0
    assert mark(page, "unverified").count() == 2
    page.get_by_role("button", name="Save draft").click()
    page.get_by_text("Saved as revision").wait_for()
    first, second = Article.objects.get().quotes.filter(text__startswith="We have been")
    assert first.suffix != second.suffix
    select_words(page, "been told ")
    page.keyboard.press("Delete")
    mark(page, "drifted").wait_for()
    assert [mark(page, "drifted").inner_text(), mark(page, "unverified").inner_text()] == [
        "We have nothing,",
        "We have been told nothing,",
    ]
    page.get_by_role("button", name="Save draft").click()
    page.get_by_text("Saved as revision").wait_for()
    assert [finding.target for finding in Article.objects.get().blocking_findings() if finding.code == "R2"] == [
        f"quote:{first.pk}"
    ]


ODD = [
    "“One pair of them,” she said, “and another pair here.”",
    "“It runs on into the next paragraph and is closed there",
    'He is 6\'2" tall and "said so himself today" at noon.',
    "''Two marks of apostrophes each,'' the wire said.",
    "‘Single marks hold them too,’ the farmers’ league said.",
    "“She said ‘go home now please’ to me,” he said.",
    "„Wir haben nichts gehört davon“, sagte er.",
    "« Nous n’avons rien entendu », dit-il. »Wir auch nicht heute«, sagte er.",
    "”Vi har inte hört något”, sade han.",
    "قال الوزير: «لن نعيد فتح الميناء اليوم» في بيان.",
    "קבוצה: “לא נפתח את הנמל היום” אמר השר.",
    "a stray ” mark and “one that is whole here” and a stray “",
    "an emoji 🚢 before “the words that follow it here”",
]


PASSAGES = """async ([address, texts]) => {
  const { inBlock } = await import(address)
  return texts.map((text) => inBlock(text).map(({ words }) => words))
}"""


def test_the_editor_finds_the_passages_that_the_rule_asks_a_record_for(open_as, people, article, desk_path):
    page = open_as(people.writer, desk_path)
    found = page.evaluate(PASSAGES, [static("js/editor/passages.js"), ODD])
    wanted = [
        [text[slice(*span)] for span in quoting.passages(text) if len(text[slice(*span)].split()) > 2] for text in ODD
    ]
    assert found == wanted
    assert [len(words) for words in found] == [2, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 1, 1]


COUNT = """() => {
  const editor = document.querySelector(".ProseMirror").editor
  const given = String.prototype.matchAll
  let read = 0
  String.prototype.matchAll = function (pattern) { read += this.length; return given.call(this, pattern) }
  const before = editor.state.doc.content.size
  editor.view.dispatch(editor.state.tr.insertText("x", before - 2))
  String.prototype.matchAll = given
  return [read, before]
}"""


def test_a_keystroke_in_ten_thousand_words_reads_one_paragraph(open_as, people, article, desk_path):
    line = "<p>The port stayed shut on day {0}. “Nobody has told us why on day {0},” a sailor said as he went home.</p>"
    article.body += "".join(line.format(day) for day in range(500))
    article.save()
    page = open_as(people.writer, desk_path)
    mark(page, "verified").wait_for()
    assert mark(page, "open").count() == 500
    read, size = page.evaluate(COUNT)
    assert size > 50_000
    assert 0 < read < 1_000
