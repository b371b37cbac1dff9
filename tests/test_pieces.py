"""What stands beside the text of a body: what is kept of it, what counts as text, how it is printed and compared."""

from pathlib import Path

import brotli
import pytest
from django.conf import settings

from articles import anchoring, comparing, markup, press
from articles.comparing import words_changed
from tests import factories

BASE_DIR = Path(settings.BASE_DIR)
CSS = ("tokens", "base", "layout", "components", "story")
PULL = '<figure data-kind="pull"><blockquote>The channel is swept</blockquote></figure>'
CARD = '<figure data-kind="embed"><a href="https://video.example/a?b=1&amp;c" rel="noopener">The film</a></figure>'
NOTE = '<a data-document="Log, page 4" href="https://papers.example/log" rel="noopener"></a>'
ASIDE = "<aside><h2>What is a sweep?</h2><p>Four words stand here.</p></aside>"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (PULL, PULL),
        (
            '<figure data-kind="pull"><blockquote><p>One</p><p>two</p></blockquote></figure>',
            PULL.replace("The channel is swept", "One two"),
        ),
        ('<figure data-kind="pull"><figcaption> </figcaption></figure>', ""),
        (CARD, CARD),
        (
            '<figure data-kind="embed"><a href="https://www.video.example/x"></a></figure>',
            '<figure data-kind="embed"><a href="https://www.video.example/x" rel="noopener">video.example</a></figure>',
        ),
        ('<figure data-kind="embed"><a href="javascript:alert(1)">x</a></figure>', ""),
        ('<figure data-kind="embed"><a href="mailto:a@b.example">x</a></figure>', ""),
        ('<figure data-kind="embed"><iframe src="https://video.example/"></iframe></figure>', ""),
        (f"<p>So it was.{NOTE}</p>", f"<p>So it was.{NOTE}</p>"),
        (
            '<p>So<a data-document="A &quot;b&quot;" href="javascript:x">here</a> it.</p>',
            '<p>So<a data-document="A &quot;b&quot;"></a>here it.</p>',
        ),
        (ASIDE, ASIDE),
        (ASIDE.replace("h2", "h3") + "<h3>After</h3>", ASIDE + "<h3>After</h3>"),
        ('<aside onclick="x()" style="position:fixed"><p>Words.</p></aside>', "<aside><p>Words.</p></aside>"),
        (
            '<figure data-image="7"><img src="/x.jpg" alt="No"><figcaption></figcaption></figure>',
            '<figure data-image="7"><img src="/x.jpg" alt="No"></figure>',
        ),
    ],
)
def test_piece_is_kept_in_its_one_form_when_sanitised(given, kept):
    assert markup.sanitise(given) == kept
    assert markup.sanitise(kept) == kept


def test_only_an_aside_counts_as_text_when_words_are_read():
    body = markup.sanitise(f"<p>It rains{NOTE} now.</p>{PULL}{CARD}{ASIDE}")
    assert markup.to_text(body) == "It rains now.\n\nWhat is a sweep?\n\nFour words stand here."
    assert markup.pieces(body) == [
        markup.Piece("pull", "The channel is swept"),
        markup.Piece("embed", "The film", None, "https://video.example/a?b=1&c"),
    ]
    assert markup.notes(body) == [markup.Note("Log, page 4", "https://papers.example/log")]


def test_quote_keeps_its_place_when_a_pull_quote_repeats_its_words():
    body = '<figure data-kind="pull"><blockquote>We will not go</blockquote></figure><p>He said: “We will not go.”</p>'
    text = markup.to_text(markup.sanitise(body))
    assert anchoring.find(text, anchoring.Anchor("We will not go", "He said: “", ".”")) == (10, 24)


def test_words_are_replaced_around_pieces_when_they_stand_between():
    body = markup.sanitise(f"<p>One two{NOTE} three.</p>{PULL}<p>Four.</p>")
    assert markup.replace_text(body, 0, 3, "1") == body.replace("One", "1")


@pytest.mark.parametrize(
    ("old", "new", "style"),
    [(PULL, PULL.replace("swept", "clear"), "pull quote"), (CARD, CARD.replace("film", "tape"), "link card")],
)
def test_difference_names_the_piece_when_its_words_change(old, new, style):
    [block] = [
        each
        for each in comparing.compare({"body": f"<p>A.</p>{old}"}, {"body": f"<p>A.</p>{new}"}).body
        if each.kind != "same"
    ]
    assert (block.kind, block.style) == ("changed", style)
    assert words_changed({"body": old}, {"body": new}) == (0, 0)  # no text of the body


def test_difference_tells_a_note_when_one_was_put_in():
    [block] = comparing.compare({"body": "<p>So it was.</p>"}, {"body": f"<p>So it was.{NOTE}</p>"}).body
    assert "".join(run.text for run in block.runs if run.kind == "new").strip() == "[document: Log, page 4]"


def test_both_are_kept_when_one_side_changes_a_caption_and_the_other_the_text():
    base = {"body": f"<p>The harbour is shut today.</p>{CARD}<p>Ships wait outside the wall.</p>"}
    mine = {"body": base["body"].replace("The film", "The whole film")}
    theirs = {"body": base["body"].replace("Ships wait", "Forty ships wait")}
    merged = comparing.merge(base, mine, theirs)
    assert not merged.conflicts
    body = merged.document["body"] if hasattr(merged, "document") else comparing.resolve(merged, {})["body"]
    assert "The whole film" in body
    assert "Forty ships wait" in body


@pytest.fixture
def printed(people, desk):
    """`printed(body)`: the story printed from a body that holds the factory's quote."""

    def publish(body, **fields):
        made = factories.article(people.writer, desk, body=markup.sanitise(body), **fields)
        speaker = factories.actor()
        factories.quote(
            made, speaker=speaker, attribution=factories.attribution(made, source_actor=speaker), role="harbour master"
        )
        made.actors.add(speaker)
        made.record_revision(by=people.writer)
        return factories.publish(made, people)

    return publish


def test_pull_quote_says_whose_words_it_is_when_a_record_holds_them(printed):
    story = printed(
        factories.BODY + '<figure data-kind="pull"><blockquote>“We will not reopen it”</blockquote></figure>'
    )
    quote = story.quotes.get()
    assert "<p>“We will not reopen it”</p>" in story.body
    assert f'<a href="#q-{quote.pk}">Ilse Maran</a>' in story.body
    assert story.body.count('<aside class="quote-card"') == story.quotes.count() == 1


def test_pull_quote_has_no_speaker_when_it_repeats_the_newsroom(printed):
    story = printed(
        factories.BODY + '<figure data-kind="pull"><blockquote>stayed closed for a third day</blockquote></figure>'
    )
    assert "<p>stayed closed for a third day</p>" in story.body
    assert "pull__who" not in story.body


def test_link_card_names_the_host_and_loads_nothing_when_printed(printed):
    story = printed(factories.BODY + CARD)
    assert 'href="https://video.example/a?b=1&amp;c" rel="noopener noreferrer external"' in story.body
    assert "On <strong>video.example</strong>" in story.body
    assert "src=" not in story.body


def test_documents_are_numbered_and_listed_when_the_text_notes_them(printed, client):
    other = NOTE.replace("Log, page 4", "Letter").replace(' href="https://papers.example/log" rel="noopener"', "")
    story = printed(
        factories.BODY.replace("third day.", f"third day.{NOTE}{other}").replace("showed.", f"showed.{NOTE}")
    )
    assert [(each["number"], each["title"], each["host"], each["places"]) for each in story.documents] == [
        (1, "Log, page 4", "papers.example", ["ref-1", "ref-1-2"]),
        (2, "Letter", "", ["ref-2"]),
    ]
    assert story.receipt["documents"] == 2
    page = client.get(story.get_absolute_url()).content.decode()
    for place in ("ref-1", "ref-1-2", "ref-2", "document-1", "document-2"):
        assert page.count(f'id="{place}"') == 1
        assert f'href="#{place}"' in page


def test_caption_of_the_story_stands_under_a_picture_when_it_has_one(people, desk):
    image = factories.image()
    body = markup.sanitise(
        f'<p>Words.</p><figure data-image="{image.pk}"><figcaption>Before dawn.</figcaption></figure>'
    )
    article = factories.article(people.writer, desk, body=body)
    article.image_items.get_or_create(image=image)
    proof = press.proof(article.record_revision(by=people.writer))
    assert "Before dawn." in proof.body
    assert image.credit in proof.body
    assert image.caption not in proof.body


def test_quote_has_no_address_when_the_story_is_a_proof(article, people):
    key = article.quotes.get().pk
    assert f"/quotes/{key}/" not in press.proof(article.latest_revision()).body
    assert f"/quotes/{key}/" in factories.publish(article, people).body


def test_page_stays_small_when_it_has_sixty_quotes(people, desk, client):
    words = [f"We counted {number} ships beyond the wall that morning" for number in range(2, 62)]
    article = factories.article(
        people.writer, desk, body="".join(f"<p>“{each},” Ilse Maran said.</p>" for each in words)
    )
    source = factories.attribution(article, source_actor=factories.actor())
    for each in words:
        factories.quote(article, each, speaker=factories.actor(), attribution=source, role="harbour master")
    article.record_revision(by=people.writer)
    story = factories.publish(article, people)
    page = client.get(story.get_absolute_url()).content
    sheets = [(BASE_DIR / "static" / "css" / f"{name}.css").read_bytes() for name in CSS]
    assert page.count(b'<aside class="quote-card"') == 60
    assert sum(len(brotli.compress(each, quality=5)) for each in (page, *sheets)) < 40_000


def test_pieces_come_back_when_an_earlier_revision_is_restored(people, desk):
    body = markup.sanitise(f"<p>So{NOTE}.</p>{PULL}{CARD}{ASIDE}")
    article = factories.article(people.writer, desk, body=body)
    first = article.latest_revision()
    article.body = "<p>Nothing.</p>"
    article.save()
    article.record_revision(by=people.writer)
    article.restore(first, by=people.writer)
    article.refresh_from_db()
    assert article.body == body
