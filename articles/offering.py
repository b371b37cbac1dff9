"""Which renditions a picture is offered in, at which addresses, and how large the layout shows it. Pure.

All of it follows from a picture's size and focal point, so that a page can name renditions before they are made:
whoever asks for one that is not there yet gets the stored file in its place.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

FORMATS = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}
"""Endings of renditions and their media types, the smallest first: a browser takes the first that it knows."""
WIDTHS = {"": (400, 800, 1200, 1800), "3x2": (400, 800, 1200), "1x1": (400,)}
"""Pixels across, by crop; the empty crop is the whole picture."""
RATIOS = {"3x2": 3 / 2, "1x1": 1.0}
NAME = re.compile(r"(?P<width>\d{1,4})(?:-(?P<crop>3x2|1x1)-f(?P<focus>\d{1,3}x\d{1,3}))?\.(?P<ending>avif|webp|jpg)")


@dataclass(frozen=True)
class Frame:
    """One rendition but for its format. `box` is the part of the picture it shows: left, top, right, bottom."""

    crop: str
    focus: str
    width: int
    height: int
    box: tuple[int, int, int, int]

    @property
    def stem(self) -> str:
        """What its address ends with, before the dot; another focal point makes another address."""
        return f"{self.width}-{self.crop}-f{self.focus}" if self.crop else str(self.width)


@dataclass(frozen=True)
class Place:
    """Where a layout shows pictures. `small` is the crop of a phone, where it has one of its own.

    `sizes` and `small_sizes` say how wide it is shown, for `sizes` of HTML; see `static/css/layout.css`.
    """

    sizes: str
    crop: str = ""
    small: str = ""
    small_sizes: str = ""


PHONE = "(max-width: 43.99rem)"
PLACES = {
    "lead": Place("(min-width: 90rem) 40rem, (min-width: 68rem) 46vw, 94vw"),
    "second": Place("(min-width: 90rem) 21rem, (min-width: 68rem) 24vw, (min-width: 44rem) 46vw, 94vw", "3x2"),
    "river": Place("(min-width: 68rem) 26rem, 46vw", "3x2", "1x1", "7rem"),
    "story": Place("(min-width: 76rem) 56rem, (min-width: 60rem) 52rem, (min-width: 38rem) 35rem, 94vw"),
    "body": Place("(min-width: 38rem) 36rem, 94vw"),
    "portrait": Place("(min-width: 60rem) 33rem, 94vw"),
}


def focus(x: float, y: float) -> str:
    """The focal point as addresses have it: whole hundredths, across and down."""
    return f"{round(x * 100)}x{round(y * 100)}"


def box(width: int, height: int, ratio: float, focal: str) -> tuple[int, int, int, int]:
    """The largest part of that ratio (across : down) that lies as near around the focal point as the edges let it."""
    across, down = (int(hundredths) / 100 for hundredths in focal.split("x"))
    wide, high = (round(height * ratio), height) if width > height * ratio else (width, round(width / ratio))
    wide, high = max(1, min(wide, width)), max(1, min(high, height))
    left = min(max(round(width * across - wide / 2), 0), width - wide)
    top = min(max(round(height * down - high / 2), 0), height - high)
    return left, top, left + wide, top + high


def frames(width: int, height: int, focal: str, crop: str) -> list[Frame]:
    """The renditions of one crop, narrowest first, none larger than the picture is."""
    whole = box(width, height, RATIOS[crop], focal) if crop else (0, 0, width, height)
    wide, high = whole[2] - whole[0], whole[3] - whole[1]
    if crop and (wide, high) == (width, height):
        crop = ""  # nothing is cut off: the whole picture is there already
    widest = WIDTHS[crop][-1]
    across = [each for each in WIDTHS[crop] if each < wide] if wide < widest else list(WIDTHS[crop])
    across += [wide] if wide < widest else []
    point = focal if crop else ""
    return [Frame(crop, point, each, max(1, round(each * high / wide)), whole) for each in across]


def every_frame(width: int, height: int, focal: str) -> list[Frame]:
    """All that are made of a picture, each once."""
    return list(dict.fromkeys(frame for crop in WIDTHS for frame in frames(width, height, focal, crop)))


def every_name(width: int, height: int, focal: str) -> list[str]:
    """The names of all that are made of a picture: `800.avif`, `800-3x2-f50x50.webp`."""
    return [f"{frame.stem}.{ending}" for frame in every_frame(width, height, focal) for ending in FORMATS]


def split(address: str) -> tuple[str, re.Match | None]:
    """A path of media into the name of the file and, where it asks for one, the rendition of it."""
    file, _slash, name = address.rpartition("/")
    wanted = NAME.fullmatch(name) if "." in file else None
    return (file, wanted) if wanted else (address, None)


def offer(picture: Any, place: str) -> dict[str, Any] | None:
    """What `<picture>` needs to show it there; None for no picture.

    `picture` has url, width, height, focal_x, focal_y and tint, as a mapping or as attributes. The answer:
    {url, width, height, tint, sizes, sources: [{type, media, sizes, srcset, width, height}]}.
    """
    told = picture if isinstance(picture, dict) else {name: getattr(picture, name, None) for name in KNOWN}
    if not told or not told.get("url"):
        return None
    where = PLACES.get(place) or PLACES["body"]
    shown = {name: told.get(name) for name in ("url", "width", "height")} | {"sizes": where.sizes, "sources": []}
    shown["tints"] = [f"tint--{part}" for part in (told.get("tint") or "").split("-") if part]
    if not (told["width"] and told["height"]):
        return shown
    focal = focus(told.get("focal_x", 0.5), told.get("focal_y", 0.5))
    if where.small:
        shown["sources"] += _sources(told, focal, where.small, where.small_sizes, PHONE)
    shown["sources"] += _sources(told, focal, where.crop, where.sizes, "")
    return shown


KNOWN = ("url", "width", "height", "focal_x", "focal_y", "tint")


def _sources(told: dict[str, Any], focal: str, crop: str, sizes: str, media: str) -> Iterator[dict[str, Any]]:
    made = frames(told["width"], told["height"], focal, crop)
    for ending, kind in FORMATS.items():
        srcset = ", ".join(f"{told['url']}/{frame.stem}.{ending} {frame.width}w" for frame in made)
        largest = made[-1]
        yield {
            "type": kind,
            "media": media,
            "sizes": sizes,
            "srcset": srcset,
            "width": largest.width,
            "height": largest.height,
        }
