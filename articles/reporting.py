"""What the newsroom printed, counted for its reports: plain functions, without HTTP."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils import timezone

from . import mix, slips, statements
from .models import Actor, Desk, Edition, EditionMix, EditionSource, Source, StoryActor, StoryTopic, Topic
from .models.editions import EditionKind

MOST = 20_000  # editions that one report reads


@dataclass(frozen=True)
class Month:
    """One month: its first day, how many stories, and their counts together."""

    first: date
    stories: int
    counts: dict[str, Any]


def count_editions(editions: Iterable[Edition]) -> int:
    """Count those that were not counted yet. Returns how many; a withdrawal has nothing to count.

    Of an edition whose revision is at hand no document is read.
    """
    wanted = {each.pk: each for each in editions if each.kind != EditionKind.WITHDRAWAL}
    missing = set(wanted) - statements.there(EditionMix, wanted)
    if not missing:
        return 0
    found = [wanted[key] for key in sorted(missing)]
    afar = [each for each in found if "revision" not in each._state.fields_cache]
    prefetch_related_objects(afar, "revision")
    _keep_sources(found)
    desks = {each.revision.document["desk"]["id"] for each in found if each.revision.document.get("desk")}
    known = statements.there(Desk, desks)
    slips.put(EditionMix, [_mix(each, known) for each in found])
    return len(found)


def _keep_sources(editions: list[Edition]) -> None:
    """What each rests on, so that a recalled source is found in print too."""
    used = {each.pk: {row["source"]["id"] for row in each.revision.document["attributions"]} for each in editions}
    keys = set().union(*used.values())
    alive = statements.there(Source, keys)
    EditionSource.objects.bulk_create(
        [EditionSource(edition=each, source_id=key) for each in editions for key in sorted(used[each.pk] & alive)],
        ignore_conflicts=True,
    )


def _mix(edition: Edition, desks: set[int]) -> EditionMix:
    document = edition.revision.document
    desk = document.get("desk")
    return EditionMix(
        edition=edition,
        article_id=edition.article_id,
        desk_id=desk["id"] if desk and desk["id"] in desks else None,
        at=edition.at,
        counts=mix.count(document),
    )


def months(
    *, start: datetime, end: datetime, desk: Desk | None = None, actor: Actor | None = None, topic: Topic | None = None
) -> list[Month]:
    """The months from `start` on and before `end` in which something was printed, the latest first.

    Of a story that was printed several times in a month the last edition counts. One query.
    """
    rows = EditionMix.objects.filter(at__gte=start, at__lt=end)
    if desk:
        rows = rows.filter(desk=desk)
    if actor:
        rows = rows.filter(article__in=StoryActor.objects.filter(tag=actor).values("story"))
    if topic:
        rows = rows.filter(article__in=StoryTopic.objects.filter(tag=topic).values("story"))
    found: dict[date, dict[int, dict[str, Any]]] = {}
    for article, at, counts in rows.order_by("-at").values_list("article", "at", "counts")[:MOST]:
        first = timezone.localtime(at).date().replace(day=1)
        found.setdefault(first, {}).setdefault(article, counts)
    return [Month(first, len(stories), mix.total(stories.values())) for first, stories in found.items()]
