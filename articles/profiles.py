"""What readers are told of who signs: copied from the desk's record when it changes, without the account it knows."""

from collections.abc import Iterable

from . import statements, surrogates
from .models.bylines import Contributor
from .models.contributors import Profile, StoryContributor

TOLD = ("name", "slug", "title", "bio", "contact", "image_id")


def compile_profiles(contributors: Iterable[int]) -> None:
    """Bring the profiles of these contributors up to date. Two queries."""
    keys = set(contributors)
    if not keys:
        return
    rows = Contributor.objects.filter(pk__in=keys).order_by("pk").values("pk", *TOLD)
    Profile.objects.bulk_create(
        [Profile(**row) for row in rows],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=[name.removesuffix("_id") for name in TOLD],
    )
    surrogates.changed(surrogates.CONTRIBUTORS, *surrogates.keys("contributor", keys))


def known(contributors: Iterable[int]) -> set[int]:
    """Those of the contributors that have a profile: who has signed nothing in print gets none."""
    return statements.there(Profile, contributors)


def without(contributors: Iterable[int]) -> set[int]:
    """Those of the contributors that have no profile yet."""
    keys = set(contributors)
    return keys - known(keys) if keys else keys


def with_a_page(contributors: dict[int, Contributor]) -> dict[int, Contributor]:
    """Those of the contributors, by key, who signed something in print."""
    signed = StoryContributor.objects.filter(contributor__in=list(contributors)).values_list("contributor", flat=True)
    return {key: contributors[key] for key in set(signed)}


def compile_all() -> None:
    """Bring every profile up to date that a story in print leads to; the others go."""
    signed = set(StoryContributor.objects.order_by().values_list("contributor", flat=True).distinct())
    Profile.objects.exclude(pk__in=signed).delete()
    compile_profiles(signed)
