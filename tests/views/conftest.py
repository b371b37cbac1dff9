"""Stories in print for the tests of readers' pages."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext


@pytest.fixture
def queries(client):
    """How many queries a page takes: `queries(address)`; the page must answer."""

    def count(address):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    return count
