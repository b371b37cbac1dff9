"""What pages of actors and topics tell besides stories and quotes, put together when it changes, read with one row."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from . import naming, statements, surrogates
from .models.dossiers import ActorName, Dossier, TopicDossier
from .models.relations import Position, RelationKind
from .models.stories import StoryActor, StoryRelation, StoryTopic
from .models.tags import Actor, ActorAlias, ActorKind, AliasKind, Topic
from .models.tallies import ActorMonth, ActorPair, ActorTopic, TopicMonth
from .paths import path_of
from .statements import Given, Statement

COMPANY = 10  # with whom an actor is drawn
MOST = 12  # actors and speakers on the page of a topic
BATCH = 200  # dossiers put together at once
ACCOUNTS = 12  # of one relation, the newest
KEYS = Given("keys", Actor._meta.pk, several=True)
TOLD = Statement(lambda: Actor.objects.filter(pk__in=KEYS).order_by().values_list("pk", "name", "slug", "kind"))
MONTHS = Statement(
    lambda: (
        ActorMonth.objects.filter(actor__in=KEYS)
        .order_by("actor_id", "month")
        .values_list("actor_id", "month", "stories", "quotes", "mentions")
    )
)
OF_TOPICS = Statement(
    lambda: (
        TopicMonth.objects.filter(topic__in=Given("keys", Topic._meta.pk, several=True))
        .order_by("topic_id", "month")
        .values_list("topic_id", "month", "stories")
    )
)
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
    known = Actor.objects.filter(pk__in=keys).only("name", "kind")
    with translation.override(settings.LANGUAGE_CODE):
        names, positions, relations = _names(keys), _positions(keys), _relations(keys)
        rows = [
            Dossier(
                actor=actor,
                names=names[actor.pk],
                positions=positions[actor.pk],
                relations=relations[actor.pk],
                kind=actor.kind,
                initial=naming.initial(actor.name),
                sort_name=naming.fold(actor.name),
            )
            for actor in known.order_by("pk")
        ]
    fields = ["names", "positions", "relations", "kind", "initial", "sort_name"]
    Dossier.objects.bulk_create(rows, update_conflicts=True, unique_fields=["actor"], update_fields=fields)
    _register([row.actor for row in rows])
    surrogates.changed(*surrogates.keys("actor", keys))


def _register(actors: list[Actor]) -> None:
    """Every name of these actors, demonyms too, as they are looked up."""
    ActorName.objects.filter(actor__in=actors).delete()
    aliases = ActorAlias.objects.filter(actor__in=actors).order_by("actor_id", "pk").values_list("actor", "name")
    names = [*((actor.pk, actor.name) for actor in actors), *aliases]
    ActorName.objects.bulk_create(
        ActorName(actor_id=key, tail=tail, name=name)
        for key, name in names
        for tail in dict.fromkeys(naming.tails(name))
    )


def compile_counts(actors: Iterable[int]) -> None:
    """Bring what is counted in the dossiers of these actors up to date; those that have none get one."""
    keys = sorted(set(actors))
    if not keys:
        return
    if new := without(keys):
        compile_dossiers(new)
        surrogates.changed(surrogates.ACTORS)
    months: dict[int, list[tuple]] = defaultdict(list)
    for actor, *row in MONTHS.rows(keys=keys):
        months[actor].append(tuple(row))
    with translation.override(settings.LANGUAGE_CODE):
        company = _company(keys)
        rows = [
            Dossier(
                actor_id=key,
                activity=[
                    [_iso(month), stories, quotes] for month, stories, quotes, _n in months[key] if stories or quotes
                ],
                company=company[key],
                is_due=False,
                **{
                    name: sum(row[place] for row in months[key])
                    for place, name in enumerate(("stories", "quotes", "mentions"), start=1)
                },
            )
            for key in keys
        ]
    fields = ["activity", "company", "is_due", "stories", "quotes", "mentions"]
    Dossier.objects.bulk_create(rows, update_conflicts=True, unique_fields=["actor"], update_fields=fields)
    surrogates.changed(*surrogates.keys("actor", keys))


def _company(actors: list[int]) -> dict[int, list[dict[str, Any]]]:
    """With whom each actor appears most; for each one walk of one index, in one query for all."""
    told = _most(ActorPair, "actor_id", actors, "other_id", "stories", COMPANY)
    others = _actors({other for _actor, other, _stories in told})
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for actor, other, stories in told:
        found[actor].append({"id": other, **others[other], "stories": stories})
    return found


def _most(
    model: type[Model], owner: str, keys: Iterable[int], other: str, number: str, most: int
) -> list[tuple[int, int, int]]:
    """(owner, other, number) of the rows of each key with the highest numbers over nought, the highest first."""
    quote = connection.ops.quote_name
    walk = (
        f"SELECT * FROM (SELECT {quote(owner)}, {quote(other)}, {quote(number)} "  # noqa: S608  (names of our own)
        f"FROM {quote(model._meta.db_table)} WHERE {quote(owner)} = %s AND {quote(number)} > 0 "
        f"ORDER BY {quote(number)} DESC, {quote(other)} LIMIT {most}) AS walk"
    )
    found: list[tuple[int, int, int]] = []
    with connection.cursor() as cursor:
        for portion in _batches(keys):
            cursor.execute(" UNION ALL ".join([walk] * len(portion)), portion)
            found += cursor.fetchall()
    return sorted(found, key=lambda row: (row[0], -row[2], row[1]))


def _actors(keys: Iterable[int]) -> dict[int, dict[str, str]]:
    """How these actors are told of: {name, url, kind}, once however often they are."""
    return {
        pk: {"name": name, "url": path_of("actor", slug), "kind": str(ActorKind(kind).label)}
        for portion in _batches(keys)
        for pk, name, slug, kind in TOLD.rows(keys=portion)
    }


def compile_topics(topics: Iterable[int]) -> None:
    """Put the dossiers of these topics together anew. Five queries, however many."""
    keys = sorted(set(topics))
    known = statements.there(Topic, keys)
    if not known:
        return
    activity: dict[int, list[list[Any]]] = defaultdict(list)
    for topic, month, stories in OF_TOPICS.rows(keys=sorted(known)):
        activity[topic].append([_iso(month), stories])
    named = _most(ActorTopic, "topic_id", known, "actor_id", "stories", MOST)
    heard = _most(ActorTopic, "topic_id", known, "actor_id", "quotes", MOST)
    actors = _actors({actor for _topic, actor, _n in (*named, *heard)})
    with translation.override(settings.LANGUAGE_CODE):
        rows = [
            TopicDossier(
                topic_id=key,
                activity=activity[key],
                actors=[{**actors[actor], "stories": n} for topic, actor, n in named if topic == key],
                speakers=[{**actors[actor], "quotes": n} for topic, actor, n in heard if topic == key],
                stories=sum(stories for _month, stories in activity[key]),
                is_due=False,
            )
            for key in sorted(known)
        ]
    fields = ["activity", "actors", "speakers", "stories", "is_due"]
    TopicDossier.objects.bulk_create(rows, update_conflicts=True, unique_fields=["topic"], update_fields=fields)
    if rows:
        surrogates.changed(surrogates.TOPICS, *surrogates.keys("topic", known))


def mark_due(actors: Iterable[int], topics: Iterable[int]) -> None:
    """Keep in the database whose dossiers are to be put together anew (`compile_due`): in bulk it is done once."""
    actors, topics = set(actors), set(topics)
    compile_dossiers(without(actors))
    Dossier.objects.filter(pk__in=actors, is_due=False).update(is_due=True)
    if topics:
        TopicDossier.objects.bulk_create(
            [TopicDossier(topic_id=key, is_due=True) for key in sorted(topics)],
            update_conflicts=True,
            unique_fields=["topic"],
            update_fields=["is_due"],
        )


def compile_due() -> None:
    """Put the dossiers together that were marked, batch by batch; what was done stays done where it is stopped."""
    while keys := list(Dossier.objects.filter(is_due=True).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        compile_counts(keys)
    while keys := list(TopicDossier.objects.filter(is_due=True).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        compile_topics(keys)


def compile_all() -> None:
    """Put every dossier together anew: of all that have one or are in print."""
    printed = StoryActor.objects.order_by().values_list("tag", flat=True).distinct()
    actors = {*Dossier.objects.values_list("pk", flat=True), *printed}
    filed = StoryTopic.objects.order_by().values_list("tag", flat=True).distinct()
    topics = {*TopicDossier.objects.values_list("pk", flat=True), *filed}
    refresh(actors, topics)


def refresh(actors: Iterable[int], topics: Iterable[int] = ()) -> None:
    """Put these dossiers together anew, all of them; keys of what is gone are passed over."""
    for keys in _batches(actors):
        compile_dossiers(keys)
        compile_counts(set(keys) - without(keys))
    for keys in _batches(topics):
        compile_topics(keys)


def _batches(keys: Iterable[int]) -> Iterator[list[int]]:
    ordered = sorted(set(keys))
    return (ordered[start : start + BATCH] for start in range(0, len(ordered), BATCH))


def without(actors: Iterable[int]) -> set[int]:
    """Those of the actors that have no dossier yet."""
    keys = set(actors)
    return keys - statements.there(Dossier, keys)


def naming_it(actor: Actor) -> tuple[set[int], set[int]]:
    """Whose dossiers name `actor`, its own among them: keys of actors, keys of topics."""
    company = ActorPair.objects.filter(other=actor).values_list("actor", flat=True)
    topics = ActorTopic.objects.filter(actor=actor).values_list("topic", flat=True)
    return {*_related_to(actor), *company}, set(topics)


def _related_to(actor: Actor) -> set[int]:
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
