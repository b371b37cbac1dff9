"""What readers are told of the rules: the table itself."""

import pytest

from articles.preflight import CHECKS
from articles.preflight.told import TOLD

pytestmark = pytest.mark.django_db
URL = "/about/sourcing/"


def test_every_rule_of_the_table_has_words_for_readers():
    assert set(TOLD) == {check.code for check in CHECKS}


def test_the_page_tells_every_rule_in_force_with_an_anchor(client):
    response = client.get(URL)
    words = response.content.decode()
    for check in CHECKS:
        assert f'id="{check.handbook[1:]}"' in words
        assert str(TOLD[check.code]) in words
    assert "max-age=0" in response["Cache-Control"]


def test_a_newsrooms_policy_is_what_is_told(client, settings):
    settings.NEWSROOM_POLICY = {"R16": "B", "R28": "-", "R5": "W"}
    response = client.get(URL)
    anchors = {name: {row["anchor"] for row in response.context[name]} for name in ("required", "sought")}
    assert "r16" in anchors["required"]
    assert "r5" in anchors["sought"]
    assert "r28" not in anchors["required"] | anchors["sought"]


def test_it_asks_the_database_for_nothing_and_is_linked_from_every_page(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get(URL).status_code == 200
    assert f'href="{URL}"' in client.get("/").content.decode()
