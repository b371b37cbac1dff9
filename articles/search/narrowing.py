"""What stories are narrowed by: the keys beside their words in the index, and which of them a typed part asks for."""

from collections.abc import Iterable, Sequence

from django.db.models import Q
from django.db.models.expressions import RawSQL

from ..models.search import SearchName
from .engines import Test, statement
from .query import Part
from .words import words

EVERY = "=all"
MOST_MEANT = 40  # actors that one part may stand for
OF_NAME = ("actor__kind", "topic_id", "name", "slug", "latest")


def actor_key(pk: int) -> str:
    """Of an actor."""
    return f"=a{pk}"


def topic_key(pk: int) -> str:
    """Of a topic."""
    return f"=t{pk}"


def keys_of(actors: Iterable[int], topics: Iterable[int], bylines: Iterable[str], genre: str, year: int) -> str:
    """All keys of a story, in order, with a space between them. `bylines` are names."""
    signed = sorted({f"=b{word}" for name in bylines for word in words(name)})
    told = [*map(actor_key, sorted(actors)), *map(topic_key, sorted(topics)), *signed, f"=g{genre}", f"=y{year}"]
    return " ".join([EVERY, *told])


def tags_in(keys: str) -> tuple[set[int], set[int]]:
    """The keys of the actors and of the topics among a story's keys."""
    told = keys.split()
    return {int(key[2:]) for key in told if key[:2] == "=a" and key[2:].isdecimal()}, {
        int(key[2:]) for key in told if key[:2] == "=t"
    }


def meant(parts: Sequence[Part]) -> dict[Part, list[int]]:
    """Part → keys of the actors or topics its value names: by address, else by any name. One query for all."""
    if not parts:
        return {}
    wanted = Q(slug__in=[part.value.lower() for part in parts])
    for part in parts:
        wanted |= Q(pk__in=RawSQL(*statement("names", [Test((part.typed,))], MOST_MEANT)))  # noqa: S611  (as values)
    names = list(SearchName.objects.filter(wanted).only("actor_id", "topic_id", "slug", "words"))
    return {part: _meant(part, names) for part in parts}


def _meant(part: Part, names: list[SearchName]) -> list[int]:
    kind = f"{part.field}_id"
    of_kind = [name for name in names if getattr(name, kind)]
    exact = [name for name in of_kind if name.slug == part.value.lower()]
    run = f" {' '.join(part.typed)} "
    return [getattr(name, kind) for name in exact or [each for each in of_kind if run in f" {each.words} "]]


def forms(part: Part, named: dict[Part, list[int]]) -> tuple[tuple[str, ...], ...]:
    """The keys one run of which a story has to have for `part`; none where it can have none, or days say it."""
    if part.field == "actor":
        return tuple((actor_key(pk),) for pk in named.get(part, ()))
    if part.field == "topic":
        return tuple((topic_key(pk),) for pk in named.get(part, ()))
    if part.field == "by":
        return (tuple(f"=b{word}" for word in part.typed),)
    if part.field == "genre":
        return ((f"=g{part.value.lower()}",),)
    return ()
