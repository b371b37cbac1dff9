"""A body as a row of tags and runs of text, each with its offset; what can be read off it."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape, unescape
from html.parser import HTMLParser
from typing import NamedTuple

NOT_SPEECH = ("title", "term", "scare")
BLOCKS = {"p", "h2", "h3", "blockquote", "aside", "ul", "ol", "li", "figure", "figcaption", "hr"}
VOID = {"img", "hr", "br"}
BREAK = "\n\n"
INLINE = {"strong", "em", "a", "sub", "sup", "span"}
ATTRIBUTE = re.compile(r' ([a-z-]+)="([^"<>]*)"')
_NAME = "|".join(sorted(BLOCKS | VOID | INLINE))
PIECE = re.compile(rf'</({_NAME})>|<({_NAME})((?: [a-z-]+="[^"<>]*+")*+)>|([^<]++)')
PLAIN = re.compile(rf"(?:{PIECE.pattern})*+")
"""HTML as `sanitise` writes it, read by two patterns in a quarter of the time. Any other is left to the parser."""
IMAGE_ID = re.compile(r"[0-9]{1,18}")  # more digits are no key of any row, and no database takes them


class Token(NamedTuple):
    """A tag or a run of text of the body. `start` is the offset of a text in `to_text`, -1 for a tag.

    `kind` is that of an opening figure which is no picture, `document` the title of an opening note; `href` of a link.
    """

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
    kind: str = ""
    document: str = ""
    href: str = ""

    @property
    def is_text(self) -> bool:
        """Whether this is words, not a tag."""
        return self.start >= 0

    def html(self) -> str:
        """The token as it stood."""
        return escape(self.text, quote=False) if self.is_text else self.raw


class _Reader:
    """Makes tokens of tags and text, counting characters of the plain text as it goes."""

    def __init__(self) -> None:
        self.tokens: list[Token] = []
        self.open: list[tuple[str, str]] = []
        # Open elements by tag, so that deep nesting costs no walk a token.
        self.depth: dict[str, int] = defaultdict(int)
        self.kinds: list[str] = []  # of the open marks of no speech
        self.length = 0
        self.needs_break = False

    def opening(self, tag: str, known: Mapping[str, str | None], raw: str) -> None:
        """A tag that begins an element, or stands for itself, with its attributes."""
        if tag in BLOCKS:
            self.needs_break = True
        in_figure = self.depth["figure"] > 0
        if not known:
            token = Token(
                raw, tag, opens=tag not in VOID, closes_top=tag == "hr" and not self.open, in_figure=in_figure
            )
        else:
            image = known.get("data-image") or ""
            token = Token(
                raw,
                tag,
                opens=tag not in VOID,
                closes_top=tag == "hr" and not self.open,
                image=int(image) if tag == "figure" and IMAGE_ID.fullmatch(image) else None,
                in_figure=in_figure,
                kind=(known.get("data-kind") or "") if tag == "figure" else "",
                document=(known.get("data-document") or "").strip() if tag == "a" else "",
                href=(known.get("href") or "") if tag == "a" else "",
            )
        self.tokens.append(token)
        if tag == "br":
            self.needs_break = self.needs_break or bool(self.length)
        if tag not in VOID:
            kind = known.get("data-not-speech") or ""
            self.open.append((tag, kind))
            self.depth[tag] += 1
            if kind:
                self.kinds.append(kind)

    def closing(self, tag: str) -> None:
        """A tag that ends an element, and those within it that nothing ended."""
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
        self.tokens.append(Token(f"</{tag}>", tag, closes_top=closes_top, in_figure=self.depth["figure"] > 0))

    def words(self, data: str) -> None:
        """A run of text, entities decoded."""
        lead, tail = data[:1].isspace(), data[-1:].isspace()
        is_even = data.isprintable() and "  " not in data  # no space in it but single plain ones: nearly every run
        words = data.strip(" ") if is_even else " ".join(data.split())
        if not words and (self.needs_break or not self.length):
            return
        text = (" " if lead and not self.needs_break else "") + words + (" " if tail and words else "")
        in_figure = self.depth["figure"] > 0
        before = BREAK if self.needs_break and self.length and not in_figure else ""
        self.tokens.append(
            Token(
                "",
                text=text,
                before=before,
                start=self.length + len(before),
                in_figure=in_figure,
                in_link=self.depth["a"] > 0,
                not_speech=self.kinds[-1] if self.kinds else "",
            )
        )
        if not in_figure:
            self.length += len(before) + len(text)
            self.needs_break = False


class _Parser(HTMLParser):
    """Reads any HTML for a reader."""

    def __init__(self, reader: _Reader) -> None:
        super().__init__(convert_charrefs=True)
        self.reader = reader

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.reader.opening(tag, dict(attrs), self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        self.reader.closing(tag)

    def handle_data(self, data: str) -> None:
        self.reader.words(data)


@lru_cache(maxsize=64)
def tokens(html: str) -> tuple[Token, ...]:
    """The tags and runs of text of a body, kept in memory: the same body is read many times."""
    return read(html)


def read(html: str) -> tuple[Token, ...]:
    """The tags and runs of text of any piece of HTML."""
    reader = _Reader()
    if PLAIN.fullmatch(html):
        for closed, tag, attributes, words in PIECE.findall(html):
            if words:
                reader.words(unescape(words) if "&" in words else words)
            elif closed:
                reader.closing(closed)
            elif attributes:
                known = {name: unescape(value) for name, value in ATTRIBUTE.findall(attributes)}
                reader.opening(tag, known, f"<{tag}{attributes}>")
            else:
                reader.opening(tag, {}, f"<{tag}>")
    else:
        parser = _Parser(reader)
        parser.feed(html)
        parser.close()
    return tuple(reader.tokens)


def to_text(html: str) -> str:
    """The words of a body that was sanitised; the text that every offset in this project refers to."""
    return "".join(token.before + token.text for token in tokens(html) if token.is_text and not token.in_figure)


def word_count(html: str) -> int:
    """How many words stand in the body."""
    return len(to_text(html).split())


def not_speech(html: str) -> list[tuple[int, int, str]]:
    """The passages marked as a title, a term or a scare quote: (start, end, kind) in the text."""
    return [
        (token.start, token.start + len(token.text), token.not_speech)
        for token in tokens(html)
        if token.is_text and token.not_speech and not token.in_figure
    ]


def figures(html: str) -> list[int]:
    """The ids of the images that stand in the body, in order."""
    return [token.image for token in tokens(html) if token.image is not None and token.tag == "figure"]


@dataclass(frozen=True)
class Block:
    """A piece of a body that stands side by side with others; loose words between two blocks are one with no `tag`.

    `start` and `end` are where its words stand in `to_text` of the whole.
    """

    html: str
    tag: str
    start: int
    end: int


def blocks(html: str) -> list[Block]:
    """The outermost blocks of a body, in order; their HTML put together is the body."""
    found: list[Block] = []
    pieces: list[str] = []
    tag, depth, start, end = "", 0, -1, 0

    def close() -> None:
        nonlocal pieces, start
        if pieces:
            found.append(Block("".join(pieces), tag, end if start < 0 else start, end))
        pieces, start = [], -1

    for token in read(html):
        if depth == 0 and token.tag in BLOCKS and (token.opens or token.tag in VOID):
            close()
            tag = token.tag
        elif not pieces:
            tag = ""
        pieces.append(token.html())
        if token.is_text and not token.in_figure:
            start = token.start if start < 0 else start
            end = token.start + len(token.text)
        if token.tag and token.tag not in VOID:
            depth = depth + 1 if token.opens else max(0, depth - 1)
        if tag and depth == 0:
            close()
    close()
    return found
