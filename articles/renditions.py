"""Renditions of a stored picture, resized, cropped and encoded; and the colour that stands in for it. Pure."""

import colorsys
from collections.abc import Iterator
from io import BytesIO

from PIL import Image

from . import offering

ENCODED = {
    "avif": ("AVIF", {"quality": 56, "speed": 8, "max_threads": 1}),
    "webp": ("WEBP", {"quality": 74, "method": 2}),
    "jpg": ("JPEG", {"quality": 78, "progressive": True, "optimize": True}),
}
DAMAGED = (OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError, Image.DecompressionBombError)
PAPER = "#ffffff"  # what shows through a drawing without a ground of its own, in light and dark alike


class NotRendered(Exception):  # noqa: N818  (reads as the picture desk says it)
    """The stored file cannot be read as a picture."""


def render(content: bytes, focal: str, rights: bytes = b"") -> Iterator[tuple[str, bytes]]:
    """(name, encoded bytes) of every rendition; `rights` is an EXIF block that each carries.

    Each is resized from the next larger one, so that the stored picture is gone through once. Raises `NotRendered`.
    """
    picture = _opened(content)
    level, crop = picture, None
    for frame in reversed(offering.every_frame(*picture.size, focal)):
        size = (frame.width, frame.height)
        if frame.crop == crop:
            level = level.resize(size, Image.Resampling.LANCZOS)
        else:
            level, crop = picture.resize(size, Image.Resampling.LANCZOS, frame.box, 2.0), frame.crop
            picture = picture if crop else None  # the whole comes last: its memory is free while levels are encoded
        for ending, (kind, options) in ENCODED.items():
            out = BytesIO()
            level.save(out, kind, **options, **({"exif": rights} if rights else {}))
            yield f"{frame.stem}.{ending}", out.getvalue()


def _opened(content: bytes) -> Image.Image:
    try:
        with Image.open(BytesIO(content)) as picture:
            picture.load()
            return on_paper(picture)
    except DAMAGED as error:
        raise NotRendered(str(error)) from error


def on_paper(picture: Image.Image) -> Image.Image:
    """In RGB, on white where it lets something through: a black drawing stays one on a dark page."""
    if "A" not in picture.getbands() and "transparency" not in picture.info:
        return picture if picture.mode == "RGB" else picture.convert("RGB")
    clear = picture.convert("RGBA")
    ground = Image.new("RGB", picture.size, PAPER)
    ground.paste(clear, mask=clear.getchannel("A"))
    return ground


def tint(picture: Image.Image) -> str:
    """The middling colour as `l4-h7`: lightness 0 to 9, hue 1 to 12 or 0 for grey. `.tint` of `css/components.css`."""
    small = on_paper(picture).resize((1, 1), Image.Resampling.BOX)
    red, green, blue = (value / 255 for value in small.getpixel((0, 0)))
    hue, _lightness, _saturation = colorsys.rgb_to_hls(red, green, blue)
    luma = 0.299 * red + 0.587 * green + 0.114 * blue
    is_grey = max(red, green, blue) - min(red, green, blue) < 0.06
    return f"l{min(int(luma * 10), 9)}-h{0 if is_grey else int(hue * 12 + 0.5) % 12 + 1}"


def tint_of(content: bytes) -> str:
    """The same of a stored file. Raises `NotRendered`."""
    return tint(_opened(content))
