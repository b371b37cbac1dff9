"""The body of a story: what HTML it may hold, its plain text, and marks laid over that text.

Pure. Every place that measures the body (quotes, anchors, checks, proposals) counts characters of `to_text(html)`:
blocks parted by a blank line, entities decoded, spaces as sanitised, figures left out.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from html.parser import HTMLParser
from itertools import islice

import nh3

NOT_SPEECH = ("title", "term", "scare")

TAGS = {
    *("p", "h2", "h3", "blockquote", "ul", "ol", "li", "figure", "figcaption", "img", "hr", "br"),
    *("strong", "em", "a", "sub", "sup", "span"),
}
ATTRIBUTES = {  # a span may have one more, of the values in NOT_SPEECH: see `sanitise`
    "a": {"href", "title"},
    "figure": {"data-image"},
    "img": {"src", "alt"},
    "ol": {"start"},
}
BLOCKS = {"p", "h2", "h3", "blockquote", "ul", "ol", "li", "figure", "figcaption", "hr"}
VOID = {"img", "hr", "br"}
BREAK = "\n\n"
IMAGE_ID = re.compile(r"[0-9]{1,18}")  # more digits are no key of any row, and no database takes them


def sanitise(html: str) -> str:
    """`html` with only the tags and attributes above; white space inside a block folded to single spaces."""
    safe = nh3.clean(
        html.replace("\x00", ""),
        tags=TAGS,
        attributes=ATTRIBUTES,
        tag_attribute_values={"span": {"data-not-speech": set(NOT_SPEECH)}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener",
    )
    return "".join(token.html() for token in _tokens(safe))


def to_text(html: str) -> str:
    """The words of a body that was sanitised; the text that every offset in this project refers to."""
    return "".join(token.before + token.text for token in _tokens(html) if token.is_text and not token.in_figure)


def word_count(html: str) -> int:
    """How many words stand in the body."""
    return len(to_text(html).split())


def from_paragraphs(paragraphs: Iterable[str]) -> str:
    """A body of plain paragraphs."""
    return "".join(f"<p>{escape(' '.join(paragraph.split()), quote=False)}</p>" for paragraph in paragraphs)


def not_speech(html: str) -> list[tuple[int, int, str]]:
    """The passages marked as a title, a term or a scare quote: (start, end, kind) in the text."""
    return [
        (token.start, token.start + len(token.text), token.not_speech)
        for token in _tokens(html)
        if token.is_text and token.not_speech and not token.in_figure
    ]


def figures(html: str) -> list[int]:
    """The ids of the images that stand in the body, in order."""
    return [token.image for token in _tokens(html) if token.image is not None and token.tag == "figure"]


@dataclass(frozen=True)
class Mark:
    """Words of the body to wrap: offsets in the text, a tag and its attributes.

    `once` are attributes that only the first piece gets where the words run over several elements (an id).
    """

    start: int
    end: int
    tag: str = "span"
    attributes: Mapping[str, str] = field(default_factory=dict)
    once: Mapping[str, str] = field(default_factory=dict)


def wrap(html: str, marks: Iterable[Mark], after: Mapping[int, str] | None = None, figure=None) -> str:
    """`html` with every mark laid over its words.

    `after` maps a text offset to safe HTML that is put behind the outermost block holding that offset; `figure` is
    called with an image id and gives the safe HTML to stand in place of that figure. Overlapping marks: the earlier
    one keeps the words. A link inside a link is not HTML, so inside one a mark becomes a `span`.
    """
    ordered = _without_overlaps(marks)
    waiting = dict(sorted((after or {}).items()))
    used: set[int] = set()
    out: list[str] = []
    reached, skipping = 0, False
    for token in _tokens(html):
        if figure and token.tag == "figure":
            if token.opens:
                out.append(figure(token.image) if token.image is not None else "")
            skipping = token.opens
        elif not skipping:
            out.append(_marked(token, ordered, used) if token.is_text and not token.in_figure else token.html())
        if token.is_text and not token.in_figure:
            reached = token.start + len(token.text)
        if token.closes_top:
            out.extend(waiting.pop(offset) for offset in sorted(waiting) if offset <= reached)
    return "".join(out) + "".join(waiting.values())


def _without_overlaps(marks: Iterable[Mark]) -> list[Mark]:
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
        if mark.start < mark.end and (not kept or mark.start >= kept[-1].end):
            kept.append(mark)
    return kept


def _marked(token: "Token", marks: list[Mark], used: set[int]) -> str:
    """One run of text with the marks that fall into it."""
    start, end = token.start, token.start + len(token.text)
    out, at = [], start
    first = bisect_right(marks, start, key=lambda mark: mark.end)
    for number, mark in enumerate(islice(marks, first, None), start=first):
        if mark.start >= end:
            break
        left, right = max(mark.start, start), min(mark.end, end)
        out.append(escape(token.text[at - start : left - start], quote=False))
        tag = "span" if mark.tag == "a" and token.in_link else mark.tag
        attributes = {**mark.attributes, **({} if number in used else mark.once)}
        if tag != mark.tag:
            attributes.pop("href", None)
        used.add(number)
        rendered = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
        out.append(f"<{tag}{rendered}>{escape(token.text[left - start : right - start], quote=False)}</{tag}>")
        at = right
    return "".join(out) + escape(token.text[at - start :], quote=False)


@dataclass(frozen=True)
class Token:
    """A tag or a run of text of the body. `start` is the offset of a text in `to_text`, -1 for a tag."""

    raw: str
    tag: str = ""
    text: str = ""
    before: str = ""
    start: int = -1
    opens: bool = False
    closes_top: bool = False
    in_figure: bool = False
    in_link: bool = False
    not_speech: str = ""
    image: int | None = None

    @property
    def is_text(self) -> bool:
        """Whether this is words, not a tag."""
        return self.start >= 0

    def html(self) -> str:
        """The token as it stood."""
        return escape(self.text, quote=False) if self.is_text else self.raw


class _Reader(HTMLParser):
    """Reads sanitised HTML into tokens, counting characters of the plain text as it goes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tokens: list[Token] = []
        self.open: list[tuple[str, str]] = []
        self.depth: Counter[str] = Counter()  # open elements by tag, so that deep nesting costs no walk a token
        self.kinds: list[str] = []  # of the open marks of no speech
        self.length = 0
        self.needs_break = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS:
            self.needs_break = True
        known = dict(attrs)
        image = known.get("data-image") or ""
        self.tokens.append(
            Token(
                self.get_starttag_text() or "",
                tag,
                opens=tag not in VOID,
                closes_top=tag == "hr" and not self.open,
                image=int(image) if tag == "figure" and IMAGE_ID.fullmatch(image) else None,
                in_figure=self._inside("figure"),
            )
        )
        if tag == "br":
            self.needs_break = self.needs_break or bool(self.length)
        if tag not in VOID:
            kind = known.get("data-not-speech") or ""
            self.open.append((tag, kind))
            self.depth[tag] += 1
            if kind:
                self.kinds.append(kind)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        while self.open:
            closed, kind = self.open.pop()
            self.depth[closed] -= 1
            if kind:
                self.kinds.pop()
            if closed == tag:
                break
        if tag in BLOCKS:
            self.needs_break = True
        closes_top = tag in BLOCKS and not self.open
        self.tokens.append(Token(f"</{tag}>", tag, closes_top=closes_top, in_figure=self._inside("figure")))

    def handle_data(self, data: str) -> None:
        lead, tail = data[:1].isspace(), data[-1:].isspace()
        words = " ".join(data.split())
        if not words and (self.needs_break or not self.length):
            return
        text = (" " if lead and not self.needs_break else "") + words + (" " if tail and words else "")
        in_figure = self._inside("figure")
        before = BREAK if self.needs_break and self.length and not in_figure else ""
        self.tokens.append(
            Token(
                "",
                text=text,
                before=before,
                start=self.length + len(before),
                in_figure=in_figure,
                in_link=self._inside("a"),
                not_speech=self.kinds[-1] if self.kinds else "",
            )
        )
        if not in_figure:
            self.length += len(before) + len(text)
            self.needs_break = False

    def _inside(self, tag: str) -> bool:
        return self.depth[tag] > 0


@lru_cache(maxsize=64)
def _tokens(html: str) -> tuple[Token, ...]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return tuple(reader.tokens)
