"""Contrast as WCAG defines it, and a colour lightened until it reads by night."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from articles import colours

TOKENS = (Path(settings.BASE_DIR) / "static/css/tokens.css").read_text()
OKLCH = r"oklch\(([\d.]+)% ([\d.]+) ([\d.]+)\)"


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#777777", "#ffffff", 4.48),
        ("#767676", "#ffffff", 4.54),
        ("#a50f11", "#a50f11", 1),
    ],
)
def test_contrast_is_that_of_the_standard_when_two_colours_meet(one, other, ratio):
    assert colours.contrast(one, other) == pytest.approx(ratio, abs=0.01)
    assert colours.contrast(other, one) == colours.contrast(one, other)


@pytest.mark.parametrize("colour", ["#a50f11", "#0b4f6c", "#1b4332", "#3d1a78", "#000000", "#ffffff"])
def test_colour_reads_on_dark_paper_when_it_was_lightened(colour):
    assert colours.contrast(colours.lifted(colour), colours.DARK_PAPER) >= 7


def test_colour_is_left_alone_when_it_reads_already():
    assert colours.lifted("#f58d7c") == "#f58d7c"


def test_papers_are_those_of_the_style_sheet():
    paper = re.search(rf"--paper: light-dark\({OKLCH}, {OKLCH}\)", TOKENS)
    light, dark = (
        colours.from_oklch(float(lightness) / 100, float(chroma), float(hue))
        for lightness, chroma, hue in (paper.groups()[:3], paper.groups()[3:])
    )
    assert (light, dark) == (colours.LIGHT_PAPER, colours.DARK_PAPER)


@pytest.mark.parametrize("name", ["accent", "ink", "ink-soft", "state-verified", "state-drifted", "state-disputed"])
def test_token_reads_on_both_papers_when_text_is_set_in_it(name):
    pair = re.search(rf"--{name}: light-dark\({OKLCH}, {OKLCH}\)", TOKENS).groups()
    for (lightness, chroma, hue), paper in ((pair[:3], colours.LIGHT_PAPER), (pair[3:], colours.DARK_PAPER)):
        colour = colours.from_oklch(float(lightness) / 100, float(chroma), float(hue))
        assert colours.contrast(colour, paper) >= 7, (name, colour, paper)
