"""Stories that are translations of one another: which of them lead to which, written on each when one is printed.

A family is an original and its translations. Only those in print are told of, so a withdrawn one disappears from the
others; the page of a story reads no row but its own.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from . import languages, surrogates
from .models.stories import Story
from .models.teasers import StoryTeaser, languages_of


def originals_of(stories: Iterable[int], known: Iterable[int | None]) -> set[int]:
    """The families that these stories are of: the originals they have or had (`known`), and those that are one."""
    keys = set(stories)
    own = Story.objects.filter(translation_of__in=keys).order_by().values_list("translation_of", flat=True)
    return {key for key in (*known, *own) if key}


def link(originals: Iterable[int]) -> None:
    """Write on each story of these families what the others in print are. Two queries at most, however many."""
    keys = set(originals)
    if not keys:
        return
    found = Story.objects.filter(Q(pk__in=keys) | Q(translation_of__in=keys)).order_by("language", "pk")
    fields = ("headline", "slug", "language", "published_at", "is_withdrawn", "translation_of", "translations")
    families: dict[int, list[Story]] = defaultdict(list)
    for story in found.only(*fields):
        families[story.translation_of or story.pk].append(story)
    changed = []
    for family in families.values():
        for story in family:
            others = _others(story, family)
            if story.translations != others:
                story.translations = others
                changed.append(story)
    if changed:
        Story.objects.bulk_update(changed, ["translations"])
        told = [(story.pk, languages_of(story.language, story.translations)) for story in changed]
        StoryTeaser.objects.bulk_update([StoryTeaser(pk=pk, languages=codes) for pk, codes in told], ["languages"])
        surrogates.changed(*surrogates.keys("story", (story.pk for story in changed)))


def _others(story: Story, family: Iterable[Story]) -> list[dict[str, Any]]:
    """What `Story.translations` holds: nothing for a withdrawn story."""
    return [
        {
            "language": other.language,
            "name": languages.own_name(other.language),
            "url": other.get_absolute_url(),
            "headline": other.headline,
        }
        for other in family
        if not (story.is_withdrawn or other.is_withdrawn) and other.language != story.language
    ]
