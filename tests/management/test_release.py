"""`manage.py release`: once, and until it is told to stop."""

import os
import signal
import threading
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import OperationalError

from articles import press
from articles.models import Story
from tests import factories
from tests.test_release import NOON, schedule


@pytest.fixture
def watch(monkeypatch):
    """Runs `release --watch` until it has looked so many times, then sends it a signal; gives what it wrote."""

    def run(looks, name=signal.SIGTERM, each=lambda count: None):
        counts, wait = [], threading.Event.wait

        def pause(event, seconds=None):
            if seconds != 1:
                return wait(event, seconds)
            counts.append(seconds)
            each(len(counts))
            if len(counts) == looks:
                os.kill(os.getpid(), name)
            return wait(event, 0.01)

        monkeypatch.setattr(threading.Event, "wait", pause)
        monkeypatch.setattr("articles.management.commands.release.close_old_connections", lambda: None)
        out, err = StringIO(), StringIO()
        call_command("release", "--watch", stdout=out, stderr=err)
        assert len(counts) == looks
        return out.getvalue(), err.getvalue()

    return run


def test_it_publishes_at_the_second_and_stops_when_told(watch, article, people):
    schedule(article, people)
    before = signal.getsignal(signal.SIGTERM)
    with time_machine.travel(NOON, tick=False) as clock:
        clock.shift(-2)
        seen = []

        def tick(count):
            seen.append(Story.objects.exists())
            clock.shift(1)

        out, err = watch(4, each=tick)
    assert seen == [False, False, True, True]
    assert f"published: article {article.pk}, edition 1" in out
    assert out.endswith("stopped\n")
    assert err == ""
    assert signal.getsignal(signal.SIGTERM) == before


def test_it_stops_when_interrupted(watch, db):
    out, _err = watch(1, signal.SIGINT)
    assert out.endswith("stopped\n")


def test_it_goes_on_when_the_database_was_away(watch, article, people, monkeypatch):
    schedule(article, people)
    release, calls = press.release_due, []

    def flaky():
        calls.append(1)
        if len(calls) == 1:
            raise OperationalError("the server closed the connection")
        return release()

    monkeypatch.setattr(press, "release_due", flaky)
    monkeypatch.setattr("articles.management.commands.release.connection.close", lambda: None)
    with time_machine.travel(NOON, tick=False):
        out, err = watch(2)
    assert "the database does not answer (OperationalError); trying again" in err
    assert f"published: article {article.pk}" in out


def test_it_fails_and_says_so_when_the_database_kept_a_story_back(article, people, monkeypatch):
    schedule(article, people)

    def fail(_printed):
        raise OperationalError("database is locked")

    monkeypatch.setattr(press.rows, "put", fail)
    err = StringIO()
    with time_machine.travel(NOON, tick=False), pytest.raises(CommandError):
        call_command("release", stderr=err)
    assert f"not published yet: article {article.pk}" in err.getvalue()


def test_it_says_nothing_when_nothing_is_due(people, desk):
    schedule(factories.article(people.writer, desk), people)
    out = StringIO()
    with time_machine.travel("2026-11-24T11:59:59Z", tick=False):
        call_command("release", stdout=out)
    assert out.getvalue() == ""
