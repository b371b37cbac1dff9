"""The demo's actors, topics and sources."""

from typing import Any

from django.db.models import Q
from django.utils import timezone

from ..models import Actor, ActorAlias, Position, Source, Topic, TopicAlias
from ..models.tags import AliasKind
from .content import read

ALIASES = {
    "aliases": AliasKind.ALIAS,
    "abbreviations": AliasKind.ABBREVIATION,
    "demonyms": AliasKind.DEMONYM,
}


def actors() -> tuple[dict[str, Actor], int]:
    """The actors of actors.toml by slug, and how many of them were made; one that exists is left as it is."""
    found, made, positions = {}, 0, []
    for row in read("actors.toml")["actor"]:
        actor = Actor.objects.filter(Q(slug=row["slug"]) | Q(name=row["name"])).first()
        if actor is None:
            values = {name: row[name] for name in ("slug", "name", "kind", "description")}
            actor = Actor.objects.create(**values)
            ActorAlias.objects.bulk_create(
                ActorAlias(actor=actor, name=name, kind=kind)
                for key, kind in ALIASES.items()
                for name in row.get(key, ())
            )
            positions.extend((actor, held) for held in row.get("positions", ()))
            made += 1
        found[row["slug"]] = actor
    Position.objects.bulk_create(
        Position(actor=actor, **held | {"body": found.get(held.get("body"))}) for actor, held in positions
    )
    return found, made


def topics() -> tuple[dict[str, Topic], int]:
    """The topics of topics.toml by slug, parents before children, and how many of them were made."""
    found, made = {}, 0
    for row in read("topics.toml")["topic"]:
        topic = Topic.objects.filter(Q(slug=row["slug"]) | Q(name=row["name"])).first()
        if topic is None:
            topic = Topic.objects.create(
                slug=row["slug"],
                name=row["name"],
                description=row["description"],
                iptc_code=row.get("iptc_code", ""),
                parent=found.get(row.get("parent")),
            )
            TopicAlias.objects.bulk_create(TopicAlias(topic=topic, name=name) for name in row.get("aliases", ()))
            made += 1
        found[row["slug"]] = topic
    return found, made


class Sources:
    """The sources of sources.toml; each is made when the first story that needs it is."""

    def __init__(self, known_actors: dict[str, Actor]) -> None:
        self.rows: dict[str, dict[str, Any]] = read("sources.toml")
        self.actors = known_actors
        self.found: dict[str, Source] = {}

    def __getitem__(self, key: str) -> Source:
        """The source of that key."""
        if key not in self.found:
            row = self.rows[key]
            self.found[key], _is_new = Source.objects.get_or_create(
                label=row["label"],
                kind=row["kind"],
                is_confidential=row.get("is_confidential", False),
                defaults={
                    "actor": self.actors.get(row.get("actor")),
                    "standing": row.get("standing", ""),
                    "declared_consent_at": timezone.now() if "standing" in row else None,
                },
            )
        return self.found[key]
