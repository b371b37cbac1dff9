"""Redis with the settings of `deploy/redis`, away and back again: pages go on, and the cache with it."""

from pathlib import Path

import pytest
from django.conf import settings as newsroom
from django.core.cache import caches

from articles import readiness

from .servers import free_port, program, running

CONF = Path(newsroom.BASE_DIR) / "deploy" / "redis" / "newsroom.conf"


@pytest.fixture
def server(tmp_path):
    """`server()` runs Redis on the same port each time; `server.port` is that."""
    command, port = program("redis-server"), free_port()

    def start():
        arguments = ["--port", str(port), "--bind", "127.0.0.1", "--dir", str(tmp_path)]
        return running([command, str(CONF), *arguments], port, tmp_path / "redis.log")

    start.port = port
    return start


@pytest.fixture
def cache(server, settings):
    settings.CACHES = settings.CACHES | {
        "default": {
            "BACKEND": "articles.shared_cache.SharedCache",
            "LOCATION": f"redis://127.0.0.1:{server.port}/0",
        }
    }
    kept = caches["default"]
    yield kept
    del caches["default"]


def test_settings_are_taken(server, cache):
    with server():
        told = cache._cache.get_client().config_get("*")
    assert told["maxmemory"] == str(256 * 1024 * 1024)
    assert (told["maxmemory-policy"], told["save"], told["appendonly"]) == ("volatile-lru", "", "no")


@pytest.mark.django_db
def test_pages_go_on_while_it_is_away_and_it_is_used_again_when_it_is_back(server, cache, client, story, monkeypatch):
    addresses = ("/", "/latest/", story.get_absolute_url(), "/feeds/latest.rss", "/admin/login/")
    with server():
        cache.set("kept", 1, 60)
        assert cache.get("kept") == 1
        assert "cache: ok" in ready(client)
        assert {client.get(address).status_code for address in addresses} == {200}
    assert {client.get(address).status_code for address in addresses} == {200}
    assert (cache.get("kept", "otherwise"), cache.get_many(["kept"]), cache.add("kept", 2)) == ("otherwise", {}, False)
    assert (cache.set_many({"kept": 1}), cache.delete("kept"), cache.touch("kept")) == (["kept"], False, False)
    assert (cache.has_key("kept"), cache.clear()) == (False, False)  # the method itself, not `in`
    cache.delete_many(["kept"])
    assert cache._away_until, "nobody waits each time"
    assert "cache: failing" in ready(client)
    with server():
        monkeypatch.setattr(cache, "_away_until", 0.0)
        assert client.get("/latest/").status_code == 200
        assert cache.add("kept", 3)
        assert cache.get_many(["kept"]) == {"kept": 3}
        assert "cache: ok" in ready(client)


def test_one_that_was_restarted_is_found_with_the_first_request(server, cache):
    with server():
        cache.set("kept", 1, 60)
    with server():
        assert cache.add("kept", 2), "the broken connection was opened anew"
        assert cache.get("kept") == 2


def ready(client):
    readiness.forget()
    return client.get("/readyz").content.decode()
