"""`manage.py load_vocabulary`: the world's states, with their codes, other names and adjectives, as actors."""

from collections.abc import Sequence

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.text import slugify

from ...gazetteer import Entry, world
from ...models import Actor, ActorAlias
from ...models.tags import ActorKind, AliasKind

LONGEST = 100


class Command(BaseCommand):
    """Safe to run twice: what is there stays as people made it, what is missing is added."""

    help = "Add the world's states to the actors, with codes, other names and adjectives. Safe to run again."

    def handle(self, *args, **options) -> None:
        """Load, and say how much."""
        states = [entry for entry in world() if entry.kind == ActorKind.STATE]
        actors, aliases = load(states)
        self.stdout.write(f"{actors} actors and {aliases} other names added; {len(states)} states in the vocabulary.")


@transaction.atomic
def load(states: Sequence[Entry]) -> tuple[int, int]:
    """Make what is missing of `states`; returns how many actors and how many aliases are new.

    A state is one that has its code; an actor with its name and no code is given it, unless it is another kind.
    """
    by_code = {actor.code: actor for actor in Actor.objects.exclude(code="")}
    by_name = {actor.name: actor for actor in Actor.objects.all()}
    slugs = set(Actor.objects.values_list("slug", flat=True))
    new = []
    for entry in states:
        if entry.code in by_code:
            continue
        actor = by_name.get(entry.name)
        if actor is None:
            actor = Actor(name=entry.name, slug=_slug(entry.name, slugs), kind=ActorKind.STATE, code=entry.code)
            new.append(actor)
        elif actor.kind == ActorKind.STATE and not actor.code:
            actor.code = entry.code
            actor.save(update_fields=["code"])
        else:
            continue
        by_code[entry.code] = actor
    Actor.objects.bulk_create(new)
    return len(new), _load_aliases(states, by_code)


def _load_aliases(states: Sequence[Entry], by_code: dict[str, Actor]) -> int:
    known = {(actor, name) for actor, name in ActorAlias.objects.values_list("actor_id", "name")}
    rows = []
    for entry in states:
        actor = by_code.get(entry.code)
        for name, kind in _names(entry):
            if actor and (actor.pk, name) not in known and name != actor.name and len(name) <= LONGEST:
                known.add((actor.pk, name))
                rows.append(ActorAlias(actor=actor, name=name, kind=kind))
    ActorAlias.objects.bulk_create(rows)
    return len(rows)


def _names(entry: Entry) -> list[tuple[str, str]]:
    return [
        *((name, AliasKind.ABBREVIATION if name.isupper() else AliasKind.ALIAS) for name in entry.aliases),
        *((name, AliasKind.DEMONYM) for name in entry.adjectives),
    ]


def _slug(name: str, taken: set[str]) -> str:
    slug, number = slugify(name, allow_unicode=True), 1
    while slug in taken:
        number += 1
        slug = f"{slugify(name, allow_unicode=True)}-{number}"
    taken.add(slug)
    return slug
