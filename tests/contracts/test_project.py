"""Promises about the project as a whole."""

import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import redis
from django.apps import apps
from django.conf import settings
from django.core.cache import caches
from django.core.management import call_command
from django.db import close_old_connections, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import AddField, CreateModel, DeleteModel, RemoveField

ROOT = Path(settings.BASE_DIR)


def manage(*arguments, **environment):
    """Run a command in a process of its own with just these settings."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(  # noqa: S603
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=kept | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_the_version_before_can_write_on_after_a_migration():
    """`docs/deploy.md`: a column that comes may be left out by who does not know of it, and nothing is taken away."""
    loader = MigrationLoader(connection=None)
    late = [each for (app, name), each in loader.disk_migrations.items() if app == "articles" and name > "0002"]
    made = {
        operation.name.lower() for each in late for operation in each.operations if isinstance(operation, CreateModel)
    }
    for migration in late:
        for operation in migration.operations:
            assert not isinstance(operation, RemoveField | DeleteModel), migration
            if isinstance(operation, AddField) and operation.model_name.lower() not in made:
                assert operation.field.null or operation.field.has_db_default(), (migration, operation.name)


def test_locks_name_no_host_and_hash_everything():
    for name in ("requirements.txt", "requirements-dev.txt"):
        lock = (ROOT / name).read_text()
        assert "://" not in lock
        assert "--index" not in lock
        assert "--find-links" not in lock
        pinned = re.findall(r"^[\w.\[\]-]+==[^\\\n]+", lock, re.MULTILINE)
        assert len(pinned) > 15
        assert len(re.findall(r"\\\n    --hash=sha256:[0-9a-f]{64}", lock)) >= len(pinned)


def test_the_lock_of_the_audits_tools_names_no_host_and_hashes_everything():
    lock = json.loads((ROOT / "bench" / "audit" / "package-lock.json").read_text())
    assert "://" not in json.dumps(lock)
    tools = [tool for name, tool in lock["packages"].items() if name]
    assert len(tools) > 100
    assert all(tool["integrity"].startswith("sha512-") for tool in tools)


def test_a_missing_secret_stops_the_start_with_a_sentence(tmp_path):
    run = manage("check", NEWSROOM_VAR=str(tmp_path))
    assert run.returncode != 0
    assert "SECRET_KEY is missing: set it to a long random string" in run.stderr


def test_a_short_secret_stops_the_start_too(tmp_path):
    run = manage("check", NEWSROOM_VAR=str(tmp_path), SECRET_KEY="short")
    assert run.returncode != 0
    assert "too short" in run.stderr


def test_production_settings_pass_the_deployment_check(tmp_path):
    secret = "q8" * 10 + "Zw3-" * 10 + "kL"
    run = manage(
        "check",
        "--deploy",
        "--fail-level",
        "WARNING",
        NEWSROOM_VAR=str(tmp_path),
        SECRET_KEY=secret,
        NEWSROOM_URL="https://paper.example",
    )
    assert run.returncode == 0, run.stderr


def test_every_model_says_what_it_is():
    for model in apps.get_app_config("articles").get_models():
        if model._meta.auto_created:
            continue
        assert model.__doc__, model
        assert not model.__doc__.startswith(f"{model.__name__}("), f"{model} has no docstring of its own"
        assert model.__str__ is not object.__str__, model
        assert str(model._meta.verbose_name) != model.__name__, model
    for path in ROOT.glob("articles/**/*.py"):
        if "migrations" not in path.parts and path.read_text().strip():
            assert path.read_text().startswith(('"""', "#!")), f"{path} does not say what belongs in it"


def test_no_template_holds_inline_script_or_style():
    inline = re.compile(
        r"<script(?![^>]*\bsrc=)(?![^>]*\bnonce=)|<style(?![^>]*\bnonce=)|\sstyle=|\son[a-z]+=\"", re.IGNORECASE
    )
    for path in ROOT.glob("templates/**/*.html"):
        assert not inline.search(path.read_text()), path


def test_nothing_is_fetched_from_another_host():
    address = r"""["'](?:https?:)?//"""
    loads = rf"""(?:src|action)={address}|<(?:link|use|image)\b[^>]*href={address}"""
    ours = r"""\s+url\("[a-z-]+\.css"\)"""  # a part of the same sheet
    foreign = re.compile(rf"""{loads}|@import(?!{ours})|url\(["']?(?:https?:)?//""")
    for pattern in ("templates/**/*.html", "static/css/*.css"):
        for path in ROOT.glob(pattern):
            assert not foreign.search(path.read_text()), path


def test_sqlite_waits_its_turn():
    options = settings.DATABASES["default"].get("OPTIONS", {})
    if connection.vendor == "sqlite":
        assert settings.DATABASES["default"]["ENGINE"] == "newsroom.sqlite"
        assert options["transaction_mode"] == "IMMEDIATE"
        assert "WAL" in options["init_command"]
        assert options["timeout"] >= 5


def test_redis_keeps_the_cache_where_it_is_configured(tmp_path, settings):
    url = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/9")
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": url}}
    cache = caches.create_connection("default")
    try:
        cache.set("newsroom-test", "kept", 120)  # a busy machine starts a process slowly
    except redis.ConnectionError as error:
        pytest.skip(f"Redis does not answer at {url}: {error}")
    assert cache.get("newsroom-test") == "kept"
    run = manage(
        "shell",
        "-c",
        "from django.core.cache import cache; print(cache.get('newsroom-test'))",
        DEBUG="1",
        NEWSROOM_VAR=str(tmp_path),
        REDIS_URL=url,
    )
    assert "kept" in run.stdout, run.stderr


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a pool keeps those to PostgreSQL")
def test_the_connection_to_sqlite_stays_open_for_the_next_request(db):
    def kept():
        connection.ensure_connection()
        try:
            opened = connection.connection
            close_old_connections()
            return connection.connection is opened
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as others:  # a connection of its own, outside the transaction of the test
        assert others.submit(kept).result()
