"""What one machine made serves the others, in a real Redis, until any of its keys is purged."""

import time

import pytest
from django.test import Client

from articles.edge import serving
from articles.edge.memory import Page
from articles.edge.purges import ALL
from articles.edge.redis_log import RedisLog
from articles.edge.shared import COUNT, PAGE, PURGED, Shared
from tests.edge.test_purges import REDIS, heard, stream  # noqa: F401  (a stream of this test)

ADDRESS = ("http", "localhost", "/latest/", "")


@pytest.fixture
def level(stream, monkeypatch):  # noqa: F811
    """A second level of this test alone."""
    for name, value in (("COUNT", COUNT), ("PURGED", PURGED), ("PAGE", PAGE)):
        monkeypatch.setattr(f"articles.edge.shared.{name}", f"{stream}:{value}")
    made = Shared(REDIS)
    yield made
    for key in made.client.scan_iter(f"{stream}:*"):
        made.client.delete(key)


def page(*keys):
    return Page({"Content-Type": "text/html"}, '"tag"', {"br": b"\x0b\x02\n\x80words\n\x03"}, keys, time.time() + 60)


def test_a_page_comes_back_as_it_was(level):
    made = page("story-1", "settings")
    level.put(ADDRESS, made, level.count())
    found = Shared(REDIS).get(ADDRESS)
    assert (found.headers, found.etag, found.bodies, found.keys) == (made.headers, made.etag, made.bodies, made.keys)
    assert level.get(("http", "localhost", "/", "")) is None


@pytest.mark.parametrize("keys", [{"story-1"}, {"*"}, {"story-1", "other"}])
def test_a_purge_of_one_of_its_keys_ends_it(level, keys):
    level.put(ADDRESS, page("story-1", "settings"), level.count())
    level.purge(frozenset({"story-2"}))
    assert level.get(ADDRESS) is not None
    level.purge(keys)
    assert level.get(ADDRESS) is None


def test_a_page_that_was_begun_before_the_purge_is_never_good(level):
    begun = level.count()
    level.purge(frozenset({"story-1"}))
    level.put(ADDRESS, page("story-1"), begun)
    assert level.get(ADDRESS) is None
    level.put(ADDRESS, page("story-1"), level.count())
    assert level.get(ADDRESS) is not None


def test_without_redis_there_is_none():
    lost = Shared("redis://127.0.0.1:1/0")
    lost.purge(frozenset({"story-1"}))
    lost.put(ADDRESS, page("story-1"), 0)
    assert (lost.count(), lost.get(ADDRESS)) == (None, None)


def test_another_machine_answers_with_the_page_that_the_first_one_made(level, story, settings, monkeypatch):
    settings.EDGE_MEGABYTES, settings.EDGE_SHARED = 8, True
    logs = [RedisLog(REDIS), RedisLog(REDIS)]
    for log in logs:
        heard(log, ALL)
    monkeypatch.setattr(serving, "log", logs.pop)
    serving.tally.clear()
    made = Client().get("/latest/")
    assert Client().get("/latest/").content == made.content
    assert (serving.tally["misses"], serving.tally["shared"]) == (1, 1)
