"""What readers are told of the rules: the table itself."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from articles.models import Page
from articles.models.pages import PageName
from articles.preflight import CHECKS
from articles.preflight.told import TOLD
from tests import factories

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


@pytest.mark.parametrize("name", PageName.values)
def test_page_of_trust_has_words_before_anybody_wrote_some(client, settings, name):
    address = f"/about/{name}/"
    words = client.get(address).content.decode()
    assert settings.NEWSROOM_NAME in words.partition("<main")[2]
    assert "Last changed" not in words
    assert f'href="{address}"' in client.get("/").content.decode()


def test_newsrooms_words_take_the_place_of_the_programs(client):
    Page.objects.get(pk="contact").save()
    assert "has not put its address here" in client.get("/about/contact/").content.decode()
    row = Page.objects.get(pk="contact")
    row.body = "<p>Quay 4, Port Selm<script>alert(1)</script></p><h2 onclick='x'>Letters</h2>"
    row.save()
    words = client.get("/about/contact/").content.decode()
    assert "<p>Quay 4, Port Selm</p>" in words
    assert "has not put its address here" not in words
    assert "alert(1)" not in words
    assert "onclick" not in words
    assert "Last changed" in words
    call_command("migrate", verbosity=0)
    assert "Quay 4" in client.get("/about/contact/").content.decode()


def test_page_answers_where_a_row_was_lost(client):
    Page.objects.all().delete()
    assert client.get("/about/privacy/").status_code == 200


def test_masthead_names_who_is_in_print_and_nobody_else(client, people, desk, story):
    factories.article(people.outsider, desk)
    words = client.get("/about/masthead/").content.decode()
    assert '<dt><a href="/contributors/wren/">Wren</a></dt><dd>writes</dd>' in words
    assert "Otto" not in words


def test_masthead_costs_the_same_when_more_are_in_print(client, story, in_print, queries):
    one = queries("/about/masthead/")
    in_print(3)
    assert queries("/about/masthead/") == one <= 4


def test_admin_edits_the_words_and_emptied_they_are_the_programs_again(client, people):
    client.force_login(people.admin)
    address = reverse("admin:articles_page_change", args=["privacy"])
    begun = client.get(address).content.decode()
    assert "They set no cookie" in begun
    assert client.post(address, {"body": "<p>We keep nothing.</p><iframe></iframe>"}).status_code == 302
    assert Page.objects.get(pk="privacy").body == "<p>We keep nothing.</p>"
    assert client.post(address, {"body": ""}).status_code == 302
    assert "They set no cookie" in client.get("/about/privacy/").content.decode()
    client.force_login(people.publisher)
    assert client.post(address, {"body": "<p>No.</p>"}).status_code == 403
