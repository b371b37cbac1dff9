"""`python -m bench.archive [--size N] [--database sqlite|postgres://…/]`: builds an archive to measure on, keeps it.

A story is of about 900 words of a Zipf vocabulary in paragraphs, with a section, a byline, actors and topics (few of
them in many stories, most in few), quotes, a picture by reference; one in fifty was corrected. They come in through
`articles.importers.archive`, in the order of their publication, ten an hour, and are printed like any other. The same
number is the same story on every machine.

One of more than `PRINTED` stories is made out of one of so many (`multiply`): it has no desk, and one of more than
`SEARCHED` no search.

What is built stays under `var/bench/`, or in a database named `bench_archive_SIZE`. A build that was stopped goes on
where it was. From another program:

    from bench.archive import archive
    built = archive(100_000, "sqlite")      # makes what is missing, in a process of its own
    os.environ |= built.environment         # before django.setup(), or for a server that is started
"""

import os
import subprocess
import sys
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parent.parent.parent
SQLITE = "sqlite"
PRINTED = 20_000
"""Stories that come in and are printed one by one; an archive of more has each of them several times."""
SEARCHED = 200_000
"""Stories that are found by search where they were multiplied: they take half the room."""


@dataclass(frozen=True)
class Archive:
    """One that was built: `environment` are the variables by which a process works on it."""

    size: int
    database: str
    environment: dict[str, str]


def archive(size: int, database: str = SQLITE) -> Archive:
    """Build `size` stories, or find them built. `database`: "sqlite", or the address of a PostgreSQL server.

    Works in a process of its own, so that it can be called before and after `django.setup()`; shows its progress.
    """
    found = place(size, database)
    if size > PRINTED:
        archive(PRINTED, database)
    command = [sys.executable, "-m", "bench.archive", "--size", str(size), "--database", database]
    subprocess.run(command, cwd=ROOT, check=True)  # noqa: S603  (our own program)
    return found


def place(size: int, database: str, what: str = "archive") -> Archive:
    """Where an archive of that size is, or would be; `what` is another than that of stories."""
    kind = SQLITE if database == SQLITE else "postgresql"
    var = Path(os.environ.get("NEWSROOM_BENCH_VAR", ROOT / "var" / "bench")) / f"{what}-{kind}-{size}"
    environment = {
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        "DEBUG": "1",
        "LOG_LEVEL": "ERROR",
        "NEWSROOM_VAR": str(var),
        "DATABASE_URL": f"sqlite:///{var}/newsroom.sqlite3",
    }
    if database != SQLITE:
        environment["DATABASE_URL"] = address_on(database, f"bench_{what}_{size}")
    return Archive(size, database, environment)


def address_on(server: str, name: str) -> str:
    """Of a database of that name on the PostgreSQL server of that address."""
    return urlunsplit((*urlsplit(server)[:2], f"/{name}", "", ""))


def make_database(address: str) -> None:
    """The database of `DATABASE_URL` on the PostgreSQL server of that address, where it is missing."""
    if address == SQLITE:
        return
    name = urlsplit(os.environ["DATABASE_URL"]).path.strip("/")
    if not on_server(address, "SELECT 1 FROM pg_database WHERE datname = %s", name).fetchone():
        on_server(address, f'CREATE DATABASE "{name}"')


def drop_database(server: str, name: str) -> None:
    """Have the server forget it, whoever is still connected."""
    on_server(server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def on_server(server: str, statement: str, *values: str) -> Any:
    """What the PostgreSQL server of that address answers, of no database of ours."""
    with import_module("psycopg").connect(server, dbname="postgres", autocommit=True) as connection:
        return connection.execute(statement, values)
