"""Requests have a number that log, answer and proxy share; the log is JSON where it is wanted, without secrets."""

import json
import logging
import sys

import pytest
from django.core.exceptions import ValidationError
from django.test import RequestFactory
from django.urls import reverse

from articles import tracing
from articles.logs import JsonFormatter
from articles.models import ShareLink
from articles.proxies import client_address

TOKEN = "q8Zw3kLq8Zw3kLq8Zw3kLq8Zw3kL"


@pytest.fixture
def lines():
    """Lines that loggers write as JSON, decoded."""
    kept = []

    class Keeper(logging.Handler):
        def emit(self, record):
            line = self.format(record)
            assert "\n" not in line
            kept.append(json.loads(line))

    handler = Keeper()
    handler.setFormatter(JsonFormatter())
    root, watched = logging.getLogger(), logging.getLogger("articles.watching")
    root.addHandler(handler)
    watched.setLevel(logging.INFO)
    yield kept
    root.removeHandler(handler)
    watched.setLevel(logging.NOTSET)


def number(client, **headers):
    return client.get("/robots.txt", headers=headers)["X-Request-ID"]


@pytest.mark.django_db
def test_every_request_has_a_number_of_its_own(client):
    first, second = number(client), number(client)
    assert first != second
    assert len(first) == len(second) == 32


@pytest.mark.django_db
def test_number_of_a_proxy_is_kept_where_one_is_known(client, settings):
    assert number(client, **{"x-request-id": "from-the-proxy-17"}) != "from-the-proxy-17"
    settings.BEHIND_PROXY = True
    assert number(client, **{"x-request-id": "from-the-proxy-17"}) == "from-the-proxy-17"
    for forged in ("short", "x" * 65, "line\r\nSet-Cookie: a=b", 'a"b"c"d"e"f', "ÄÄÄÄÄÄÄÄÄÄ"):
        assert number(client, **{"x-request-id": forged}) != forged


@pytest.mark.django_db
def test_request_is_logged_by_its_route_under_its_number(client, lines, article, people):
    _link, token = ShareLink.objects.make(article, by=people.writer)
    answer = client.get(reverse("preview", args=[token]))
    told = next(line for line in lines if line["logger"] == "articles.watching")
    assert told["request"] == answer["X-Request-ID"]
    assert (told["route"], told["method"], told["status"]) == ("preview", "GET", 200)
    assert told["milliseconds"] > 0
    assert told["queries"] > 0
    assert token not in json.dumps(lines)


@pytest.mark.django_db
def test_lines_within_a_request_carry_its_number_and_no_secret(client, lines):
    answer = client.get(f"/preview/{TOKEN}/no/such/")
    assert answer.status_code == 404
    warned = next(line for line in lines if line["logger"] == "django.request")
    assert warned["request"] == answer["X-Request-ID"]
    assert warned["message"] == "Not Found: /preview/…/no/such/"
    assert warned["status_code"] == 404
    assert tracing.current() == ""


def test_line_is_json_whatever_it_holds(lines):
    forged = f'"GET "/calendar/{TOKEN}" \n{{"level": "CRITICAL"}}\r\u2028'
    logging.getLogger("tests").warning("seen: %s", forged, extra={"address": f"/preview/{TOKEN}/", "thing": object()})
    (line,) = lines
    assert line["level"] == "WARNING"
    assert line["message"].startswith('seen: "GET "/calendar/…" \n{"level"')
    assert line["address"] == "/preview/…/"
    assert "thing" not in line
    assert line["at"].endswith("+00:00")


def test_traceback_stands_in_the_line_without_tokens(lines):
    try:
        raise ValidationError(f"/preview/{TOKEN}/")
    except ValidationError:
        logging.getLogger("tests").error("broke", exc_info=sys.exc_info())
    (line,) = lines
    assert "ValidationError" in line["error"]
    assert TOKEN not in json.dumps(line)


@pytest.mark.parametrize(
    ("behind", "forwarded", "expected"),
    [
        (False, "192.0.2.1", "127.0.0.1"),
        (True, "", "127.0.0.1"),
        (True, "192.0.2.1", "192.0.2.1"),
        (True, "198.51.100.9, 192.0.2.1", "192.0.2.1"),
        (True, "198.51.100.9, 192.0.2.1, 127.0.0.9, ::1", "192.0.2.1"),
        (True, "127.0.0.9", "127.0.0.9"),
        (True, "nonsense", "nonsense"),
    ],
)
def test_client_is_the_last_that_is_no_proxy_of_ours(behind, forwarded, expected, settings):
    settings.BEHIND_PROXY = behind
    request = RequestFactory().get("/", headers={"x-forwarded-for": forwarded} if forwarded else {})
    assert client_address(request) == expected
