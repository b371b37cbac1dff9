"""The addresses that monitors and load balancers ask."""

from datetime import timedelta

import pytest
from django.core.cache.backends.base import BaseCache
from django.core.files.storage import FileSystemStorage
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from articles import pictures, readiness

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _tried_anew():
    readiness.forget()
    yield
    readiness.forget()


def refuse(*args, **kwargs):
    raise OperationalError("unable to open database file /secret/path")


def parts(response):
    return dict(line.split(": ") for line in response.content.decode().splitlines())


def failing(client):
    """The parts that `/readyz` says fail; it answers 503 just where one does."""
    readiness.forget()
    response = client.get("/readyz")
    assert set(parts(response)) == set(readiness.PARTS)
    assert b"secret" not in response.content
    found = {name for name, state in parts(response).items() if state != "ok"}
    assert response.status_code == (503 if found else 200)
    return found


def test_process_is_well_when_the_database_answers(client):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response["Cache-Control"]


def test_process_is_unwell_when_the_database_does_not_answer(client):
    with connection.execute_wrapper(refuse):
        response = client.get("/healthz")
    assert response.status_code == 503
    assert b"secret" not in response.content


def test_machine_is_ready_when_every_part_works(client):
    response = client.get("/readyz")
    assert response.status_code == 200
    assert parts(response) == dict.fromkeys(("database", "migrations", "cache", "storage", "tasks"), "ok")
    assert "no-store" in response["Cache-Control"]


def test_machine_is_not_ready_without_a_database(client):
    with connection.execute_wrapper(refuse):
        assert failing(client) >= {"database", "migrations", "tasks"}


def test_machine_is_not_ready_while_a_migration_waits(client):
    assert failing(client) == set()
    MigrationRecorder(connection).migration_qs.filter(app="articles").delete()
    assert failing(client) == {"migrations"}


def test_machine_is_not_ready_when_the_cache_forgets(client, monkeypatch):
    monkeypatch.setattr(BaseCache, "get", lambda *args, **kwargs: None)
    monkeypatch.setattr("django.core.cache.backends.locmem.LocMemCache.get", lambda *args, **kwargs: None)
    assert failing(client) == {"cache"}


def test_machine_is_not_ready_when_nothing_can_be_stored(client, monkeypatch):
    def full(*args):
        raise OSError(28, "No space left on device", "/secret/path")

    monkeypatch.setattr(FileSystemStorage, "_save", full)
    assert failing(client) == {"storage"}


def test_trying_the_storage_leaves_nothing_behind(client, settings):
    assert failing(client) == set()
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []


def test_machine_is_not_ready_when_a_task_waits_too_long(client, settings):
    pictures.make.enqueue(1)
    assert failing(client) == set()
    DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(minutes=settings.NEWSROOM_TASK_MINUTES + 1))
    assert failing(client) == {"tasks"}


def test_task_that_is_to_be_done_later_does_not_wait(client):
    pictures.make.enqueue(1)
    long_ago, later = timezone.now() - timedelta(days=2), timezone.now() + timedelta(hours=1)
    DBTaskResult.objects.update(enqueued_at=long_ago, run_after=later)
    assert failing(client) == set()


def test_asking_again_makes_no_work(client, django_assert_num_queries):
    client.get("/readyz")
    with django_assert_num_queries(0):
        client.get("/readyz")


def test_monitors_are_not_sent_to_https(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 200
    assert client.get("/latest/").status_code == 301
