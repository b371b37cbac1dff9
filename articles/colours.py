"""Colours as a newsroom gives them (`#rrggbb`) and how they read on paper.

Pure. Contrast is WCAG 2's; lightening goes through OKLCH, which keeps the hue (Björn Ottosson, 2020).
"""

import math
import re
from itertools import pairwise

HEX = re.compile(r"#[0-9a-f]{6}")
LIGHT_PAPER, DARK_PAPER = "#fcfaf6", "#13100d"
"""`--paper` of `css/tokens.css`, by day and by night; a test holds them together."""
LEAST = 4.5
"""The contrast that text on paper needs (WCAG 2.2, 1.4.3)."""

RGB = tuple[float, float, float]


def contrast(one: str, other: str) -> float:
    """Between 1 (the same) and 21 (black on white), whichever lies on the other."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def lifted(colour: str, paper: str = DARK_PAPER, least: float = 7.0) -> str:
    """`colour`, or the nearest lighter one of its hue that reads on a dark `paper` with a contrast of `least`."""
    lightness, chroma, hue = _oklch(colour)
    found = colour
    while contrast(found, paper) < least and lightness < 1:
        lightness, chroma = min(1.0, lightness + 0.01), chroma * 0.985
        found = _hex(lightness, chroma, hue)
    return found


def from_oklch(lightness: float, chroma: float, hue: float) -> str:
    """`oklch(L C H)` as the nearest `#rrggbb`; lightness 0 to 1, hue in degrees."""
    return _hex(lightness, chroma, math.radians(hue))


def _channels(colour: str) -> RGB:
    """The three channels, linear light, 0 to 1."""
    values = (int(colour[start:end], 16) / 255 for start, end in pairwise((1, 3, 5, 7)))
    red, green, blue = (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in values)
    return red, green, blue


def _luminance(colour: str) -> float:
    red, green, blue = _channels(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _oklch(colour: str) -> RGB:
    red, green, blue = _channels(colour)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return lightness, math.hypot(a, b), math.atan2(b, a)


def _hex(lightness: float, chroma: float, hue: float) -> str:
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
    return "#" + "".join(f"{round(255 * _encoded(min(1.0, max(0.0, value)))):02x}" for value in linear)


def _encoded(value: float) -> float:
    return 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055
