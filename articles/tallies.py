"""Keeps what readers' pages count: what a story adds, and what goes with it when it is printed otherwise or withdrawn.

A story's share is a function of its rows in print, so that the difference of two shares brings every count up to date,
and the sum of all shares is what `recount` writes.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import permutations, product
from typing import Any

from django.db import connection, models
from django.utils import timezone

from .models.sayings import QuoteMention
from .models.stories import Story, StoryActor, StoryQuote, StoryTopic
from .models.tallies import ActorMonth, ActorPair, ActorTopic, TopicMonth

LEADING = 40  # actors of a story that count as having appeared in it together
BATCH = 300  # rows in one statement
CHUNK = 500  # stories read at once by a recount
KEYS = {
    ActorMonth: ("actor_id", "month"),
    ActorPair: ("actor_id", "other_id"),
    ActorTopic: ("actor_id", "topic_id"),
    TopicMonth: ("topic_id", "month"),
}
Counts = Counter[tuple[type[models.Model], tuple[Any, Any], str]]  # (table, its key, column) → how many


@dataclass
class Share:
    """What one story has in print: actors with whether they lead, topics, (speaker, day) of its quotes, those named."""

    published_at: datetime
    actors: list[tuple[int, bool]] = field(default_factory=list)
    topics: list[int] = field(default_factory=list)
    said: list[tuple[int, date]] = field(default_factory=list)
    named: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Touched:
    """Whose counts have changed."""

    actors: set[int]
    topics: set[int]


def shares(stories: Iterable[int]) -> dict[int, Share]:
    """The share of each of these stories that has anything in print, as its rows have it. Five queries."""
    keys = list(stories)
    moments = Story.objects.filter(pk__in=keys, is_withdrawn=False).values_list("pk", "published_at")
    found = {key: Share(at) for key, at in moments}
    for rows, name, columns in (
        (StoryActor.objects, "actors", ("tag_id", "is_leading")),
        (StoryTopic.objects, "topics", ("tag_id",)),
        (StoryQuote.objects.exclude(speaker=None), "said", ("speaker_id", "dated_on")),
        (QuoteMention.objects, "named", ("actor_id",)),
    ):
        for story, *values in rows.filter(story__in=list(found)).order_by().values_list("story_id", *columns):
            getattr(found[story], name).append(tuple(values) if len(values) > 1 else values[0])
    return found


def count(share: Share | None) -> Counts:
    """What the share adds to every table; nothing for none."""
    counts: Counts = Counter()
    if share is None:
        return counts
    month = _month(timezone.localdate(share.published_at))
    leading = [actor for actor, leads in share.actors if leads]
    actors, speakers = [actor for actor, _leads in share.actors], [speaker for speaker, _day in share.said]
    counts.update((ActorMonth, (actor, month), "stories") for actor in actors)
    counts.update((ActorMonth, (speaker, _month(day)), "quotes") for speaker, day in share.said)
    counts.update((ActorMonth, (actor, month), "mentions") for actor in share.named)
    counts.update((ActorPair, pair, "stories") for pair in permutations(leading, 2))
    counts.update((ActorTopic, pair, "stories") for pair in product(actors, share.topics))
    counts.update((ActorTopic, pair, "quotes") for pair in product(speakers, share.topics))
    counts.update((TopicMonth, (topic, month), "stories") for topic in share.topics)
    return counts


def change(before: Share | None, after: Share | None) -> Touched:
    """Bring the counts from one share of a story to another; says whose have changed. No change writes nothing."""
    return change_all([(before, after)])


def change_all(shares: Iterable[tuple[Share | None, Share | None]]) -> Touched:
    """The same of several stories, in as many statements."""
    counts: Counts = Counter()
    for before, after in shares:
        if before != after:
            counts.update(count(after))
            counts.subtract(count(before))
    return _add(counts)


def recount() -> None:
    """Count everything in print anew; what stood there is thrown away."""
    for model in KEYS:
        model._default_manager.all().delete()
    last, stories = -1, Story.objects.filter(is_withdrawn=False).order_by("pk")
    while keys := list(stories.filter(pk__gt=last).values_list("pk", flat=True)[:CHUNK]):
        counts: Counts = Counter()
        for share in shares(keys).values():
            counts.update(count(share))
        _add(counts)
        last = keys[-1]


def _add(counts: Counts) -> Touched:
    tables: dict[type[models.Model], dict[tuple[Any, Any], dict[str, int]]] = defaultdict(dict)
    touched = Touched(set(), set())
    for (model, key, column), number in counts.items():
        if number:
            tables[model].setdefault(key, {})[column] = number
            touched.actors.update(key if model is ActorPair else [key[0]] if model is not TopicMonth else [])
            if model in (ActorTopic, TopicMonth):
                touched.topics.add(key[1] if model is ActorTopic else key[0])
    for model, rows in tables.items():
        keys = sorted(rows)
        for start in range(0, len(keys), BATCH):
            _upsert(model, [(*key, rows[key]) for key in keys[start : start + BATCH]])
    return touched


def _upsert(model: type[models.Model], rows: list[tuple[Any, Any, dict[str, int]]]) -> None:
    """Add to the rows, make those that are missing, drop those that count nothing any more.

    One statement adds, so that two presses at once lose no count; the rows come sorted, so that neither waits for a
    lock that the other holds.
    """
    quote, names = connection.ops.quote_name, KEYS[model]
    numbers = [each.name for each in model._meta.concrete_fields if each.default == 0]
    table = quote(model._meta.db_table)
    columns = ", ".join(quote(name) for name in (*names, *numbers))
    places = f"({', '.join(['%s'] * (2 + len(numbers)))})"
    added = ", ".join(f"{quote(name)} = {table}.{quote(name)} + excluded.{quote(name)}" for name in numbers)
    sql = (
        f"INSERT INTO {table} ({columns}) VALUES {', '.join([places] * len(rows))} "  # noqa: S608  (names of our own)
        f"ON CONFLICT ({', '.join(quote(name) for name in names)}) DO UPDATE SET {added}"
    )
    values = [value for *key, found in rows for value in (*key, *(found.get(name, 0) for name in numbers))]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
    if any(number < 0 for *_key, found in rows for number in found.values()):
        first = {f"{names[0]}__in": {key for key, *_rest in rows}}
        model._default_manager.filter(**first, **{f"{name}__lte": 0 for name in numbers}).delete()


def _month(day: date) -> date:
    return day.replace(day=1)
