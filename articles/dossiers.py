"""What an actor's page tells besides stories and quotes, put together when it changes and read with one row."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from .models.relations import Position, RelationKind
from .models.stories import Dossier, StoryActor, StoryRelation
from .models.tags import Actor, ActorAlias, AliasKind

ACCOUNTS = 12  # of one relation, the newest
NAMED = {
    AliasKind.ALIAS: _("Also known as"),
    AliasKind.ABBREVIATION: _("Abbreviated"),
    AliasKind.FORMER: _("Formerly"),
}
"""Demonyms are for finding, not for reading."""

SAID = {
    RelationKind.BACKS: (_("Backs"), _("Backed by")),
    RelationKind.OPPOSES: (_("Opposes"), _("Opposed by")),
    RelationKind.LEADS: (_("Leads"), _("Led by")),
    RelationKind.MEMBER_OF: (_("Member of"), _("Has as a member")),
    RelationKind.PART_OF: (_("Part of"), _("Has as a part")),
    RelationKind.APPOINTED_BY: (_("Appointed by"), _("Appointed")),
}
"""How a relation reads on the page of the one and of the other."""


def compile_dossiers(actors: Iterable[int]) -> None:
    """Put the dossiers of these actors together anew. Seven queries at most, however many."""
    keys = set(actors)
    if not keys:
        return
    with translation.override(settings.LANGUAGE_CODE):
        names, positions, relations = _names(keys), _positions(keys), _relations(keys)
        rows = [
            Dossier(actor_id=key, names=names[key], positions=positions[key], relations=relations[key])
            for key in sorted(keys)
        ]
    fields = ["names", "positions", "relations"]
    Dossier.objects.bulk_create(rows, update_conflicts=True, unique_fields=["actor"], update_fields=fields)


def without(actors: Iterable[int]) -> set[int]:
    """Those of the actors that have no dossier yet."""
    keys = set(actors)
    return keys - set(Dossier.objects.filter(pk__in=keys).values_list("pk", flat=True)) if keys else keys


def touched_by(actor: Actor) -> set[int]:
    """Whose dossiers name `actor`, its own among them."""
    pairs = StoryRelation.objects.filter(Q(actor=actor) | Q(other=actor)).values_list("actor", "other")
    holders = Position.objects.filter(body=actor).values_list("actor", flat=True)
    return {actor.pk, *holders, *(key for pair in pairs for key in pair)}


def _names(actors: set[int]) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for key, kind, name in ActorAlias.objects.filter(actor__in=actors).values_list("actor", "kind", "name"):
        found[key][kind].append(name)
    return {
        key: [{"label": str(label), "names": found[key][kind]} for kind, label in NAMED.items() if found[key][kind]]
        for key in actors
    }


def _in_print() -> Exists:
    return Exists(StoryActor.objects.filter(tag=OuterRef("pk")))


def _readable(actors: QuerySet) -> dict[int, str]:
    """Key → address of those that have a page."""
    return {actor.pk: actor.get_absolute_url() for actor in actors.filter(_in_print()).only("slug")}


def _positions(actors: set[int]) -> dict[int, list[dict[str, Any]]]:
    rows = list(Position.objects.filter(actor__in=actors).select_related("body"))
    pages = _readable(Actor.objects.filter(pk__in={row.body_id for row in rows if row.body_id})) if rows else {}
    found = defaultdict(list)
    for row in rows:
        found[row.actor_id].append(
            {
                "title": row.title,
                "body": row.body.name if row.body else "",
                "url": pages.get(row.body_id, ""),
                "since": _iso(row.since),
                "until": _iso(row.until),
            }
        )
    return found


def _relations(actors: set[int]) -> dict[int, list[dict[str, Any]]]:
    """Each relation once, with the stories that assert or deny it, newest first; on both sides."""
    rows = StoryRelation.objects.filter(Q(actor__in=actors) | Q(other__in=actors)).select_related("story")
    rows = list(rows.order_by("-published_at", "-pk"))
    ends = {key for row in rows for key in (row.actor_id, row.other_id)}
    others = Actor.objects.filter(pk__in=ends)
    known, pages = ({row.pk: row for row in others}, _readable(others)) if rows else ({}, {})
    found: dict[int, dict[Any, dict[str, Any]]] = defaultdict(dict)
    for row in rows:
        for side, (mine, theirs) in enumerate(((row.actor_id, row.other_id), (row.other_id, row.actor_id))):
            if mine not in actors:
                continue
            relation = found[mine].setdefault(
                (row.kind, side, theirs),
                {
                    "sentence": str(SAID[RelationKind(row.kind)][side]),
                    "kind": row.kind,
                    "other": known[theirs].name,
                    "url": pages.get(theirs, ""),
                    "accounts": [],
                },
            )
            if len(relation["accounts"]) < ACCOUNTS:
                relation["accounts"].append(_account(row))
    return defaultdict(list, {key: list(relations.values()) for key, relations in found.items()})


def _account(row: StoryRelation) -> dict[str, Any]:
    return {
        "is_denied": row.is_denied,
        "wording": row.wording,
        **{name: _iso(getattr(row, name)) for name in ("stated_on", "since", "until")},
        "headline": row.story.headline,
        "language": row.story.language,
        "url": row.story.get_absolute_url(),
    }


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
