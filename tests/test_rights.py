"""Credit and copyright in the files themselves, and nothing else of what a camera writes."""

from io import BytesIO

import pytest
from PIL import Image, IptcImagePlugin

from articles import images, rights
from articles.rights import Rights

OURS = Rights("Photograph: Maran & Söhne", "© 2026 The Meridian Record")
PLANTED = b"PLANTED-51.5007N-0.1246W"


def planted(kind="JPEG"):
    """A picture with GPS, camera, serial number, comment, XMP and IPTC of its own."""
    exif = Image.Exif()
    exif[0x010F] = exif[0x9286] = exif[0xA431] = PLANTED
    exif[rights.ARTIST] = b"Ilse Maran"
    exif[rights.COPYRIGHT] = "© Maran".encode()
    exif.get_ifd(0x8825)[29] = PLANTED
    options = {"exif": exif.tobytes()}
    if kind == "JPEG":
        options |= {"comment": PLANTED, "xmp": b"<x:xmpmeta>" + PLANTED + b"</x:xmpmeta>"}
    out = BytesIO()
    Image.new("RGB", (60, 40), "teal").save(out, kind, **options)
    assert PLANTED in out.getvalue()
    return out.getvalue()


def stored(kind, told=OURS):
    """As the desk stores it: decoded, encoded anew, with the rights written in."""
    return rights.write(images.prepare(BytesIO(planted(kind))).content, told)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_credit_and_notice_are_all_that_is_left_when_a_picture_is_stored(kind):
    content = stored(kind)
    assert PLANTED not in content
    with Image.open(BytesIO(content)) as picture:
        picture.load()
        assert picture.size == (60, 40)
        tags = {tag: value.encode("latin-1").decode() for tag, value in picture.getexif().items()}
        assert tags == {rights.ARTIST: OURS.credit, rights.COPYRIGHT: OURS.notice}
        assert not picture.getexif().get_ifd(0x8825)
        assert b"Maran &amp; S\xc3\xb6hne" in picture.info["xmp"]
        assert rights.read(picture) == OURS


def test_a_jpeg_says_it_in_iptc_too():
    with Image.open(BytesIO(stored("JPEG"))) as picture:
        told = IptcImagePlugin.getiptcinfo(picture)
    assert (told[rights.IIM_CREDIT].decode(), told[rights.IIM_COPYRIGHT].decode()) == (OURS.credit, OURS.notice)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_other_rights_take_the_place_of_the_old_ones_and_no_pixel_changes(kind):
    before, after = stored(kind), rights.write(stored(kind), Rights("Another"))
    with Image.open(BytesIO(before)) as old, Image.open(BytesIO(after)) as new:
        assert old.tobytes() == new.tobytes()
        assert rights.read(new) == Rights("Another")
    assert b"S\xc3\xb6hne" not in after


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_is_written_when_nothing_is_known(kind):
    with Image.open(BytesIO(rights.write(stored(kind), Rights()))) as picture:
        picture.load()
        assert not picture.getexif()
        assert "xmp" not in picture.info


def test_transparency_is_kept_when_a_webp_gets_its_rights():
    out = BytesIO()
    Image.new("RGBA", (60, 40), (0, 90, 90, 128)).save(out, "WEBP", lossless=True)
    with Image.open(BytesIO(rights.write(out.getvalue(), OURS))) as picture:
        assert picture.convert("RGBA").getpixel((5, 5))[3] == 128


def test_an_upload_is_read_for_whose_it_is():
    assert images.prepare(BytesIO(planted())).rights == Rights("Ilse Maran", "© Maran")


def test_a_long_credit_is_cut_between_letters_when_iptc_has_no_room():
    with Image.open(BytesIO(stored("JPEG", Rights("ö" * 60)))) as picture:
        assert IptcImagePlugin.getiptcinfo(picture)[rights.IIM_CREDIT].decode() == "ö" * 16


@pytest.mark.parametrize("block", [b"Exif\0\0nonsense", b"Exif\0\0II*\0\xff\xff\xff\xff"])
def test_a_picture_is_taken_when_its_metadata_are_nonsense(block):
    out = BytesIO()
    Image.new("RGB", (60, 40)).save(out, "JPEG", exif=block)
    picture = images.prepare(BytesIO(out.getvalue()))
    assert (picture.width, picture.rights) == (60, Rights())
