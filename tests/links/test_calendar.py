"""The private calendar address: what a calendar program gets, for whom, and what it never gets."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from icalendar import Calendar

from articles.models import Article, CalendarLink
from tests import factories

CANARY = "Canarybird"
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
NOON = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _today():
    """It is Tuesday, 24 November 2026, ten in the morning."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def address_of(db):
    """The address of a person’s calendar."""
    return lambda person: reverse("calendar-feed", args=[CalendarLink.objects.make(by=person)[1]])


@pytest.fixture
def owed(article, people):
    """Due on Thursday at noon; every word of it sings."""
    Article.objects.filter(pk=article.pk).update(
        headline=f"{CANARY}, héadline; with\\marks", slugline=f"{CANARY}-SLUG", planning_note=CANARY, ed_note=CANARY
    )
    article.refresh_from_db()
    article.assign(by=people.editor, due_at=NOON)
    return article


def events(response):
    """The entries that a calendar program reads."""
    assert response.status_code == 200
    return Calendar.from_ical(response.content).walk("VEVENT")


def test_a_program_reads_moment_and_name(client, address_of, owed, people):
    response = client.get(address_of(people.writer))
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    [event] = events(response)
    assert event["summary"] == f"Due: {owed.headline}"
    assert event.decoded("dtstart") == NOON
    assert event["url"].endswith(f"/admin/articles/article/{owed.pk}/change/")
    for line in response.content.split(b"\r\n"):
        assert len(line) <= 75
    assert CANARY not in response.content.decode().replace(f"Due: {CANARY}", "")


def test_an_entry_is_the_same_one_when_it_was_moved(client, address_of, owed, people):
    address = address_of(people.writer)
    [before] = events(client.get(address))
    owed.assign(by=people.editor, due_at=NOON + timedelta(days=1))
    [after] = events(client.get(address))
    assert before["uid"] == after["uid"]
    assert before.decoded("dtstart") != after.decoded("dtstart")


@pytest.mark.parametrize("embargo", [{"until": NOON}, {"condition": "the court has risen"}])
def test_an_embargoed_story_has_a_moment_and_no_name(embargo, client, address_of, owed, people):
    owed.set_embargo(by=people.publisher, **embargo)
    response = client.get(address_of(people.writer))
    found = events(response)
    assert {event["summary"].split(": ")[1] for event in found} == {"Embargoed story"}
    assert len(found) == (2 if "until" in embargo else 1)
    words = response.content.decode()
    assert CANARY.lower() not in words.lower()
    assert "court" not in words
    assert f"/{owed.pk}/" not in words


def test_everybody_gets_what_they_may_read_at_the_moment_of_asking(client, address_of, owed, people):
    addresses = {name: address_of(getattr(people, name)) for name in ("writer", "outsider", "editor", "reviewer")}
    assert [len(events(client.get(address))) for address in addresses.values()] == [1, 0, 1, 0]
    owed.assign(by=people.editor, assignee=people.outsider)
    assert len(events(client.get(addresses["outsider"]))) == 1
    people.editor.desks.clear()
    assert len(events(client.get(addresses["editor"]))) == 0


@pytest.mark.parametrize(
    "change",
    [
        lambda person: person.groups.clear(),
        lambda person: type(person).objects.filter(pk=person.pk).update(is_active=False),
        lambda person: type(person).objects.filter(pk=person.pk).update(is_staff=False),
        lambda person: CalendarLink.objects.make(by=person),
        lambda person: CalendarLink.objects.revoke(by=person),
    ],
    ids=["lost the role", "left", "is no staff", "has another link", "ended it"],
)
def test_the_address_opens_nothing_when_its_person(change, client, address_of, owed, people):
    address = address_of(people.writer)
    assert client.get(address).status_code == 200
    change(people.writer)
    over, never = client.get(address), client.get(reverse("calendar-feed", args=["x" * 43]))
    assert over.status_code == never.status_code == 404
    assert over.content == never.content
    numbers = {answer.headers.pop("X-Request-ID") for answer in (over, never)}
    assert len(numbers) == 2, "each request has one of its own"
    assert {**over.headers} == {**never.headers}


def test_no_answer_is_kept_indexed_or_told_on(client, address_of, people):
    for address in (address_of(people.writer), reverse("calendar-feed", args=["nothing"])):
        response = client.get(address)
        assert "no-store" in response["Cache-Control"]
        assert "noindex" in response["X-Robots-Tag"]
        assert response["Referrer-Policy"] == "no-referrer"
        assert not response.cookies
    assert client.post(address).status_code == 405


def test_cost_does_not_grow_with_entries(client, address_of, owed, people, django_assert_num_queries):
    address = address_of(people.publisher)
    with django_assert_num_queries(5) as one:
        client.get(address)
    for _each in range(4):
        factories.article(people.writer, owed.desk).assign(by=people.editor, due_at=NOON)
    with django_assert_num_queries(len(one)):
        assert len(events(client.get(address))) == 5
