"""Makes an archive of very many stories out of a smaller one: what readers' pages are made of, several times over.

Each copy of a story stands as much earlier as the small archive is long, under keys and an address of its own, with
the same words and tags. The desk's rows are left out; what search reads can be, for `bench.search` fills an index of
its own. SQLite alone: one database reads from the other.
"""

import sqlite3
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.apps import apps
from django.db import connection, models

from articles.models import (
    ActorMonth,
    ActorPair,
    ActorTopic,
    Correction,
    QuoteMention,
    QuoteTopic,
    SitemapFile,
    Story,
    StoryActor,
    StoryContributor,
    StoryEdition,
    StoryImage,
    StoryQuote,
    StoryRelation,
    StoryTeaser,
    StoryTopic,
    TopicMonth,
)
from articles.models.search import KEY_BITS, SearchQuote, SearchStory
from articles.models.sitemaps import SIZE

PORTION = 5_000  # stories in one transaction
GROWING = (
    *(Story, StoryTeaser, StoryQuote, StoryActor, StoryTopic, StoryImage, StoryRelation, StoryContributor),
    *(StoryEdition, Correction, QuoteTopic, QuoteMention),
)
SEARCHED = (SearchStory, SearchQuote)
KEYS_IN_PRINT = {
    "articles_article": (Story,),
    "articles_quote": (StoryQuote,),
    "articles_edition": (StoryEdition, Correction),
}
"""Tables of the desk whose keys readers' tables repeat."""

COUNTS = (ActorMonth, TopicMonth, ActorPair, ActorTopic)
READ_BY_THE_DESK = (
    *(
        "article",
        "articleactor",
        "articletopic",
        "articleimage",
        "byline",
        "attribution",
        "quote",
        "revision",
        "edition",
    ),
    *("editionmix", "editionsource", "event", "archivedstory", "deskwords", "storyaddress", "source", "sitemapfile"),
)


class Multiplied:
    """The database of this process, filled `times` over from the one in the file `small`."""

    def __init__(self, small: Path, times: int, *, has_search: bool) -> None:
        self.times, self.growing = times, (*GROWING, *(SEARCHED if has_search else ()))
        connection.ensure_connection()
        self.database: sqlite3.Connection = connection.connection
        self.database.execute("ATTACH DATABASE ? AS small", [f"file:{small}?mode=ro"])
        for pragma in ("foreign_keys = OFF", "main.synchronous = OFF", "main.cache_size = -400000"):
            self.database.execute(f"PRAGMA {pragma}")
        first, last, self.count, self.last_key = self.database.execute(
            "SELECT min(published_at), max(published_at), count(*), max(id) FROM small.articles_story"
        ).fetchone()
        length = datetime.fromisoformat(last) - datetime.fromisoformat(first)
        self.span = timedelta(days=length.days + 1)
        self.steps = {model: self._step(model) for model in GROWING if self._own_key(model)}

    def _step(self, model: type[models.Model]) -> int:
        """What is added to the keys of a table with each copy: whole files of sitemaps."""
        last = self.database.execute(f"SELECT max(id) FROM small.{model._meta.db_table}").fetchone()[0] or 0  # noqa: S608
        return (last // SIZE + 1) * SIZE

    @staticmethod
    def _own_key(model: type[models.Model]) -> bool:
        return isinstance(model._meta.pk, models.PositiveBigIntegerField)

    def fill(self, advance: Callable[[int], None]) -> None:
        """The oldest first; goes on where a build was stopped. `advance` is told of stories."""
        done = self.database.execute("SELECT count(*) FROM articles_story").fetchone()[0]
        if not done:
            self._copy_vocabulary()
        advance(done)
        for place, (copy, low, high) in enumerate(self._portions()):
            if place * PORTION >= done:
                self.database.execute("BEGIN")
                for model in self.growing:
                    self._copy(model, copy, low, high)
                self.database.execute("COMMIT")
                advance(PORTION)
        self._count()
        self._chart()
        self._go_on()
        self.database.execute("DETACH DATABASE small")

    def _portions(self) -> Iterator[tuple[int, int, int]]:
        keys = [
            row[0]
            for row in self.database.execute("SELECT id FROM small.articles_story ORDER BY published_at, id").fetchall()
        ]
        assert keys == sorted(keys), "an archive comes in by the order of its publication"  # noqa: S101
        for copy in reversed(range(self.times)):
            for start in range(0, len(keys), PORTION):
                portion = keys[start : start + PORTION]
                yield copy, portion[0], portion[-1]

    def _copy(self, model: type[models.Model], copy: int, low: int, high: int) -> None:
        """The rows of these stories, for the copy of that number."""
        told, taken = [], []
        for field in model._meta.concrete_fields:
            if field.primary_key and isinstance(field, models.AutoField):
                continue
            told.append(f'"{field.column}"')
            taken.append(self._shifted(model, field, copy))
        own = "id" if model is Story else "story_id"
        table = model._meta.db_table
        self.database.execute(
            f"INSERT INTO {table} ({', '.join(told)}) SELECT {', '.join(taken)} FROM small.{table} "  # noqa: S608
            f"WHERE {own} BETWEEN ? AND ? ORDER BY {own}",
            [low, high],
        )

    def _shifted(self, model: type[models.Model], field: models.Field, copy: int) -> str:
        """A column of a copy, in SQL."""
        name, days = f'"{field.column}"', self.span.days * copy
        if not copy:
            return name
        of = field.related_model if field.is_relation else model if field.primary_key else None
        if (model, field.name) in ((StoryQuote, "answers"), (SearchQuote, "quote")):
            of = StoryQuote
        if field.name == "place":
            earlier = days * 86_400 << KEY_BITS
            return f"{name} - {earlier} + {self.steps[Story if model is SearchStory else StoryQuote] * copy}"
        if of in self.steps:
            return f"{name} + {self.steps[of] * copy}"
        if isinstance(field, models.DateTimeField):
            return f"strftime('%Y-%m-%d %H:%M:%S', {name}, '-{days} days')"
        if isinstance(field, models.DateField):
            return f"date({name}, '-{days} days')"
        if model in (Story, StoryTeaser) and field.name == "slug":
            return f"{name} || '-{copy}'"
        return name

    def _copy_vocabulary(self) -> None:
        """Tags, contributors, pictures, staff: once, with what the press made of them."""
        left_out = {f"articles_{name}" for name in READ_BY_THE_DESK}
        left_out |= {model._meta.db_table for model in (*GROWING, *SEARCHED, *COUNTS)}
        self.database.execute("BEGIN")
        for model in apps.get_models(include_auto_created=True):
            table = model._meta.db_table
            if table in left_out or model._meta.proxy or not model._meta.managed:
                continue
            columns = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields)
            self.database.execute(f"DELETE FROM {table}")  # noqa: S608  (what migrations put there)
            self.database.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM small.{table}")  # noqa: S608
        self.database.execute("COMMIT")

    def _count(self) -> None:
        """What the press counts of stories, as many times over."""
        self.database.execute("BEGIN")
        for model in COUNTS:
            table, month = model._meta.db_table, "month" in {field.name for field in model._meta.fields}
            fields = [field for field in model._meta.concrete_fields if not field.primary_key]
            columns = ", ".join(field.column for field in fields)
            sums = [field.column for field in fields if isinstance(field, models.IntegerField)]
            added = ", ".join(f"{name} = {name} + excluded.{name}" for name in sums)
            unique = ", ".join(model._meta.get_field(name).column for name in model._meta.constraints[0].fields)
            self.database.execute(f"DELETE FROM {table}")  # noqa: S608
            for copy in range(self.times):
                shifted = f"date(month, '-{self.span.days * copy} days', 'start of month')"
                taken = columns.replace("month", shifted) if month else columns
                self.database.execute(
                    f"INSERT INTO {table} ({columns}) SELECT {taken} FROM small.{table} WHERE 1 "  # noqa: S608
                    f"ON CONFLICT ({unique}) DO UPDATE SET {added}"
                )
        self.database.execute("COMMIT")

    def _go_on(self) -> None:
        """What the desk makes from now on has keys that no story in print has."""
        self.database.execute("BEGIN")
        for name, printed in KEYS_IN_PRINT.items():
            last = max(self._last(model) for model in printed)
            self.database.execute("DELETE FROM sqlite_sequence WHERE name = ?", [name])
            self.database.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", [name, last])
        self.database.execute("COMMIT")

    def _last(self, model: type[models.Model]) -> int:
        return self.database.execute(f"SELECT max(id) FROM {model._meta.db_table}").fetchone()[0] or 0  # noqa: S608

    def _chart(self) -> None:
        """The files of sitemaps."""
        table = SitemapFile._meta.db_table
        self.database.execute("BEGIN")
        self.database.execute(f"DELETE FROM {table}")  # noqa: S608
        self.database.execute(
            f"INSERT INTO {table} (kind, number, newest) "  # noqa: S608
            f"SELECT kind, number, newest FROM small.{table} WHERE kind != 'stories'"
        )
        self.database.execute(
            f"INSERT INTO {table} (kind, number, newest) "  # noqa: S608
            f"SELECT 'stories', id / {SIZE}, max(updated_at) FROM articles_story GROUP BY id / {SIZE}"
        )
        self.database.execute("COMMIT")
