"""The page of preview links: who makes, sees and revokes them."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import Event, ShareLink
from tests import factories
from tests.admin.pages import text

VALUES = {"label": "Legal", "revision": "", "days": "7", "passphrase": ""}


@pytest.fixture
def url(article):
    """The page of the article's links."""
    return reverse("admin:articles_article_share", args=[article.pk])


def token_on(response):
    """The token of the new link on the page."""
    return re.search(r"/preview/([^/\"]+)/", response.content.decode())[1]


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("writer", True),
        ("editor", True),
        ("publisher", True),
        ("reviewer", False),
        ("outsider", False),
        ("admin", False),
    ],
)
def test_links_are_seen_made_and_revoked_by_the_matrix(who, may, url, article, people, desk_of):
    link, _token = ShareLink.objects.make(article, by=people.writer, label="For the lawyer")
    client = desk_of(getattr(people, who))
    page = client.get(url)
    made = client.post(f"{url}make/", VALUES)
    revoked = client.post(f"{url}{link.pk}/revoke/")
    link.refresh_from_db()
    assert (page.status_code, made.status_code, revoked.status_code) == ((200, 200, 302) if may else (404, 404, 404))
    assert ("For the lawyer" in page.content.decode()) == may
    assert ShareLink.objects.count() == (2 if may else 1)
    assert (link.revoked_at is not None) == may


def test_reviewer_shares_what_is_in_review(url, article, people, desk_of):
    client = desk_of(people.reviewer)
    assert client.post(f"{url}make/", VALUES).status_code == 404
    article.submit(by=people.writer)
    assert client.post(f"{url}make/", VALUES).status_code == 200


def test_new_link_is_shown_once_and_works(url, people, desk_of, client):
    desk = desk_of(people.writer)
    response = desk.post(f"{url}make/", VALUES | {"may_comment": "on"})
    token = token_on(response)
    assert "no-store" in response["Cache-Control"]
    assert client.get(reverse("preview", args=[token])).status_code == 200
    assert token not in desk.get(url).content.decode()
    assert "1 time" in text(desk.get(url))
    assert ShareLink.objects.get().may_comment


def test_link_to_one_revision_is_made_of_the_articles_own(url, article, people, desk, desk_of):
    client = desk_of(people.writer)
    other = factories.article(people.writer, desk).latest_revision()
    refused = client.post(f"{url}make/", VALUES | {"revision": other.pk})
    assert refused.status_code == 422
    assert not ShareLink.objects.exists()
    client.post(f"{url}make/", VALUES | {"revision": article.latest_revision().pk})
    assert ShareLink.objects.get().revision == article.latest_revision()


@pytest.mark.parametrize(("field", "value"), [("days", "31"), ("days", "0"), ("days", "soon"), ("passphrase", "abc")])
def test_form_comes_back_with_its_values_when_a_link_is_refused(field, value, url, people, desk_of):
    response = desk_of(people.writer).post(f"{url}make/", VALUES | {field: value})
    assert response.status_code == 422
    assert "Legal" in response.content.decode()
    assert not ShareLink.objects.exists()


def test_no_link_is_offered_where_no_draft_is_open(url, article, people, desk_of, story):
    client = desk_of(people.writer)
    assert "Make the link" not in client.get(url).content.decode()
    response = client.post(f"{url}make/", VALUES)
    assert response.status_code == 422
    assert "No preview while the story is “published”" in text(response)


def test_link_of_another_story_is_not_revoked(url, article, people, desk, desk_of):
    other = factories.article(people.outsider)
    link, _token = ShareLink.objects.make(other, by=people.outsider)
    assert desk_of(people.writer).post(f"{url}{link.pk}/revoke/").status_code == 404
    link.refresh_from_db()
    assert link.revoked_at is None


def test_acts_are_logged_with_who_and_by_which_door(url, people, desk_of):
    client = desk_of(people.writer)
    client.post(f"{url}make/", VALUES)
    client.post(f"{url}{ShareLink.objects.get().pk}/revoke/")
    events = Event.objects.filter(verb__in=["share", "revoke_share"]).order_by("id")
    assert [(event.verb, event.by, event.channel, event.label) for event in events] == [
        ("share", people.writer, "page", "Legal"),
        ("revoke_share", people.writer, "page", "Legal"),
    ]


def test_get_makes_and_revokes_nothing(url, article, people, desk_of):
    link, _token = ShareLink.objects.make(article, by=people.writer)
    client = desk_of(people.writer)
    for address in (f"{url}make/", f"{url}{link.pk}/revoke/"):
        assert client.get(address).status_code == 405
    assert ShareLink.objects.filter(revoked_at=None).count() == 1


def test_page_costs_the_same_however_many_links_there_are(url, article, people, desk_of, client):
    desk = desk_of(people.writer)
    factories.approve(article, people)

    def make(count):
        for number in range(count):
            revision = article.latest_revision() if number % 2 else None
            maker = people.publisher if number % 3 else people.editor
            _link, token = ShareLink.objects.make(article, by=maker, revision=revision)
            client.get(reverse("preview", args=[token]), headers={"user-agent": f"B{number}"})

    make(1)
    desk.get(url)
    with CaptureQueriesContext(connection) as one:
        desk.get(url)
    make(8)
    with CaptureQueriesContext(connection) as many:
        desk.get(url)
    assert len(many) == len(one)


def test_writing_desk_leads_to_the_links(url, desk_url, people, desk_of):
    assert url in desk_of(people.writer).get(desk_url).content.decode()
