"""`python -m bench.visible [--stories N] [--database URL] [--json]`: how soon readers have what is published.

Stories are published by this process while a server of two workers is read: each reader has a connection of its own,
and so one of the workers, and asks for the list of the latest again and again. What counts is the time from the order
to publish until every one of them has seen the story; the longest of all stories. Works on a database that is thrown
away.
"""

import argparse
import os
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from http.client import HTTPConnection
from types import SimpleNamespace

from bench.alone import set_up
from bench.archive import SQLITE, Archive

parser = argparse.ArgumentParser(prog="bench.visible")
parser.add_argument("--stories", type=int, default=20)
parser.add_argument("--database", default=SQLITE, help="sqlite, or the address of a PostgreSQL server")
parser.add_argument("--json", action="store_true")
options = parser.parse_args()
set_up(options.database)

from django.core.management import call_command  # noqa: E402  (needs the settings above)
from django.urls import reverse  # noqa: E402

from articles import press  # noqa: E402
from bench import servers  # noqa: E402
from bench.goals import AT_MOST, Goal  # noqa: E402
from bench.readers import collect_static, environment  # noqa: E402
from bench.report import show  # noqa: E402
from tests import factories  # noqa: E402

READERS = 16  # one of them at least is with each worker, but for once in thirty thousand
TOO_LATE = 30  # seconds
ROLES = {"writer": "Writer", "reviewer": "Reviewer", "publisher": "Publisher"}


def seen(readers: list[HTTPConnection], headline: str) -> None:
    """Return once all of them have a list of the latest with this headline."""
    end, left = time.monotonic() + TOO_LATE, list(readers)
    while left:
        if time.monotonic() > end:
            raise RuntimeError(f"{len(left)} of {len(readers)} readers do not see it after {TOO_LATE} seconds")
        left = [each for each in left if headline not in asked(each)]


def asked(reader: HTTPConnection) -> str:
    """The list of the latest."""
    reader.request("GET", reverse("latest"), headers={"Host": "localhost"})
    return reader.getresponse().read().decode()


def measured() -> Iterator[float]:
    """Seconds from the order to publish until the last reader sees it, of each story."""
    call_command("migrate", verbosity=0)
    people = SimpleNamespace(**{name: factories.person(name, role) for name, role in ROLES.items()})
    desk = factories.desk()
    ready = [
        factories.approve(factories.article(people.writer, desk, headline=f"Harbour opens, part {n}."), people)
        for n in range(options.stories)
    ]
    here = Archive(0, options.database, {name: os.environ[name] for name in ("NEWSROOM_VAR", "DATABASE_URL")})
    collect_static(here)
    with servers.granian("newsroom.wsgi:application", **environment(here)) as room, ExitStack() as stack:
        readers = [
            stack.enter_context(closing(HTTPConnection("127.0.0.1", room.port, timeout=TOO_LATE)))
            for _ in range(READERS)
        ]
        for article in ready:
            for each in readers:
                asked(each)  # every worker keeps the page as it is now
            start = time.perf_counter()
            press.publish(article, by=people.publisher)
            seen(readers, article.headline)
            yield time.perf_counter() - start


def main() -> int:
    """Print the table."""
    longest = max(measured())
    row = Goal("published until every worker shows it, the longest", longest, "s", AT_MOST, 1)
    show([row.as_row()], as_json=options.json)
    return 0


if __name__ == "__main__":
    sys.exit(main())
