"""A primary and a replica with the settings of `deploy/postgresql`, and what the site reads from which."""

import glob
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from .servers import free_port, program, put

DEPLOY = Path(settings.BASE_DIR) / "deploy" / "postgresql"
FOLDERS = sorted(glob.glob("/usr/lib/postgresql/*/bin"), reverse=True)
SMALL = {"shared_buffers = 2GB": "shared_buffers = 16MB", "listen_addresses = '*'": "listen_addresses = '127.0.0.1'"}
AS_POSTGRES = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []


def run(*command):
    done = subprocess.run([*AS_POSTGRES, *command], capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"


def ask(port, statement):
    with psycopg.connect(f"postgres://postgres@127.0.0.1:{port}/postgres", autocommit=True) as connection:
        found = connection.execute(statement)
        return found.fetchall() if found.description else None


@pytest.fixture
def clusters():
    """(port of the primary, port of the replica, commands that stop and start them)."""
    names = ("initdb", "pg_ctl", "pg_basebackup")
    initdb, pg_ctl, pg_basebackup = (program(name, *FOLDERS) for name in names)
    folder = Path(tempfile.mkdtemp(prefix="newsroom-pg-"))
    if AS_POSTGRES:
        shutil.chown(folder, "postgres", "postgres")
    ports = {"primary": free_port(), "replica": free_port()}

    def control(name, *verb):
        return [pg_ctl, "--pgdata", str(folder / name), *verb]

    def start(name, *confs):
        lines = [f"port = {ports[name]}", f"unix_socket_directories = '{folder}'", "fsync = off", *confs]
        conf = folder / f"{name}.conf"
        conf.write_text("\n".join(lines), encoding="utf-8")
        conf.chmod(0o644)
        main = folder / name / "postgresql.conf"
        with main.open("a", encoding="utf-8") as told:
            told.write(f"\ninclude '{conf}'\n")
        run(*control(name, *begin(name)))

    def begin(name):
        return "--wait", "--silent", f"--log={folder}/{name}.log", "start"

    primary = put((DEPLOY / "primary.conf").read_text(encoding="utf-8"), SMALL)
    replica = (DEPLOY / "replica.conf").read_text(encoding="utf-8")
    stop = ("--mode=immediate", "--silent", "stop")
    try:
        to = str(folder / "primary")
        run(initdb, "--pgdata", to, "--auth=trust", "--username=postgres", "--no-sync", "--encoding=UTF8", "--locale=C")
        start("primary", primary)
        source = ["--host=127.0.0.1", f"--port={ports['primary']}", "--username=postgres"]
        how = ["--write-recovery-conf", "--wal-method=stream", "--checkpoint=fast", "--no-sync"]
        run(pg_basebackup, *source, *how, "--create-slot", "--slot=replica_1", f"--pgdata={folder / 'replica'}")
        start("replica", primary, replica)
        commands = {
            "stop replica": control("replica", *stop),
            "stop primary": control("primary", *stop),
            "start primary": control("primary", *begin("primary")),
        }
        yield (*ports.values(), {name: [*AS_POSTGRES, *command] for name, command in commands.items()})
    finally:
        for name in ("replica", "primary"):
            subprocess.run([*AS_POSTGRES, *control(name, *stop)], capture_output=True, check=False)  # noqa: S603
        shutil.rmtree(folder, ignore_errors=True)


def settings_are_taken(primary, replica):
    """Those of the primary by both, those of a replica by it."""
    assert ask(primary, "SELECT pg_is_in_recovery()") == [(False,)]
    assert ask(replica, "SELECT pg_is_in_recovery()") == [(True,)]
    for port in (primary, replica):
        assert ask(port, "SHOW max_slot_wal_keep_size") == [("10GB",)]
        assert ask(port, "SELECT name, error FROM pg_file_settings WHERE error IS NOT NULL") == []
    assert ask(replica, "SHOW hot_standby_feedback") == [("on",)]
    assert ask(primary, "SELECT slot_name, active FROM pg_replication_slots") == [("replica_1", True)]


def test_readers_read_the_replica_and_whoever_published_the_primary(clusters, tmp_path):
    primary, replica, commands = clusters
    settings_are_taken(primary, replica)
    ask(primary, "CREATE DATABASE newsroom")
    url = "postgres://postgres@127.0.0.1:{}/newsroom"
    environment = {
        **{name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")},
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        "DEBUG": "1",
        "NEWSROOM_VAR": str(tmp_path),
        "DATABASE_URL": url.format(primary),
        "READ_DATABASE_URL": f"{url.format(replica)},{url.format(free_port())}",  # of the second nobody answers
        "REPLICA_LAG_SECONDS": "1",
    }
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "tests.deploy.replicated", json.dumps(commands)],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    told = json.loads(done.stdout.splitlines()[-1])

    def saw(name):
        return told[name]["status"], told[name]["headline"], told[name]["asked"]

    assert told["pooled"]
    assert told["longest statement"] == "30s"
    assert told["fit"] == ["replica_1"]
    assert saw("reader") == saw("story") == (200, "First", ["replica_1"])
    assert {page["status"] for page in told["pages"].values()} == {200}
    asked = {address: page["asked"] for address, page in told["pages"].items() if page["asked"]}
    assert {address for address, aliases in asked.items() if aliases != ["replica_1"]} == set()
    assert len(asked) > 8
    assert told["act of somebody signed in"]["cookie"]
    assert not any(told[name]["cookie"] for name in ("reader", "act of a stranger"))

    assert saw("reader while the replica is behind") == (200, "First", ["replica_1"])
    assert saw("who has published") == (200, "Second", ["default"])
    assert saw("reader after something was printed here") == (200, "Second", ["default"])
    assert told["fit when behind"] == []
    assert saw("reader when it is left out") == (200, "Second", ["default"])
    assert told["fit when caught up"] == ["replica_1"]
    assert saw("reader when it is back") == (200, "Second", ["replica_1"])

    assert saw("reader while the primary is away")[:2] == (200, "Second")
    assert told["fit while the primary is away"] == ["replica_1"]
    assert told["what is due is not asked again at once"]
    assert saw("reader when it died") == (200, "Third", ["default"])
    assert told["fit when it died"] == []
