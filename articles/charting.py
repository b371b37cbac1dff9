"""Keeps what sitemaps list: which files there are, and when the newest page of each changed. For the press alone."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from . import slips
from .models import sitemaps as files
from .models.contributors import StoryContributor
from .models.sitemaps import SitemapFile
from .models.stories import Story, StoryActor, StoryTopic
from .statements import Given, Statement

THROUGH = {
    "actors": (StoryActor, "tag"),
    "topics": (StoryTopic, "tag"),
    "contributors": (StoryContributor, "contributor"),
}
Page = tuple[str, int]  # kind and key
NUMBERED = Statement(
    lambda: SitemapFile.objects.filter(
        number__in=Given("numbers", SitemapFile._meta.get_field("number"), several=True)
    ).values_list("kind", "number", "newest")
)


def chart(changed: Iterable[tuple[str, int, datetime]], left: Iterable[Page]) -> None:
    """Note pages that changed, each (kind, key, when), and files that pages may have `left`: of an empty one goes.

    Two queries at most where nothing left; a moment that is known writes nothing.
    """
    newest: dict[Page, datetime] = {}
    for kind, key, at in changed:
        file = (kind, key // files.SIZE)
        newest[file] = max(at, newest.get(file, at))
    numbers = sorted({number for _kind, number in newest})
    known = {(kind, number): at for kind, number, at in NUMBERED.rows(numbers=numbers)}
    later = (
        SitemapFile(kind=kind, number=number, newest=at)
        for (kind, number), at in sorted(newest.items())
        if (kind, number) not in known or known[kind, number] < at
    )
    slips.put(SitemapFile, later, unique=["kind", "number"])
    for kind, number in {(kind, key // files.SIZE) for kind, key in left} - set(newest):
        if not rows_in(kind, number).exists():
            SitemapFile.objects.filter(kind=kind, number=number).delete()


def rows_in(kind: str, number: int) -> Any:
    """What readers have of a kind in the keys of one file: stories, or the rows by which a tag has some."""
    first, after = number * files.SIZE, (number + 1) * files.SIZE
    if kind == "stories":
        return Story.objects.filter(pk__gte=first, pk__lt=after, is_withdrawn=False).order_by()
    through, column = THROUGH[kind]
    return through.objects.filter(**{f"{column}__gte": first, f"{column}__lt": after}).order_by()
