"""Scheduled stories go out: never early, at most a minute late, each once, whatever another one does."""

import re
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, connections
from django.utils import timezone

from articles import press, releasing
from articles.models import Article, Edition, Event, Story
from articles.workflow import Status
from tests import factories

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
CHANGES = [
    datetime(2027, 3, 28, 0, 59, tzinfo=UTC),  # the last minute before the clocks go forward
    datetime(2027, 3, 28, 1, 0, tzinfo=UTC),
    datetime(2026, 10, 25, 0, 30, tzinfo=UTC),  # half past one, the first time
    datetime(2026, 10, 25, 1, 30, tzinfo=UTC),  # half past one, the second time
    datetime(2026, 12, 31, 23, 59, tzinfo=UTC),
    datetime(2027, 1, 1, 0, 0, tzinfo=UTC),
]


def schedule(article, people, at=NOON):
    """Approved and on the schedule."""
    with time_machine.travel(at - timedelta(hours=3), tick=False):
        factories.approve(article, people)
        article.schedule(by=people.publisher, publish_at=at)
    releasing.forget()
    return article


@pytest.mark.parametrize("at", [NOON, *CHANGES])
def test_a_story_goes_out_with_the_first_request_after_its_moment_and_not_before(at, article, people, client):
    schedule(article, people, at)
    for early in (timedelta(hours=1), timedelta(minutes=1), timedelta(milliseconds=1)):
        with time_machine.travel(at - early, tick=False):
            assert article.headline not in client.get("/").content.decode()
    with time_machine.travel(at + timedelta(seconds=releasing.FRESH), tick=False):
        assert article.headline in client.get("/").content.decode()
    assert Event.objects.filter(verb="publish").get().channel == "release"


def test_another_process_is_at_most_a_minute_late(article, people, client):
    """Its cache knows nothing of a schedule made elsewhere until what it knows has aged."""
    schedule(article, people)
    with time_machine.travel(NOON - timedelta(seconds=1), tick=False) as clock:
        releasing.cache.set(releasing.KEY, releasing.NEVER, releasing.FRESH)
        clock.shift(timedelta(seconds=60))
        assert article.headline in client.get("/latest/").content.decode()


@pytest.mark.parametrize("address", ["/admin/login/", "/healthz", "/readyz", "/metrics", "/static/css/base.css"])
def test_what_no_reader_asks_for_releases_nothing(address, article, people, client):
    schedule(article, people)
    with time_machine.travel(NOON + timedelta(minutes=5), tick=False):
        client.get(address)
        client.post("/")
        assert not Story.objects.exists()


def test_a_page_pays_nothing_for_the_schedule_while_it_is_known(story, client, django_assert_num_queries):
    releasing.forget()
    client.get("/healthz")
    releasing.next_due()
    with django_assert_num_queries(2):  # what any story page takes
        client.get(story.get_absolute_url())


def test_one_poisoned_story_among_a_hundred_keeps_no_other_back(people, desk, monkeypatch):
    articles = [factories.article(people.writer, desk) for _ in range(100)]
    Article.objects.filter(pk__in=[each.pk for each in articles]).update(
        status=Status.SCHEDULED, publish_at=NOON, scheduled_by=people.publisher
    )
    for each in articles:
        Article.objects.filter(pk=each.pk).update(approved_revision=each.revisions.get())
    poison, jam = articles[41].pk, press.rows.put

    def put(printed):
        if printed[0].story.pk == poison:
            raise ZeroDivisionError("ink")
        return jam(printed)

    monkeypatch.setattr(press.rows, "put", put)
    with time_machine.travel(NOON, tick=False):
        done = press.release_due()
    assert (len(done.editions), len(done.failures)) == (99, 1)
    assert Story.objects.count() == 99
    kept = Article.objects.get(pk=poison)
    assert (kept.status, kept.editions.count()) == (Status.APPROVED, 0)
    assert "ZeroDivisionError" in done.failures[0].note


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda article, people: people.publisher.groups.set([]), "no longer"),
        (
            lambda article, people: (
                type(people.publisher).objects.filter(pk=people.publisher.pk).update(is_active=False)
            ),
            "no longer",
        ),
        (
            lambda article, people: article.holds.create(kind="legal", reason="Wait.", placed_by=people.editor),
            "On hold",
        ),
        (lambda article, people: article.quotes.update(speaker=None), "R3"),
        (lambda article, people: Article.objects.update(embargo_condition="the court has risen"), "Embargoed"),
    ],
)
def test_what_may_no_longer_go_out_is_taken_off_the_schedule_and_said(spoil, why, article, people, desk):
    other = schedule(factories.article(people.writer, desk), people)
    schedule(article, people)
    spoil(article, people)
    if why != "no longer" and why:
        Article.objects.filter(pk=other.pk).update(embargo_condition="")
    with time_machine.travel(NOON, tick=False):
        done = press.release_due()
        again = press.release_due()
    article.refresh_from_db()
    assert article.status == Status.APPROVED
    assert why in Event.objects.filter(article=article, verb="release_failed").get().note
    assert article.pk in {event.article_id for event in done.failures}
    assert (again.editions, again.failures) == ([], [])
    if why in ("R3", "On hold", "Embargoed"):
        assert [edition.article_id for edition in done.editions] == [other.pk]


def test_copy_saved_after_it_was_scheduled_does_not_go_out(article, people):
    schedule(article, people)
    Article.objects.filter(pk=article.pk).update(headline="Changed at the last minute")
    Article.objects.get(pk=article.pk).record_revision(by=people.editor)
    with time_machine.travel(NOON, tick=False):
        assert press.release_due() == press.Released([], [])
    assert Article.objects.get(pk=article.pk).status == Status.IN_REVIEW


def test_a_scheduled_correction_keeps_its_words(article, people, story):
    article.refresh_from_db()
    article.revise(by=people.publisher)
    factories.approve(article, people)
    words = {"kind": "correction", "wrong": "It said Monday.", "right": "It was Tuesday."}
    article.schedule(by=people.publisher, publish_at=timezone.now() + timedelta(minutes=5), **words)
    with time_machine.travel(timezone.now() + timedelta(minutes=6), tick=False):
        (edition,) = press.release_due().editions
    assert (edition.kind, edition.wrong, edition.right) == tuple(words.values())


@pytest.mark.django_db(transaction=True)
def test_two_releasers_at_once_publish_each_story_once(people, desk):
    articles = [
        schedule(factories.article(people.writer, desk), people, timezone.now() - timedelta(hours=1)) for _ in range(8)
    ]
    start = threading.Barrier(4)

    def release():
        start.wait()
        try:
            return len(press.release_due().editions)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        counts = [future.result() for future in [pool.submit(release) for _ in range(4)]]
    assert sum(counts) == len(articles)
    assert Edition.objects.count() == Story.objects.count() == len(articles)
    assert not Event.objects.filter(verb="release_failed").exists()


def test_the_command_says_what_went_out_and_what_did_not(article, people, desk):
    fine = schedule(factories.article(people.writer, desk), people)
    schedule(article, people)
    Article.objects.filter(pk=article.pk).update(embargo_condition="the court has risen")
    out, err = StringIO(), StringIO()
    with time_machine.travel(NOON, tick=False), pytest.raises(CommandError):
        call_command("release", stdout=out, stderr=err)
    assert f"published: article {fine.pk}" in out.getvalue()
    assert f"not published: article {article.pk}: Embargoed" in err.getvalue()
    call_command("release", stdout=(quiet := StringIO()))
    assert quiet.getvalue() == ""


def test_a_scheduler_who_lost_the_role_is_named_in_no_reason(article, people):
    schedule(article, people)
    people.publisher.groups.set(Group.objects.filter(name="Writer"))
    with time_machine.travel(NOON, tick=False):
        (failure,) = press.release_due().failures
    assert failure.note == "Whoever scheduled it may no longer publish: somebody else has to schedule it."


# --- what goes wrong outside of the stories ---------------------------------------------------------------------------


@pytest.fixture
def hiccup(monkeypatch):
    """`hiccup(article, times)`: the database fails while that article is printed, so many times."""

    def set_up(article, times):
        jam, left = press.rows.put, [times]

        def put(printed):
            if printed[0].story.pk == article.pk and left[0]:
                left[0] -= 1
                raise OperationalError("database is locked")
            return jam(printed)

        monkeypatch.setattr(press.rows, "put", put)

    return set_up


def test_a_story_stays_due_and_the_others_go_out_when_the_database_fails_under_it(hiccup, article, people, desk):
    other = schedule(factories.article(people.writer, desk), people)
    schedule(article, people)
    hiccup(article, times=1)
    with time_machine.travel(NOON, tick=False):
        done = press.release_due()
        assert ([edition.article_id for edition in done.editions], done.waiting) == ([other.pk], [article.pk])
        assert Article.objects.get(pk=article.pk).status == Status.SCHEDULED
        assert len(press.release_due().editions) == 1
    assert not Event.objects.filter(verb="release_failed").exists()


def test_readers_get_their_page_and_the_story_a_little_later_when_the_database_fails(hiccup, article, people, client):
    schedule(article, people)
    hiccup(article, times=1)
    with time_machine.travel(NOON, tick=False) as clock:
        for _each in range(2):  # the second one does not try again yet
            answer = client.get("/")
            assert (answer.status_code, article.headline in answer.content.decode()) == (200, False)
        clock.shift(timedelta(seconds=releasing.FRESH))
        assert article.headline in client.get("/").content.decode()


def test_readers_get_their_page_when_the_schedule_cannot_be_read(story, client, monkeypatch):
    def fail():
        raise OperationalError("no")

    releasing.forget()
    monkeypatch.setattr(Article.objects, "scheduled", fail)
    assert client.get(story.get_absolute_url()).status_code == 200


def test_a_page_does_not_wait_when_somebody_else_is_releasing(article, people, client):
    schedule(article, people)
    with time_machine.travel(NOON, tick=False):
        releasing.cache.add(releasing.LOCK, 1, 60)
        assert article.headline not in client.get("/").content.decode()
        releasing.cache.delete(releasing.LOCK)
        assert article.headline in client.get("/").content.decode()


def test_the_next_moment_is_found_by_an_index(db):
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")  # it would read an empty table whole
    plan = Article.objects.scheduled().values_list("publish_at", flat=True)[:1].explain()
    assert re.search(r"\b(?:USING (?:COVERING )?INDEX|using|Index Scan on) article_", plan), plan
