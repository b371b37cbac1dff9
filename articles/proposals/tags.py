"""Actors and topics of the vocabulary, found by any of their names or added to it."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from .. import permissions
from ..gazetteer import Entry, world
from ..models import Actor, ActorAlias, Topic, TopicAlias
from ..models.tags import ActorKind, AliasKind
from . import mentions

LONGEST = 100  # characters of a name in the vocabulary


class KnownActors:
    """The actors that some names or slugs mean; three queries, however many there are."""

    def __init__(self, slugs: Iterable[str], names: Iterable[str]) -> None:
        names = {name for name in names if name}
        rows = Actor.objects.filter(Q(slug__in=set(slugs)) | Q(name__in=names) | Q(aliases__name__in=names))
        self.by_slug: dict[str, Actor] = {}
        self.by_name: dict[str, Actor] = {}
        for actor in rows.distinct().prefetch_related("aliases"):
            self.by_slug[actor.slug] = actor
            for alias in actor.aliases.all():
                if alias.kind != AliasKind.DEMONYM:
                    self.by_name.setdefault(alias.name.casefold(), actor)
        for actor in self.by_slug.values():
            self.by_name[actor.name.casefold()] = actor

    def get(self, *, slug: str | None = None, name: str = "") -> Actor | None:
        """By slug, else by a name or alias."""
        return self.by_slug.get(slug or "") or self.by_name.get(name.casefold())


def may_add(user: Any) -> bool:
    """Whether this person adds to the vocabulary."""
    return bool(permissions.scopes(permissions.roles_of(user), "edit_tags"))


def in_world(payload: dict[str, Any]) -> Entry | None:
    """The entry of the built-in vocabulary that a proposal means: a state, a territory or a capital."""
    if payload.get("slug"):
        return None
    same = (entry for entry in world() if entry.name == payload["name"] and entry.kind == payload.get("kind"))
    return next(same, None)


def find_actor(name: str, slug: str | None = None, code: str = "") -> Actor | None:
    """The actor of that slug, country code, name or other name."""
    if slug and (actor := Actor.objects.filter(slug=slug).first()):
        return actor
    if code and (actor := Actor.objects.filter(code=code).first()):
        return actor
    named = Actor.objects.filter(name__iexact=name).first()
    if named:
        return named
    alias = ActorAlias.objects.filter(name__iexact=name).exclude(kind=AliasKind.DEMONYM).select_related("actor").first()
    return alias and alias.actor


def actor(payload: dict[str, Any], *, by: Any) -> Actor:
    """The actor `payload` means, added to the vocabulary with all its names where it is new.

    `payload` has name, kind and perhaps slug and aliases: names, or {"name", "kind"}. What the built-in vocabulary has,
    anybody may bring in; another new name raises `PermissionDenied` where `by` does not add to the vocabulary.
    """
    name = " ".join(payload["name"].split())[:LONGEST]
    entry = in_world(payload)
    found = find_actor(name, payload.get("slug"), entry.code if entry else "")
    if found is None:
        if entry is None and not may_add(by):
            raise PermissionDenied("new actors are not for this person to add")
        kind = payload.get("kind") if payload.get("kind") in ActorKind.values else _guess(name)
        found = Actor.objects.create(name=name, kind=kind, code=entry.code if entry and kind == ActorKind.STATE else "")
    if entry:
        _add_aliases(found, _names_of(entry))
    elif may_add(by):
        _add_aliases(found, _aliases(payload))
    return found


def _guess(name: str) -> str:
    return ActorKind.ORGANISATION if mentions.looks_like_body(name) else ActorKind.PERSON


def _names_of(entry: Entry) -> list[dict[str, str]]:
    """The other names of a state or place, and what its people are called."""
    return [
        *(
            {"name": alias, "kind": AliasKind.ABBREVIATION if alias.isupper() else AliasKind.ALIAS}
            for alias in entry.aliases
        ),
        *({"name": adjective, "kind": AliasKind.DEMONYM} for adjective in entry.adjectives),
    ]


def _add_aliases(actor: Actor, aliases: list[dict[str, str]]) -> None:
    known = {actor.name.casefold(), *(alias.name.casefold() for alias in actor.aliases.all())}
    rows = []
    for alias in aliases:
        if alias["name"].casefold() not in known and len(alias["name"]) <= LONGEST:
            known.add(alias["name"].casefold())
            rows.append(ActorAlias(actor=actor, **alias))
    ActorAlias.objects.bulk_create(rows)


def _aliases(payload: dict[str, Any]) -> list[dict[str, str]]:
    """The other names in `payload`, each with its kind."""
    found = []
    for alias in payload.get("aliases") or []:
        named = alias if isinstance(alias, dict) else {"name": alias}
        kind = named.get("kind")
        if kind not in AliasKind.values:
            kind = AliasKind.ABBREVIATION if named["name"].isupper() else AliasKind.ALIAS
        found.append({"name": named["name"], "kind": kind})
    if abbreviation := payload.get("abbreviation"):
        found.append({"name": abbreviation, "kind": AliasKind.ABBREVIATION})
    return found


def topic(payload: dict[str, Any], *, by: Any) -> Topic:
    """The topic `payload` means, by slug, name or other name; a new one needs the permission to add it."""
    name = " ".join(payload["name"].split())[:LONGEST]
    found = (
        Topic.objects.filter(slug=payload.get("slug") or "").first() or Topic.objects.filter(name__iexact=name).first()
    )
    if found is None and (alias := TopicAlias.objects.filter(name__iexact=name).select_related("topic").first()):
        found = alias.topic
    if found is None:
        if not may_add(by):
            raise PermissionDenied("new topics are not for this person to add")
        found = Topic.objects.create(name=name)
    return found
