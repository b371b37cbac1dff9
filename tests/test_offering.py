"""Which renditions a page names, and where they are cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import offering

PICTURE = {
    "url": "/media/images/ab.jpg",
    "width": 1600,
    "height": 1000,
    "focal_x": 0.25,
    "focal_y": 0.5,
    "tint": "l4-h7",
}


def test_every_width_is_offered_in_every_format_when_the_picture_is_large():
    shown = offering.offer(PICTURE | {"width": 2400, "height": 1500}, "story")
    assert [source["type"] for source in shown["sources"]] == ["image/avif", "image/webp", "image/jpeg"]
    widths = [part.rsplit(" ", 1)[1] for part in shown["sources"][0]["srcset"].split(", ")]
    assert widths == ["400w", "800w", "1200w", "1800w"]
    assert shown["sources"][0]["srcset"].startswith("/media/images/ab.jpg/400.avif 400w")


def test_nothing_wider_than_the_picture_is_offered_when_it_is_small():
    assert [frame.width for frame in offering.frames(64, 40, "50x50", "")] == [64]
    assert [frame.width for frame in offering.frames(900, 600, "50x50", "")] == [400, 800, 900]


def test_a_phone_gets_a_crop_of_its_own_when_the_place_has_one():
    sources = offering.offer(PICTURE, "river")["sources"]
    assert [bool(source["media"]) for source in sources] == [True] * 3 + [False] * 3
    assert "/400-1x1-f25x50.avif 400w" in sources[0]["srcset"]
    assert (sources[0]["width"], sources[0]["height"]) == (400, 400)
    assert "/800-3x2-f25x50.avif 800w" in sources[3]["srcset"]


def test_a_crop_is_the_whole_picture_when_it_would_cut_nothing_off():
    sources = offering.offer(PICTURE | {"width": 1500, "height": 1000}, "second")["sources"]
    assert "/800.avif 800w" in sources[0]["srcset"]
    assert len(offering.every_name(1500, 1000, "50x50")) == 3 * (4 + 1)


@pytest.mark.parametrize(
    ("focal", "left"), [("50x50", 300), ("0x50", 0), ("100x50", 600), ("25x0", 0), ("40x50", 140), ("60x50", 460)]
)
def test_a_crop_lies_around_the_focal_point_when_the_edges_let_it(focal, left):
    assert offering.box(1600, 1000, 1.0, focal) == (left, 0, left + 1000, 1000)


@given(
    st.integers(1, 5000),
    st.integers(1, 5000),
    st.sampled_from(sorted(offering.RATIOS)),
    st.integers(0, 100),
    st.integers(0, 100),
)
def test_a_crop_lies_inside_the_picture_whatever_its_size(width, height, crop, across, down):
    left, top, right, bottom = offering.box(width, height, offering.RATIOS[crop], f"{across}x{down}")
    assert 0 <= left < right <= width
    assert 0 <= top < bottom <= height


def test_an_address_is_split_only_when_it_asks_for_a_rendition():
    file, wanted = offering.split("images/ab.jpg/800-3x2-f25x50.avif")
    assert (file, wanted["width"], wanted["crop"], wanted["focus"], wanted["ending"]) == (
        *("images/ab.jpg", "800", "3x2"),
        *("25x50", "avif"),
    )
    for plain in ("images/ab.jpg", "images/800.avif", "images/ab.jpg/800.gif", "images/ab.jpg/../800.avif/x", ""):
        assert offering.split(plain) == (plain, None)


@pytest.mark.parametrize("picture", [None, {}, {"url": ""}])
def test_nothing_is_offered_when_there_is_no_picture(picture):
    assert offering.offer(picture, "story") is None


def test_the_file_alone_is_offered_when_its_size_is_not_known():
    shown = offering.offer({"url": "/media/x.jpg", "width": None, "height": None}, "body")
    assert (shown["url"], shown["sources"]) == ("/media/x.jpg", [])
