"""The sections that readers find: those with stories in print, under the names and in the order of the desks."""

from collections.abc import Iterable
from typing import Any

from django.core.cache import caches
from django.db import DatabaseError, transaction
from django.db.models import Exists, OuterRef
from django.utils.connection import ConnectionProxy

from . import statements, surrogates
from .models.desks import Desk
from .models.fronts import StorySection
from .models.stories import Story

KEY = "newsroom:sections"
FRESH = 20
"""Seconds for which a process believes what it knows of the sections."""

cache = ConnectionProxy(caches, "process")


def in_print() -> list[dict[str, Any]]:
    """[{slug, name, url}] for the navigation, in order, at most `FRESH` seconds old; [] where the database is away."""
    known = cache.get(KEY)
    if known is None:
        try:
            known = [
                {"slug": each.slug, "name": each.name, "url": each.get_absolute_url()}
                for each in StorySection.objects.all()
            ]
        except DatabaseError:
            return []
        cache.set(KEY, known, FRESH)
    return known


def forget() -> None:
    """They have changed: ask again."""
    cache.delete(KEY)


def print_with(stories: Iterable[Story]) -> None:
    """Have the sections right after these stories were printed."""
    stories = list(stories)
    wanted = {story.section_slug: story.section for story in stories if story.section_slug}
    known = statements.there(StorySection, wanted)
    if any(story.is_withdrawn or story.edition_number > 1 for story in stories) or set(wanted) - known:
        print_all(wanted.values())


@transaction.atomic
def print_all(among: Iterable[dict[str, str]] = ()) -> None:
    """Write the sections anew. Those `among` them, each {slug, name}, may be of no desk any more."""
    filled = Exists(Story.objects.published().filter(section_slug=OuterRef("slug")))
    present = {each.slug: each for each in StorySection.objects.annotate(is_filled=filled)}
    wanted = {slug: (each.name, each.position) for slug, each in present.items() if each.is_filled}
    for section in among:
        wanted.setdefault(section["slug"], (section["name"], 0))
    desks = Desk.objects.filter(filled).values_list("slug", "name", "position")
    wanted |= {slug: (name, position) for slug, name, position in desks}
    gone = set(present) - set(wanted)
    StorySection.objects.filter(pk__in=gone).delete()
    changed = [
        StorySection(slug=slug, name=name, position=position)
        for slug, (name, position) in sorted(wanted.items())
        if slug not in present or (present[slug].name, present[slug].position) != (name, position)
    ]
    StorySection.objects.bulk_create(
        changed, update_conflicts=True, unique_fields=["slug"], update_fields=["name", "position"]
    )
    transaction.on_commit(forget)
    if gone or changed:
        surrogates.changed(surrogates.SETTINGS)
