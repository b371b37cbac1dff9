"""The page of the log: what each person finds there, and what it costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles import receivers, tagging
from articles.admin import paging
from articles.models import Actor, Event, Source
from tests import factories
from tests.admin.pages import text

LIST = reverse("admin:articles_event_changelist")


def entries(client, **query):
    """(act, subject or number of the story) of the rows on the page."""
    page = client.get(LIST, query)
    assert page.status_code == 200
    return [(event.verb, event.subject or event.article_id) for event in page.context["cl"].result_list]


@pytest.fixture
def happenings(article, people, desk):
    """A story of the writer's submitted, another's that nobody but the publisher reads, a tag, sources, an account."""
    article.submit(by=people.writer, note="Ready, I think")
    other = factories.article(people.outsider, headline="CANARYBIRD in a drawer")
    other.kill(by=people.publisher, note="CANARYBIRD note")
    factories.actor("Old name")
    tagging.merge(factories.actor("Old name"), factories.actor(), by=people.publisher)
    open_one = Source.objects.create(label="Port records", kind="document")
    secret = Source.objects.create(label="Secret", kind="person", is_confidential=True, recorded_by=people.outsider)
    for source in (open_one, secret):
        Event.objects.create(verb="change", subject=f"source:{source.pk}", by=people.outsider)
    return {"mine": article.pk, "other": other.pk, "open": f"source:{open_one.pk}", "secret": f"source:{secret.pk}"}


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("writer", {"mine"}),
        ("editor", {"mine"}),
        ("reviewer", {"mine"}),
        ("publisher", {"mine", "other", "tag", "open"}),
        ("admin", {"tag", "open", "accounts"}),
        ("outsider", {"other"}),
    ],
)
def test_each_sees_what_they_may_read(who, seen, happenings, people, desk_of):
    person = getattr(people, who)
    found = entries(desk_of(person))
    subjects = {subject for _verb, subject in found}
    tag = f"actor:{Event.objects.get(verb='merge').subject.partition(':')[2]}"
    expected = {name: happenings.get(name, tag) for name in ("mine", "other", "tag", "open", "secret")}
    for name, subject in expected.items():
        assert (subject in subjects) == (name in seen), name
    accounts = {subject for subject in subjects if str(subject).startswith("user:")} - {f"user:{person.pk}"}
    assert bool(accounts) == ("accounts" in seen)


def test_entry_that_may_not_be_seen_is_as_if_it_never_was(happenings, people, desk_of):
    hidden = Event.objects.get(verb="kill")
    client = desk_of(people.writer)
    answers = [client.get(reverse("admin:articles_event_change", args=[pk])) for pk in (hidden.pk, hidden.pk + 9999)]
    assert answers[0].status_code == answers[1].status_code == 302
    assert answers[0]["Location"] == answers[1]["Location"]
    assert "CANARYBIRD" not in client.get(LIST).content.decode()


@pytest.mark.parametrize(
    ("query", "acts"),
    [
        ({"act": "submit"}, {"submit"}),
        ({"kind": "actor"}, {"merge"}),
        ({"kind": "story"}, {"submit", "kill"}),
        ({"way": "page"}, set()),
        ({"way": "command", "act": "kill"}, {"kill"}),
        ({"q": "drawer"}, {"kill"}),
        ({"q": "ready"}, {"submit"}),
        ({"q": "old name"}, {"merge"}),
        ({"q": "pablo canarybird"}, {"kill"}),
        ({"q": "nothing like this"}, set()),
        ({"q": "%"}, set()),
        ({"person": "nobody"}, {"submit", "kill", "merge", "change"}),
        ({"at__gte": "2099-01-01 00:00:00+00:00"}, set()),
    ],
)
def test_log_is_narrowed_down(query, acts, happenings, people, desk_of):
    client = desk_of(people.publisher)
    found = {verb for verb, subject in entries(client, **query)} - {"login", "add", "change_rights"}
    assert found == acts


def test_log_of_a_person_holds_what_they_did_and_what_was_done_to_them(happenings, people, desk_of):
    receivers.log_new_account(None, people.publisher, created=True)  # not heard of who is made with others
    found = entries(desk_of(people.admin), person=people.publisher.pk)
    assert {"merge", "add"} <= {verb for verb, _subject in found}
    assert {subject for verb, subject in found if verb == "add"} == {f"user:{people.publisher.pk}"}


def test_search_does_not_tell_of_a_headline_that_may_not_be_read(happenings, people, desk_of):
    assert entries(desk_of(people.writer), q="CANARYBIRD") == []
    assert entries(desk_of(people.publisher), q="CANARYBIRD") != []


def test_entry_shows_before_and_after(people, desk_of, article):
    actor = factories.actor()
    entry = Event.objects.create(
        verb="change",
        subject=f"actor:{actor.pk}",
        label="Ilse Maran",
        by=people.editor,
        details={"description": ["", "<b>Harbour</b> master"], "is_known": [False, True]},
        channel="page",
    )
    page = text(desk_of(people.publisher).get(reverse("admin:articles_event_change", args=[entry.pk])))
    assert "description – <b>Harbour</b> master" in page
    assert "known no yes" in page
    assert "By way of: page" in page


def test_log_is_neither_changed_nor_deleted_by_a_page(happenings, people, desk_of):
    people.publisher.is_superuser = True
    people.publisher.save()
    client, entry = desk_of(people.publisher), Event.objects.get(verb="kill")
    before = Event.objects.values().get(pk=entry.pk)
    for name in ("change", "delete"):
        assert client.post(reverse(f"admin:articles_event_{name}", args=[entry.pk]), {"post": "yes"}).status_code == 403
    client.post(LIST, {"action": "delete_selected", "_selected_action": [entry.pk], "post": "yes"})
    assert client.get(reverse("admin:articles_event_add")).status_code == 403
    assert Event.objects.values().get(pk=entry.pk) == before


def test_log_costs_the_same_however_long_it_is(article, people, desk_of, monkeypatch):
    client = desk_of(people.publisher)

    def happen(count):
        for number in range(count):
            other = factories.article(people.writer)
            other.submit(by=people.writer)
            Event.objects.create(verb="change", subject=f"actor:{number}", by=people.editor, details={"a": ["b", "c"]})

    happen(1)
    client.get(LIST, {"q": "a"})
    with CaptureQueriesContext(connection) as one:
        client.get(LIST, {"q": "a"})
    happen(8)
    with CaptureQueriesContext(connection) as many:
        page = client.get(LIST, {"q": "a"})
    assert len(many) == len(one)
    assert len(one) <= 15
    monkeypatch.setattr(paging, "LIMIT", 4)
    assert client.get(LIST).context["cl"].result_count == 4
    assert page.context["cl"].result_count > 4
    assert Actor.objects.exists()
