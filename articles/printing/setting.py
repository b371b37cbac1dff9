"""The HTML of a story's own page as far as its row alone says it, made when it is printed and kept in the row.

What others write after it was printed stays out, each at a gap of its own: the body, which the row has already, the
links to translations, the running stories. `made_by` tells by which templates, catalogues and code it was made: where
these are others by now, the page is set again as it is read, and the row when it is printed next.
"""

import sys
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from .. import languages, offering, paths, sharing, standing
from ..models import copy, stories
from ..models.stories import Story

HEAD, STORY, SHARE = "stories/_head.html", "stories/_story.html", "components/share.html"
ALTERNATES, TRANSLATIONS = "components/alternates.html", "components/translations.html"
RUNNING = "components/running_story.html"
GAP = mark_safe("<!--gap-->")  # no value makes one: it would be escaped
GAPS = 6  # alternates; after the head; translations, body, running stories; after the story
CALLED = (copy, languages, offering, paths, sharing, stories)
"""Modules beside the template tags whose outcome stands in the HTML."""
COLUMNS = (
    *("headline", "standfirst", "slug", "language", "published_at", "edition_number", "body", "translations"),
    *("running", "related_by", "is_withdrawn", "withdrawal_note", "setting", "set_by"),
)
"""What the page of a story that is set needs of its row."""


@dataclass(frozen=True)
class Page:
    """HTML: what stands in the head of the page, the story from kicker to receipt, the ways to pass it on."""

    head: SafeString
    story: SafeString
    share: SafeString


def set_story(story: Story) -> None:
    """Make the HTML of a story that is about to be printed. Its language has to be the active one."""
    head = render_to_string(HEAD, {"story": story, "base": settings.NEWSROOM_URL, "gap": GAP}).rstrip("\n")
    body = render_to_string(STORY, {"story": story, "gap": GAP})
    with translation.override(settings.LANGUAGE_CODE):
        share = render_to_string(SHARE, {"story": story, "links": links_of(story)})
    story.setting = GAP.join((head, body, share))
    story.set_by = made_by()


def links_of(story: Story) -> dict[str, Any]:
    """{address, shown, ways}: where a story is passed on."""
    address = f"{settings.NEWSROOM_URL}{story.get_absolute_url()}"
    return {"address": address, "shown": unquote(address), "ways": sharing.ways(story.headline, address)}


def is_set(story: Story) -> bool:
    """Whether the HTML in its row is what would be made now."""
    return not settings.DEBUG and story.set_by == made_by() and story.setting.count(GAP) == GAPS


def page_of(story: Story) -> Page:
    """The page of a story in print; one that was set otherwise needs its whole row."""
    with translation.override(languages.around(story.language)):
        if not is_set(story):
            set_story(story)
        head, tail, above, between, below, end, share = story.setting.split(GAP)
        links = _piece(TRANSLATIONS, translations=story.translations)
        running = _piece(RUNNING, running=story.running)
        machines = _piece(ALTERNATES, story=story if story.translations else None, base=settings.NEWSROOM_URL)
    return Page(
        mark_safe(f"{head}{machines}{tail}"),  # noqa: S308  (set by our templates)
        mark_safe(f"{above}{links}{between}{story.body}{below}{running}{end}"),  # noqa: S308
        mark_safe(share),  # noqa: S308
    )


def _piece(name: str, **values: Any) -> str:
    """A component as it stands, else as it is made now."""
    return standing.forme.get(standing.key(name, values), lambda: render_to_string(name, values))


def made_by() -> str:
    """A digest of all that makes the HTML of a row: templates, what they call, catalogues, settings."""
    return standing.version_of(HEAD, STORY, SHARE, called=(sys.modules[__name__], *CALLED))
