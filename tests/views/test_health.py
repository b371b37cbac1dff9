"""The address that monitors ask."""

import pytest
from django.db import OperationalError, connection


@pytest.mark.django_db
def test_process_is_well_when_the_database_answers(client):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_process_is_unwell_when_the_database_does_not_answer(client):
    def refuse(*args):
        raise OperationalError("unable to open database file /secret/path")

    with connection.execute_wrapper(refuse):
        response = client.get("/healthz")
    assert response.status_code == 503
    assert b"secret" not in response.content
