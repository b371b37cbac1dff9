"""The HTML of a story's own page as far as its row alone says it, made when it is printed and kept in the row.

What others write after it was printed stays out, each at a gap of its own: the body, which the row has already, the
links to translations, the running stories. `made_by` tells by which code, templates and catalogues it was made: where
these are others by now, the page is set again as it is read, and the row when it is printed next.
"""

import sys
from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from .. import languages, offering, paths, sharing, standing, structured_data
from ..models import copy, stories
from ..models.stories import Story
from . import article, entries, figures, ledger, phrases

ALTERNATES = "components/alternates.html"
GAP = mark_safe("<!--gap-->")  # no value makes one: it would be escaped
GAPS = 6  # alternates; after the head; translations, body, running stories; after the story
CALLED = (
    *(article, entries, figures, ledger, phrases),
    *(copy, languages, offering, paths, sharing, stories, structured_data),
)
"""Modules whose outcome stands in the HTML, beside this one."""
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
    with languages.speaking(settings.LANGUAGE_CODE):
        share = _share(story)
    story.setting = GAP.join((_head(story), article.article(story, GAP), share))
    story.set_by = made_by()


def _head(story: Story) -> str:
    """What stands in the head of the page, with a gap for the translations."""
    section = f'<meta property="article:section" content="{escape(story.section["name"])}">' if story.section else ""
    published, updated = (timezone.localtime(at).isoformat() for at in (story.published_at, story.updated_at))
    return (
        f'<link rel="canonical" href="{escape(settings.NEWSROOM_URL + story.get_absolute_url())}">\n'
        f'<meta property="article:published_time" content="{published}">\n'
        f'<meta property="article:modified_time" content="{updated}">\n'
        f"{section}\n{GAP}\n{structured_data.block(story.structured)}"
    )


def _share(story: Story) -> str:
    """Ways to pass a story on: plain addresses, nothing of them loaded."""
    links, away = links_of(story), 'rel="noopener noreferrer external"'
    title, address = gettext("Pass it on"), gettext("Address")
    ways = (f'<li><a href="{escape(way["url"])}" {away}>{escape(way["name"])}</a></li>' for way in links["ways"])
    return (
        f'<nav class="share" aria-labelledby="share-title">\n'
        f'<h2 class="label" id="share-title">{title}</h2>\n'
        f'<ul class="share__ways">{"".join(ways)}</ul>\n'
        f'<p class="share__address"><span class="share__label">{address}</span> '
        f'<a href="{escape(story.get_absolute_url())}" rel="bookmark"><bdi dir="ltr">{escape(links["shown"])}</bdi></a>'
        f"</p>\n</nav>"
    )


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
        links = _piece(article.TRANSLATIONS, translations=story.translations)
        running = _piece(article.RUNNING, running=story.running)
        machines = _piece(ALTERNATES, story=story if story.translations else None, base=settings.NEWSROOM_URL)
    return Page(
        mark_safe(f"{head}{machines}{tail}"),  # noqa: S308  (every value was escaped)
        mark_safe(f"{above}{links}{between}{story.body}{below}{running}{end}"),  # noqa: S308
        mark_safe(share),  # noqa: S308
    )


def _piece(name: str, **values: Any) -> str:
    """A component as it stands, else as it is made now."""
    return standing.forme.get(standing.key(name, values), lambda: render_to_string(name, values))


def made_by() -> str:
    """A digest of all that makes the HTML of a row: code, templates, catalogues, settings."""
    return standing.version_of(article.NOTES, article.DOCUMENTS, called=(sys.modules[__name__], *CALLED))
