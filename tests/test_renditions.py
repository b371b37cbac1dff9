"""What is made of a stored picture."""

from io import BytesIO

import pytest
from PIL import Image

from articles import offering, renditions


def encoded(picture, kind="PNG", **options):
    out = BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def two_halves(size=(900, 500)):
    """Red on the left, blue on the right."""
    picture = Image.new("RGB", size, "#c00000")
    picture.paste("#0000c0", (size[0] // 2, 0, *size))
    return picture


def opened(content):
    picture = Image.open(BytesIO(content))
    picture.load()
    return picture


def test_every_name_that_pages_offer_is_made_in_its_format_and_size():
    made = dict(renditions.render(encoded(two_halves()), "50x50"))
    assert set(made) == set(offering.every_name(900, 500, "50x50"))
    kinds = {"avif": "AVIF", "webp": "WEBP", "jpg": "JPEG"}
    for frame in offering.every_frame(900, 500, "50x50"):
        for ending, kind in kinds.items():
            picture = opened(made[f"{frame.stem}.{ending}"])
            assert (picture.format, picture.size) == (kind, (frame.width, frame.height))


@pytest.mark.parametrize(("focal", "is_red"), [("10x50", True), ("90x50", False)])
def test_a_crop_shows_what_the_focal_point_is_on(focal, is_red):
    made = dict(renditions.render(encoded(two_halves()), focal))
    red, _green, blue = opened(made[f"400-1x1-f{focal}.jpg"]).getpixel((200, 200))
    assert (red > blue) == is_red


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16"])
def test_renditions_are_in_rgb_whatever_the_stored_mode(mode):
    kind = "JPEG" if mode == "CMYK" else "PNG"
    made = dict(renditions.render(encoded(Image.new(mode, (60, 40)), kind), "50x50"))
    assert {opened(content).mode for content in made.values()} == {"RGB"}


def test_a_drawing_stands_on_white_when_its_ground_lets_through():
    drawing = Image.new("RGBA", (60, 40), (0, 0, 0, 0))
    drawing.paste((0, 0, 0, 255), (0, 0, 30, 40))
    palette = drawing.convert("P")
    palette.info["transparency"] = palette.getpixel((50, 20))
    for picture in (drawing, palette):
        made = dict(renditions.render(encoded(picture), "50x50"))
        shown = opened(made["60.jpg"])
        assert min(shown.getpixel((55, 20))) > 240
        assert max(shown.getpixel((5, 20))) < 15


def test_renditions_carry_the_rights_and_nothing_else():
    exif = Image.Exif()
    exif[0x8298] = "The Record"
    for content in dict(renditions.render(encoded(two_halves()), "50x50", exif.tobytes())).values():
        assert dict(opened(content).getexif()) == {0x8298: "The Record"}


@pytest.mark.parametrize("content", [b"", b"no picture", encoded(two_halves(), "JPEG")[:400]])
def test_what_cannot_be_read_is_said_when_the_file_is_damaged(content):
    with pytest.raises(renditions.NotRendered):
        list(renditions.render(content, "50x50"))


@pytest.mark.parametrize(
    ("colour", "tint"),
    [
        ("#000000", "l0-h0"),
        ("#ffffff", "l9-h0"),
        ("#808080", "l5-h0"),
        ("#c00000", "l2-h1"),
        ("#0000ff", "l1-h9"),
        ("#ff0010", "l3-h1"),
    ],
)
def test_the_tint_names_lightness_and_hue(colour, tint):
    assert renditions.tint(Image.new("RGB", (8, 8), colour)) == tint
