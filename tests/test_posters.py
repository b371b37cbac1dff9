"""How share pictures are set."""

from io import BytesIO

import pytest
from PIL import Image

from articles import posters
from articles.posters import Poster

ARABIC = "وزير الخارجية: لن نقبل شروط PSL قبل 2026"
LONG = " ".join(["channel"] * 37) + " closed"


def opened(content):
    picture = Image.open(BytesIO(content))
    picture.load()
    return picture.convert("RGB")


def inked(picture, box):
    """How many pixels of a part are not paper."""
    paper = Image.new("RGB", (1, 1), posters.PAPER).getpixel((0, 0))
    part = picture.crop(box)
    return sum(
        count
        for count, colour in part.getcolors(part.width * part.height)
        if max(abs(a - b) for a, b in zip(colour, paper, strict=True)) > 40
    )


def colour_picture(size=(900, 500)):
    out = BytesIO()
    Image.new("RGB", size, "#0000c0").save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize("words", ["Closed", LONG, "Ab" * 40, ARABIC, "“Short.”", "x", "Привет", "🙂", ""])
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_words_stay_between_the_edges_whatever_they_are(words, direction):
    picture = opened(posters.draw(Poster("The Record", words, "News", "Ilse Maran", "Interview", direction)))
    assert picture.size == (1200, 630)
    assert inked(picture, (0, 0, posters.MARGIN - 8, 630)) == 0
    assert inked(picture, (1200 - posters.MARGIN + 8, 0, 1200, 630)) == 0
    assert inked(picture, (0, 0, 1200, 40)) == inked(picture, (0, 600, 1200, 630)) == 0
    assert inked(picture, (posters.MARGIN, 150, 1200 - posters.MARGIN, 600)) > 500


def test_the_words_are_as_large_as_they_fit():
    assert posters.fit("Harbour closed", 1072, 360)[0] == posters.LARGEST
    size, lines = posters.fit(LONG, 600, 360)
    assert posters.SMALLEST <= size < 45
    assert " ".join(lines) == LONG


def test_what_fits_at_no_size_ends_in_an_ellipsis():
    size, lines = posters.fit(LONG * 20, 600, 360)
    assert size == posters.SMALLEST
    assert lines[-1].endswith("…")


def test_lines_are_alike_in_length_when_the_last_would_be_short():
    _size, lines = posters.fit("One harbour is closed and another one is open again to ships that wait", 900, 200)
    longs = [len(line) for line in lines]
    assert len(lines) > 1
    assert min(longs) > 0.6 * max(longs)


def test_arabic_starts_at_the_right_and_the_picture_stands_at_the_left():
    plain = opened(posters.draw(Poster("The Record", "قال", direction="rtl")))
    assert inked(plain, (600, 150, 1200, 600)) > 0
    assert inked(plain, (0, 150, 600, 600)) == 0
    beside = opened(posters.draw(Poster("The Record", "قال", direction="rtl", picture="x"), colour_picture()))
    assert beside.getpixel((20, 300))[2] > 150
    assert beside.getpixel((1180, 300))[2] > 200
    assert beside.getpixel((1180, 300))[0] > 200


def test_letters_of_arabic_are_joined():
    """Joined letters are narrower than the same letters one by one."""
    apart = sum(posters._length(sign, posters.SERIF) for sign in "الميناء")
    assert posters._length("الميناء", posters.SERIF) < 0.9 * apart


def test_the_name_stands_alone_when_a_letter_is_in_no_font():
    assert posters.settable("Привет мир", posters.SERIF) == ""
    assert posters.draw(Poster("The Record", "Привет")) == posters.draw(Poster("The Record", "漢字"))


def test_signs_that_are_no_letters_are_left_out():
    assert posters.settable("Closed 🙂 again\n\tnow", posters.SERIF) == "Closed again now"


def test_arabic_is_not_set_when_nothing_can_join_it(monkeypatch):
    monkeypatch.setattr(posters, "_can_shape", lambda: False)
    assert posters.settable(ARABIC, posters.SERIF) == ""
    assert opened(posters.draw(Poster("The Record", "Closed"))).size == (1200, 630)


@pytest.mark.parametrize("content", [b"", b"no picture", colour_picture()[:90]])
def test_the_words_have_the_whole_sheet_when_the_picture_cannot_be_read(content):
    poster = Poster("The Record", "Closed", picture="x")
    assert posters.draw(poster, content) == posters.draw(poster)


def test_posters_are_told_apart_by_everything_that_is_seen():
    one = Poster("The Record", "Closed")
    others = [Poster("Record", "Closed"), Poster("The Record", "Open"), Poster("The Record", "Closed", focus="1x1")]
    assert len({each.fingerprint for each in (one, *others)}) == 4
    assert one.fingerprint == Poster("The Record", "Closed").fingerprint
