"""Teasers: what lists show of a story, set when it is printed and read as it stands.

`printing.entries` is the one place where they are made. What a row holds was set by some version of it; what another
version set is set again when it is read, in memory, and by the press when it prints the story anew.
"""

import sys
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import Any

from django.conf import settings
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from . import languages, paths, standing
from .models import copy, related, stories
from .models.stories import Story, StoryActor, StoryTopic
from .models.teasers import MARK, Entry, Line, StoryTeaser, is_also_in, languages_of
from .printing import entries, figures, phrases

APART = "<!--apart-->"  # no value makes one: it would be escaped
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
    teaser.entry, teaser.line, *teaser.moments = _set(teaser)
    teaser.set_by = version()
    return teaser


def version() -> str:
    """Of the code that sets them, by which a row knows whether what it holds still stands."""
    return standing.version_of(
        called=(sys.modules[__name__], entries, figures, phrases, copy, languages, paths, stories)
    )


def _named(tag: dict[str, Any]) -> dict[str, str]:
    return {"name": tag["name"], "slug": tag["slug"]}


def related_to(story: Story, most: int = 6) -> list[Line]:
    """Stories that share actors and topics with `story`, the closest first; one query (`models.related`).

    One that readers have in the language of `story` too is shown in that language alone, and never `story` itself.
    """
    kinds = ((StoryActor, "actors"), (StoryTopic, "topics"))
    tags = [(model, pk) for model, name in kinds for pk in story.related_by.get(name, ())]
    close = related.teasers(tags, without=story.pk, most=2 * most)
    rows = [each for each in close if not is_also_in(each.languages, story.language)][:most]
    anew = _set_anew(rows)
    return [row._replace(line=anew[row.pk][1]) if row.pk in anew else row for row in rows] if anew else rows


def _set(teaser: StoryTeaser) -> list[str]:
    """`entry`, `line` and each of `moments` as they are set now."""
    with languages.speaking(languages.around(teaser.language)):
        entry, line = (entries.entry(teaser, size, form=form) for size, form in (("entry", MARK), ("line", "j F Y")))
        at = localtime(teaser.published_at)
        return [entry, line, *(phrases.moment(at, form) for form in ("H:i", _("j F Y, H:i"), _("j F, H:i")))]


def _set_once(teaser: StoryTeaser) -> list[str]:
    """The same, kept among the standing type."""
    key = standing.key("entry", {"story": teaser})
    return standing.forme.get(key, lambda: APART.join(_set(teaser))).split(APART)


def in_list(rows: Sequence[Entry], moment: int) -> list[str]:
    """HTML of the places of these in a list, the moment written in that way. No query, but one as in `ready`."""
    anew = _set_anew(rows)
    if not anew:
        return [row.html(moment) for row in rows]
    return [
        anew[row.pk][0].replace(MARK, anew[row.pk][2 + moment]) if row.pk in anew else row.html(moment) for row in rows
    ]


def _set_anew(rows: Sequence[Entry | Line]) -> dict[int, list[str]]:
    """`_set` of those that another version of the code set, by key; no query where there are none."""
    current = version()
    stale = [row.pk for row in rows if row.set_by != current or settings.DEBUG]
    return {row.pk: _set_once(row) for row in StoryTeaser.objects.filter(pk__in=stale)} if stale else {}


def ready(teasers: Iterable[StoryTeaser]) -> list[StoryTeaser]:
    """The same rows with entries that can be shown. No query, but one where another version of the code set any."""
    rows = list(teasers)
    current = version()
    stale = [row for row in rows if row.set_by != current or settings.DEBUG]
    if stale:
        whole = StoryTeaser.objects.in_bulk([row.pk for row in stale])
        for row in stale:
            if row.pk in whole:
                row.entry, row.line, *row.moments = _set_once(whole[row.pk])
    return rows
