"""Caches before the site are told what has changed: by the worker, in few requests, again where they do not answer."""

import json
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from articles import background, pictures, press, purging
from tests.contracts.test_project import manage
from tests.deploy.servers import Site, free_port

pytestmark = pytest.mark.django_db


@pytest.fixture
def api():
    """The HTTP interface of a cache; answers well until told otherwise."""
    with Site() as site:
        for path in ("/", "/service/S/purge", "/service/S/purge_all", "/zones/Z/purge_cache"):
            site.pages[path] = 200, {}, ""
        site.pages["/zones/Z/purge_cache"] = 200, {"Content-Length": "17"}, '{"success": true}'
        yield site


@pytest.fixture
def caches(api, settings):
    """One of each kind, all at the same address."""
    at = f"127.0.0.1:{api.port}"
    settings.PURGE_URLS = [
        f"varnish+http://{at}/",
        f"fastly+http://:fastly-secret@{at}/service/S",
        f"cloudflare+http://:cf%2Dsecret@{at}/zones/Z",
    ]
    return purging.caches()


def work():
    """What a worker does with what waits, without its own connections."""
    for row in DBTaskResult.objects.ready():
        purging.send.call(*row.args_kwargs["args"])
        row.delete()


def waiting():
    return [row.args_kwargs["args"] for row in DBTaskResult.objects.filter(status="READY").order_by("enqueued_at")]


def test_each_kind_is_told_in_its_own_words(api, caches):
    purging.purge({"story-12", "actor-3", "schedule"})
    assert api.asked == [], "nothing is sent within the request"
    work()
    (varnish, fastly, cloudflare) = api.asked
    assert varnish[:2] == ("PURGE", "/")
    assert varnish[2]["surrogate-key"] == "actor-3 story-12"
    assert fastly[:2] == ("POST", "/service/S/purge")
    assert (fastly[2]["surrogate-key"], fastly[2]["fastly-key"]) == ("actor-3 story-12", "fastly-secret")
    assert "fastly-soft-purge" not in fastly[2]
    assert cloudflare[:2] == ("POST", "/zones/Z/purge_cache")
    assert cloudflare[2]["authorization"] == "Bearer cf-secret"
    assert json.loads(api.bodies[-1]) == {"tags": ["actor-3", "story-12"]}
    assert waiting() == []


def test_pictures_that_wait_are_no_hindrance(api, caches, settings):
    settings.PURGE_URLS = settings.PURGE_URLS[:1]
    for number in range(3):
        pictures.make.enqueue(number)
    purging.purge({"story-12"})
    assert DBTaskResult.objects.ready().first().task_path == purging.send.module_path


def test_everything_is_one_request(api, caches):
    purging.purge({"story-12", "*"})
    work()
    varnish, fastly, _cloudflare = api.asked
    assert varnish[2]["surrogate-key"] == "*"
    assert fastly[1] == "/service/S/purge_all"
    assert json.loads(api.bodies[-1]) == {"purge_everything": True}


def test_keys_go_in_batches_that_each_cache_takes(api, caches):
    purging.purge({f"story-{number}" for number in range(1000)})
    work()
    sent = {}
    for (_method, path, headers), body in zip(api.asked, api.bodies, strict=True):
        keys = json.loads(body)["tags"] if body else headers["surrogate-key"].split()
        sent.setdefault(path, []).append(keys)
        assert len(headers.get("surrogate-key", "")) <= 4000
    for path, most in {"/": 256, "/service/S/purge": 256, "/zones/Z/purge_cache": 30}.items():
        assert max(map(len, sent[path])) <= most
        assert {key for keys in sent[path] for key in keys} == {f"story-{number}" for number in range(1000)}


def test_keys_join_those_that_wait(api, caches, settings):
    settings.PURGE_URLS = settings.PURGE_URLS[:1]
    for number in range(50):
        purging.purge({f"story-{number}", "stories"})
    ((name, keys),) = waiting()
    assert name == caches[0].name
    assert set(keys) == {"stories", *(f"story-{number}" for number in range(50))}
    for number in range(0, 3 * purging.MOST, 1000):
        purging.purge({f"story-{number + each}" for each in range(1000)})
    assert waiting() == [[name, ["*"]]]


def test_keys_do_not_join_a_task_that_a_worker_has(api, caches):
    purging.purge({"story-1"})
    DBTaskResult.objects.update(status="RUNNING")
    purging.purge({"story-2"})
    assert [keys for _name, keys in waiting()] == [["story-2"]] * 3


def test_cache_that_does_not_answer_is_told_again_and_others_at_once(api, caches, caplog):
    api.pages["/"] = 503, {}, "busy"
    api.pages["/zones/Z/purge_cache"] = 200, {"Content-Length": "18"}, '{"success": false}'
    purging.purge({"story-12"})
    work()
    assert len(api.asked) == 3
    again = {name: (keys, attempt) for name, keys, attempt in waiting()}
    assert again == {caches[0].name: (["story-12"], 2), caches[2].name: (["story-12"], 2)}
    for row in DBTaskResult.objects.filter(status="READY"):
        assert timedelta(0) < row.run_after - row.enqueued_at < timedelta(seconds=5)
    api.pages["/"] = 200, {}, ""
    api.pages["/zones/Z/purge_cache"] = 200, {"Content-Length": "17"}, '{"success": true}'
    DBTaskResult.objects.filter(status="READY").update(run_after=timezone.now() - timedelta(seconds=1))
    work()
    assert waiting() == []
    assert len(api.asked) == 5
    assert "secret" not in caplog.text


def test_cache_that_never_answers_is_given_up_at_last(api, settings, caplog):
    settings.PURGE_URLS = [f"varnish+http://127.0.0.1:{free_port()}"]
    (cache,) = purging.caches()
    for attempt in (purging.ATTEMPTS - 1, purging.ATTEMPTS):
        DBTaskResult.objects.all().delete()
        purging.send.call(cache.name, ["story-12"], attempt)
        assert len(waiting()) == (1 if attempt < purging.ATTEMPTS else 0)
    (row,) = [record for record in caplog.records if record.levelname == "ERROR"]
    assert "is not told any more of 1 keys" in row.getMessage()


def test_a_token_is_not_sent_on_to_another_address(api, caches):
    api.pages["/service/S/purge"] = 302, {"Location": f"http://localhost:{api.port}/elsewhere"}, ""
    with pytest.raises(OSError, match="302"):
        purging.tell(caches[1], ["story-12"])
    assert api.times("/elsewhere") == 0


def test_cache_that_was_taken_out_is_told_nothing(api, caches, settings):
    purging.purge({"story-12"})
    settings.PURGE_URLS = []
    work()
    assert (api.asked, waiting()) == ([], [])


def test_without_caches_nothing_is_ordered(django_assert_num_queries):
    with django_assert_num_queries(0):
        purging.purge({"story-12"})


def test_publishing_tells_of_the_story_and_survives_a_queue_that_fails(
    api, caches, story, monkeypatch, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        press.reprint([story.pk])
    assert all(f"story-{story.pk}" in keys and "stories" in keys for _name, keys in waiting())
    assert len(waiting()) == 3

    def fail(*args, **kwargs):
        raise OperationalError("disk full")

    monkeypatch.setattr(background, "add_to_waiting", fail)
    with django_capture_on_commit_callbacks(execute=True):
        assert press.reprint([story.pk]) == 1


def test_tokens_stand_in_no_task_and_no_name(caches):
    purging.purge({"story-12"})
    for text in (repr(caches), str(waiting())):
        assert "secret" not in text
    assert caches[2].token == "cf-secret"


def test_an_address_that_is_no_cache_stops_the_start(tmp_path):
    for url in ("http://127.0.0.1", "squid+http://127.0.0.1", "varnish+ftp://127.0.0.1", "varnish+http://"):
        with pytest.raises(ValueError, match="PURGE_URLS"):
            purging.cache_at(url)
    run = manage("check", DEBUG="1", NEWSROOM_VAR=str(tmp_path), PURGE_URLS="squid+http://127.0.0.1")
    assert "PURGE_URLS has an entry" in run.stderr
