"""`python -m bench.desk [--small N] [--large N] [--database URL] [--rounds N] [--json]`: the desk as its archive grows.

Each page is asked for by an editor through Django itself, first where there are `--small` stories, then where there are
`--large`; the figure that counts is the ratio of the two best times, which other work disturbs least; the goal is 1.5.
Works on a database that is thrown away; a PostgreSQL has to be on this machine, whose CPU counts too.
"""

import argparse
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from rich.console import Console
from rich.progress import track

from bench.alone import set_up
from bench.archive import SQLITE

parser = argparse.ArgumentParser(prog="bench.desk")
parser.add_argument("--small", type=int, default=1_000)
parser.add_argument("--large", type=int, default=100_000)
parser.add_argument("--database", default=SQLITE, help="sqlite, or the address of a PostgreSQL server")
parser.add_argument("--rounds", type=int, default=15)
parser.add_argument("--json", action="store_true")
options = parser.parse_args()
set_up(options.database)

from django.core.management import call_command  # noqa: E402
from django.db import connection, reset_queries  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from articles.models import (  # noqa: E402
    Article,
    ArticleActor,
    ArticleTopic,
    DeskWords,
    Event,
    Revision,
    Story,
)
from articles.models.revisions import document_of  # noqa: E402
from articles.workflow import Status  # noqa: E402
from bench.goals import AT_MOST, Goal  # noqa: E402
from bench.report import show  # noqa: E402
from tests import factories  # noqa: E402

BATCH = 2000
NEW, WORK, FORGOTTEN = 1_000, 2, 50
"""Of so many of the newest one in so many is in hand, and every page is full; of the older ones one in so many is."""
COMMON = 10  # topics that the new stories in hand have: one of them, a person and a desk fill a page as well
STATES = (Status.DRAFT, Status.IN_REVIEW, Status.CHANGES_ASKED, Status.APPROVED, Status.ON_HOLD)
GOAL, QUERIES = 1.5, 15
WORDS = (
    *("port", "rate", "bread", "court", "ferry", "league", "minister", "survey"),
    *("harbour", "wheat", "strike", "vote", "loaf", "bridge", "camp"),
)


def is_in_hand(number: int) -> bool:
    """Whether the story of this number, of which the newest has the least, is not in print yet, or no more."""
    return number % (WORK if number < NEW else FORGOTTEN) == 0


class Room:
    """A newsroom with one story that is written in full, and any number beside it."""

    def __init__(self) -> None:
        call_command("migrate", verbosity=0)
        names = (("wren", "Writer"), ("ede", "Editor"), ("rhea", "Reviewer"), ("pablo", "Publisher"))
        self.people = {role: factories.person(name, role) for name, role in names}
        self.desk = factories.desk()
        self.other = factories.desk("Courts", "courts")
        self.desk.members.add(self.people["Editor"])
        self.topics = [factories.topic(f"Topic {n}") for n in range(200)]
        self.actors = [factories.actor(f"Person Number{n}") for n in range(500)]
        self.story = factories.article(self.people["Writer"], self.desk)
        self.story.topics.add(self.topics[0])
        self.story.record_revision(by=self.people["Writer"])
        self.story.submit(by=self.people["Writer"])
        self.document = document_of(self.story)
        self.size = 1

    def fill(self, size: int) -> None:
        """Up to `size` stories."""
        starts = range(self.size, size, BATCH)
        for start in track(starts, description=f"{size} stories", console=Console(stderr=True)):
            self._batch(range(start, min(start + BATCH, size)))
        self.size = size
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    def _batch(self, numbers: range) -> None:
        now, writer = timezone.now(), self.people["Writer"]
        body = factories.BODY * 3
        articles = [
            Article(
                headline=f"{WORDS[n % 15]} {WORDS[n % 13]} {n}",
                slug=f"bench-{n}",
                body=body,
                writer=self.people["Publisher"] if n % 5 else writer,
                desk=self.desk if n // 7 % 3 else self.other,
                status=STATES[n // WORK % len(STATES)] if is_in_hand(n) else Status.PUBLISHED,
                changed_at=now - timedelta(minutes=n),
                due_at=now + timedelta(minutes=n % 5000) if n % 50 == 0 else None,
                version=1,
            )
            for n in numbers
        ]
        made = Article.objects.bulk_create(articles)
        rows = list(zip(numbers, made, strict=True))
        Revision.objects.bulk_create(
            Revision(article=each, number=1, document=self.document, created_by=writer) for _n, each in rows
        )
        Event.objects.bulk_create(
            Event(article_id=each.pk, verb="submit", by=writer, before="draft", after="in_review") for _n, each in rows
        )
        ArticleTopic.objects.bulk_create(
            ArticleTopic(content_object=each, tag=self.topics[n % (COMMON if n < NEW and is_in_hand(n) else 200)])
            for n, each in rows
        )
        ArticleActor.objects.bulk_create(
            ArticleActor(content_object=each, tag=self.actors[n % 500]) for n, each in rows
        )
        DeskWords.objects.bulk_create(
            DeskWords(article=each, words=f"{each.headline} {' '.join(WORDS)} unique{n}") for n, each in rows
        )
        Story.objects.bulk_create(
            Story(
                id=each.pk,
                headline=each.headline,
                slug=each.slug,
                edition_number=1,
                edition_kind="first",
                published_at=now,
                updated_at=now,
            )
            for _n, each in rows
            if each.status == Status.PUBLISHED
        )


def pages(room: Room) -> Iterator[tuple[str, str]]:
    """(name, address) of what is measured."""
    listed = "/admin/articles/article/"
    yield "list", listed
    yield "list: desk, person, topic", f"{listed}?desk={room.desk.pk}&person={room.people['Writer'].pk}&topic=Topic+0"
    yield "list: in review", f"{listed}?status=in_review"
    yield "list: a rare word", f"{listed}?q=unique7"
    yield "list: a word of every story", f"{listed}?q=harbour"
    yield "my desk", "/admin/"
    yield "board", "/admin/board/"
    yield (
        "board: desk, person, topic",
        f"/admin/board/?desk={room.desk.pk}&person={room.people['Writer'].pk}&topic=Topic+0",
    )
    yield "writing desk", f"{listed}{room.story.pk}/change/"
    yield "review", f"{listed}{room.story.pk}/review/"


def clock() -> float:
    """Seconds of CPU of this process, and of that in which a PostgreSQL on this machine works for it."""
    own = time.process_time()
    if connection.vendor == SQLITE:
        return own
    return own + int(Path(f"/proc/{connection.connection.info.backend_pid}/schedstat").read_text().split()[0]) / 1e9


def measured(room: Room, rounds: int) -> dict[str, tuple[float, int]]:
    """Name → (best of the rounds in seconds, queries)."""
    client = Client(headers={"host": "localhost"})
    client.force_login(room.people["Editor"], backend="articles.signing_in.DeskBackend")
    found = {}
    for name, address in pages(room):
        assert client.get(address).status_code == 200, address  # noqa: S101
        reset_queries()
        with CaptureQueriesContext(connection) as seen:
            client.get(address)
        took = []
        for _round in range(rounds):
            start = clock()
            client.get(address)
            took.append(clock() - start)
        found[name] = (min(took), len(seen))
    return found


def main() -> int:
    """Print the table."""
    room = Room()
    room.fill(options.small)
    small = measured(room, options.rounds)
    room.fill(options.large)
    large = measured(room, options.rounds)
    rows = []
    for name, (took, queries) in large.items():
        base = small[name][0]
        told = f"{base * 1000:.1f} ms at {options.small:,}"
        what = f"{name}, {options.large:,} stories"
        rows += [
            Goal(what, took * 1000, "ms of CPU", AT_MOST, GOAL, took / base, told),
            Goal(what, queries, "queries", AT_MOST, QUERIES),
        ]
    show([row.as_row() for row in rows], as_json=options.json)
    return 0


if __name__ == "__main__":
    sys.exit(main())
