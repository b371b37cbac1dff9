"""Pictures in a real browser: the format it knows, no shift, and the crops that follow the focal point."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from PIL import Image as Pillow

from articles import pictures
from articles.models import Image
from tests import factories

pytestmark = pytest.mark.browser

SHIFTS = """
() => new Promise((done) => {
  let total = 0
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) total += entry.value })
    .observe({ type: "layout-shift", buffered: true })
  setTimeout(() => done(total), 400)
})
"""


@pytest.fixture
def image(transactional_db):
    """Red on the left, blue on the right, wide enough for a choice of widths."""
    made = factories.image(expires_on=timezone.localdate() + timedelta(days=3))
    picture = Pillow.new("RGB", (1000, 500), "#c00000")
    picture.paste("#0000c0", (500, 0, 1000, 500))
    with made.file.storage.open(made.file.name, "wb") as file:
        picture.save(file, "JPEG")
    Image.objects.filter(pk=made.pk).update(width=1000, height=500)
    return Image.objects.get(pk=made.pk)


@pytest.mark.parametrize(("width", "is_made"), [(360, True), (1280, True), (1280, False)])
def test_a_story_shows_its_picture_without_a_shift_whether_renditions_are_made_or_not(
    width, is_made, image, people, desk, open_as
):
    if is_made:
        pictures.make_renditions(image)
    story = factories.publish(factories.article(people.writer, desk, lead_image=image), people)
    page = open_as(None, story.get_absolute_url(), viewport={"width": width, "height": 900})
    page.wait_for_load_state("networkidle")
    shown = page.locator(".story__picture img")
    assert shown.evaluate("image => image.complete && image.naturalWidth > 0")
    assert shown.evaluate("image => image.currentSrc").endswith(f"/{400 if width == 360 else 1000}.avif")
    assert shown.get_attribute("fetchpriority") == "high"
    assert shown.get_attribute("loading") is None
    box = shown.bounding_box()
    assert box["width"] / box["height"] == pytest.approx(2, abs=0.02)
    assert page.evaluate(SHIFTS) < 0.01


def test_the_crops_follow_the_focal_point_and_the_page_says_when_the_terms_end(image, people, open_as, axe_findings):
    page = open_as(people.editor, reverse("admin:articles_image_change", args=[image.pk]))
    page.wait_for_load_state("networkidle")
    assert "may be shown until" in page.locator(".warningnote").inner_text()
    box = page.locator(".desk-picture__frame img").bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.95, box["y"] + box["height"] / 2)
    crop = page.locator(".desk-crop--1x1")
    assert crop.evaluate("image => image.style.objectPosition") == "100% 50%"
    page.locator(".desk-picture__frame").press("ArrowLeft")
    assert float(page.locator("#id_focal_x").input_value()) < 0.95
    assert axe_findings(page) == []
