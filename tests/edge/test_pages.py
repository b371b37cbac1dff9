"""Only pages that are listed are kept, each under the one address that the site itself writes."""

import pytest
from django.urls import get_resolver

from articles.edge.pages import PAGES, lists_at


def test_every_page_of_the_list_is_an_address_of_the_site():
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    assert set(PAGES) <= names


@pytest.mark.parametrize(
    ("path", "query", "lists"),
    [
        ("/", "", ("front", "stories")),
        ("/latest/", "", ("stories",)),
        ("/latest/", "before=MTc3", ()),
        ("/sections/world/", "", ("section-world",)),
        ("/sections/عالم/", "", ("section-%D8%B9%D8%A7%D9%84%D9%85",)),
        ("/actors/", "kind=person&letter=M", ("actors",)),
        ("/actors/ilse-maran/feed.atom", "", ()),
        ("/2026/11/28/harbour/", "", ()),
    ],
)
def test_a_listed_page_is_kept_under_the_lists_it_shows(path, query, lists):
    assert lists_at(path, query) == lists


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/", "utm_source=x"),
        ("/", "before=MTc3"),
        ("/latest/", "before=MTc3&x=1"),
        ("/latest/", "before=a&before=b"),
        ("/latest/", "before=a%62"),  # the same page, written in another way
        ("/latest/", "&before=a"),
        ("/latest/", "before=a&"),
        ("/latest/", "before"),
        ("/actors/", "q=maran"),
        ("/search/", "q=harbour"),
        ("/search/", ""),
        ("/admin/", ""),
        ("/preview/abcdefghijklmnop/", ""),
        ("/styleguide/", ""),
        ("/media/gate.jpg", ""),
        ("/healthz", ""),
        ("/no/such/page/", ""),
    ],
)
def test_anything_else_is_not(path, query):
    assert lists_at(path, query) is None
