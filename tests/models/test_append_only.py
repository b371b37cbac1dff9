"""The record is refused to be rewritten by the database itself, whoever asks and by whatever connection."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from articles.models import Approval, Article, Edition, Event, IdentityAccess, append_only
from articles.models.events import AppendOnlyError
from tests import factories

EVERY = [*append_only.acts()]
SQL = {"update": "UPDATE {table} SET at = at", "delete": "DELETE FROM {table}"}


@pytest.fixture
def access(people):
    """One line of the log of identities."""
    return IdentityAccess.objects.create(
        number=1, at=timezone.now(), act="refuse", source=1, by=people.editor, previous="", hash="0"
    )


@pytest.mark.django_db
@pytest.mark.parametrize(("table", "act"), EVERY)
def test_sql_that_rewrites_a_record_is_refused(table, act, story, access):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608
        before = cursor.fetchone()
        assert before[0]
        with pytest.raises(IntegrityError, match=f"{table} only grows"), transaction.atomic():
            cursor.execute(SQL[act].format(table=table))
        cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608
        assert cursor.fetchone() == before


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("table", "act"), EVERY)
def test_another_connection_is_refused_too(table, act, story, access):
    other = connection.copy("other")
    try:
        with other.cursor() as cursor, pytest.raises(DatabaseError, match=f"{table} only grows"):
            cursor.execute(SQL[act].format(table=table))
    finally:
        other.close()
    assert Event.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_guards_are_there_again_after_a_flush_and_a_migrate(people, desk):
    factories.publish(factories.article(people.writer, desk), people)
    call_command("migrate", verbosity=0)
    with pytest.raises(IntegrityError), connection.cursor() as cursor:
        cursor.execute(SQL["delete"].format(table="articles_event"))


@pytest.mark.django_db
def test_python_refuses_before_the_database_has_to(story):
    for model in (Event, Edition, Approval):
        row = model.objects.first()
        with pytest.raises(AppendOnlyError):
            row.save()
        with pytest.raises(AppendOnlyError):
            row.delete()
        with pytest.raises(AppendOnlyError):
            model.objects.all().delete()
        with pytest.raises(AppendOnlyError):
            model.objects.update(by=None)


@pytest.mark.django_db
def test_draft_with_a_history_is_deleted_and_its_events_stay(article, people):
    article.submit(by=people.writer)
    article.approve(by=people.reviewer)
    article.return_to_writer(by=people.reviewer, note="Not yet")
    number = article.pk
    article.delete()
    assert not Article.objects.filter(pk=number).exists()
    assert [event.verb for event in Event.objects.filter(article=number).order_by("id")] == [
        "submit",
        "approve",
        "return_to_writer",
    ]
