"""Fills an archive of readers' tables directly: thousands of stories a second, the same on every machine.

A story has a headline, a standfirst, 200 words of a Zipf vocabulary and a quote in one of five. Its rows are what
`search.keep` would write, made without it; the full-text index is built once they are all there.
"""

import json
import random
import sys
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.core.management import call_command
from django.db import connection, models, transaction

from articles.management.progress import Bar
from articles.models import (
    Actor,
    SearchName,
    SearchQuote,
    SearchStem,
    SearchStory,
    SearchWord,
    Story,
    StoryQuote,
    Topic,
)
from articles.models.search import place_of
from articles.search import narrowing, spelling, words
from articles.search.engines import READY
from articles.search.tables import TABLES
from bench.archive.world import AN_HOUR, LAST_DAY, World

BATCH = 5_000
ENDINGS = 5_000  # of words that begin with "inter", as many stories apart
WORDS = 195  # of a body, beside those that are asked for
SPELLED = 30  # of them are kept for spelling
ACTORS, TOPICS, RARE = 500, 60, 3
INDEXED = TABLES[:2]  # of stories and of quotes
HASH = 64 * 2**20  # bytes of the index that are sorted in memory at once


class Template:
    """Rows of one table that differ in few columns; written without a model each."""

    def __init__(self, example: models.Model) -> None:
        self.fields = example._meta.concrete_fields
        self.values = [self._told(field, getattr(example, field.attname)) for field in self.fields]
        self.at = {field.attname: number for number, field in enumerate(self.fields)}
        names = ", ".join(f'"{field.column}"' for field in self.fields)
        marks = ", ".join(["%s"] * len(self.fields))
        self.insert = f'INSERT INTO "{example._meta.db_table}" ({names}) VALUES ({marks})'  # noqa: S608  (own names)

    @staticmethod
    def _told(field: models.Field, value: Any) -> Any:
        if isinstance(field, models.JSONField):
            return json.dumps(value)
        return field.get_db_prep_save(value, connection)

    def row(self, **changed: Any) -> list[Any]:
        """A row with these columns changed; moments are adapted."""
        values = list(self.values)
        for name, value in changed.items():
            place = self.at[name]
            is_plain = isinstance(value, (int, str))
            values[place] = value if is_plain else self._told(self.fields[place], value)
        return values

    def write(self, rows: Iterable[list[Any]]) -> None:
        """Insert them."""
        with connection.cursor() as cursor:
            cursor.executemany(self.insert, list(rows))


class Archive:
    """The archive of the database that Django was set up with."""

    def __init__(self) -> None:
        call_command("migrate", verbosity=0)
        chance = random.Random(7)
        world = World()
        drawn = chance.choices(world.words, cum_weights=world.weights, k=2_000_000)
        self.vocabulary = world.words
        self.typed = drawn
        self.stems = [words.stem(word, "en") for word in drawn]
        self.chance = chance
        at = {"published_at": LAST_DAY, "updated_at": LAST_DAY}
        quote = StoryQuote(id=1, story_id=1, position=1, kind="direct", verification="verified", published_at=LAST_DAY)
        quote.dated_on = LAST_DAY.date()
        examples = (
            Story(id=1, edition_number=1, edition_kind="first", **at),
            SearchStory(place=1, story_id=1),
            quote,
            SearchQuote(place=1, quote=1, story_id=1),
        )
        self.templates = {type(each): Template(each) for each in examples}
        self.actors = [Actor(id=n + 1, name=f"Person Number{n}", slug=f"person-number{n}") for n in range(ACTORS)]
        self.topics = [Topic(id=n + 1, name=f"Topic {n}", slug=f"topic-{n}") for n in range(TOPICS)]

    def build(self, size: int) -> None:
        """Fill it with `size` stories, or find it filled."""
        if there := SearchStory.objects.count():
            if there != size:
                sys.exit(f"A build was stopped: delete {connection.settings_dict['NAME']} and begin again.")
            return
        self._prepare()
        with Bar(f"{size:,} stories", size, sys.stderr) as advance:
            for start in range(0, size, BATCH):
                with transaction.atomic():
                    self._fill(range(start, min(start + BATCH, size)), size)
                advance(min(BATCH, size - start))
        self._finish()

    def _finish(self) -> None:
        """The full-text index of what was written, what `keep` has beside it, and the statistics of the tables."""
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                for table in INDEXED:
                    for size in (HASH, 2**20):  # what is sorted in memory at once; then as it is by itself
                        cursor.execute(f"INSERT INTO {table.fts}({table.fts}, rank) VALUES ('hashsize', {size})")  # noqa: S608
                        if size == HASH:
                            for order in ("rebuild", "optimize"):  # else the first who print merge it all
                                cursor.execute(f"INSERT INTO {table.fts}({table.fts}) VALUES ('{order}')")  # noqa: S608
                    for statement in table.triggers().values():
                        cursor.execute(statement)
                cursor.execute("PRAGMA journal_mode=WAL")
            cursor.execute("ANALYZE")

    def _prepare(self) -> None:
        """Tags, names and the words of the vocabulary; on SQLite the index is filled at the end."""
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                for pragma in ("journal_mode=OFF", "secure_delete=OFF", "cache_size=-400000"):
                    cursor.execute(f"PRAGMA {pragma}")
                for name in (name for table in INDEXED for name in table.triggers()):
                    cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
        Actor.objects.bulk_create(self.actors)
        Topic.objects.bulk_create(self.topics)
        names = [SearchName(actor=each, name=each.name, slug=each.slug, latest=LAST_DAY) for each in self.actors]
        names += [SearchName(topic=each, name=each.name, slug=each.slug, latest=LAST_DAY) for each in self.topics]
        for each in names:
            each.words = " ".join(words.words(each.name))
        SearchName.objects.bulk_create(names)
        known = {word for word in [*self.vocabulary, "common", "ground", "here", "middling"] if spelling.is_kept(word)}
        rows = (SearchWord(key=key, word=word) for key, word in spelling.rows(known))
        SearchWord.objects.bulk_create(rows, batch_size=BATCH)
        stems = {*self.stems, *(words.stem(f"inter{word}", "en") for word in self.typed[:ENDINGS]), "common", "ground"}
        stems |= {"middl", "person", "topic"} | {f"number{n}" for n in range(ACTORS)}
        SearchStem.objects.bulk_create(SearchStem(pk=stem) for stem in stems if len(stem) > READY)

    def more(self, count: int) -> dict[Story, str]:
        """So many stories more, in no index: each with its text. For within a transaction that is taken back."""
        first = Story.objects.order_by("-id").values_list("id", flat=True)[0] + 1
        texts = {}
        for number in range(first, first + count):
            start = self.chance.randrange(len(self.typed) - WORDS)
            told = " ".join(self.typed[start : start + WORDS])
            at = {"published_at": LAST_DAY, "updated_at": LAST_DAY}
            story = Story(id=number, headline=told[:60], slug=f"more-{number}", edition_number=1, **at)
            texts[story] = told
        Story.objects.bulk_create(texts)
        return texts

    def _fill(self, numbers: range, size: int) -> None:
        """Stories of these numbers, and their quotes."""
        rows: dict[type[models.Model], list[list[Any]]] = {model: [] for model in self.templates}
        for number in numbers:
            for model, row in self._rows(number, size):
                rows[model].append(row)
        for model, told in rows.items():
            self.templates[model].write(told)

    def _rows(self, number: int, size: int) -> Iterable[tuple[type[models.Model], list[Any]]]:
        """All rows of one story."""
        pk, at = number + 1, LAST_DAY - timedelta(minutes=(size - number) * 60 // AN_HOUR)
        start = self.chance.randrange(len(self.typed) - WORDS - 30)
        body, headline = slice(start, start + WORDS), slice(start + WORDS, start + WORDS + 8)
        standfirst = slice(start + WORDS + 8, start + WORDS + 30)
        asked = ["common", "ground", "here", f"inter{self.typed[number % ENDINGS]}"]
        asked += ["middling"] * (number % 50 == 0) + ["rare"] * (number < RARE)
        actor, topic = self.actors[number * 7 % ACTORS], self.topics[number * 7 % TOPICS]
        keys = narrowing.keys_of([actor.pk], [topic.pk], [], "news", at.year)
        said = "That is common ground here" if number % 5 == 0 else ""
        typed = [" ".join(asked), *(" ".join(self.typed[part]) for part in (body, headline, standfirst))]
        stems = [words.stemmed(asked, "en"), *(" ".join(self.stems[part]) for part in (body, headline, standfirst))]
        text = f"{typed[0]} {typed[1]}"
        yield (
            Story,
            self.templates[Story].row(
                id=pk, headline=typed[2], slug=f"bench-{pk}", standfirst=typed[3], published_at=at, updated_at=at
            ),
        )
        yield (
            SearchStory,
            self.templates[SearchStory].row(
                place=place_of(at, pk),
                story_id=pk,
                keys=keys,
                headline=stems[2],
                names=f"{actor.name} {topic.name}".lower(),
                standfirst=stems[3],
                quotes=words.stems(said, "en"),
                body=f"{stems[0]} {stems[1]}",
                spelling=" ".join(sorted({word for word in self.typed[start : start + SPELLED] if len(word) > 3})),
                text=text,
            ),
        )
        if said:
            quote = {"text": f"{said},", "speaker_id": actor.pk, "speaker_name": actor.name}
            yield (
                StoryQuote,
                self.templates[StoryQuote].row(id=pk, story_id=pk, published_at=at, dated_on=at.date(), **quote),
            )
            yield (
                SearchQuote,
                self.templates[SearchQuote].row(
                    place=place_of(at, pk),
                    quote=pk,
                    story_id=pk,
                    keys=keys,
                    words=words.stems(said, "en"),
                    speaker=actor.name.lower(),
                ),
            )
