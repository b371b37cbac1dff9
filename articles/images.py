"""Pictures as they come in: checked by their header, decoded within limits, kept without metadata.

Pure: bytes in, bytes out. The original is never stored, because its EXIF can hold the place where it was taken.
"""

from dataclasses import dataclass, field
from io import BytesIO
from typing import IO

from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from . import renditions
from .rights import Rights, read

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")
MAX_BYTES = 25 * 1024 * 1024
MAX_PIXELS = 40_000_000
MAX_SIDE = 2400  # pixels; the widest rendition a page asks for

# What a format is kept as, and how: line work stays exact, photographs stay small.
KEPT_AS = {"PNG": "PNG", "GIF": "PNG", "WEBP": "WEBP", "AVIF": "WEBP"}
SAVE_OPTIONS = {
    "JPEG": {"quality": 88, "optimize": True, "progressive": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 88, "method": 4},
}
EXTENSIONS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}

# What Pillow's decoders raise on damaged files; `struct.error` comes as one of these or as ValueError in Pillow 13.
DAMAGED = (OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError)


class ImageRefused(Exception):  # noqa: N818  (reads as the picture desk says it)
    """The file is not a picture this newsroom takes; the text says why and what to do."""


@dataclass(frozen=True)
class Picture:
    """A picture ready to be stored: encoded bytes, size in pixels, file extension without the dot.

    `tint` is its middling colour (`renditions.tint`), `rights` what the upload said of whose it is.
    """

    content: bytes
    width: int
    height: int
    extension: str
    tint: str = ""
    rights: Rights = field(default_factory=Rights)


def prepare(upload: IO[bytes]) -> Picture:
    """Decode an upload safely and encode it anew, upright, at most `MAX_SIDE` wide or high, with no metadata.

    Raises `ImageRefused` with a sentence for the person who sent it.
    """
    data = upload.read(MAX_BYTES + 1)
    if not data:
        raise ImageRefused(_("The file is empty."))
    if len(data) > MAX_BYTES:
        limit = MAX_BYTES // (1024 * 1024)
        raise ImageRefused(_("The file is larger than %(limit)d MB: save it smaller.") % {"limit": limit})
    with _opened(data) as source:
        _check_size(source)
        rights = read(source)
        return _encoded(_decoded(source), KEPT_AS.get(source.format or "", "JPEG"), rights)


def _opened(data: bytes) -> Image.Image:
    """The picture with only its header read."""
    try:
        return Image.open(BytesIO(data), formats=FORMATS)
    except UnidentifiedImageError as error:
        raise ImageRefused(_("This is not a JPEG, PNG, WebP, AVIF or GIF picture.")) from error
    except Image.DecompressionBombError as error:
        raise ImageRefused(_too_large()) from error
    except DAMAGED as error:
        raise ImageRefused(_damaged()) from error


def _check_size(source: Image.Image) -> None:
    width, height = source.size
    if width * height > MAX_PIXELS:
        raise ImageRefused(_too_large())
    if width < 2 or height < 2:
        raise ImageRefused(_("The picture is too small to show."))


def _decoded(source: Image.Image) -> Image.Image:
    """The first frame, upright, in sRGB, capped."""
    try:
        share = max(*source.size, MAX_SIDE) / MAX_SIDE
        # Lets a JPEG be decoded at a fraction of its size, as long as neither side comes out too short.
        source.draft("RGB", (int(source.width / share), int(source.height / share)))
        source.load()
        ImageOps.exif_transpose(source, in_place=True)
    except Image.DecompressionBombError as error:
        raise ImageRefused(_too_large()) from error
    except DAMAGED as error:
        raise ImageRefused(_damaged()) from error
    picture = _in_srgb(source)
    picture.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS)
    return picture


def _in_srgb(image: Image.Image) -> Image.Image:
    """RGB or RGBA; a colour profile is applied, because it will not be kept."""
    has_alpha = "A" in image.getbands() or "transparency" in image.info
    mode = "RGBA" if has_alpha else "RGB"
    profile = image.info.get("icc_profile")
    if profile and image.mode in {"RGB", "RGBA", "CMYK"}:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=mode)
            return converted if converted is not None else image.convert(mode)
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # an unusable profile: the plain conversion below is the best guess
    return image if image.mode == mode else image.convert(mode)


def _encoded(picture: Image.Image, kept_as: str, rights: Rights) -> Picture:
    """The bytes to store. A fresh image is filled, so that nothing of the upload's `info` can come along."""
    clean = Image.new(picture.mode, picture.size)
    clean.paste(picture)
    out = BytesIO()
    clean.save(out, kept_as, **SAVE_OPTIONS[kept_as])
    tint = renditions.tint(clean)
    return Picture(out.getvalue(), clean.width, clean.height, EXTENSIONS[kept_as], tint, rights)


def _too_large() -> str:
    limit = MAX_PIXELS // 1_000_000
    return _("The picture has more than %(limit)d million pixels: save it smaller.") % {"limit": limit}


def _damaged() -> str:
    return _("The picture is damaged and cannot be read.")
