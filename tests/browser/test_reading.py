"""A reader goes through the site by keys alone, and a screen reader is told what stands where."""

from itertools import pairwise

import pytest

from tests import factories
from tests.browser.test_story_page import tab_to
from tests.test_editions import PUBLIC_NOTES, again

pytestmark = pytest.mark.browser


@pytest.fixture
def corrected(people, desk):
    """A corrected story that quotes an actor and stands under a topic."""
    article = factories.article(people.writer, desk)
    factories.publish(article, people)
    return again(article, people, kind="correction", **PUBLIC_NOTES["correction"])


def follow(page, selector, address, most=80):
    """Go to a link by keys, and along it."""
    tab_to(page, selector, most)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{address}")


@pytest.mark.parametrize("width", [1280, 360])
def test_reader_goes_from_the_front_to_the_corrections_when_only_keys_are_used(open_as, corrected, width):
    story, quote = corrected, corrected.quotes.get()
    actor, topic = quote.speaker.get_absolute_url(), story.topic_rows.get().tag.get_absolute_url()
    page = open_as(None, "/", viewport={"width": width, "height": 800})
    follow(page, ".teaser__headline a", story.get_absolute_url())
    follow(page, ".quoted", f"#card-{quote.pk}")
    if width < 960:
        tab_to(page, ".quote-card summary", most=2)
        page.keyboard.press("Enter")
    follow(page, f"#card-{quote.pk} a[href='{actor}']", actor, most=6)
    assert quote.text.strip("“”,") in page.locator("main").inner_text()
    follow(page, f"main a[href='{story.get_absolute_url()}']", story.get_absolute_url())
    follow(page, f"main a[href='{topic}']", topic)
    tab_to(page, "input[name=q]")
    page.keyboard.type("harbour")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=harbour*")
    assert page.locator("main mark").first.inner_text().lower() == "harbour"
    follow(page, "footer a[href='/corrections/']", "/corrections/", most=120)
    follow(page, f"main a[href^='{story.get_absolute_url()}']", f"{story.get_absolute_url()}**")
    assert page.context.cookies() == []


def test_screen_reader_is_told_the_parts_of_a_story_by_name(open_as, corrected):
    page = open_as(None, corrected.get_absolute_url())
    for role, name in (
        ("banner", None),
        ("navigation", "Main"),
        ("search", None),
        ("main", None),
        ("contentinfo", None),
    ):
        found = page.get_by_role(role, name=name, exact=True) if name else page.get_by_role(role)
        assert found.count() == 1, role
    assert page.get_by_role("article").first.get_by_role("heading", level=1).inner_text() == corrected.headline
    levels = page.locator("h1, h2, h3, h4").evaluate_all("all => all.map(each => Number(each.tagName[1]))")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels)), levels
    links = page.locator("main a").evaluate_all("all => all.map(each => each.innerText.trim() || each.ariaLabel || '')")
    assert all(links), "every link says where it leads"
    assert page.locator("a.skip").get_attribute("href") == "#main"
