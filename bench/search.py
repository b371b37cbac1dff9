"""`python -m bench.search [--small N] [--large N] [--rounds N] [--json]`: search in a small and a large archive.

Each question is asked through Django itself, first where `--small` stories are in print, then where `--large` are. The
figure that counts is the ratio of the two best times, in CPU of this process, which other work disturbs least; the time
of a PostgreSQL server is not in it. The index is filled by its own `keep` with stories of 300 words: "common" stands in
every one, "middling" in one of fifty, "rare" in three.

Works on the database of `DATABASE_URL` only where its name begins with "bench", for it fills it; else on a throw-away
SQLite file.
"""

import argparse
import random
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlencode

from rich.console import Console
from rich.progress import track

from bench.alone import set_up

set_up()

from django.core.management import call_command  # noqa: E402
from django.db import connection, reset_queries, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from articles import search  # noqa: E402
from articles.models import Actor, Story, StoryActor, StoryQuote, StoryTopic, Topic  # noqa: E402
from bench.goals import AT_LEAST, AT_MOST, Goal  # noqa: E402
from bench.report import show  # noqa: E402

BATCH = 500
GOAL = 1.5
QUESTIONS = (
    ("newest, common word", {"q": "common", "order": "newest"}),
    ("newest, rare word", {"q": "rare", "order": "newest"}),
    ("ranked, common word", {"q": "common"}),
    ("ranked, middling word", {"q": "middling"}),
    ("ranked, rare word", {"q": "rare"}),
    ("ranked, three words", {"q": "common middling word12"}),
    ("phrase", {"q": '"common ground here"'}),
    ("beginning", {"q": "middl*"}),
    ("beginning of a third of all words", {"q": "word1*"}),
    ("without a word", {"q": "common -middling"}),
    ("actor and topic", {"q": "common actor:person-number7 topic:topic-3"}),
    ("quotes, common word", {"q": "common", "in": "quotes", "order": "newest"}),
    ("nothing, a slip of a key", {"q": "comomn"}),
)


class Archive:
    """Stories in print without desk, editions or printing: what readers' tables hold."""

    def __init__(self) -> None:
        call_command("migrate", verbosity=0)
        self.random = random.Random(7)
        self.actors = [Actor.objects.create(name=f"Person Number{n}") for n in range(500)]
        self.topics = [Topic.objects.create(name=f"Topic {n}") for n in range(60)]
        self.size = 0

    def fill(self, size: int) -> float:
        """Up to `size` stories; how many stories a second were kept in the index."""
        took, before = 0.0, self.size
        starts = range(self.size, size, BATCH)
        for start in track(starts, description=f"{size} stories", console=Console(stderr=True)):
            with transaction.atomic():
                texts = self._batch(range(start, min(start + BATCH, size)))
                began = time.process_time()
                search.keep(texts)
                took += time.process_time() - began
        self.size = size
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        return (size - before) / took

    def _words(self, number: int) -> str:
        words = [f"word{int(self.random.expovariate(1 / 900))}" for _ in range(290)]
        words[10:10] = ["common", "ground", "here"]
        if number % 50 == 0:
            words.append("middling")
        if number < 3:
            words.append("rare")
        return " ".join(words)

    def _batch(self, numbers: range) -> dict[Story, str]:
        now = timezone.now()
        stories = [
            Story(
                id=n + 1,
                headline=f"Story word{n % 997} and word{n % 89}",
                slug=f"bench-{n}",
                standfirst="What was common, and what was not.",
                edition_number=1,
                edition_kind="first",
                published_at=now - timedelta(hours=500_000 - n),
                updated_at=now,
            )
            for n in numbers
        ]
        Story.objects.bulk_create(stories)
        rows = list(zip(numbers, stories, strict=True))
        for model, tags in ((StoryActor, self.actors), (StoryTopic, self.topics)):
            model.objects.bulk_create(
                model(story=each, tag=tags[n * 7 % len(tags)], published_at=each.published_at) for n, each in rows
            )
        StoryQuote.objects.bulk_create(
            StoryQuote(
                id=each.pk,
                story=each,
                position=1,
                kind="direct",
                text=f"That is common ground here, word{n % 400},",
                speaker=self.actors[n * 7 % 500],
                speaker_name=f"Person Number{n * 7 % 500}",
                verification="verified",
                published_at=each.published_at,
                dated_on=each.published_at.date(),
            )
            for n, each in rows
        )
        return {each: self._words(n) for n, each in rows}


def pages() -> Iterator[tuple[str, str]]:
    """(name, address) of what is measured."""
    for name, asked in QUESTIONS:
        yield name, f"/search/?{urlencode(asked)}"
    yield "suggestions, two letters", "/search/suggest/?q=pe"
    yield "feed", "/search/feed.atom?q=common"
    yield "latest (no search)", "/latest/"


def measured(rounds: int) -> dict[str, tuple[float, int]]:
    """Name → (best of the rounds in seconds, queries)."""
    client, found = Client(headers={"host": "localhost"}), {}
    for name, address in pages():
        assert client.get(address).status_code == 200, address  # noqa: S101
        reset_queries()
        with CaptureQueriesContext(connection) as seen:
            client.get(address)
        took = []
        for _round in range(rounds):
            start = time.process_time()
            client.get(address)
            took.append(time.process_time() - start)
        found[name] = (min(took), len(seen))
    return found


def main(arguments: list[str]) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="bench.search")
    parser.add_argument("--small", type=int, default=1_000)
    parser.add_argument("--large", type=int, default=50_000)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    archive = Archive()
    archive.fill(options.small)
    small = measured(options.rounds)
    kept = archive.fill(options.large)
    large = measured(options.rounds)
    rows = []
    for name, (took, _queries) in large.items():
        base = small[name][0]
        told = f"{base * 1000:.1f} ms at {options.small:,}"
        rows.append(
            Goal(
                f"search {name}, {options.large:,} stories", took * 1000, "ms of CPU", AT_MOST, GOAL, took / base, told
            )
        )
    rows.append(Goal("search, stories kept", kept, "stories/s", AT_LEAST, 400))
    show([row.as_row() for row in rows], as_json=options.json)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
