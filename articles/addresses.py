"""Addresses that change: the old one goes on leading there, and what names it is printed anew."""

from typing import Any

from django.db import transaction

from . import press, profiles
from .models.bylines import Contributor
from .models.contributors import FormerSlug, StoryContributor


def keep_address(kind: str, slug: str, owner: Any) -> None:
    """Readers who come by the slug that `owner` had are sent on; one that it took back is its own again."""
    FormerSlug.objects.filter(kind=kind, slug=owner.slug).delete()
    FormerSlug.objects.update_or_create(kind=kind, slug=slug, defaults={"key": owner.pk})


@transaction.atomic
def reprint_signed(contributor: Contributor, *, was: str = "") -> int:
    """Tell readers anew who this is; where the address `was` another, print what they signed anew. Returns how many."""
    profiles.compile_profiles(profiles.known([contributor.pk]))
    if not was or was == contributor.slug:
        return 0
    keep_address("contributor", was, contributor)
    return press.reprint(StoryContributor.objects.filter(contributor=contributor.pk).values_list("story_id", flat=True))
