"""A reader goes through a story with the keyboard alone, on a wide screen and on a phone."""

from itertools import pairwise

import pytest

from tests import factories

pytestmark = pytest.mark.browser


def tab_to(page, selector, most=60):
    """Press Tab until what has the focus matches; returns how it is called."""
    for _press in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return page.evaluate("document.activeElement.innerText")
    raise AssertionError(f"{selector} is not reached by {most} presses")


@pytest.mark.parametrize("width", [1280, 360])
def test_reader_goes_to_the_quote_and_back_to_the_words_when_only_keys_are_used(open_as, people, desk, width):
    article = factories.article(people.writer, desk)
    story = factories.publish(article, people)
    quote = story.quotes.get()
    page = open_as(None, "/", viewport={"width": width, "height": 800})
    tab_to(page, ".teaser__headline a")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{story.get_absolute_url()}")
    tab_to(page, ".quoted")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**#card-{quote.pk}")
    if width < 960:
        assert "Ilse Maran" in tab_to(page, ".quote-card summary", most=2)
        page.keyboard.press("Enter")
    assert page.locator(f"#card-{quote.pk} .quote-card__method").is_visible()
    tab_to(page, f"#card-{quote.pk} a[href='/quotes/{quote.pk}/']", most=3)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/quotes/{quote.pk}/")
    assert page.get_by_role("heading", name="Ilse Maran").is_visible()
    tab_to(page, ".saying__story .meta a")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{story.get_absolute_url()}**")
    assert page.locator(f"#q-{quote.pk}:target").is_visible()
    assert page.locator(f"#q-{quote.pk}").evaluate("(words) => words.getBoundingClientRect().top < innerHeight")


def test_story_page_is_in_order_for_everybody_when_it_holds_every_piece(open_as, people, desk, axe_findings):
    body = factories.BODY.replace("day.</p>", 'day.<a data-document="Log, page 4"></a></p>') + (
        '<figure data-kind="pull"><blockquote>We will not reopen it</blockquote></figure>'
        '<figure data-kind="embed"><a href="https://video.example/a">The film</a></figure>'
        "<aside><h2>What is a sweep?</h2><p>Boats drag a wire.</p></aside>"
    )
    article = factories.article(people.writer, desk, body=body)
    speaker = factories.actor()
    factories.quote(article, speaker=speaker, attribution=factories.attribution(article, source_actor=speaker))
    article.actors.add(speaker)
    article.record_revision(by=people.writer)
    story = factories.publish(article, people)
    page = open_as(None, story.get_absolute_url())
    foreign = []
    page.on(
        "request",
        lambda request: (
            "127.0.0.1" not in request.url and "localhost" not in request.url and foreign.append(request.url)
        ),
    )
    page.reload()
    page.wait_for_load_state("networkidle")
    assert foreign == []
    assert page.context.cookies() == []
    headings = page.locator("h1, h2, h3").all_inner_texts()
    assert headings[0] == story.headline
    assert headings[1:] == [
        *("What is a sweep?", "Documents", "Receipt", "Actors in this story", "Topics", "Pass it on"),
    ]
    assert axe_findings(page) == []
    for address in (story.get_history_url(), f"/quotes/{story.quotes.get().pk}/"):
        page.goto(page.url.split("/20")[0].split("/quotes")[0] + address)
        assert axe_findings(page) == []


HARD = {
    "a headline of 300 characters": {
        "headline": ("The harbour of Port Selm stays shut for a reason nobody gives " * 6)[:300]
    },
    "a word of 80 letters": {"headline": "Hafen" * 16, "standfirst": "Sperrung" * 10},
    "a body of 20,000 words": {
        "body": "<p>" + "</p><p>".join(["The ships wait outside the wall today. " * 20] * 143) + "</p>"
    },
}


@pytest.mark.parametrize("what", HARD)
@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_runs_over_the_side_when_the_copy_is_hard(open_as, people, desk, what, width):
    article = factories.article(people.writer, desk, **HARD[what])
    story = factories.publish(article, people)
    page = open_as(None, story.get_absolute_url(), viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator("h1").inner_text() == story.headline


@pytest.mark.parametrize("width", [360, 1280])
def test_sixty_cards_stand_apart_when_a_story_has_sixty_quotes(open_as, people, desk, width):
    words = [f"We counted {number} ships beyond the wall that morning" for number in range(2, 62)]
    body = "".join(f"<p>“{each},” Ilse Maran said.</p>" for each in words)
    article = factories.article(people.writer, desk, body=body)
    speaker = factories.actor()
    source = factories.attribution(article, source_actor=speaker)
    for each in words:
        factories.quote(article, each, speaker=speaker, attribution=source, role="harbour master")
    article.actors.add(speaker)
    article.record_revision(by=people.writer)
    story = factories.publish(article, people)
    page = open_as(None, story.get_absolute_url(), viewport={"width": width, "height": 800})
    boxes = [card.bounding_box() for card in page.locator(".quote-card").all()]
    assert len(boxes) == 60
    assert all(upper["y"] + upper["height"] <= lower["y"] + 1 for upper, lower in pairwise(boxes))
    end = page.locator(".story__end").bounding_box()
    assert boxes[-1]["y"] + boxes[-1]["height"] <= end["y"] + 1
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("width", [360, 1280])
def test_two_hundred_tags_are_folded_when_a_story_has_them(open_as, people, desk, width):
    article = factories.article(people.writer, desk, body="<p>Nobody is quoted in it, and nothing is shown.</p>")
    names = [f"The {number}th harbour board of Port Selm and its neighbours" for number in range(4, 204)]
    article.actors.set([factories.actor(name, "body") for name in names])
    article.record_revision(by=people.writer)
    story = factories.publish(article, people)
    page = open_as(None, story.get_absolute_url(), viewport={"width": width, "height": 800})
    assert page.locator(".tags a:visible").count() == 12 + 1
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator("summary", has_text="188 more").press("Enter")
    assert page.locator(".tags a:visible").count() == 200 + 1
