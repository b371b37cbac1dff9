"""What every test may ask for: the people of a newsroom, one of each role, and a desk."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.db.backends.base.operations import BaseDatabaseOperations
from django.test import Client

from articles import releasing, sections, standing, withholding
from articles.models import append_only, nameplates
from articles.proposals import compose
from tests import factories

FIRST_DAY = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    """Files of a test stay its own, and passwords and static files cost nothing."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session", autouse=True)
def _flush_past_the_guards():
    """A test that commits ends with a flush of every table, which the guards of the records refuse.

    They are dropped for it here and written again by the `post_migrate` that every flush sends. PostgreSQL makes new
    files for every table that it truncates, and for each index: there the rows of the tables that have any are deleted.
    """
    flush = BaseDatabaseOperations.execute_sql_flush

    def deletions(connection, cursor):
        names = [connection.ops.quote_name(name) for name in connection.introspection.django_table_names(True)]
        asked = (f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name})" for name in names)  # noqa: S608  (our own tables)
        cursor.execute(" UNION ALL ".join(asked))
        return [f"DELETE FROM {name}" for (name,) in cursor.fetchall()]  # noqa: S608

    def drop_and_flush(operations, sql_list):
        refused = [*append_only.acts(), *((table, "truncate") for table in append_only.NEVER_DELETED)]
        is_postgresql = operations.connection.vendor == "postgresql"
        with operations.connection.cursor() as cursor:
            for table, act in refused:
                on = f" ON {table}" if is_postgresql else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {append_only.trigger(table, act)}{on}")
            flush(operations, deletions(operations.connection, cursor) if is_postgresql else sql_list)

    BaseDatabaseOperations.execute_sql_flush = drop_and_flush
    yield
    BaseDatabaseOperations.execute_sql_flush = flush


@pytest.fixture(autouse=True)
def _nothing_scheduled():
    """Schedule and terms of pictures are known to be empty: no page pays for asking; tests of either forget it."""
    for known in (releasing, withholding):
        known.cache.set(known.KEY, known.NEVER, None)
        known.cache.delete(known.LOCK)


@pytest.fixture(autouse=True)
def _no_sections():
    """The same of the list of sections."""
    sections.cache.set(sections.KEY, [], None)


@pytest.fixture(autouse=True)
def _no_nameplate():
    """The newsroom is known to have none of its own, so that no page pays for asking; its tests forget it."""
    nameplates.cache.set(nameplates.KEY, {}, None)


@pytest.fixture(autouse=True)
def _no_standing_type():
    """No test shows a piece of page that another one has set under other settings."""
    standing.forme.clear()


@pytest.fixture(autouse=True)
def _no_vocabulary():
    """No test proposes names that another one has entered."""
    compose.forget()


@pytest.fixture
def desk(db):
    """The World desk."""
    return factories.desk()


@pytest.fixture
def people(db, desk):
    """One person of each role, the editor on the World desk; `outsider` is a writer with no part in the story."""
    roles = {
        "wren": "Writer",
        "otto": "Writer",
        "edda": "Editor",
        "rhea": "Reviewer",
        "pablo": "Publisher",
        "ada": "Admin",
    }
    names = ("writer", "outsider", "editor", "reviewer", "publisher", "admin")
    staff = SimpleNamespace(**dict(zip(names, factories.persons(roles), strict=True)))
    desk.members.add(staff.editor)
    return staff


@pytest.fixture
def article(people, desk):
    """A draft of the writer's that is ready for the reader: tagged, sourced, with one direct quote."""
    return factories.article(people.writer, desk)


@pytest.fixture
def story(people, article):
    """The same, published: the row that readers see."""
    return factories.publish(article, people)


@pytest.fixture
def client_of():
    """A browser of its own for a person: `client_of(person)`; of a stranger for None."""

    def sign_in(person):
        client = Client()
        if person is not None:
            client.force_login(person)
        return client

    return sign_in


@pytest.fixture
def in_print(people, desk):
    """Publishes `count` stories of the same actor and topic, an hour apart; returns them, newest first."""

    def publish(count, **fields):
        made = [
            factories.publish(
                factories.article(people.writer, desk, **fields), people, at=FIRST_DAY + timedelta(hours=n)
            )
            for n in range(count)
        ]
        return made[::-1]

    return publish
