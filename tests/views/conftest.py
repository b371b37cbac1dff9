"""Stories in print for the tests of readers' pages."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories

FIRST_DAY = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


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


@pytest.fixture
def queries(client):
    """How many queries a page takes: `queries(address)`; the page must answer."""

    def count(address):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    return count
