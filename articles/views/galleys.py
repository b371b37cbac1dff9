"""What fronts are made up from: rows as they are read, of which models are made only where a front is made up anew."""

from collections.abc import Sequence
from itertools import islice
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import BigIntegerField, DateTimeField, OuterRef, QuerySet, Subquery
from django.utils import timezone

from articles import surrogates
from articles.models.fronts import StoryPlacement
from articles.models.quotes import QuoteKind
from articles.models.stories import StoryQuote
from articles.models.teasers import StoryTeaser, is_also_in
from articles.statements import Given, Statement, row_of

from . import front

STORIES = 80
QUOTES = 40
LOOKED_AT = 120
TEASER = (
    *("story_id", "published_at", "headline", "standfirst", "kicker", "slug", "language", "genre", "reading_minutes"),
    *("digest", "section_slug", "section_name", "picture", "names", "languages"),
)
"""What a front shows of a story."""
TOLD = tuple(TEASER.index(name) for name in ("story_id", "digest", "languages"))
"""Columns by which the others are known."""
PACKAGE = ("id", "title", "slug", "parts", "updated_at")
PLACED = (
    *("key", "slot", "headline", "story_id", "story__id", *(f"story__teaser__{name}" for name in TEASER)),
    *("package_id", *(f"package__{name}" for name in PACKAGE)),
)
VOICE = (
    *("id", "text", "speaker_name", "role", "how", "said_on", "speaker_id", "speaker__id", "speaker__name"),
    *("speaker__slug", "story_id", "story__id", "story__headline", "story__slug", "story__published_at"),
    *("story__actors", "story__language"),
)


class Heard(NamedTuple):
    """A quote as far as a front chooses by it."""

    pk: int
    speaker_id: int
    story_id: int
    languages: str


def _heard(quotes: QuerySet) -> QuerySet:
    told = StoryTeaser.objects.filter(pk=OuterRef("story")).order_by().values("languages")  # a join is walked first
    rows = quotes.annotate(languages=Subquery(told)).order_by("-published_at", "-id")
    return rows.values_list("kind", "pk", "speaker", "story", "languages")


STORY_KEYS, QUOTE_KEYS = (Given(name, BigIntegerField(), several=True) for name in ("stories", "quotes"))
NEWEST = Statement(lambda: StoryTeaser.objects.values_list(*TEASER))
PLACEMENTS = Statement(
    lambda: (
        StoryPlacement.objects.of(Given("section"))
        .shown_at(Given("now", DateTimeField()))
        .order_by("key")
        .values_list(*PLACED)
    )
)
HEARD = Statement(lambda: _heard(StoryQuote.objects.all()))
HEARD_IN = Statement(lambda: _heard(StoryQuote.objects.filter(story__in=STORY_KEYS)))
VOICES = Statement(lambda: StoryQuote.objects.filter(pk__in=QUOTE_KEYS).order_by().values_list(*VOICE))


class Galley(NamedTuple):
    """The rows of a front: of `PLACED`, of `TEASER` and perhaps more, of `VOICE`."""

    placed: list[Sequence]
    stories: list[Sequence]
    voices: list[Sequence]

    @property
    def content(self) -> tuple:
        """What they say, for `standing.piece`."""
        return (self.placed, [[row[at] for at in TOLD] for row in self.stories], self.voices)


def of_paper(*, placed: bool = True) -> Galley:
    """Of the paper's own front: four queries, three where what is `placed` is known."""
    stories = NEWEST.read(STORIES)
    surrogates.note("story", (row[0] for row in stories))
    return Galley(_placed("") if placed else [], stories, _voices(HEARD.read(LOOKED_AT)))


def of_section(slug: str, stories: list[Sequence], *, placed: bool = True) -> Galley:
    """Of the front of a section with these stories: three queries, two where what is `placed` is known."""
    heard = HEARD_IN.read(LOOKED_AT, stories=[row[0] for row in stories])
    return Galley(_placed(slug) if placed else [], stories, _voices(heard))


def make_up(
    galley: Galley, teasers: Sequence[StoryTeaser], placed: Sequence[StoryPlacement], **how: Any
) -> front.Front:
    """The front of these stories, with what is placed on it and the voices."""
    voices = [row_of(StoryQuote, VOICE, each) for each in VOICES.converted(galley.voices)]
    return front.make_up(teasers, voices, placed, language=settings.LANGUAGE_CODE, **how)


def teasers_of(galley: Galley) -> list[StoryTeaser]:
    """The stories of the paper's own front."""
    return [row_of(StoryTeaser, TEASER, each) for each in NEWEST.converted(galley.stories)]


def placements(section: str) -> list[StoryPlacement]:
    """What editors placed on a front and what still counts, with the stories: one query."""
    return placements_of(_placed(section))


def placements_of(rows: list[Sequence]) -> list[StoryPlacement]:
    """The same, of rows that were read."""
    return [row_of(StoryPlacement, PLACED, each) for each in PLACEMENTS.converted(rows)]


def _placed(section: str) -> list[Sequence]:
    rows = PLACEMENTS.read(section=section, now=timezone.now())
    for name in ("story", "package"):
        at = PLACED.index(f"{name}_id")
        surrogates.note(name, (row[at] for row in rows if row[at]))
    return rows


def _voices(rows: list[Sequence]) -> list[Sequence]:
    """Who is heard: of the newest words those that somebody known said word for word, told once as lists have it.

    Among the newest `LOOKED_AT`: asked for by kind, a large archive is sorted by speaker.
    """
    direct = (Heard(*row[1:]) for row in rows if row[0] == QuoteKind.DIRECT and row[2])
    heard = (each for each in islice(direct, QUOTES) if not is_also_in(each.languages, settings.LANGUAGE_CODE))
    keys = [each.pk for each in front.voices(heard)]
    found = {row[0]: row for row in VOICES.read(quotes=keys)}
    chosen = [found[key] for key in keys if key in found]
    surrogates.note("story", (row[VOICE.index("story_id")] for row in chosen))
    surrogates.note("actor", (row[VOICE.index("speaker_id")] for row in chosen))
    return chosen
