"""Pictures that come in: what is refused, and what is left of one that is kept."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from articles import images


def encoded(size=(60, 40), kind="JPEG", mode="RGB", **options):
    """A picture as an upload: a file at its start."""
    out = BytesIO()
    Image.new(mode, size, "teal").save(out, kind, **options)
    out.seek(0)
    return out


def png_header(width, height):
    """A PNG of a few hundred bytes that claims to be of this size."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 9)) + chunk(b"IEND", b"")
    )
    return BytesIO(data)


@pytest.mark.parametrize(
    ("kind", "extension"),
    [
        ("JPEG", "jpg"),
        ("PNG", "png"),
        ("GIF", "png"),
        ("WEBP", "webp"),
        ("AVIF", "webp"),
    ],
)
def test_picture_is_kept_when_its_format_is_allowed(kind, extension):
    picture = images.prepare(encoded(kind=kind))
    assert (picture.width, picture.height, picture.extension) == (60, 40, extension)
    with Image.open(BytesIO(picture.content)) as kept:
        assert kept.size == (60, 40)


@pytest.mark.parametrize("kind", ["TIFF", "BMP", "PPM", "ICO"])
def test_picture_is_refused_when_its_format_is_not_allowed(kind):
    with pytest.raises(images.ImageRefused, match="not a JPEG"):
        images.prepare(encoded(kind=kind))


@pytest.mark.parametrize(
    "data",
    [b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a", b"\xff\xd8\xff", b"%!PS"],
)
def test_file_is_refused_when_it_is_no_picture(data):
    with pytest.raises(images.ImageRefused):
        images.prepare(BytesIO(data))


def test_file_is_refused_when_it_is_empty():
    with pytest.raises(images.ImageRefused, match="empty"):
        images.prepare(BytesIO())


def test_file_is_refused_when_it_is_too_heavy(monkeypatch):
    monkeypatch.setattr(images, "MAX_BYTES", 100)
    with pytest.raises(images.ImageRefused, match="larger than"):
        images.prepare(encoded())


@pytest.mark.parametrize("size", [(10_000, 8_800), (40_001, 1_000), (200_000, 200_000)])
def test_picture_is_refused_by_its_header_when_it_claims_too_many_pixels(size, monkeypatch):
    def decode(self):
        pytest.fail("the picture was decoded")

    monkeypatch.setattr(Image.Image, "load", decode)
    with pytest.raises(images.ImageRefused, match="million pixels"):
        images.prepare(png_header(*size))


def test_picture_is_refused_when_its_data_end_early():
    whole = encoded(size=(400, 300), kind="PNG").getvalue()
    with pytest.raises(images.ImageRefused):
        images.prepare(BytesIO(whole[: len(whole) // 2]))


def test_place_and_camera_are_gone_when_a_photograph_is_kept():
    exif = Image.Exif()
    exif[0x010F] = "Kamera"
    exif.get_ifd(0x8825)[1] = "N"
    upload = encoded(exif=exif.tobytes(), comment=b"kept by nobody")
    assert b"Kamera" in upload.getvalue()
    kept = images.prepare(upload).content
    with Image.open(BytesIO(kept)) as picture:
        assert not picture.getexif()
        assert "comment" not in picture.info
    assert b"Kamera" not in kept
    assert b"nobody" not in kept


def test_photograph_stands_upright_when_the_camera_was_turned():
    exif = Image.Exif()
    exif[0x0112] = 6
    picture = images.prepare(encoded(size=(60, 40), exif=exif.tobytes()))
    assert (picture.width, picture.height) == (40, 60)


def test_picture_is_made_smaller_when_a_side_is_too_long():
    picture = images.prepare(encoded(size=(4800, 1200)))
    assert (picture.width, picture.height) == (2400, 600)


@pytest.mark.parametrize(
    ("mode", "kind", "kept"),
    [("RGBA", "PNG", "RGBA"), ("CMYK", "JPEG", "RGB"), ("L", "JPEG", "RGB")],
)
def test_colours_are_kept_when_the_mode_is_unusual(mode, kind, kept):
    picture = images.prepare(encoded(mode=mode, kind=kind))
    with Image.open(BytesIO(picture.content)) as stored:
        assert stored.mode == kept
