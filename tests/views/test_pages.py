"""What holds for every page: well-formed, one heading, no script, nothing inline."""

import re

import html5lib
import pytest
from django.test import Client, override_settings
from django.urls import path

from articles import press
from tests import factories


def broken(request):
    """A view with a fault."""
    raise RuntimeError("the source is called Mallory")


urlpatterns = [path("broken/", broken)]
handler500 = "articles.views.errors.server_error"
KINDS = [
    "/",
    "/latest/",
    "/corrections/",
    "/actors/",
    "/actors/?kind=state",
    "/topics/",
    "/topics/shipping/",
    "/actors/ilse-maran/",
    "/search/",
    "/search/?q=harbour",
    "/search/?q=harbour&in=quotes",
    "/search/?q=maran&in=names",
    "/search/?q=genre:news+nowhere+%3Cchips%3E",
    "/actors/?q=maran",
    "/actors/?letter=I",
    "/actors/ilse-maran/quotes/",
    "/actors/ilse-maran/mentions/",
    "/contributors/",
    "/contributors/wren/",
]


@pytest.fixture
def pages(client, people, desk, in_print):
    """The HTML of every kind of page, by address."""
    picture = factories.image(alt='A "gate" & <more>')
    story, *_rest = in_print(3, lead_image=picture, headline="Fish & <chips>")
    gone = factories.article(people.writer, desk, slug="gone")
    withdrawn = factories.publish(gone, people)
    press.withdraw(gone, by=people.publisher, note="Forged & <withdrawn>.")
    addresses = [*KINDS, story.get_absolute_url(), withdrawn.get_absolute_url(), "/nowhere/"]
    return {address: client.get(address).content.decode() for address in addresses}


def check(page):
    """Raises on the first fault of a page."""
    html5lib.HTMLParser(strict=True).parse(page)
    assert len(re.findall(r"<h1\b", page)) == 1
    scripts = re.findall(r"<script[^>]*>", page.replace('<script src="/static/js/look.js">', ""))
    assert all(re.match(r'<script type="(application/ld\+json"|module" src="/static/)', each) for each in scripts), (
        scripts
    )
    assert not re.search(r"\sstyle=|\son\w+=", page)
    assert 'lang="en' in page
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    for target in re.findall(r'href="#([^"]+)"', page):
        assert target in ids


@pytest.mark.django_db
def test_page_is_sound_when_it_is_any_of_the_kinds(pages):
    for address, page in pages.items():
        try:
            check(page)
        except (AssertionError, html5lib.html5parser.ParseError) as fault:
            raise AssertionError(f"{address}: {fault!r}") from fault


def test_check_finds_the_fault_when_a_page_has_one():
    for page in ("<!doctype html><h1>a</h1><p></div>", '<!doctype html><html lang="en"><h1 style="a">b</h1>'):
        with pytest.raises((AssertionError, html5lib.html5parser.ParseError)):
            check(page)


@pytest.mark.django_db
def test_words_are_shown_as_words_when_they_look_like_markup(pages):
    for page in pages.values():
        assert "<chips>" not in page
        assert "<withdrawn>" not in page
        assert "<more>" not in page


@pytest.mark.django_db
def test_answer_is_plain_when_there_is_no_page(client):
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert "There is no page at this address" in response.content.decode()


@override_settings(ROOT_URLCONF=__name__)
def test_apology_says_nothing_of_the_fault_when_a_view_breaks():
    response = Client(raise_request_exception=False).get("/broken/")
    page = response.content.decode()
    assert response.status_code == 500
    assert "Something went wrong" in page
    assert "Mallory" not in page
    html5lib.HTMLParser(strict=True).parse(page)


@pytest.mark.django_db
def test_page_names_its_feed_when_opened(pages):
    for address, page in pages.items():
        assert 'type="application/rss+xml"' in page, address


@pytest.mark.django_db
def test_page_says_what_it_is_to_who_shares_or_indexes_it(pages, settings):
    for address, page in pages.items():
        if 'name="robots" content="noindex' in page:
            assert 'rel="canonical"' not in page, address
            continue
        (canonical,) = re.findall(r'<link rel="canonical" href="([^"]+)"', page)
        assert canonical == f"{settings.NEWSROOM_URL}{address}"
        said = dict(
            re.findall(r'<meta (?:property|name)="(og:[a-z_]+|twitter:card|description)" content="([^"]*)"', page)
        )
        assert said["og:url"] == f"{settings.NEWSROOM_URL}{address.partition('?')[0]}"
        assert said["og:title"] in page.partition("<title>")[2].partition("</title>")[0]
        assert (
            said["og:title"].endswith(settings.NEWSROOM_NAME) == (said["og:title"] == settings.NEWSROOM_NAME)
            or address == "/"
        )
        assert said["og:description"] == said["description"] != ""
        assert said["og:site_name"] == settings.NEWSROOM_NAME
        kind = "article" if re.match(r"/2\d{3}/", address) else "website"
        assert said["og:type"] == ("profile" if re.fullmatch(r"/(actors|contributors)/[a-z-]+/", address) else kind), (
            address
        )
        assert said["twitter:card"] in ("summary", "summary_large_image")


@pytest.mark.django_db
def test_page_that_is_not_there_or_withdrawn_is_nothing_to_share(pages):
    for address, page in pages.items():
        if '<p class="kicker">404' in page or "This story has been withdrawn" in page:
            assert "og:" not in page, address
