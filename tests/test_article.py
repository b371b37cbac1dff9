"""A story, its entry in lists and its receipt, as HTML: nothing that was typed becomes markup."""

from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
from django.utils import translation

from articles.models import Story
from articles.printing import article, entries, figures, ledger, setting

EVIL = '<b onclick="x()">&\'</b><!--gap--><script>'
SAFE = "&lt;b onclick=&quot;x()&quot;&gt;&amp;&#x27;&lt;/b&gt;&lt;!--gap--&gt;&lt;script&gt;"
PICTURE = {"url": f"/media/{EVIL}.jpg", "alt": EVIL, "caption": EVIL, "credit": EVIL, "tint": EVIL.replace("-", "")}
PICTURE |= {"width": 1600, "height": 900, "focal_x": 0.5, "focal_y": 0.5}
NOTE = {"kind": "correction", "kind_label": EVIL, "text": EVIL, "wrong": EVIL, "right": EVIL}
SOURCE = {"wording": EVIL, "kind_label": EVIL, "basis_label": EVIL, "head_count": 3, "is_named": False, "reason": EVIL}
VOID = {"img", "source", "link", "meta", "br"}


def story_of(**values):
    """A story in print in which all that can be typed was typed by somebody who means harm."""
    at = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
    tags = [{"name": f"{EVIL}{number}", "slug": f"tag-{number}", "kind_label": EVIL} for number in range(14)]
    told = {
        **dict.fromkeys(("headline", "standfirst", "kicker", "dateline"), EVIL),
        "slug": "harbour",
        "language": "en",
        "genre": "analysis",
        "edition_number": 2,
        "published_at": at,
        "updated_at": at.replace(hour=12),
        "body": "<p>Words.</p>",
        "section": {"name": EVIL, "slug": "world"},
        "picture": PICTURE,
        "bylines": [{"name": EVIL, "slug": slug, "role": "by", "role_label": EVIL} for slug in ("wren", "", "")],
        "actors": tags,
        "topics": tags[:2],
        "sources": [{**SOURCE, "quotes": 2}, {**SOURCE, "quotes": 0, "is_named": True}],
        "notes": [{**NOTE, "at": at.isoformat()}, {**NOTE, "at": at.isoformat(), "kind": "update"}],
        "documents": [{"number": 1, "title": EVIL, "url": f"https://x.example/{EVIL}", "host": EVIL, "places": ["r1"]}],
        "receipt": {
            "documents": 1,
            "asked": 3,
            "replies": [{"label": EVIL, "names": [EVIL], "others": 2}],
            "last_checked": at.isoformat(),
        },
        "structured": {"headline": EVIL},
    }
    return Story(id=7, **(told | values))


class Reader(HTMLParser):
    """The elements of a page and its words as a browser has them; everything opened has to be closed in its turn."""

    def __init__(self, page):
        super().__init__()
        self.open, self.tags, self.attributes, self.words = [], set(), set(), ""
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _value in attrs}
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words += data


def made(story):
    """Everything that is set of a story."""
    setting.set_story(story)
    parts = [*story.setting.split(setting.GAP), article.article(story), ledger.ledger(story)]
    parts += [entries.entry(story, size, 3, picture=True) for size in ("lead", "second", "river", "line", "entry")]
    return "".join(parts[: setting.GAPS + 1]), parts[setting.GAPS + 1 :]


def test_nothing_that_was_typed_becomes_markup():
    story = story_of()
    kept, pieces = made(story)
    assert story.setting.count(setting.GAP) == setting.GAPS
    for page in (kept, *pieces):
        read = Reader(page)
        assert not read.tags & {"b"}
        assert "onclick" not in read.attributes
        assert EVIL not in page
    assert kept.count("<script") == kept.count("</script") == 1


def test_everything_typed_is_read_as_it_was_typed():
    story = story_of()
    page = article.article(story)
    assert page.count(SAFE) > 50
    words = Reader(page).words
    for name in ("headline", "standfirst", "kicker", "dateline"):
        only = article.article(story_of(**{name: f"Only {EVIL}"}))
        assert f"Only {EVIL}" in Reader(only).words, name
    assert f"{EVIL}13" in words
    assert "2 more" in words
    assert "3 sources, 1 unnamed" not in words
    assert "2 sources, 1 unnamed" in words
    assert "Edition 2" in words
    assert f"Why not named: {EVIL}" in words
    assert f"{EVIL}, 2 others" in words
    assert "2 March 2026, 09:30" in words


@pytest.mark.parametrize("language", ["en", "ar"])
def test_labels_and_moments_are_in_the_language_of_the_story(language):
    story = story_of(language=language)
    with translation.override(language):
        words = [translation.gettext("Receipt"), translation.gettext("Published"), translation.gettext("Topics")]
    page = article.article(story)
    assert all(each in page for each in words)
    assert f'lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"' in page


def test_a_story_with_nothing_but_words_has_no_empty_parts():
    empty = {name: [] for name in ("bylines", "actors", "topics", "sources", "notes", "documents")}
    bare = story_of(**empty, **dict.fromkeys(("standfirst", "kicker", "dateline"), ""), picture=None, section=None)
    bare.receipt, bare.genre, bare.edition_number = {}, "news", 1
    page = article.article(bare)
    for look in ("receipt", "byline", "figure", "documents", "tags__fold", "story__standfirst", "kicker__genre"):
        assert look not in page
    assert "Updated" not in page
    assert "<p>Words.</p>" in page


def test_the_signers_of_a_role_stand_in_a_sentence():
    signers = [{"name": name, "slug": "", "role": "by", "role_label": "by"} for name in ("Ada", "Bo", "Cy")]
    signers.append({"name": "Di", "slug": "di", "role": "photographs", "role_label": "photographs"})
    assert Reader(article.byline(signers)).words == "By Ada, Bo and CyPhotographs Di"


def test_a_picture_whose_terms_have_ended_is_no_figure():
    class Row:
        url, width, height, alt, is_expired = "/media/x.jpg", 0, 0, "x", False

    assert '<img src="/media/x.jpg" alt="x" loading="lazy" decoding="async">' in figures.figure(Row())
    Row.is_expired = True
    assert figures.figure(Row()) == ""
    assert figures.figure({"url": ""}) == ""
