"""Keys of list pages: whatever stands in the address, the answer is a page or 404."""

from contextlib import suppress

import pytest
from django.http import Http404
from hypothesis import given
from hypothesis import strategies as st

from articles.views import paging

pytestmark = pytest.mark.django_db
BAD = [
    "x",
    "%00",
    "é",
    "====",
    paging.encode("1"),
    paging.encode("a", 1),
    paging.encode(1, "b"),
    paging.encode(-1, 1),
    paging.encode(1, -1),
    paging.encode(10**30, 1),
    paging.encode(2**63 - 1, 1),
    paging.encode(1, 2**63),
    paging.encode("²", 1),
    paging.encode("a\x00b", 1),
    "A" * 5000,
]


@pytest.mark.parametrize("key", BAD)
def test_no_page_is_found_when_the_key_is_not_one(client, story, key):
    for address in ("/latest/", "/actors/ilse-maran/", "/topics/shipping/"):
        assert client.get(address, {"before": key}).status_code == 404
    assert client.get("/actors/", {"before": key}).status_code in (200, 404)


@given(st.text(max_size=60))
def test_a_key_is_read_or_refused_when_it_is_any_text(key):
    with suppress(Http404):
        assert len(paging.decode(key)) == 2


@given(st.text(max_size=40).filter(lambda text: "\x00" not in text), st.integers(0, paging.LARGEST_ID))
def test_a_key_comes_back_when_it_was_made_here(name, number):
    assert paging.decode(paging.encode(name, number)) == [name, str(number)]
