"""Real servers: workers of one machine and two machines let go of a page within a second of its printing."""

import http.client
import os
import socket
import subprocess
import sys
import time
from contextlib import closing
from types import SimpleNamespace

import pytest
import redis
from django.conf import settings
from django.db import connection

from articles import press
from articles.edge import purges
from articles.edge.redis_log import RedisLog
from articles.models import Article
from tests import factories
from tests.edge.test_purges import REDIS
from tests.test_editions import again

pytestmark = pytest.mark.django_db(transaction=True)

ASKED = 12
"""Requests, each with a connection of its own, after which both workers of a server have answered."""
START = 60  # seconds
WITHIN = 1.0  # seconds, as promised


def database_url():
    """The database of this test, as a server is told of it."""
    found = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{found['NAME']}"
    return f"postgres://{found['USER']}:{found['PASSWORD']}@{found['HOST']}:{found['PORT']}/{found['NAME']}"


def ask(port, path):
    """(status, page) of a request with a connection of its own."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as asked:
        asked.request("GET", path, headers={"Host": "localhost"})
        answer = asked.getresponse()
        return answer.status, answer.read().decode()


@pytest.fixture
def serve():
    """Starts a server with two workers and its own folder; gives its port."""
    servers = []

    def start(var, **variables):
        with closing(socket.socket()) as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        (var / "static").mkdir(parents=True, exist_ok=True)
        values = {
            "DEBUG": "1",
            "NEWSROOM_EDGE_MEGABYTES": "8",
            "NEWSROOM_VAR": str(var),
            "DATABASE_URL": database_url(),
            "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        }
        at = ["--host", "127.0.0.1", "--port", str(port), "--workers", "2", "--log-level", "error"]
        server = subprocess.Popen(  # noqa: S603  (our own server)
            [sys.executable, "-m", "granian", "--interface", "wsgi", *at, "newsroom.wsgi:application"],
            cwd=settings.BASE_DIR,
            env={**os.environ, **values, **variables},
        )
        servers.append(server)
        end = time.monotonic() + START
        while True:
            try:
                ask(port, "/healthz")
                return port
            except OSError:
                assert server.poll() is None, "the server stopped"
                assert time.monotonic() < end, "the server did not start"
                time.sleep(0.2)

    yield start
    for server in servers:
        server.terminate()
    for server in servers:
        server.wait(20)


@pytest.fixture(params=["workers of one machine", "two machines"])
def newsroom(request, serve, tmp_path, monkeypatch):
    """`ports` of servers, and a log through which this process tells them."""
    if request.param == "workers of one machine":
        log = purges.FileLog(tmp_path / "purges")
        ports = [serve(tmp_path)]
    else:
        try:
            redis.Redis.from_url(REDIS).ping()
        except redis.RedisError as error:
            pytest.skip(f"Redis does not answer at {REDIS}: {error}")
        log = RedisLog(REDIS)
        ports = [serve(tmp_path / name, REDIS_URL=REDIS) for name in ("one", "two")]
    monkeypatch.setattr(purges, "log", lambda: log)
    return SimpleNamespace(ports=ports)


def test_a_page_that_is_printed_anew_is_before_every_reader_within_a_second(newsroom, people, article):
    story = factories.publish(article, people)
    address = story.get_absolute_url()
    for port in newsroom.ports:
        for _ in range(ASKED):
            assert ask(port, address)[0] == 200
            assert "Harbour opens" not in ask(port, "/latest/")[1]
    again(article, people, copy={"headline": "Harbour opens"})
    time.sleep(WITHIN)
    for port in newsroom.ports:
        for _ in range(ASKED):
            assert "Harbour opens" in ask(port, address)[1]
            assert "Harbour opens" in ask(port, "/latest/")[1]
    press.withdraw(Article.objects.get(pk=article.pk), by=people.publisher, note="The letter was forged.")
    time.sleep(WITHIN)
    for port in newsroom.ports:
        for _ in range(ASKED):
            assert ask(port, address)[0] == 410
            assert "Harbour opens" not in ask(port, "/latest/")[1]
