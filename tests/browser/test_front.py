"""Arranging a front in a real browser: by drag, by keyboard, without scripts, on a phone; and how fronts look."""

import pytest

from articles import fronts, packages
from articles.fronts import Placed
from articles.models import Package, StoryPlacement
from tests import factories

pytestmark = pytest.mark.browser
PATH = "/admin/front/"


def kept():
    """Slot → story, as readers have it."""
    return dict(StoryPlacement.objects.values_list("slot", "story_id"))


def put_live(page):
    """Press the button, and wait for the word that it happened."""
    page.click("button[value=live]")
    page.wait_for_selector("ul.messagelist .success")


def test_a_story_is_dragged_into_a_slot_and_what_stood_there_gives_way(open_as, in_print, people):
    stories = in_print(3)
    placed = [Placed("lead", stories[2].pk, "Words of the front"), Placed("second-1", stories[1].pk, is_pinned=True)]
    fronts.arrange(None, placed, by=people.editor, seen=0)
    page = open_as(people.editor, PATH)
    page.drag_and_drop(f"[data-pick='{stories[0].pk}'] .pick__title", ".slot--lead .slot__label")
    assert page.locator(".slot--second-2 [data-title]").inner_text() == "Words of the front"
    put_live(page)
    assert kept() == {"lead": stories[0].pk, "second-1": stories[1].pk, "second-2": stories[2].pk}
    assert StoryPlacement.objects.get(slot="second-2").headline == "Words of the front"


def test_two_slots_exchange_their_stories_when_one_is_dragged_on_the_other(open_as, in_print, people):
    one, other = in_print(2)
    fronts.arrange(None, [Placed("lead", one.pk), Placed("under-1", other.pk)], by=people.editor, seen=0)
    page = open_as(people.editor, PATH)
    page.drag_and_drop(".slot--under-1 [data-title]", ".slot--lead .slot__label")
    put_live(page)
    assert kept() == {"lead": other.pk, "under-1": one.pk}


def test_a_front_is_arranged_with_the_keyboard_alone(open_as, in_print, people, axe_findings):
    one, other = in_print(2)
    fronts.arrange(None, [Placed("lead", one.pk), Placed("second-1", other.pk)], by=people.editor, seen=0)
    page = open_as(people.editor, PATH)
    page.focus("button[value='down:lead']")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.value") == "down:second-1", "the button goes along"
    assert "Second, first" in page.locator("[data-says]").inner_text()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.focus("button[value='down:lead']")
    page.keyboard.press("Enter")
    page.focus("button[value=live]")
    page.keyboard.press("Enter")
    page.wait_for_selector("ul.messagelist .success")
    assert kept() == {"lead": other.pk, "second-1": one.pk}
    assert axe_findings(page) == []


def test_a_front_is_arranged_without_scripts_on_a_phone(open_as, in_print, people):
    one, other = in_print(2)
    page = open_as(people.editor, PATH, java_script_enabled=False, viewport={"width": 360, "height": 740})
    page.select_option("select[name=lead-story]", str(other.pk))
    page.fill("input[name=lead-headline]", "By hand")
    page.click("button[value='down:lead']")
    assert page.locator("input[name=second-1-headline]").input_value() == "By hand"
    page.click(f"button[value='place:{one.pk}']")
    assert page.locator("select[name=lead-story]").input_value() == str(one.pk)
    page.check("input[name=lead-pinned]")
    put_live(page)
    assert kept() == {"lead": one.pk, "second-1": other.pk}
    page.goto(page.url.replace(PATH, "/"))
    assert page.locator(".front__seconds .teaser__headline").first.inner_text() == "By hand"


def test_the_preview_shows_both_widths_before_anybody_has_it(open_as, in_print, people, expected_complaints):
    expected_complaints += ["Blocked script execution"]  # the frames are sandboxed: a preview runs nothing
    other, _newest = in_print(2)
    page = open_as(people.editor, PATH)
    page.select_option("select[name=lead-story]", str(other.pk))
    page.fill("input[name=lead-headline]", "Not out yet")
    page.click("button[value=preview]")
    widths = []
    for frame in page.locator("iframe").all():
        inside = frame.content_frame
        assert inside.locator(".teaser--lead .teaser__headline").inner_text() == "Not out yet"
        widths.append(inside.locator("html").evaluate("html => html.clientWidth"))
    assert [round(width, -1) for width in widths] == [360, 1280]
    assert not kept()


def test_a_running_story_is_put_together_without_scripts(open_as, in_print, people):
    last, first = in_print(2)
    page = open_as(people.editor, "/admin/packages/add/", java_script_enabled=False)
    page.fill("input[name=title]", "The harbour")
    page.fill("input[name=slug]", "the-harbour")
    for story in (last, first):
        page.click(f"button[value='add:{story.pk}']")
    page.click("button[value='up:1']")
    page.click("button[value=save]")
    page.click("button[value=open]")
    page.click("text=Its page")
    assert page.locator(".part__headline").all_inner_texts() == [first.headline, last.headline]
    page.click(".part__headline a >> nth=0")
    page.click("a[rel=next]")
    assert page.url.endswith(last.get_absolute_url())


LONG = "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft"
WIDTHS = (320, 360, 768, 1280, 1920)


@pytest.mark.parametrize(("count", "scheme"), [(0, "light"), (1, "dark"), (3, "light"), (12, "dark")])
def test_fronts_fit_and_are_accessible_with_few_stories_and_long_words(
    open_as, in_print, people, axe_findings, count, scheme
):
    stories = in_print(count)
    addresses = ["/"]
    if count:
        factories.Story.objects.filter(pk=stories[0].pk).update(headline=("A headline of many words " * 12)[:300])
        factories.Story.objects.filter(pk=stories[-1].pk).update(headline=LONG, kicker=LONG[:80], standfirst=LONG)
        package = Package(title=f"{LONG} and what came of it", slug="long", intro=LONG)
        parts = [packages.Part(story.pk, None, LONG) for story in stories]
        package = packages.save(package, parts, by=people.publisher)
        packages.put_before_readers(package, by=people.publisher)
        fronts.arrange(None, [Placed("lead", stories[-1].pk)], by=people.publisher, seen=0, package=package)
        addresses += ["/sections/world/", "/packages/long/", stories[0].get_absolute_url()]
    page = open_as(None, "/", color_scheme=scheme)
    base = page.url.removesuffix("/")
    for address in addresses:
        page.goto(base + address)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (address, width)
        assert axe_findings(page) == [], address
