"""Teasers: what lists show of a story, set when it is printed and read as it stands.

The template `components/teaser.html` is the one source. What a row holds was set by some version of it; what another
version set is set again when it is read, in memory, and by the press when it prints the story anew.
"""

from collections.abc import Iterable
from hashlib import blake2b
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from . import languages, paths, standing
from .models import copy, stories
from .models.stories import Story
from .models.teasers import MARK, StoryTeaser, languages_of

TEMPLATE = "components/teaser.html"
APART = "\ue001"
COPIED = (
    *("published_at", "headline", "standfirst", "kicker", "slug", "language", "genre", "reading_minutes"),
    *("section_slug", "picture"),
)


def teaser_of(story: Story) -> StoryTeaser:
    """The row of a story that is being printed."""
    teaser = StoryTeaser(
        story=story,
        section_name=story.section["name"] if story.section else "",
        names={kind: [_named(tag) for tag in getattr(story, kind)] for kind in ("actors", "topics")},
        languages=languages_of(story.language, story.translations),
        **{name: getattr(story, name) for name in COPIED},
    )
    said = [str(getattr(teaser, name)) for name in (*COPIED, "section_name", "names")]
    teaser.digest = blake2b("\x00".join(said).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    teaser.entry, teaser.moments = _set(teaser)
    teaser.set_by = version()
    return teaser


def version() -> str:
    """Of the template, by which a row knows whether what it holds still stands."""
    return standing.version_of(TEMPLATE, called=(copy, languages, paths, stories))


def _named(tag: dict[str, Any]) -> dict[str, str]:
    return {"name": tag["name"], "slug": tag["slug"]}


def _set(teaser: StoryTeaser) -> tuple[str, list[str]]:
    """`entry` and `moments` as the template makes them now."""
    with translation.override(languages.around(teaser.language)):
        entry = render_to_string(TEMPLATE, {"story": teaser, "size": "entry", "level": 3, "stamp": MARK})
        at = localtime(teaser.published_at)
        return entry, [date_format(at, form) for form in ("H:i", _("j F Y, H:i"), _("j F, H:i"))]


def _in_one(teaser: StoryTeaser) -> str:
    entry, moments = _set(teaser)
    return APART.join([entry, *moments])


def _set_once(teaser: StoryTeaser) -> tuple[str, list[str]]:
    """The same, kept among the standing type."""
    key = standing.key(TEMPLATE, {"story": teaser, "stamp": MARK})
    entry, *moments = standing.forme.get(key, lambda: _in_one(teaser)).split(APART)
    return entry, moments


def ready(teasers: Iterable[StoryTeaser]) -> list[StoryTeaser]:
    """The same rows with entries that can be shown. No query, but one where another version of the template set any."""
    rows = list(teasers)
    current = version()
    stale = [row for row in rows if row.set_by != current or settings.DEBUG]
    if stale:
        whole = StoryTeaser.objects.in_bulk([row.pk for row in stale])
        for row in stale:
            if row.pk in whole:
                row.entry, row.moments = _set_once(whole[row.pk])
    return rows
