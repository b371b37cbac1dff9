"""The body's HTML: what is let in, its plain text, and marks over it."""

from time import perf_counter

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import markup
from articles.markup import Mark, reading

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn")), min_size=1, max_size=30)
INLINE = st.builds(
    lambda tag, words: f"<{tag}>{words.replace('&', '&amp;').replace('<', '&lt;')}</{tag}>",
    st.sampled_from(["strong", "em", "span", "sub"]),
    WORDS,
)
BODY = st.lists(
    st.builds(
        lambda parts: f"<p>{''.join(parts)}</p>",
        st.lists(st.one_of(INLINE, WORDS.map(lambda w: w.replace("<", ""))), min_size=1),
    ),
    max_size=6,
).map("".join)


@pytest.mark.parametrize(
    ("given_html", "kept"),
    [
        ("<p onclick='x()'>Hi</p>", "<p>Hi</p>"),
        ("<script>alert(1)</script><p>Hi</p>", "<p>Hi</p>"),
        ("<p style='color:red'><b>Hi</b></p>", "<p>Hi</p>"),
        ("<p><a href='javascript:x()'>Hi</a></p>", '<p><a rel="noopener">Hi</a></p>'),
        ("<p><span data-not-speech='title'>Hi</span></p>", '<p><span data-not-speech="title">Hi</span></p>'),
        ("<p><span data-not-speech='evil'>Hi</span></p>", "<p><span>Hi</span></p>"),
        ("<svg onload=x()><p>Hi</p>", "<p>Hi</p>"),
        ("<p>Two\n   lines</p>", "<p>Two lines</p>"),
    ],
)
def test_body_keeps_only_what_is_allowed_when_sanitised(given_html, kept):
    assert markup.sanitise(given_html) == kept


def test_text_has_a_blank_line_between_blocks_and_leaves_figures_out():
    body = (
        '<h2>One</h2><p>Two <em>three</em> &amp; four</p><figure data-image="7"><img src="/media/x.jpg" alt="No">'
        "<figcaption>Not text</figcaption></figure><ul><li>Five</li><li>Six</li></ul>"
    )
    assert markup.to_text(body) == "One\n\nTwo three & four\n\nFive\n\nSix"
    assert markup.figures(body) == [7]


def test_not_speech_gives_the_marked_passages():
    body = '<p>The film “<span data-not-speech="title">A Long Way Home</span>” opens.</p>'
    [(start, end, kind)] = markup.not_speech(body)
    assert (markup.to_text(body)[start:end], kind) == ("A Long Way Home", "title")


def test_wrap_closes_and_reopens_around_tags_when_a_mark_crosses_them():
    body = "<p>one <em>two</em> three</p>"
    wrapped = markup.wrap(body, [Mark(4, 13, once={"id": "q"}, attributes={"class": "c"})])
    assert wrapped == '<p>one <em><span class="c" id="q">two</span></em><span class="c"> three</span></p>'


def test_wrap_never_nests_a_link_in_a_link():
    body = '<p>see <a href="https://example.org/">the page</a></p>'
    wrapped = markup.wrap(body, [Mark(0, 12, tag="a", attributes={"href": "#x"})])
    assert wrapped == '<p><a href="#x">see </a><a href="https://example.org/"><span>the page</span></a></p>'


def test_wrap_puts_what_comes_after_behind_the_outermost_block():
    body = "<blockquote><p>one</p><p>two</p></blockquote><p>three</p>"
    wrapped = markup.wrap(body, [], after={3: "<aside>a</aside>", 10: "<aside>b</aside>"})
    assert wrapped == "<blockquote><p>one</p><p>two</p></blockquote><aside>a</aside><p>three</p><aside>b</aside>"


def test_wrap_puts_cards_behind_their_own_paragraph():
    wrapped = markup.wrap("<p>one</p><p>two</p>", [], after={8: "[b]", 3: "[a]"})
    assert wrapped == "<p>one</p>[a]<p>two</p>[b]"


@given(BODY)
def test_sanitising_twice_changes_nothing_more(body):
    once = markup.sanitise(body)
    assert markup.sanitise(once) == once


@given(BODY, st.data())
def test_wrapping_keeps_every_word_and_stays_valid(body, data):
    body = markup.sanitise(body)
    text = markup.to_text(body)
    ends = st.integers(0, len(text))
    spans = [tuple(sorted((data.draw(ends), data.draw(ends)))) for _ in range(3)]
    wrapped = markup.wrap(body, [Mark(start, end, once={"id": f"m{i}"}) for i, (start, end) in enumerate(spans)])
    assert markup.to_text(wrapped) == text
    html5lib.HTMLParser(strict=True).parse(f"<!doctype html><title>t</title>{wrapped}")


@given(st.text())
def test_any_text_becomes_safe_markup(text):
    clean = markup.sanitise(text)
    assert "<script" not in clean.lower()
    markup.to_text(clean)


def test_a_picture_number_no_database_can_hold_is_no_picture():
    for number in ("9" * 19, "9" * 5000):
        body = markup.sanitise(f'<p>Hi</p><figure data-image="{number}"></figure>')
        assert markup.figures(body) == []
    assert markup.figures('<figure data-image="7"></figure>') == [7]


def test_deep_nesting_costs_in_proportion_to_its_length():
    def seconds(depth):
        start = perf_counter()
        markup.sanitise("<em>" * depth + f"x{depth}")
        return perf_counter() - start

    seconds(500)
    assert seconds(24_000) < 40 * max(
        seconds(3_000), 0.005
    )  # eight times the work; sixty-four times if each token walks


def test_marks_of_no_speech_nest_and_end():
    body = '<p><span data-not-speech="term">a <span data-not-speech="title">b</span> c</span> d</p>'
    assert [kind for _start, _end, kind in markup.not_speech(body)] == ["term", "title", "term"]


def test_blocks_put_together_are_the_body_and_know_their_words():
    body = "loose <em>words</em><h2>One</h2><ul><li>Two</li><li>Three</li></ul><hr><p></p>end"
    found = markup.blocks(body)
    assert [(block.tag, block.html) for block in found] == [
        ("", "loose <em>words</em>"),
        ("h2", "<h2>One</h2>"),
        ("ul", "<ul><li>Two</li><li>Three</li></ul>"),
        ("hr", "<hr>"),
        ("p", "<p></p>"),
        ("", "end"),
    ]
    text = markup.to_text(body)
    assert [text[block.start : block.end] for block in found] == ["loose words", "One", "Two\n\nThree", "", "", "end"]


@given(BODY)
def test_blocks_of_any_body_put_together_are_the_body(body):
    body = markup.sanitise(body)
    assert "".join(block.html for block in markup.blocks(body)) == body


@pytest.mark.parametrize(
    ("body", "old", "new", "expected"),
    [
        ("<p>one two three</p>", "two", "2 & <b>", "<p>one 2 &amp; &lt;b&gt; three</p>"),
        ("<p>one <em>two</em> three</p>", "two", "2", "<p>one <em>2</em> three</p>"),
        ("<p>one <em>two</em> three</p>", "one two", "1 2", "<p>1 2 three</p>"),
        ("<p>one <em>two three</em> four</p>", "one two", "1 2", "<p>1 2<em> three</em> four</p>"),
        ("<p>one <em>two</em> three</p>", "two", "", "<p>one three</p>"),
        ("<p>one <em>two three</em></p>", "two", "", "<p>one <em>three</em></p>"),
        ("<p>one</p><p>two</p><p>three</p>", "two", "", "<p>one</p><p>three</p>"),
        ("<ul><li>one</li></ul><p>two</p>", "one", "", "<p>two</p>"),
        ("<p>one</p><p>two <em>three four</em> five</p>", "one\n\ntwo three", "x", "<p>x<em> four</em> five</p>"),
        ("<p>a <em>one</em></p><p>two</p>", "one\n\ntwo", "1 2", "<p>a <em>1 2</em></p>"),
        ("<p>one</p><p>two</p>", "\n\n", " ", "<p>one two</p>"),
        ("<p>one</p><ul><li>two x</li><li>three</li></ul>", "one\n\ntwo", "1", "<p>1 x</p><ul><li>three</li></ul>"),
        ("<ul><li>one</li></ul><p>two x</p>", "one\n\ntwo", "1", "<ul><li>1 x</li></ul>"),
        ("<p>one<br>two</p>", "one\n\ntwo", "1 2", "<p>1 2</p>"),
        ("<p>one</p><hr><p>two</p>", "one\n\ntwo", "1", "<p>1</p>"),
        (
            '<p>one x</p><figure data-image="7"></figure><p>two y</p>',
            "x\n\ntwo",
            "z",
            '<p>one z y</p><figure data-image="7"></figure>',
        ),
        ("<p>one</p><p></p><p>two</p>", "one", "1", "<p>1</p><p></p><p>two</p>"),
    ],
)
def test_words_are_replaced_and_the_markup_around_them_stays(body, old, new, expected):
    start = markup.to_text(body).index(old)
    assert markup.replace_text(body, start, start + len(old), new) == expected


def test_words_are_put_in_at_a_point():
    body = "<p>one</p><p>two</p>"
    assert markup.replace_text(body, 3, 3, " more") == "<p>one more</p><p>two</p>"
    assert markup.replace_text(body, 5, 5, "not ") == "<p>one</p><p>not two</p>"
    assert markup.replace_text(body, 99, 120, "!") == "<p>one</p><p>two!</p>"
    assert markup.replace_text("", 0, 0, "Hi <script>") == "<p>Hi &lt;script&gt;</p>"


@given(BODY, st.data())
def test_replacing_changes_the_words_named_and_no_others(body, data):
    def letters(text):
        return "".join(text.split())

    body = markup.sanitise(body)
    text = markup.to_text(body)
    start, end = sorted((data.draw(st.integers(0, len(text))), data.draw(st.integers(0, len(text)))))
    words = data.draw(WORDS)
    replaced = markup.replace_text(body, start, end, words)
    assert letters(markup.to_text(replaced)) == letters(text[:start] + words + text[end:])
    assert markup.sanitise(replaced) == replaced


@given(BODY)
def test_a_body_reads_the_same_by_pattern_and_by_parser(body):
    html = markup.sanitise(body)
    by_parser = reading._Reader()
    parser = reading._Parser(by_parser)
    parser.feed(html)
    parser.close()
    assert reading.PLAIN.fullmatch(html)
    assert markup.read(html) == tuple(by_parser.tokens)


@pytest.mark.parametrize(
    "html", ["<script>if (a</b>)</script>", "<p>a < b</p>", "<p title=a>b</p>", "<!-- x --><p>b</p>"]
)
def test_other_html_is_left_to_the_parser(html):
    assert not reading.PLAIN.fullmatch(html)
    assert markup.read(html)
