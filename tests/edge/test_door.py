"""What stands before Django answers only what memory has, to whom it is for."""

import pytest
import time_machine
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import RequestFactory
from django.utils import timezone

from articles.edge import door, serving

PATH = "/latest/"


@pytest.fixture
def ask(edge):
    """(status, headers, body) of a request at the door, and whether it came to Django."""
    django, came = WSGIHandler(), []

    def behind(environ, start_response):
        came.append(environ)
        return django(environ, start_response)

    def request(**environ):
        told, before = [], len(came)
        environ = RequestFactory().get(PATH, SERVER_NAME="localhost", HTTP_HOST="localhost").environ | environ
        response = application(environ, lambda status, headers: told.append((status, dict(headers))))
        body = b"".join(response)
        if hasattr(response, "close"):
            response.close()
        return *told[0], body, len(came) > before

    application = door(behind)
    for signal in (request_started, request_finished):  # the connection is the test's own
        signal.disconnect(close_old_connections)
    yield request
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_a_page_that_is_kept_leaves_before_django(story, ask, edge):
    first = ask()
    again = ask()
    assert (first[0], first[3]) == ("200 OK", True)
    assert (again[0], again[3]) == ("200 OK", False)
    assert again[2] == first[2]
    assert again[1]["ETag"] == first[1]["ETag"]
    unchanged = ask(HTTP_IF_NONE_MATCH=first[1]["ETag"])
    assert (unchanged[0], unchanged[2], unchanged[3]) == ("304 Not Modified", b"", False)
    head = ask(REQUEST_METHOD="HEAD")
    assert (head[0], head[2], head[3]) == ("200 OK", b"", False)
    assert head[1]["Content-Length"] == str(len(first[2]))


@pytest.mark.parametrize(
    "environ",
    [
        {"HTTP_COOKIE": "sessionid=abc"},
        {"HTTP_AUTHORIZATION": "Basic eDp5"},
        {"REQUEST_METHOD": "POST"},
        {"HTTP_HOST": "evil.example"},
        {"QUERY_STRING": "utm_source=x"},
        {"wsgi.url_scheme": "https"},
    ],
)
def test_anything_else_comes_to_django(environ, story, ask):
    ask()
    assert not ask()[3]
    assert ask(**environ)[3]


def test_once_a_second_a_request_goes_through_to_ask_what_is_due(story, ask):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        ask()
        assert not ask()[3]
        clock.shift(serving.ASK)
        assert ask()[3]
        assert not ask()[3]


def test_a_page_that_was_purged_comes_to_django(story, ask, edge):
    ask()
    edge.log.append(frozenset({"stories"}))
    assert ask()[3]


def test_without_an_edge_all_comes_to_django(story, ask, settings):
    serving.doors.clear()
    settings.EDGE_MEGABYTES = 0
    assert ask()[3]
    assert ask()[3]
