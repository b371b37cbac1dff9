"""Builds an archive in a process of its own; see the package."""

import argparse
import os
import sys
from pathlib import Path
from types import SimpleNamespace

import django
from django.conf import settings

from bench.archive import PRINTED, SEARCHED, SQLITE, make_database, place
from bench.archive.world import World

parser = argparse.ArgumentParser(prog="bench.archive")
parser.add_argument("--size", type=int, default=1_000)
parser.add_argument("--database", default=SQLITE, help="sqlite, or postgres://… of a server")
options = parser.parse_args()
built = place(options.size, options.database)
os.environ |= built.environment
make_database(options.database)
django.setup()
settings.DEBUG = False  # or every query is kept

from django.contrib.auth import get_user_model  # noqa: E402  (needs the settings above)
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from articles import dossiers, profiles  # noqa: E402
from articles.importers.archive import BATCH, Archivist, record_of  # noqa: E402
from articles.management.commands.reprint import FEW  # noqa: E402
from articles.management.progress import Bar  # noqa: E402
from articles.models import ArchivedStory  # noqa: E402
from bench.archive.multiply import Multiplied  # noqa: E402
from tests import factories  # noqa: E402

LOOKED_AT = 1_000  # rows of an index that statistics of a multiplied archive are drawn from: all of it is 35 GB
PEOPLE = {"writer": "Writer", "editor": "Editor", "reviewer": "Reviewer", "publisher": "Publisher"}


def people() -> SimpleNamespace:
    """Somebody of each role, who log in with the password of `tests.factories`."""
    known = {user.username: user for user in get_user_model().objects.filter(username__in=PEOPLE)}
    return SimpleNamespace(**{name: known.get(name) or factories.person(name, role) for name, role in PEOPLE.items()})


def build(size: int) -> None:
    """Fill the database up to `size` stories, from where it stands."""
    call_command("migrate", verbosity=0)
    done = ArchivedStory.objects.count()
    archivist = Archivist(people().publisher)
    world = World()
    with Bar(f"{size:,} stories", size - done, sys.stderr) as advance:
        batches = (
            [record_of(world.record(number, size)) for number in range(start, min(start + BATCH, size))]
            for start in range(done, size, BATCH)
        )
        for taken in archivist.take_in_all(batches, workers=min(os.cpu_count() or 1, size // FEW)):
            advance(len(taken.articles))
    archivist.settle()
    if done < size:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def multiply(size: int) -> None:
    """Fill the database with the small archive, several times over."""
    if options.database != SQLITE or size % PRINTED:
        raise SystemExit(f"more than {PRINTED:,} stories are made on SQLite alone, and by the {PRINTED:,}")
    call_command("migrate", verbosity=0)
    small = Path(place(PRINTED, SQLITE).environment["NEWSROOM_VAR"]) / "newsroom.sqlite3"
    with Bar(f"{size:,} stories", size, sys.stderr) as advance:
        Multiplied(small, size // PRINTED, has_search=size <= SEARCHED).fill(advance)
    dossiers.compile_all()
    profiles.compile_all()
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA analysis_limit = {LOOKED_AT}")
        cursor.execute("ANALYZE")


(multiply if options.size > PRINTED else build)(options.size)
