"""What the documents of some revisions speak of: the rows of the vocabulary and the pictures, read for all at once."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from ..models import Actor, ActorAlias, Contributor, Image, Revision, Topic, TopicAlias
from ..models.tags import AliasKind
from ..statements import Given, Statement

References = dict[str, dict[int, Any]]
ACTORS, TOPICS = (Given("keys", model._meta.pk, several=True) for model in (Actor, Topic))
CALLED = Statement(
    lambda: ActorAlias.objects.filter(actor__in=ACTORS).order_by("actor_id", "pk").values_list("actor", "name", "kind")
)
FILED = Statement(lambda: TopicAlias.objects.filter(topic__in=TOPICS).order_by("pk").values_list("topic", "name"))


def of_revisions(revisions: Iterable[Revision], *, is_proof: bool = False) -> dict[int, References]:
    """Key of a revision → what its document refers to, as `printing.Sheet` takes it. Seven queries, nine at most.

    "called" holds every name of the actors, demonyms too, and "filed" those of the topics: what search knows them by.
    A proof is not found by search: "filed" is empty then, for one query less.
    """
    revisions = list(revisions)
    actors = Actor.objects.standing_in({(each.article_id, each.pk): _actors(each.document) for each in revisions})
    topics = Topic.objects.standing({topic["id"] for each in revisions for topic in each.document["topics"]})
    signers = Contributor.objects.in_bulk(
        {byline["contributor"] for each in revisions for byline in each.document["bylines"]}
    )
    images = Image.objects.in_bulk({key for each in revisions for key in _images(each.document)})
    named, called = _names({actor.pk for rows in actors.values() for actor in rows.values()})
    filed: dict[int, list[str]] = defaultdict(list)
    for topic, name in () if is_proof else FILED.rows(keys=list(topics)):
        filed[topic].append(name)
    found = {}
    for each in revisions:
        document, standing = each.document, actors[each.article_id, each.pk]
        keys = {actor.pk for actor in standing.values()}
        found[each.pk] = {
            "actors": standing,
            "names": {key: named[key] for key in keys if key in named},
            "called": {key: called[key] for key in keys if key in called},
            "contributors": _some(signers, (byline["contributor"] for byline in document["bylines"])),
            "topics": _some(topics, (topic["id"] for topic in document["topics"])),
            "filed": {},
            "images": _some(images, _images(document)),
        }
        above = {above.pk for topic in found[each.pk]["topics"].values() for above in (topic, *topic.ancestors())}
        found[each.pk]["filed"] = {key: filed[key] for key in above if key in filed}
    return found


def _actors(document: dict[str, Any]) -> set[int]:
    keys = {actor["id"] for actor in document["actors"]}
    keys |= {quote["speaker"]["id"] for quote in document["quotes"] if quote["speaker"]}
    return keys | {each[side]["id"] for each in document.get("relations", ()) for side in ("actor", "other")}


def _images(document: dict[str, Any]) -> set[int]:
    return {image["id"] for image in (*document["images"], document["lead_image"]) if image}


def _some(rows: dict[int, Any], keys: Iterable[int]) -> dict[int, Any]:
    return {key: rows[key] for key in keys if key in rows}


def _names(actors: set[int]) -> tuple[dict[int, list[str]], dict[int, list[str]]]:
    """Actor → the other names it is called by in copy; and → all of them, demonyms too."""
    named: dict[int, list[str]] = defaultdict(list)
    called: dict[int, list[str]] = defaultdict(list)
    for actor, name, kind in CALLED.rows(keys=sorted(actors)):
        called[actor].append(name)
        if kind != AliasKind.DEMONYM:
            named[actor].append(name)
    return named, called
