"""The vocabulary that an archive speaks of: rows by name, made where a name is new. Known ones are asked for once."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import models
from django.utils.text import slugify

from ...models import (
    Actor,
    ActorAlias,
    Article,
    Contributor,
    Desk,
    FormerSlug,
    Image,
    Source,
    Story,
    StoryAddress,
    Topic,
    TopicAlias,
)
from ...models.sources import SourceKind
from ...models.tags import ActorKind
from . import records
from .records import Record

MOST = 200_000  # names that are kept in memory; beyond it they are asked for anew
ASKED = 500  # values in one question
SLUG = {Actor: 100, Topic: 100, Contributor: 120, Desk: 80, Article: 120}


class Names:
    """Names → rows, for one import. `by` uploads pictures and records sources."""

    def __init__(self, by: Any) -> None:
        self.by = by
        self.actors: dict[str, Actor] = {}
        self.topics: dict[str, Topic] = {}
        self.contributors: dict[str, Contributor] = {}
        self.desks: dict[str, Desk] = {}
        self.images: dict[str, Image] = {}
        self.sources: dict[int, Source] = {}
        self.aliases: dict[int, list[str]] = {}

    def learn(self, batch: Iterable[Record]) -> None:
        """Have everything that these stories name. A fixed number of queries, and fewer the more is known."""
        for known in (self.actors, self.topics, self.contributors, self.images, self.sources, self.aliases):
            if len(known) > MOST:
                known.clear()
        batch = list(batch)
        actors = {each.name: each for record in batch for each in reversed(_actors(record))}
        topics = {each.name: each for record in batch for each in record.topics}
        self._actors(actors)
        self._topics(topics)
        self._signers({name for record in batch for name in record.bylines})
        self._desks({record.section for record in batch if record.section})
        self._images({record.picture.file: record.picture for record in batch if record.picture})
        self._sources({said.speaker.name for record in batch for said in record.quotes if said.speaker})

    def _actors(self, wanted: dict[str, records.Actor]) -> None:
        missing = [name for name in wanted if name not in self.actors]
        _find(self.actors, Actor.objects.all(), "name", missing)
        _find_by_alias(self.actors, ActorAlias.objects.select_related("actor"), "actor", missing)
        new = [name for name in missing if name not in self.actors]
        rows = [Actor(name=name, kind=wanted[name].kind) for name in new]
        self.actors.update(zip(new, _made(Actor, rows), strict=True))

    def _topics(self, wanted: dict[str, records.Topic]) -> None:
        above = {each.under: records.Topic(each.under) for each in wanted.values() if each.under}
        for level in ({name: each for name, each in above.items() if name not in wanted}, wanted):
            missing = [name for name in level if name not in self.topics]
            _find(self.topics, Topic.objects.all(), "name", missing)
            _find_by_alias(self.topics, TopicAlias.objects.select_related("topic"), "topic", missing)
            new = [name for name in missing if name not in self.topics]
            rows = [Topic(name=name, parent=self.topics.get(level[name].under)) for name in new]
            self.topics.update(zip(new, _made(Topic, rows), strict=True))

    def _signers(self, wanted: set[str]) -> None:
        missing = sorted(name for name in wanted if name not in self.contributors)
        _find(self.contributors, Contributor.objects.all(), "name", missing)
        new = [name for name in missing if name not in self.contributors]
        self.contributors.update(zip(new, _made(Contributor, [Contributor(name=name) for name in new]), strict=True))

    def _desks(self, wanted: set[str]) -> None:
        missing = sorted(name for name in wanted if name not in self.desks)
        _find(self.desks, Desk.objects.all(), "name", missing)
        new = [name for name in missing if name not in self.desks]
        self.desks.update(zip(new, _made(Desk, [Desk(name=name) for name in new]), strict=True))

    def _images(self, wanted: dict[str, records.Picture]) -> None:
        missing = sorted(file for file in wanted if file not in self.images)
        _find(self.images, Image.objects.all(), "file", missing, key=lambda image: image.file.name)
        new = [file for file in missing if file not in self.images]
        rows = []
        for file in new:
            told = wanted[file]
            row = Image(alt=told.alt, caption=told.caption, credit=told.credit, uploaded_by=self.by)
            row.file.name, row.width, row.height = file, told.width, told.height
            rows.append(row)
        self.images.update(zip(new, Image.objects.bulk_create(rows, batch_size=ASKED), strict=True))

    def _sources(self, speakers: set[str]) -> None:
        """The open source that each speaker is: theirs if the desk has one, else a new one."""
        missing = sorted({self.actors[name].pk for name in speakers} - set(self.sources))
        actors = {actor.pk: actor for actor in self.actors.values()} if missing else {}
        for keys in _portions(missing):
            for pk, name in ActorAlias.objects.filter(actor__in=keys).order_by("pk").values_list("actor", "name"):
                self.aliases.setdefault(pk, []).append(name)
            found = Source.objects.filter(actor__in=keys, is_confidential=False, recalled_at=None, origin=None)
            for source in found.order_by("-pk"):
                source.actor = actors[source.actor_id]
                self.sources[source.actor_id] = source
        new = [
            Source(
                label=actors[key].name,
                kind=SourceKind.PERSON if actors[key].kind == ActorKind.PERSON else SourceKind.ORGANISATION,
                actor=actors[key],
                recorded_by=self.by,
            )
            for key in missing
            if key not in self.sources
        ]
        for source in Source.objects.bulk_create(new, batch_size=ASKED):
            self.sources[source.actor_id] = source


def _actors(record: Record) -> list[records.Actor]:
    return [*record.actors, *(said.speaker for said in record.quotes if said.speaker)]


def _portions(values: list[Any]) -> Iterable[list[Any]]:
    return (values[start : start + ASKED] for start in range(0, len(values), ASKED))


def _find(
    known: dict[str, Any],
    rows: models.QuerySet,
    column: str,
    wanted: list[str],
    key: Callable[[Any], str] | None = None,
) -> None:
    for portion in _portions(wanted):
        for row in rows.filter(**{f"{column}__in": portion}).order_by("-pk"):
            known[key(row) if key else getattr(row, column)] = row


def _find_by_alias(known: dict[str, Any], rows: models.QuerySet, owner: str, wanted: list[str]) -> None:
    """A name that one row alone goes by besides its own."""
    found: dict[str, dict[int, Any]] = {}
    for portion in _portions([name for name in wanted if name not in known]):
        for alias in rows.filter(name__in=portion):
            found.setdefault(alias.name, {})[getattr(alias, f"{owner}_id")] = getattr(alias, owner)
    known.update((name, next(iter(owners.values()))) for name, owners in found.items() if len(owners) == 1)


def _made(model: Any, rows: list[Any]) -> list[Any]:
    """The rows, each with an address that no other has, in the database."""
    if not rows:
        return []
    places = [(model.objects, "slug")]
    if model in (Actor, Topic, Contributor):
        places.append((FormerSlug.objects.filter(kind=model._meta.model_name), "slug"))
    wanted = [slugify(row.name, allow_unicode=True) or model._meta.model_name for row in rows]
    for row, slug in zip(rows, free_slugs(wanted, places, SLUG[model]), strict=True):
        row.slug = slug
    return model.objects.bulk_create(rows, batch_size=ASKED)


def free_story_slugs(wanted: list[tuple[str, str]]) -> list[str]:
    """For each (slug, day as digits) an address that no story has, had or asks for; of two the second gets its day."""
    places = [(rows, "slug") for rows in (Article.objects, Story.objects, StoryAddress.objects)]
    taken = _taken({slug for slug, _day in wanted}, places)
    tried = []
    for slug, day in wanted:
        tried.append(f"{slug[: SLUG[Article] - 9]}-{day}" if slug in taken else slug)
        taken.add(slug)
    return free_slugs(tried, places, SLUG[Article])


def free_slugs(wanted: list[str], places: list[tuple[Any, str]], length: int) -> list[str]:
    """Each of `wanted`, or the first of slug-2, slug-3 … that neither another of them nor a row in `places` has.

    A question a round for all that are still looked for.
    """
    found: dict[int, str] = {}
    used: set[str] = set()
    tried = {at: slug[:length].strip("-_") for at, slug in enumerate(wanted)}
    number = 1
    while tried:
        taken = _taken(set(tried.values()), places)
        for at, slug in list(tried.items()):
            if slug not in taken and slug not in used:
                found[at] = slug
                used.add(slug)
                del tried[at]
        number += 1
        tried = {at: f"{wanted[at][: length - 7].strip('-_')}-{number}" for at in tried}
    return [found[at] for at in range(len(wanted))]


def _taken(slugs: set[str], places: list[tuple[Any, str]]) -> set[str]:
    return {
        slug
        for rows, column in places
        for portion in _portions(sorted(slugs))
        for slug in rows.filter(**{f"{column}__in": portion}).order_by().values_list(column, flat=True)
    }
