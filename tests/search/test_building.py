"""The index is built anew while readers search and the press prints."""

import re
import threading
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection, connections, transaction

from articles import press, search
from articles.models import SearchStory
from articles.search import building, tables
from tests import factories
from tests.conftest import FIRST_DAY
from tests.search.test_finding import headlines

on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has its own way")


def schema():
    """Name → statement of all that makes up the full-text tables, without what a change of name leaves."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE tbl_name LIKE 'articles_search%' OR name LIKE '%_fts%'"
        )
        return {
            name: re.sub(r'["\']articles_search(\w+)["\']', r"articles_search\1", sql or "") for name, sql in cursor
        }


def is_sound():
    """SQLite finds each full-text table to hold what the table under it does."""
    with connection.cursor() as cursor:
        for table in tables.TABLES:
            cursor.execute(f"INSERT INTO {table.fts}({table.fts}, rank) VALUES ('integrity-check', 1)")  # noqa: S608
    return True


def publish(people, desk, number):
    headline = f"Lighthouse number {number}"
    article = factories.article(people.writer, desk, headline=headline, slug=f"lighthouse-{number}")
    return factories.publish(article, people, at=FIRST_DAY + timedelta(days=number)), article


@pytest.fixture
def between(monkeypatch):
    """What is done after each batch, of one row: `between.append(job)`; each job once."""
    jobs = []
    monkeypatch.setattr(building, "BATCH", 1)
    monkeypatch.setattr(building, "LEAST", 1)
    monkeypatch.setattr(building.time, "sleep", lambda _seconds: jobs and jobs.pop(0)())
    return jobs


@on_sqlite
@pytest.mark.django_db
def test_tables_are_as_migrations_make_them():
    made = schema()
    for table in tables.TABLES:
        assert made[table.fts] == re.sub(r"content='(\w+)'", r"content=\1", table.create(table.fts))
        for name, statement in table.triggers().items():
            assert made[name] == re.sub(r"'(articles_\w+)'", r"\1", statement)


@on_sqlite
@pytest.mark.django_db
def test_a_row_whose_words_are_the_same_is_not_indexed_anew(people, desk):
    _story, article = publish(people, desk, 1)

    def index():
        with transaction.atomic(), connection.cursor() as cursor:  # a savepoint: what waits in memory is written
            return cursor.execute("SELECT id, block FROM articles_searchstory_fts_data").fetchall()

    rows, before = SearchStory.objects.filter(story=article.pk), index()
    rows.update(digest="of other rules", text="with other spaces")
    assert index() == before
    rows.update(headline="quay")
    assert index() != before


@on_sqlite
@pytest.mark.django_db
def test_what_is_printed_and_withdrawn_meanwhile_is_in_the_new_index_as_it_is(people, desk, between):
    before, stories = schema(), [publish(people, desk, number) for number in (1, 2, 3, 4)]

    def withdraw(number):
        article = stories[number - 1][1]
        article.refresh_from_db()
        press.withdraw(article, by=people.publisher, note="Published in error.")

    between += [
        lambda: None,
        lambda: withdraw(1),  # that is in the new index already
        lambda: withdraw(4),  # that is not
        lambda: publish(people, desk, 0),  # before those that are
        lambda: publish(people, desk, 9),
    ]
    search.reindex()
    assert between == []
    assert sorted(headlines("lighthouse")) == [f"Lighthouse number {number}" for number in (0, 2, 3, 9)]
    assert is_sound()
    assert schema() == before
    withdraw(2)
    assert sorted(headlines("lighthous*")) == [f"Lighthouse number {number}" for number in (0, 3, 9)]
    assert is_sound()


@on_sqlite
@pytest.mark.django_db
def test_a_build_that_was_stopped_goes_on(people, desk, between, capsys):
    before, _stories = schema(), [publish(people, desk, number) for number in (1, 2, 3)]

    def stop():
        raise KeyboardInterrupt

    between += [lambda: None, stop]
    with pytest.raises(KeyboardInterrupt):
        search.reindex()
    publish(people, desk, 0)
    done, total = search.left_to_index()
    assert done == 2
    assert len(headlines("lighthouse")) == 4
    call_command("reindex")
    told = capsys.readouterr()
    assert "Going on where a build was stopped, after 2 rows." in told.err
    assert told.out.startswith("Built anew:")
    assert len(headlines("lighthouse")) == 4
    assert is_sound()
    assert schema() == before
    assert search.left_to_index() == (0, total)


@on_sqlite
@pytest.mark.django_db
def test_a_build_can_be_let_go_and_one_of_other_tables_is_begun_anew(people, desk, between, monkeypatch):
    before, _stories = schema(), [publish(people, desk, number) for number in (1, 2)]

    def stop():
        raise KeyboardInterrupt

    between.append(stop)
    with pytest.raises(KeyboardInterrupt):
        search.reindex()
    call_command("reindex", "--abandon")
    assert schema() == before
    between.append(stop)
    with pytest.raises(KeyboardInterrupt):
        search.reindex()
    monkeypatch.setattr(tables, "TOKENS", tables.TOKENS.replace("L* N*", "L*"))
    assert search.left_to_index()[0] == 0
    search.reindex()
    assert "L* Co" in schema()["articles_searchstory_fts"]
    assert is_sound()


@on_sqlite
@pytest.mark.django_db
def test_a_build_waits_for_those_who_write_for_long(people, desk, monkeypatch):
    publish(people, desk, 1)
    fill, tries = building._fill, []

    def locked(*arguments):
        tries.append(arguments)
        if len(tries) in (1, 3):
            raise OperationalError("database is locked")
        return fill(*arguments)

    monkeypatch.setattr(building, "_fill", locked)
    monkeypatch.setattr(building, "PAUSE", 0)
    search.reindex()
    assert is_sound()
    assert tries[0] == tries[1]
    monkeypatch.setattr(building, "_fill", lambda *_arguments: (_ for _ in ()).throw(OperationalError("disk is full")))
    with pytest.raises(OperationalError, match="full"):
        search.reindex()


@pytest.mark.django_db(transaction=True)
def test_readers_search_and_the_press_prints_while_the_index_is_built(people, desk, monkeypatch):
    monkeypatch.setattr(building, "BATCH", 1)
    monkeypatch.setattr(building, "LEAST", 1)
    monkeypatch.setattr(building, "PAUSE", 0.02)
    for number in range(1, 6):
        publish(people, desk, number)
    done, seen, faults = threading.Event(), [], []

    def read():
        try:
            while not done.is_set():
                seen.append(len(headlines("lighthouse")))
        except Exception as error:  # noqa: BLE001  (told by the assertion below)
            faults.append(error)
        finally:
            connections.close_all()

    readers = [threading.Thread(target=read) for _number in range(2)]
    for reader in readers:
        reader.start()
    printed = threading.Thread(target=lambda: (publish(people, desk, 7), connections.close_all()))
    printed.start()
    rows = search.reindex()
    printed.join()
    done.set()
    for reader in readers:
        reader.join()
    assert faults == []
    assert set(seen) <= {5, 6}
    assert rows >= SearchStory.objects.count()
    assert len(headlines("lighthouse")) == 6
    search.abandon()
    assert len(headlines("lighthouse")) == 6
