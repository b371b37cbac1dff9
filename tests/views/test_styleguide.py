"""The style guide is for staff; it shows the components by their own templates."""

import re

import html5lib
import pytest
from django.contrib.auth import get_user_model

ADDRESS = "/styleguide/"


@pytest.mark.parametrize("who", ["writer", "editor", "reviewer", "publisher", "admin"])
def test_guide_is_shown_when_staff_ask(client_of, people, who):
    answer = client_of(getattr(people, who)).get(ADDRESS)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_guide_looks_as_if_it_did_not_exist_when_anybody_else_asks(client, client_of):
    reader = get_user_model().objects.create_user("rita", password="a long enough phrase")
    for browser in (client, client_of(reader)):
        asked, never = browser.get(ADDRESS), browser.get("/styleguides/")
        assert asked.status_code == never.status_code == 404
        assert asked.content == never.content


def test_guide_is_sound_and_shows_each_component_once(client_of, people):
    page = client_of(people.writer).get(ADDRESS).content.decode()
    html5lib.HTMLParser(strict=True).parse(page)
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    for part in (
        "teaser--lead",
        "teaser--line",
        "voice",
        "quote-card",
        "receipt",
        "note--correction",
        "figure",
        "older",
    ):
        assert f'class="{part}' in page or f" {part}" in page, part


def test_guide_asks_for_nothing_but_who_it_is(client_of, people, django_assert_max_num_queries):
    browser = client_of(people.writer)
    with django_assert_max_num_queries(2):
        browser.get(ADDRESS)
