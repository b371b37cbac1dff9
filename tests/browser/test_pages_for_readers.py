"""Every kind of page for readers in a real browser: axe finds nothing in light and dark, and no page needs a script."""

import re

import pytest
from django.urls import reverse

from articles import press
from tests import factories
from tests.contracts.test_unpublished import PUBLIC
from tests.test_editions import PUBLIC_NOTES, again

pytestmark = pytest.mark.browser
NO_PAGES = re.compile(r"feed|sitemap|robots|healthz|readyz|metrics|suggest|look")


@pytest.fixture
def addresses(people, desk, article):
    """One address of every kind."""
    again_of = factories.publish(article, people)
    story = again(article, people, kind="correction", **PUBLIC_NOTES["correction"])
    gone = factories.article(people.writer, desk, slug="gone")
    withdrawn = factories.publish(gone, people)
    press.withdraw(gone, by=people.publisher, note="The letter was forged.")
    rows = [again_of, withdrawn, story.quotes.first()]
    fixed = [reverse(name) for name in sorted(PUBLIC) if not NO_PAGES.search(name)]
    return [
        *fixed,
        *(row.get_absolute_url() for row in rows),
        *("/actors/ilse-maran/", "/topics/shipping/", "/sections/world/", "/contributors/wren/"),
        *("/corrections/?kind=correction", "/search/?q=harbour", "/no/such/page/"),
        f"{story.get_absolute_url()}history/",
    ]


def test_every_page_for_readers_is_accessible_and_fits(open_as, addresses, faults_of, expected_complaints):
    expected_complaints += ["404", "410"]  # what is gone
    page = open_as(None, "/")
    base, found = page.url.rstrip("/"), {}
    for path in addresses:
        page.goto(base + path)
        page.wait_for_load_state("load")
        if faults := faults_of(page, [(360, "dark"), (1280, "light")]):
            found[path] = faults
    assert found == {}
    assert page.context.cookies() == []


def test_every_page_for_readers_is_read_without_scripts(open_as, addresses, expected_complaints):
    expected_complaints += ["404", "410"]
    page = open_as(None, "/", java_script_enabled=False)
    base = page.url.rstrip("/")
    for path in addresses:
        answer = page.goto(base + path)
        assert answer.status in (200, 404, 410), path
        assert page.locator("h1").count() == 1, path
        assert len(page.locator("main").inner_text().split()) > 4, path
        assert "set-cookie" not in answer.headers
    assert page.context.cookies() == []
