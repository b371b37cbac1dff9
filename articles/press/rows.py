"""Puts printed stories before readers: of the rows they had, only what differs is written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.db.models import Model

from .. import slips
from ..models import (
    QuoteMention,
    QuoteTopic,
    Story,
    StoryActor,
    StoryContributor,
    StoryImage,
    StoryQuote,
    StoryRelation,
    StoryTeaser,
    StoryTopic,
)
from ..models.teasers import languages_of
from .sheets import Printed

ASKED = 900  # keys in one question
KEYS: dict[type[Model], tuple[str, ...]] = {
    StoryTeaser: ("story_id",),
    StoryQuote: ("id",),
    StoryActor: ("story_id", "tag_id"),
    StoryTopic: ("story_id", "tag_id"),
    StoryImage: ("story_id", "image_id"),
    StoryRelation: ("id",),
    QuoteTopic: ("quote_id", "topic_id"),
    QuoteMention: ("quote_id", "actor_id"),
    StoryContributor: ("story_id", "contributor_id"),
}
"""The tables beside a story, with what is once in each."""

TOLD = ("translation_of", "translations", "running", "published_at", "is_withdrawn", "section_slug", "slug")


@dataclass
class Before:
    """What readers had of one story: what of its row counts (`TOLD`), and the rows beside it by table."""

    told: dict[str, Any]
    rows: dict[type[Model], list[Any]]


def put(printed: Sequence[Printed]) -> dict[int, Before]:
    """Write the rows of stories and those beside them; returns what readers had of each before; of new ones nothing."""
    keys = [each.story.pk for each in printed]
    had = {row.pop("pk"): Before(row, {}) for row in Story.objects.filter(pk__in=keys).order_by().values("pk", *TOLD)}
    for each in printed:
        if each.story.pk in had and not each.story.is_withdrawn:  # written by others, who look at it again
            told = had[each.story.pk].told
            each.story.translations, each.story.running = told["translations"], told["running"]
            spoken = languages_of(each.story.language, each.story.translations)
            each.rows[StoryTeaser] = [teaser._replace(languages=spoken) for teaser in each.rows[StoryTeaser]]
    slips.put(Story, [each.story for each in printed], unique=["id"])
    for model in KEYS:
        before = _rows_of(model, list(had))
        for _pk, row in before.values():
            had[row.story_id].rows.setdefault(model, []).append(row)
        _write(model, before, [row for each in printed for row in each.rows.get(model, ())])
    return had


def _rows_of(model: type[Model], stories: list[int]) -> dict[tuple, tuple[Any, Any]]:
    """The rows of these stories by what is once in them: (key, slip)."""
    found, make, once = {}, slips.of(model), attrgetter("story_id", *KEYS[model])
    for start in range(0, len(stories), ASKED):
        rows = model._default_manager.filter(story__in=stories[start : start + ASKED]).order_by()
        for pk, *values in rows.values_list("pk", *make._fields):
            row = make._make(values)
            found[once(row)] = (pk, row)
    return found


def _write(model: type[Model], before: dict[tuple, tuple[Any, Any]], rows: Iterable[Any]) -> None:
    once = attrgetter("story_id", *KEYS[model])
    after = {once(row): row for row in rows}
    if gone := [pk for key, (pk, _row) in before.items() if key not in after]:
        for start in range(0, len(gone), ASKED):
            model._default_manager.filter(pk__in=gone[start : start + ASKED]).delete()
    slips.put(model, [row for key, row in after.items() if key not in before])
    changed = [row for key, row in after.items() if key in before and row != before[key][1]]
    slips.put(model, changed, unique=KEYS[model])
