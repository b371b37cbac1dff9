"""Writers of SQLite stand in line."""

import threading
from contextlib import closing

import pytest
from django.db import OperationalError, connections

from newsroom.sqlite import base
from newsroom.sqlite.base import DatabaseWrapper

pytestmark = pytest.mark.django_db(transaction=True)
SOON = 30  # seconds, within which a thread has done what it does at once


@pytest.fixture
def connect(tmp_path):
    """Connections to a database of its own, which wait `timeout` seconds."""

    def one(timeout=SOON):
        defaults = connections.configure_settings({"default": {"ENGINE": "newsroom.sqlite"}})["default"]
        options = {"transaction_mode": "IMMEDIATE", "timeout": timeout, "init_command": "PRAGMA journal_mode=WAL"}
        told = {**defaults, "NAME": str(tmp_path / "line.sqlite3"), "OPTIONS": options}
        return closing(DatabaseWrapper(told, "line"))

    return one


def begin(connection):
    """Start to write."""
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)


def end(connection):
    """Be done."""
    connection.commit()
    connection.set_autocommit(True)


def test_who_waits_is_next_though_another_writes_without_pause(connect):
    waits, has_written, begun_meanwhile = threading.Event(), threading.Event(), []

    def patient():
        with connect() as connection:
            waits.set()
            begin(connection)
            has_written.set()
            end(connection)

    thread = threading.Thread(target=patient)
    with connect() as greedy:
        begin(greedy)
        thread.start()
        waits.wait(SOON)
        threading.Event().wait(0.3)  # it stands in line by now
        while not has_written.is_set() and len(begun_meanwhile) < 1_000:
            end(greedy)
            begin(greedy)
            begun_meanwhile.append(1)
        end(greedy)
    thread.join(SOON)
    assert has_written.is_set()
    assert len(begun_meanwhile) <= 2


def test_who_waits_for_too_long_is_told(connect):
    with connect() as first, connect(timeout=0.1) as second:
        begin(first)
        with pytest.raises(OperationalError, match="locked"):
            begin(second)
        end(first)
        begin(second)  # and nothing is left in its way
        end(second)


def test_time_that_was_spent_in_the_line_counts(connect, monkeypatch):
    looked, sleep = [], base.time.sleep
    monkeypatch.setattr(base.time, "sleep", lambda seconds: (looked.append(threading.get_ident()), sleep(seconds)))
    start, told = threading.Barrier(2), []

    def wait():
        with connect(timeout=0.4) as connection:
            connection.ensure_connection()
            start.wait(SOON)
            with pytest.raises(OperationalError, match="locked"):
                begin(connection)
            told.append(threading.get_ident())

    with connect() as holder:
        begin(holder)
        threads = [threading.Thread(target=wait) for _number in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(SOON)
        end(holder)
    fewer, more = sorted(map(looked.count, told))
    assert fewer < more / 2, "the second in the line looked on for as long as the first"


def test_another_fault_is_not_waited_for(connect):
    with connect() as connection:
        begin(connection)
        with pytest.raises(OperationalError, match="within a transaction"):
            connection._start_transaction_under_autocommit()


def test_a_statement_outside_of_a_transaction_waits_as_ever(connect):
    with connect(timeout=7) as connection:
        begin(connection)
        end(connection)
        with connection.cursor() as cursor:
            assert cursor.execute("PRAGMA busy_timeout").fetchone() == (7_000,)
