"""Share pictures: 1200 by 630 pixels with the words of a story, a quote or an actor, as other sites show them. Pure.

Words are set with HarfBuzz and FriBidi (Pillow's Raqm), so that Arabic is joined and runs from the right. Where a
letter is in none of our fonts, or Raqm is missing for a script that needs it, the newsroom's name stands alone.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from functools import cache, lru_cache
from hashlib import blake2s
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, features

from . import offering

WIDTH, HEIGHT = 1200, 630
MARGIN, PANEL = 64, 456  # pixels; the panel is what a picture takes of the width
PAPER, INK, QUIET, ACCENT, RULE = "#fbf9f4", "#211a15", "#5b524b", "#a50f11", "#8d857d"
LARGEST, SMALLEST, LEADING = 112, 26, 1.14
FONTS = Path(__file__).parent / "data" / "fonts"
SERIF, SANS = "newsreader-naskh.ttf", "public-sans-naskh.ttf"
LOOK = 1  # counted up when the drawing changes, so that what was drawn before is drawn anew
MEASURED_AT = 100  # pixels: widths are measured once at this size and scaled
UNREADABLE = (OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError, Image.DecompressionBombError)


@dataclass(frozen=True)
class Poster:
    """What stands on one: `words` large, `label` above, `foot` and `note` below; `picture` names the one beside.

    `direction` is "ltr" or "rtl"; `focus` the picture's focal point in hundredths.
    """

    newsroom: str
    words: str
    label: str = ""
    foot: str = ""
    note: str = ""
    direction: str = "ltr"
    picture: str = ""
    focus: str = "50x50"

    @property
    def fingerprint(self) -> str:
        """Tells two posters apart that look different: 32 hexadecimal digits."""
        return blake2s(repr((LOOK, astuple(self))).encode(), digest_size=16).hexdigest()


def draw(poster: Poster, picture: bytes = b"") -> bytes:
    """The poster as a JPEG; `picture` are the bytes of the one beside the words, left out where they are unreadable."""
    sheet = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    shown = _cropped(picture, poster.focus) if picture else None
    is_rtl = poster.direction == "rtl"
    start, end = MARGIN, WIDTH - MARGIN
    if shown:
        sheet.paste(shown, (0 if is_rtl else WIDTH - PANEL, 0))
        start, end = (PANEL + MARGIN * 3 // 4, end) if is_rtl else (start, WIDTH - PANEL - MARGIN * 3 // 4)
    _set(Setter(ImageDraw.Draw(sheet), start, end, is_rtl), poster)
    out = BytesIO()
    sheet.save(out, "JPEG", quality=90, subsampling=0, optimize=True)
    return out.getvalue()


def _cropped(content: bytes, focus: str) -> Image.Image | None:
    try:
        with Image.open(BytesIO(content)) as picture:
            picture.draft("RGB", (WIDTH, WIDTH))
            picture.load()
            box = offering.box(*picture.size, PANEL / HEIGHT, focus)
            return picture.convert("RGB").resize((PANEL, HEIGHT), Image.Resampling.LANCZOS, box, 2.0)
    except UNREADABLE:
        return None


def _set(setter: "Setter", poster: Poster) -> None:
    """Name and rules on top, foot and note at the bottom, the words as large as the room between lets them be."""
    top, bottom = 164, HEIGHT - MARGIN
    words = settable(poster.words, SERIF)
    setter.rule(114, 3)
    setter.rule(120, 1)
    if not words:
        setter.block(settable(poster.newsroom, SERIF), top, bottom)
        return
    setter.line(poster.newsroom, SERIF, 34, INK, 92)
    if poster.label:
        setter.line(poster.label, SANS, 26, ACCENT, top + 22)
        top += 48
    for text, size, colour in ((poster.note, 22, QUIET), (poster.foot, 26, INK)):
        if text and settable(text, SANS):
            setter.line(text, SANS, size, colour, bottom)
            bottom -= int(size * 1.5)
    setter.block(words, top, bottom - (24 if poster.foot or poster.note else 0))


@dataclass
class Setter:
    """Sets lines between two edges, from the side that the words start at."""

    canvas: ImageDraw.ImageDraw
    start: int
    end: int
    is_rtl: bool

    def line(self, text: str, font: str, size: int, colour: str, baseline: int) -> None:
        """One line, cut short with an ellipsis where it is too long."""
        words = settable(text, font)
        room = self.end - self.start
        while words and _length(words, font) * size / MEASURED_AT > room:
            words = words.rstrip("…")[:-1].rstrip() + "…" if len(words) > 2 else ""
        place = (self.end, baseline) if self.is_rtl else (self.start, baseline)
        self.canvas.text(
            place, words, colour, _font(font, size), "rs" if self.is_rtl else "ls", direction=_way(self.is_rtl)
        )

    def rule(self, y: int, thickness: int) -> None:
        """From edge to edge."""
        self.canvas.rectangle((self.start, y, self.end - 1, y + thickness - 1), RULE if thickness < 2 else INK)

    def block(self, words: str, top: int, bottom: int) -> None:
        """Several lines, as large as fits, evenly filled; what fits at no size ends in an ellipsis."""
        size, lines = fit(words, self.end - self.start, bottom - top)
        for number, text in enumerate(lines):
            self.line(text, SERIF, size, INK, round(top + size * (0.82 + LEADING * number)))


def fit(words: str, width: int, height: int) -> tuple[int, list[str]]:
    """(size in pixels, lines): the largest size at which the words fill at most that room, in lines alike in length."""
    pieces, small, large = words.split(), SMALLEST, LARGEST + 1
    while large - small > 1:
        size = (small + large) // 2
        fits = len(list(_wrapped(pieces, width * MEASURED_AT / size))) <= _most(size, height)
        small, large = (size, large) if fits else (small, size)
    lines, most = list(_wrapped(pieces, width * MEASURED_AT / small)), _most(small, height)
    if len(lines) > most:
        return small, [*lines[: most - 1], f"{lines[most - 1]} …"]
    return small, _balanced(pieces, width * MEASURED_AT / small, lines)


def _most(size: int, height: int) -> int:
    """How many lines of that size a height takes."""
    return max(1, int((height / size - 0.3) / LEADING))


def _balanced(pieces: list[str], width: float, lines: list[str]) -> list[str]:
    """As many lines, as narrow as that number lets them be."""
    low, high, best = width / 2, width, lines
    for _step in range(7):
        middle = (low + high) / 2
        tried = list(_wrapped(pieces, middle))
        if len(tried) > len(lines):
            low = middle
        else:
            high, best = middle, tried
    return best


def _wrapped(pieces: list[str], width: float) -> Iterator[str]:
    """Lines at most so wide at `MEASURED_AT`; a word that is wider alone is broken."""
    line, used, space = "", 0.0, _length("n n", SERIF) - 2 * _length("n", SERIF)
    for piece in (part for word in pieces for part in _broken(word, width)):
        long = _length(piece, SERIF)
        if line and used + space + long > width:
            yield line
            line, used = piece, long
        else:
            line, used = f"{line} {piece}".strip(), used + long + (space if line else 0)
    if line:
        yield line


def _broken(word: str, width: float) -> Iterator[str]:
    """The word, in parts where it is too wide for a line."""
    while _length(word, SERIF) > width and len(word) > 1:
        cut = max(1, min(len(word) - 1, int(len(word) * width / _length(word, SERIF)) - 1))
        yield word[:cut] + "-"
        word = word[cut:]
    yield word


# --- fonts --------------------------------------------------------------------------------------------------------


@cache
def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / name, size)


@lru_cache(4096)
def _length(text: str, font: str) -> float:
    return _font(font, MEASURED_AT).getlength(text)


@cache
def _can_shape() -> bool:
    return bool(features.check("raqm"))


def _way(is_rtl: bool) -> str | None:
    if not _can_shape():
        return None
    return "rtl" if is_rtl else "ltr"


def settable(text: str, font: str) -> str:
    """The text without signs that the font lacks; empty where it lacks a letter, or nothing can join those it has."""
    kept = []
    for sign in " ".join(text.split()):
        if sign == " " or _has(sign, font):
            kept.append(sign)
        elif unicodedata.category(sign)[0] in "LN":
            return ""
    words = " ".join("".join(kept).split())
    is_joined = any(unicodedata.bidirectional(sign) in ("R", "AL") for sign in words)
    return "" if is_joined and not _can_shape() else words


@cache
def _missing(font: str) -> bytes:
    return bytes(_font(font, 24).getmask("\uffff"))


def _has(sign: str, font: str) -> bool:
    if unicodedata.category(sign) in ("Mn", "Cf"):
        return True  # marks and joiners have no shape of their own
    return bytes(_font(font, 24).getmask(sign)) != _missing(font)
