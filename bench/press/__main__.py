"""`python -m bench.press [--size N] [--database URL] [--stories N] [--workers N] [--json]`: publishing, bringing in,
printing again.

Works on a copy of the archive of `--size` stories (`bench.archive`). Publishing is measured story by story, from the
approved draft to the last row, in milliseconds of CPU of one process; 95 of 100 take no longer. Bringing in and
printing again are stories a second of the clock, with `--workers` processes, held against bare `bulk_create` of the
very same rows into the very same tables, which keep their full-text index of them: what cannot be done without. Beside
each stands what it would be by CPU alone, on as many idle cores as there are workers, without starting them: the clock
of a machine that has other work tells little. The CPU of a PostgreSQL server is in the clock alone. What came in is
printed again `AGAIN` times, and is the same: processes take a second to begin, and an archive takes minutes.
"""

import argparse
import os
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import django
from django.conf import settings

from bench.archive import SQLITE, archive, drop_database, on_server
from bench.archive.world import World
from bench.goals import AT_LEAST, AT_MOST, Goal
from bench.report import show

parser = argparse.ArgumentParser(prog="bench.press")
parser.add_argument("--size", type=int, default=1_000, help="stories in the archive")
parser.add_argument("--database", default=SQLITE, help="sqlite, or the address of a PostgreSQL server")
parser.add_argument("--stories", type=int, default=1_000, help="how many are brought in, and printed again")
parser.add_argument("--published", type=int, default=60, help="how many are published one by one")
parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
parser.add_argument("--json", action="store_true")
options = parser.parse_args()
built = archive(options.size, options.database).environment
folder = Path(tempfile.mkdtemp(prefix="newsroom-bench-"))


def copied(source: str, name: str) -> str:
    """A copy of a database that nobody is connected to, as a connection names it: a file, or one of the server's."""
    if options.database == SQLITE:
        return str(shutil.copy(source, folder / f"{name}.sqlite3"))
    on_server(options.database, f'CREATE DATABASE "{folder.name}-{name}" TEMPLATE "{source}"')
    return f"{folder.name}-{name}"


def throw_away() -> None:
    """Leave none of the copies."""
    for name in ("now", "before") if options.database != SQLITE else ():
        drop_database(options.database, f"{folder.name}-{name}")
    shutil.rmtree(folder, ignore_errors=True)


origin = urlsplit(built["DATABASE_URL"])
database = copied(origin.path.removeprefix("/"), "now")
address = f"{origin.scheme}://{origin.netloc}/{database}"
os.environ |= built | {"NEWSROOM_VAR": str(folder), "DATABASE_URL": address}
os.environ["DATABASE_POOL"] = "0"  # a connection that can be closed
django.setup()
settings.DEBUG = False  # or every query is kept

from django.contrib.auth import get_user_model  # noqa: E402  (needs the settings above)
from django.db import connection, transaction  # noqa: E402
from django.db.models import Model  # noqa: E402

from articles import models, press  # noqa: E402
from articles.importers.archive import BATCH, Archivist, record_of  # noqa: E402
from articles.press.reprinting import printed_in_bulk  # noqa: E402
from tests import factories  # noqa: E402

AGAIN = 5
TAGS = (models.Desk, models.Image, models.Actor, models.Topic, models.Contributor, models.Source, models.Profile)
ROWS: dict[type[Model], str] = {
    models.Article: "pk",
    **dict.fromkeys((models.ArticleActor, models.ArticleTopic), "content_object"),
    **dict.fromkeys((models.Byline, models.ArticleImage, models.Attribution, models.Quote, models.Revision), "article"),
    **dict.fromkeys(
        (models.Edition, models.Event, models.ArchivedStory, models.DeskWords, models.EditionMix), "article"
    ),
    models.EditionSource: "edition__article",
    models.Story: "pk",
    **dict.fromkeys((models.StoryQuote, models.StoryActor, models.StoryTopic, models.StoryImage), "story"),
    **dict.fromkeys((models.QuoteTopic, models.QuoteMention, models.StoryContributor, models.StoryEdition), "story"),
    **dict.fromkeys((models.Correction, models.SearchStory, models.SearchQuote), "story"),
}
"""What is written of a story, and how its rows are found by the key of the article."""


def seconds(job: Callable[[], Any], clock: Callable[[], float] = time.perf_counter) -> float:
    """How long one call takes."""
    start = clock()
    job()
    return clock() - start


def processor(job: Callable[[], Any]) -> tuple[float, float]:
    """Seconds of CPU that one call takes: of this process, and of those that it began and that ended with it."""
    before = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    job()
    after = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    own, beside = (
        new.ru_utime + new.ru_stime - old.ru_utime - old.ru_stime for old, new in zip(before, after, strict=True)
    )
    return own, beside


def by_processor(job: Callable[[], Any]) -> tuple[float, float]:
    """(seconds of the clock, seconds that idle cores would need): the writer's own, or a share of all, what is more."""
    _own, beside = processor(lambda: list(printed_in_bulk([[]] * options.workers, options.workers)))
    started = time.perf_counter()
    writes, makes = processor(job)
    took, makes = time.perf_counter() - started, max(0.0, makes - beside)
    return took, max(writes, (writes + makes) / options.workers) if options.workers > 1 else writes


def told() -> list[dict[str, Any]]:
    """What `--stories` more are made of."""
    world, first = World(), 10_000_000
    return [world.record(number, first) for number in range(first, first + options.stories)]


def brought_in(archivist: Archivist, stories: list[dict[str, Any]]) -> None:
    """These more, read, printed and settled."""
    left = iter(stories)
    batches = iter(lambda: [record_of(each) for each in islice(left, BATCH)], [])
    for _taken in archivist.take_in_all(batches, workers=options.workers):
        pass
    archivist.settle()


def bare_rows(keys: list[int]) -> list[tuple[type[Model], list[Model]]]:
    """Every row of these stories, read."""
    return [(model, list(model._default_manager.filter(**{f"{by}__in": keys}))) for model, by in ROWS.items()]


def written(
    before: str, rows: list[tuple[type[Model], list[Model]]], tags: list[tuple[type[Model], list[Model]]]
) -> tuple[float, float]:
    """How long `bulk_create` of these rows takes in the archive as it was `before` they came: by the clock, of CPU."""
    connection.close()
    connection.settings_dict["NAME"] = before
    with transaction.atomic():
        for model, found in tags:
            model._default_manager.bulk_create(found, ignore_conflicts=True)
    try:
        with transaction.atomic():
            started = time.perf_counter()
            own, _beside = processor(lambda: [model._default_manager.bulk_create(found) for model, found in rows])
            took = time.perf_counter() - started
    finally:
        connection.close()
        connection.settings_dict["NAME"] = database
    return took, own


def published(people: SimpleNamespace) -> list[float]:
    """Milliseconds of CPU that each of `--published` stories takes from approval to print."""
    bodies = models.Article.objects.order_by("pk").values_list("body", flat=True)
    actors, topics = list(models.Actor.objects.order_by("pk")[:60]), list(models.Topic.objects.order_by("pk")[:20])
    ready = []
    for number, body in enumerate(bodies[: options.published]):
        article = factories.article(people.writer, models.Desk.objects.first(), slug=f"published-{number}")
        article.body += body.replace("“", "").replace("”", "")
        article.save()
        article.actors.add(*actors[number % 50 : number % 50 + 4])
        article.topics.add(topics[number % 20])
        article.record_revision(by=people.writer)
        ready.append(factories.approve(article, people))
    return [
        1000 * seconds(lambda article=article: press.publish(article, by=people.publisher), time.process_time)
        for article in ready
    ]


def measured() -> Iterator[Goal]:
    """The rows of the table."""
    accounts = {user.username: user for user in get_user_model().objects.all()}
    people = SimpleNamespace(**accounts)
    connection.close()
    before = copied(database, "before")
    last = models.Article.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    stories = told()
    took, needs = by_processor(lambda: brought_in(Archivist(people.publisher), stories))
    keys = list(models.Article.objects.filter(pk__gt=last).values_list("pk", flat=True))
    bare, alone = written(before, bare_rows(keys), [(model, list(model._default_manager.all())) for model in TAGS])
    base = f"bare bulk_create: {len(keys) / bare:.0f} stories/s"
    of = f", {options.size:,} stories in print"
    yield Goal(f"archive brought in{of}", len(keys) / took, "stories/s", AT_LEAST, 0.4, bare / took, base)
    base_of_cpu = f"bare bulk_create: {len(keys) / alone:.0f} stories/s of CPU"
    rate = len(keys) / needs
    yield Goal(f"the same by CPU{of}", rate, "stories/s", AT_LEAST, 0.4, alone / needs, base_of_cpu)
    batches = [keys[start : start + BATCH] for start in range(0, len(keys), BATCH)] * AGAIN
    took, needs = by_processor(lambda: list(printed_in_bulk(batches, options.workers)))
    yield Goal(f"printed again{of}", AGAIN * len(keys) / took, "stories/s", AT_LEAST, 400, baseline=base)
    yield Goal(f"the same by CPU{of}", AGAIN * len(keys) / needs, "stories/s", AT_LEAST, 400, baseline=base_of_cpu)
    times = sorted(published(people))
    late = times[int(0.95 * len(times))]
    yield Goal(f"published, 95 of 100{of}", late, "ms of CPU", AT_MOST, 100, baseline=base)


if __name__ == "__main__":
    try:
        show([row.as_row() for row in measured()], as_json=options.json)
    finally:
        throw_away()
    sys.exit(0)
