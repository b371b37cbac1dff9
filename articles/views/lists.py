"""Lists of stories as the press has set them: read by statements, put together without a template."""

import json
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from articles import structured_data, teasers
from articles.models import nameplates
from articles.models.stories import address
from articles.models.teasers import UNDER_DAY, Entry, is_also_in, languages_of
from articles.paths import path_of
from articles.standing import piece
from articles.statements import Statement

from .framing import made
from .paging import Listing

DAY = "components/day.html"
GAP = mark_safe("<!--stories-->")  # no value makes one: it would be escaped


def beside(build: Callable[[], QuerySet]) -> Listing:
    """The list of stories of rows that stand beside them: of an actor, of a topic."""
    there = {"pk": "story_id", "published_at": "published_at"}
    names = [there.get(name, f"story__teaser__{name}") for name in Entry._fields]
    return Listing(lambda: build().values_list(*names), pk="story_id")


def only_one(statement: Statement, names: Sequence[str], **given: object) -> dict[str, Any]:
    """The columns of the one row of a statement; 404 where there is none."""
    rows = statement.rows(1, **given)
    if not rows:
        raise Http404("No such page.")
    return dict(zip(names, rows[0], strict=True))


def is_told_in_ours(language: str, translations: str) -> bool:
    """As `Story.is_also_in` of the newsroom's language; `translations` as their JSON."""
    return is_also_in(languages_of(language, json.loads(translations)), settings.LANGUAGE_CODE)


def feeds(kind: str, slug: str, title: str) -> SafeString:
    """The feeds of a list, for the head of its page."""
    addresses = {form: path_of(f"feed-{kind}-{form}", slug) for form in ("rss", "atom", "json")}
    return made("components/feeds.html", title=title, **addresses)


def told_once(rows: Iterable[Entry]) -> list[Entry]:
    """Those of them that readers do not have in the newsroom's own language besides."""
    return [row for row in rows if not is_also_in(row.languages, settings.LANGUAGE_CODE)]


def by_days(rows: list[Entry]) -> SafeString:
    """The stories under the days they were published on."""
    zone = timezone.get_current_timezone()
    dates = (row.published_at.astimezone(zone).date() for row in rows)
    entries = zip(dates, teasers.in_list(rows, UNDER_DAY), strict=True)
    days = [
        made(DAY, day=day, stories=GAP).replace(GAP, "".join(entry for _day, entry in of_day))
        for day, of_day in groupby(entries, key=itemgetter(0))
    ]
    return mark_safe("".join(days)) if days else made(DAY, day=None)  # noqa: S308  (set by our templates)


def under_heading(template: str, entries: Sequence[str]) -> SafeString:
    """Entries that the press has set, in the gap that this template has for them; nothing where there are none."""
    return mark_safe(made(template, stories=GAP).replace(GAP, "".join(entries)) if entries else "")  # noqa: S308


def plain(rows: list[Entry], moment: int) -> SafeString:
    """The stories one after the other."""
    return mark_safe("".join(teasers.in_list(rows, moment)))  # noqa: S308  (set by our templates)


def for_machines(content: object, make: Callable[[], dict]) -> SafeString:
    """The document of a page, which `make` makes of this content and the newsroom's name, as it stands."""
    plate = nameplates.current()
    content = (settings.NEWSROOM_URL, plate.name, plate.strapline, content)
    return piece("machines", content, lambda: structured_data.block(make()))


def told_of(name: str, path: str, rows: list[Entry]) -> SafeString:
    """The list for machines."""
    content = (name, path, [(row.headline, row.slug, row.published_at) for row in rows])
    return for_machines(
        content,
        lambda: structured_data.of_list(
            name, path, ((row.headline, address(row.published_at, row.slug)) for row in rows)
        ),
    )
