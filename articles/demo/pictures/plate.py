"""The plate that pictures are drawn on: lines, hatching, stipple and lettering, in units of a 1600 by 1000 sheet.

Everything is drawn at twice the size asked for and made smaller at the end, which smooths the edges.
"""

import math
import random
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

Point = tuple[float, float]
Colour = tuple[int, int, int]

SHEET = (1600, 1000)
OVERSAMPLING = 2

PAPER: Colour = (250, 247, 241)
CREAM: Colour = (242, 236, 225)
SAND: Colour = (226, 216, 200)
STONE: Colour = (190, 179, 164)
ASH: Colour = (139, 129, 117)
INK: Colour = (42, 33, 26)
RED: Colour = (172, 40, 32)
SEA: Colour = (221, 228, 226)
SLATE: Colour = (120, 136, 138)

FONTS = Path(__file__).resolve().parent / "fonts"
SERIF, SERIF_BOLD, ITALIC = "newsreader-500-normal", "newsreader-600-normal", "newsreader-400-italic"
SANS, SANS_BOLD = "public-sans-500-normal", "public-sans-600-normal"


@lru_cache(maxsize=64)
def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / f"{name}.ttf"), size)


class Plate:
    """One picture in the making. `width` in pixels is the size of the finished file; `dice` gives its chance."""

    def __init__(self, width: int, seed: str, ground: Colour = CREAM) -> None:
        self.size = (width, width * SHEET[1] // SHEET[0])
        self.scale = width * OVERSAMPLING / SHEET[0]
        self.image = Image.new("RGB", (self.size[0] * OVERSAMPLING, self.size[1] * OVERSAMPLING), ground)
        self.pen = ImageDraw.Draw(self.image)
        self.dice = random.Random(seed)  # noqa: S311  (a drawing, not a secret)

    def finished(self) -> Image.Image:
        """The picture at its size, with the tooth of the paper."""
        small = self.image.resize(self.size, Image.Resampling.LANCZOS)
        tile = Image.frombytes("L", (256, 256), self.dice.randbytes(256 * 256))
        tile = tile.filter(ImageFilter.GaussianBlur(1.0)).point(lambda value: min(255, 252 + (value - 128) // 14))
        grain = Image.new("L", self.size)
        for x in range(0, self.size[0], 256):
            for y in range(0, self.size[1], 256):
                grain.paste(tile, (x, y))
        return ImageChops.multiply(small, Image.merge("RGB", (grain, grain, grain)))

    # --- strokes and areas ------------------------------------------------------------------------------------

    def _px(self, points: Iterable[Point]) -> list[Point]:
        return [(x * self.scale, y * self.scale) for x, y in points]

    def _w(self, width: float) -> int:
        return max(1, round(width * self.scale))

    def line(self, points: Sequence[Point], width: float = 2, colour: Colour = INK) -> None:
        """A stroke through the points."""
        self.pen.line(self._px(points), fill=colour, width=self._w(width), joint="curve")

    def dashes(self, points: Sequence[Point], width: float, colour: Colour, on: float = 14, off: float = 9) -> None:
        """A dashed stroke through the points."""
        for index, part in enumerate(_cut(points, on, off)):
            if index % 2 == 0 and len(part) > 1:
                self.line(part, width, colour)

    def area(
        self, points: Sequence[Point], fill: Colour | None, outline: Colour | None = None, width: float = 2
    ) -> None:
        """A filled shape, outlined or not."""
        if fill is not None:
            self.pen.polygon(self._px(points), fill=fill)
        if outline is not None:
            self.line([*points, points[0], points[1]], width, outline)

    def box(
        self, left: float, top: float, right: float, bottom: float,
        fill: Colour | None, outline: Colour | None = None, width: float = 2,
    ) -> None:  # fmt: skip
        """A rectangle."""
        self.area([(left, top), (right, top), (right, bottom), (left, bottom)], fill, outline, width)

    def disc(
        self, x: float, y: float, radius: float, fill: Colour | None, outline: Colour | None = None, width: float = 2
    ) -> None:
        """A circle."""
        box = self._px([(x - radius, y - radius), (x + radius, y + radius)])
        self.pen.ellipse(box, fill=fill, outline=outline, width=self._w(width))

    def arc(
        self, box: tuple[float, float, float, float], start: float, end: float, width: float, colour: Colour = INK
    ) -> None:
        """Part of an ellipse in `box`, degrees clockwise from three o'clock."""
        self.pen.arc(self._px([box[:2], box[2:]]), start, end, fill=colour, width=self._w(width))

    # --- tone -------------------------------------------------------------------------------------------------

    def hatch(
        self, shape: Sequence[Point], gap: float, width: float = 1.2, angle: float = 45,
        colour: Colour = INK, waver: float = 0.0,
    ) -> None:  # fmt: skip
        """Parallel strokes inside the shape; `waver` makes them as uneven as a hand's, in units."""
        corners = self._px(shape)
        left, top = (math.floor(min(axis)) for axis in zip(*corners, strict=True))
        right, bottom = (math.ceil(max(axis)) for axis in zip(*corners, strict=True))
        left, top = max(left, 0), max(top, 0)
        size = (min(right, self.image.width) - left, min(bottom, self.image.height) - top)
        if size[0] < 2 or size[1] < 2:
            return
        strokes, inside = Image.new("L", size), Image.new("L", size)
        ImageDraw.Draw(inside).polygon([(x - left, y - top) for x, y in corners], fill=255)
        pen = ImageDraw.Draw(strokes)
        reach, turn = math.hypot(*size), math.radians(angle)
        along, across = (math.cos(turn), math.sin(turn)), (-math.sin(turn), math.cos(turn))
        at = -reach / 2
        while at < reach / 2:
            x, y = size[0] / 2 + across[0] * at, size[1] / 2 + across[1] * at
            ends = [(x - along[0] * reach, y - along[1] * reach), (x + along[0] * reach, y + along[1] * reach)]
            pen.line(ends, fill=255, width=self._w(width))
            at += max(2.0, (gap + self.dice.uniform(-waver, waver)) * self.scale)
        self.image.paste(colour, (left, top), ImageChops.multiply(strokes, inside))

    def stipple(self, shape: Sequence[Point], count: int, radius: float = 1.3, colour: Colour = INK) -> None:
        """Dots strewn in the shape."""
        left, top = (min(axis) for axis in zip(*shape, strict=True))
        right, bottom = (max(axis) for axis in zip(*shape, strict=True))
        for _number in range(count):
            x, y = self.dice.uniform(left, right), self.dice.uniform(top, bottom)
            if holds(shape, x, y):
                self.disc(x, y, radius * self.dice.uniform(0.6, 1.2), colour)

    def rules(
        self, top: float, bottom: float, gap: tuple[float, float], colour: Colour = STONE,
        width: float = 1.1, waver: float = 1.5, left: float = 0, right: float = SHEET[0],
    ) -> None:  # fmt: skip
        """Engraver's sky or water: level lines whose distance goes from the first gap to the second."""
        y = top
        while y < bottom:
            share = (y - top) / (bottom - top)
            drift, step = self.dice.uniform(0, 6.3), 40
            points = [
                (x, y + waver * math.sin(x / 190 + drift) + waver * 0.4 * math.sin(x / 47 + drift))
                for x in range(int(left), int(right) + step, step)
            ]
            self.line(points, width, colour)
            y += gap[0] + (gap[1] - gap[0]) * share

    # --- lettering --------------------------------------------------------------------------------------------

    def text(
        self, x: float, y: float, words: str, size: float, colour: Colour = INK, font: str = SANS,
        anchor: str = "ls", spaced: float = 0, halo: Colour | None = None,
    ) -> None:  # fmt: skip
        """Words at a point; `spaced` opens the letters by so many units, `halo` clears the ground around them."""
        face = _font(font, max(4, round(size * self.scale)))
        extra = {"stroke_width": self._w(3), "stroke_fill": halo} if halo else {}
        if not spaced:
            self.pen.text((x * self.scale, y * self.scale), words, colour, face, anchor, **extra)
            return
        total = sum(face.getlength(letter) / self.scale + spaced for letter in words) - spaced
        x -= {"l": 0, "m": total / 2, "r": total}[anchor[0]]
        for letter in words:
            self.pen.text((x * self.scale, y * self.scale), letter, colour, face, "l" + anchor[1], **extra)
            x += face.getlength(letter) / self.scale + spaced


def holds(shape: Sequence[Point], x: float, y: float) -> bool:
    """Whether the point lies in the shape (even-odd rule)."""
    inside, before = False, shape[-1]
    for point in shape:
        if (point[1] > y) != (before[1] > y):
            cross = (before[0] - point[0]) * (y - point[1]) / (before[1] - point[1]) + point[0]
            inside ^= x < cross
        before = point
    return inside


def smooth(points: Sequence[Point], closed: bool = False, steps: int = 8) -> list[Point]:
    """A curve through the points (Catmull-Rom)."""
    before, after = (points[-1:], points[:2]) if closed else (points[:1], points[-1:])
    points = [*before, *points, *after]
    found: list[Point] = []
    for a, b, c, d in zip(points, points[1:], points[2:], points[3:], strict=False):
        for step in range(steps):
            t = step / steps
            found.append(tuple(_spline(t, a[axis], b[axis], c[axis], d[axis]) for axis in (0, 1)))
    if not closed:
        found.append(points[-1])
    return found


def _spline(t: float, a: float, b: float, c: float, d: float) -> float:
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t**3)


def rough(points: Sequence[Point], dice: random.Random, amount: float, rounds: int = 3) -> list[Point]:
    """The line with its middles pushed aside, again and again: a coast, a ridge."""
    for _round in range(rounds):
        found: list[Point] = []
        for (x, y), (u, v) in pairwise(points):
            push = dice.uniform(-amount, amount)
            length = math.hypot(u - x, v - y) or 1
            found += [(x, y), ((x + u) / 2 - (v - y) / length * push, (y + v) / 2 + (u - x) / length * push)]
        points = [*found, points[-1]]
        amount /= 1.9
    return list(points)


def _cut(points: Sequence[Point], on: float, off: float) -> list[list[Point]]:
    """The line in pieces of `on` and `off` units in turn."""
    parts, part, left = [], [points[0]], on
    for (x, y), (u, v) in pairwise(points):
        length, done = math.hypot(u - x, v - y), 0.0
        while length - done > left:
            done += left
            here = (x + (u - x) * done / length, y + (v - y) * done / length)
            parts.append([*part, here])
            part, left = [here], off if len(parts) % 2 else on
        left -= length - done
        part.append((u, v))
    return [*parts, part]
