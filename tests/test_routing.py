"""Which database is read, without any server: the rules. `deploy/test_postgresql` has them on a replica."""

import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.test import RequestFactory

from articles import press, replicas, routing
from articles.models import Actor, Article, Edition, Image, Source, Story
from articles.reading import COOKIE, ReplicaMiddleware
from articles.routing import ReadersRouter
from tests.contracts.test_project import manage

router = ReadersRouter()


@pytest.fixture(autouse=True)
def _let_go():
    routing.let_go()
    yield
    routing.let_go()


@pytest.fixture
def fit(monkeypatch):
    """One replica that may be read, and a middleware whose request would go there."""
    monkeypatch.setattr(replicas.replicas, "aliases", ("replica_1",))
    monkeypatch.setattr(replicas.replicas, "fit", frozenset({"replica_1"}))
    monkeypatch.setattr(replicas.replicas, "_watch", lambda: None)
    return ReplicaMiddleware._alias_for


@pytest.fixture
def places(monkeypatch):
    """How far each database is in the log; None where it does not answer."""
    found = {"default": 100, "replica_1": 100, "replica_2": 100}
    monkeypatch.setattr(replicas, "_how_far", lambda alias, statement: found[alias])
    return found


def request(method="GET", path="/latest/", **cookies):
    asked = RequestFactory().generic(method, path)
    asked.COOKIES.update(cookies)
    return asked


@pytest.mark.django_db(transaction=True)
def test_only_readers_tables_are_read_from_a_replica_and_nothing_is_written_there():
    assert router.db_for_read(Story) == "default"
    with routing.reading("replica_1"):
        assert {router.db_for_read(model) for model in (Story, Actor, Image)} == {"replica_1"}
        assert {router.db_for_read(model) for model in (Article, Edition, Source, User)} == {"default"}
        assert router.db_for_write(Story) == "default"
        with transaction.atomic():
            assert router.db_for_read(Story) == "default", "what is written is read where it is written"
    assert router.db_for_read(Story) == "default"


def test_replicas_are_not_migrated_and_hold_the_same_rows():
    assert router.allow_migrate("default", "articles")
    assert not router.allow_migrate("replica_1", "articles")
    assert router.allow_relation(Story(), Actor())


def test_no_table_of_readers_is_one_their_pages_may_not_reach():
    contracts = tomllib.loads((Path(settings.BASE_DIR) / "pyproject.toml").read_text(encoding="utf-8"))
    forbidden = contracts["tool"]["importlinter"]["contracts"][1]["forbidden_modules"]
    assert not routing.READERS & set(forbidden)
    for module in routing.READERS:
        import_module(module)


@pytest.mark.django_db
def test_pages_for_readers_ask_for_nothing_but_readers_tables(client, story, monkeypatch):
    """So that all of a page comes from the replica; a model that a new page reads belongs into the list."""
    asked = set()

    def note(router, model, **hints):
        asked.add(model)
        return "default"

    monkeypatch.setattr(ReadersRouter, "db_for_read", note)
    actor, topic = (f"/{kind}/{getattr(story, kind)[0]['slug']}/" for kind in ("actors", "topics"))
    address = story.get_absolute_url()
    pages = [
        "/",
        "/latest/",
        "/corrections/",
        "/actors/",
        "/topics/",
        "/contributors/",
        "/about/sourcing/",
        "/search/?q=a",
    ]
    pages += [address, f"{address}history/", actor, f"{actor}quotes/", f"{actor}mentions/", topic, "/about/masthead/"]
    pages += ["/feeds/latest.rss", f"{actor}feed.atom", "/sitemap.xml", "/sitemap-stories-0.xml", "/news-sitemap.xml"]
    assert {page: client.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)
    assert len(asked) > 12
    assert {model.__module__ for model in asked} - routing.READERS == set()


def test_readers_go_to_a_replica_and_the_desk_does_not(fit):
    for method, path in (("GET", "/"), ("HEAD", "/latest/"), ("GET", "/media/images/a.jpg")):
        assert fit(request(method, path)) == "replica_1"
    for method, path in (("GET", "/admin/"), ("GET", "/preview/x/"), ("GET", "/readyz"), ("POST", "/latest/")):
        assert fit(request(method, path)) == "default"


def test_who_has_just_published_and_who_has_heard_of_it_reads_the_primary(fit):
    assert fit(request(**{COOKIE: "1"})) == "default"
    routing.hold_off()
    assert fit(request()) == "default"
    routing._held_until[0] -= routing.primary_seconds() + 1
    assert fit(request()) == "replica_1"


@pytest.mark.django_db
def test_printing_a_story_holds_replicas_off(fit, story, django_capture_on_commit_callbacks):
    from_before = fit(request())
    with django_capture_on_commit_callbacks(execute=True):
        press.reprint([story.pk])
    assert (from_before, fit(request())) == ("replica_1", "default")


def test_without_replicas_nothing_changes():
    assert ReplicaMiddleware._alias_for(request()) == "default"
    assert settings.REPLICAS == []


def test_a_statement_of_the_site_has_an_end_and_one_of_a_command_has_none(tmp_path):
    told = {"DEBUG": "1", "NEWSROOM_VAR": str(tmp_path), "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"}
    show = "from django.conf import settings; print(settings.DATABASES['default']['OPTIONS']['options'])"
    command = manage("shell", "--no-imports", "-c", show, **told)
    assert command.stdout.strip() == "-c statement_timeout=0 -c idle_in_transaction_session_timeout=0", command.stderr
    site = subprocess.run(  # noqa: S603
        [sys.executable, "-c", show],
        cwd=settings.BASE_DIR,
        env=told | {"DJANGO_SETTINGS_MODULE": "newsroom.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert site.stdout.strip() == "-c statement_timeout=30000 -c idle_in_transaction_session_timeout=60000"


def test_replica_is_read_that_has_what_the_primary_had(places, settings):
    settings.REPLICA_LAG_SECONDS = 5
    copies = replicas.Replicas(["replica_1", "replica_2"])
    places["replica_2"] = 40
    assert copies.look(now=0) == {"replica_1"}
    places.update(default=200, replica_2=150)
    assert copies.look(now=2) == {"replica_1", "replica_2"}, "100 was the primary's place within the five seconds"
    assert copies.look(now=8) == set(), "both lack 200, which is six seconds old"
    places.update(replica_1=200)
    assert copies.look(now=10) == {"replica_1"}


def test_replica_that_lost_its_primary_is_left_out_and_a_silent_one_too(places):
    copies = replicas.Replicas(["replica_1", "replica_2"])
    assert copies.look(now=0) == {"replica_1", "replica_2"}
    places["replica_2"] = None
    assert copies.look(now=2) == {"replica_1"}
    for now in range(4, 20, 2):
        places["default"] += 10
        copies.look(now=now)
    assert copies.fit == set()


def test_replicas_are_kept_while_the_primary_is_away(places):
    copies = replicas.Replicas(["replica_1"])
    copies.look(now=0)
    places["default"] = None
    for now in range(2, 60, 2):
        assert copies.look(now=now) == {"replica_1"}


def test_nothing_is_picked_before_the_first_look_or_after_a_failure(places, monkeypatch):
    copies = replicas.Replicas(["replica_1"])
    monkeypatch.setattr(copies, "_watch", lambda: None)
    assert copies.pick() == "default"
    copies.look(now=0)
    assert copies.pick() == "replica_1"
    copies.leave_out("replica_1")
    assert copies.pick() == "default"
