"""`python -m bench.publishing [--size N] [--database URL] [--stories N] [--json]`: what the press takes in an archive.

Publishes stories one by one, prints some of the archive anew, and brings in records as an archive comes in, both
against bare `bulk_create` of the rows that come of it. The stories stay in the archive: they are few.
"""

import argparse
import os
import random
import statistics
import sys
import time

from bench.archive import SQLITE, archive
from bench.goals import AT_LEAST, AT_MOST, Goal
from bench.report import show

parser = argparse.ArgumentParser(prog="bench.publishing")
parser.add_argument("--size", type=int, default=100_000)
parser.add_argument("--database", default=SQLITE)
parser.add_argument("--stories", type=int, default=40)
parser.add_argument("--anew", type=int, default=400, help="stories that are printed anew")
parser.add_argument("--json", action="store_true")
options = parser.parse_args(sys.argv[1:])
built = archive(options.size, options.database)
os.environ |= built.environment

import django  # noqa: E402  (needs the environment above)
from django.conf import settings  # noqa: E402

django.setup()
settings.DEBUG = False  # or every query is kept, and no piece of a page

from django.contrib.auth import get_user_model  # noqa: E402
from django.db import transaction  # noqa: E402

from articles import press  # noqa: E402
from articles.importers.archive import BATCH, Archivist, record_of  # noqa: E402
from articles.models import Article, Desk, Revision, Story, StoryActor, StoryQuote, StoryTopic  # noqa: E402
from articles.models.tags import Actor, Topic  # noqa: E402
from bench.archive.world import World  # noqa: E402
from tests import factories  # noqa: E402

PEOPLE = {"writer": "wren", "reviewer": "rhea", "publisher": "pablo"}


class Room:
    """People of the archive, and stories to publish."""

    def __init__(self) -> None:
        users = get_user_model().objects
        for role in PEOPLE:
            found = users.filter(username=role).first() or factories.person(role, role.capitalize())
            setattr(self, role, found)
        self.desk = Desk.objects.first() or factories.desk()
        self.actors = list(Actor.objects.order_by("pk")[:200])
        self.topics = list(Topic.objects.order_by("pk")[:60])
        body = Article.objects.order_by("-pk").values_list("body", flat=True)[0]
        self.body = body.replace("“", "").replace("”", "")  # its quotes have no records in another story
        self.dice = random.Random(time.time_ns())

    def approved(self) -> Article:
        """A story of 900 words about people of the archive, ready to go out."""
        slug = f"bench-{self.dice.getrandbits(48):x}"
        made = factories.article(self.writer, self.desk, slug=slug, headline=f"Bench {slug}")
        Article.objects.filter(pk=made.pk).update(body=factories.BODY + self.body)
        made.refresh_from_db()
        made.actors.set(self.dice.sample(self.actors, 4))
        made.topics.set(self.dice.sample(self.topics, 2))
        made.record_revision(by=self.writer)
        factories.approve(made, self)
        return made


def published(room: Room, count: int) -> list[float]:
    """Seconds by the clock of each."""
    took, ready = [], [room.approved() for _ in range(count + 1)]
    press.publish(ready.pop(), by=room.publisher)
    for article in ready:
        start = time.perf_counter()
        press.publish(article, by=room.publisher)
        took.append(time.perf_counter() - start)
    return took


def printed_anew(count: int) -> float:
    """Stories a second."""
    newest = list(Story.objects.order_by("-pk").values_list("pk", flat=True)[:count])
    start = time.perf_counter()
    press.reprint(newest)
    return count / (time.perf_counter() - start)


def brought_in(room: Room, count: int) -> tuple[float, list[int]]:
    """Stories a second that come in as an archive does, and their keys."""
    world, first = World(), options.size + room.dice.randrange(100_000)
    records = [record_of(world.record(number, options.size)) for number in range(first, first + count)]
    batches = [records[start : start + BATCH] for start in range(0, count, BATCH)]
    archivist, keys = Archivist(room.publisher), []
    start = time.perf_counter()
    for taken in archivist.take_in_all(batches, workers=os.cpu_count() or 1):
        keys += taken.keys
    return count / (time.perf_counter() - start), keys


def bare(keys: list[int]) -> float:
    """Stories a second: their rows and those beside them put in by `bulk_create`, nothing else; they do not stay."""
    shift = 2**40
    with transaction.atomic():
        of = {
            Article: "pk",
            Revision: "article",
            Story: "pk",
            StoryActor: "story",
            StoryTopic: "story",
            StoryQuote: "story",
        }
        kinds = [(model, list(model.objects.filter(**{f"{name}__in": keys}))) for model, name in of.items()]
        for model, rows in kinds:
            for row in rows:
                row.pk = None if model in (StoryActor, StoryTopic) else row.pk + shift
                for name in ("story_id", "article_id"):
                    if name in row.__dict__:
                        setattr(row, name, getattr(row, name) + shift)
                if model in (Article, Story):
                    row.slug = f"{row.slug}-again"
        start = time.perf_counter()
        for model, rows in kinds:
            model._base_manager.bulk_create(rows, batch_size=200)
        took = time.perf_counter() - start
        transaction.set_rollback(True)
    return len(keys) / took


def main() -> int:
    """Print the table."""
    room = Room()
    took = published(room, options.stories)
    p95 = statistics.quantiles(took, n=20)[-1] * 1000
    anew = printed_anew(options.anew)
    taken, keys = brought_in(room, options.anew)
    base = bare(keys)
    of = f"at {options.size:,} stories"
    rows = [
        Goal(f"publish, 95 of 100, {of}", p95, "ms", AT_MOST, 100),
        Goal(f"reprint, {of}", anew, "stories/s", AT_LEAST, 400),
        Goal(f"archive import, {of}", taken, "stories/s", AT_LEAST, 0.4, taken / base, f"bulk_create, {base:.0f}/s"),
    ]
    show([row.as_row() for row in rows], as_json=options.json)
    return 0


if __name__ == "__main__":
    sys.exit(main())
