"""What an answer can be narrowed by: actors, topics, genres and years, counted over the rows that were looked at."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import BigIntegerField, Q
from django.utils.translation import gettext as _

from ..models.copy import Genre
from ..models.search import SearchName
from ..statements import Given, Statement
from .narrowing import actor_key, topic_key
from .query import Part, Query, narrowed

SHOWN = 6
NOBODY = (0,)  # no key
NAMES = Statement(
    lambda: SearchName.objects.filter(
        Q(actor__in=Given("actors", BigIntegerField(), several=True))
        | Q(topic__in=Given("topics", BigIntegerField(), several=True))
    ).values_list("actor_id", "topic_id", "name", "slug")
)


class Named(NamedTuple):
    """What an actor or topic is called."""

    name: str
    slug: str


@dataclass(frozen=True)
class Choice:
    """One value: how many of the rows have it, and the query that asks for it, or that does so no more."""

    label: str
    count: int
    text: str
    is_chosen: bool = False


@dataclass(frozen=True)
class Facet:
    """One kind of choice."""

    name: str
    label: str
    choices: list[Choice]


def facets_of(query: Query, rows: Sequence[str], meant: dict[Part, list[int]]) -> list[Facet]:
    """The facets of rows, given by their keys; one query, for the names. Values that all rows have do not narrow.

    `meant` are the keys of whom a part of the query names.
    """
    if not rows:
        return []
    counted = Counter(" ".join(rows).split())
    common = {letter: _common(counted, letter, len(rows)) for letter in "atgy"}
    chosen = {part: _key(part, pks[0]) for part, pks in meant.items() if len(pks) == 1}
    names = _names([*common["a"], *common["t"], *chosen.values()])
    labels = {part: names[key].name for part, key in chosen.items() if key in names}
    tagged = {
        name: [(names[key].name, f"{name}:{names[key].slug}", counted[key]) for key in common[letter] if key in names]
        for name, letter in (("actor", "a"), ("topic", "t"))
    }
    genres = [(str(Genre(key[2:]).label).capitalize(), f"genre:{key[2:]}", counted[key]) for key in common["g"]]
    years = [(key[2:], f"year:{key[2:]}", counted[key]) for key in sorted(common["y"], reverse=True)]
    facets = [
        Facet("actor", _("Actors"), _choices(query, "actor", tagged["actor"], labels)),
        Facet("topic", _("Topics"), _choices(query, "topic", tagged["topic"], labels)),
        Facet("genre", _("Genres"), _choices(query, "genre", genres, labels)),
        Facet("year", _("Years"), _choices(query, "year", years, labels)),
    ]
    return [facet for facet in facets if facet.choices]


def _common(counted: Counter, letter: str, total: int) -> list[str]:
    """The commonest keys of one kind that not every row has."""
    of_kind = [(key, count) for key, count in counted.items() if key.startswith(f"={letter}") and count < total]
    if letter == "a":
        of_kind = [(key, count) for key, count in of_kind if key[2:].isdecimal()]
    return [key for key, _count in sorted(of_kind, key=lambda pair: (-pair[1], pair[0]))[:SHOWN]]


def _names(keys: Sequence[str]) -> dict[str, Named]:
    """Key → the name it stands for."""
    told = [[int(key[2:]) for key in keys if key[1] == letter] for letter in "at"]
    found = NAMES.rows(actors=told[0] or NOBODY, topics=told[1] or NOBODY) if keys else []
    return {actor_key(actor) if actor else topic_key(topic): Named(*name) for actor, topic, *name in found}


def _key(part: Part, pk: int) -> str:
    return actor_key(pk) if part.field == "actor" else topic_key(pk)


def _choices(query: Query, name: str, values: Sequence[tuple[str, str, int]], labels: dict[Part, str]) -> list[Choice]:
    """What is chosen of this kind already, to be left again; then the values."""
    chosen = [part for part in query.of(name) if not part.is_negative]
    raws = {part.raw.lower() for part in chosen}
    left = [Choice(labels.get(part) or _left_label(part), 0, query.without(part), is_chosen=True) for part in chosen]
    more = [Choice(label, count, narrowed(query, raw)) for label, raw, count in values if raw.lower() not in raws]
    return left + more


def _left_label(part: Part) -> str:
    if part.field == "genre":
        return str(Genre(part.value.lower()).label).capitalize()
    return part.value.replace("-", " ") if part.field in ("actor", "topic") else part.value
