"""What is found: stories, ranked or newest first, and what narrows them; quotes, actors and topics beside them.

A common word costs no more in a large archive: only the newest `BOUND` stories that hold it are ranked and counted.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import BigIntegerField
from django.db.models.expressions import RawSQL

from ..models.search import SearchName, place_of
from ..models.stories import Story, StoryQuote
from ..statements import Given, Statement, row_of
from . import narrowing, paging, spelling
from .engines import HIGHEST, LOWEST, Expression, Index, Test, beginnings, best, finding, newest, statement
from .engines import QUOTES as IN_QUOTES
from .engines import STORIES as IN_STORIES
from .facets import Facet, facets_of
from .marking import Marker
from .query import Query, parse

BOUND = 2_000
PAGE = 20
BESIDE = 3  # quotes beside stories
MOST_NAMES = 60
NAMES_ABOVE = 6
IN_THE_NEWS = 16
FEWER = 4  # words that are tried alone
NEWEST, BEST = "newest", "best"
STORIES, QUOTES, NAMES = "stories", "quotes", "names"
OF_STORY = (
    *("id", "headline", "standfirst", "kicker", "slug", "language", "genre"),
    *("published_at", "updated_at", "edition_number"),
    *("section", "picture", "bylines", "reading_minutes", "is_withdrawn", "actors", "topics"),
    *("searched__place", "searched__text"),
)
STORIES_FOUND = Statement(
    lambda: (
        Story.objects.published()
        .filter(pk__in=Given("keys", BigIntegerField(), several=True))
        .order_by()
        .values_list(*OF_STORY)
    )
)
OF_QUOTE = (
    *("kind", "text", "speaker_name", "role", "how", "said_on", "verification", "published_at", "story"),
    *("story__headline", "story__slug", "story__published_at", "story__language", "story__actors"),
    *("speaker__name", "speaker__slug"),
)
Row = tuple[int, int, str, Any]  # place, key, keys, score: as `engines` answers


@dataclass
class Hit:
    """A story that was found: its row, and headline, standfirst and a piece of the body with the words marked.

    `names` are those of its tags that hold the words, where nothing else of it does.
    """

    story: Story
    headline: str
    standfirst: str
    snippet: str
    names: list[str]


@dataclass
class Said:
    """A quote that was found, with the words marked."""

    quote: StoryQuote
    words: str


@dataclass
class Found:
    """An answer. `total` stories or quotes, or more than that where `is_more`; `next_key` is "" at the end.

    Of an empty query `names` are those in the news last. `unknown` are the parts that name nobody in print;
    `correction` is what may have been meant, "" where nothing is; `fewer` are single words that find something where
    all together find nothing. `bounded` are the beginnings of which not all words were looked for.
    """

    query: Query
    order: str
    meant: dict = field(default_factory=dict)
    stories: list[Hit] = field(default_factory=list)
    quotes: list[Said] = field(default_factory=list)
    names: list[SearchName] = field(default_factory=list)
    facets: list[Facet] = field(default_factory=list)
    total: int = 0
    is_more: bool = False
    next_key: str = ""
    is_first: bool = True
    unknown: list = field(default_factory=list)
    correction: str = ""
    fewer: list[str] = field(default_factory=list)
    bounded: list[str] = field(default_factory=list)


def find(query: Query, *, kind: str = STORIES, order: str = BEST, key: str = "") -> Found:
    """Answer `query`: at most six queries to the database and one for each long beginning, however many rows there are.

    `key` is the `next_key` of an earlier answer; one that never was is the first page. Where there are no words to rank
    by, the newest come first.
    """
    named = narrowing.meant(query.of("actor", "topic"))
    found = Found(query, order if query.words else NEWEST, meant=named)
    found.unknown = [part for part, meant in named.items() if not meant]
    if query.is_empty:
        latest = SearchName.objects.select_related("actor").only(*narrowing.OF_NAME)
        found.names = list(latest.order_by("-latest", "id")[:IN_THE_NEWS])
        return found
    if kind == NAMES:
        found.names = _names(query, MOST_NAMES)
        found.total = len(found.names)
        return found if found.total else _helped(found)
    expression = _expression(query, named)
    if expression is None:
        return _helped(found)
    tests, found.bounded = beginnings(expression.tests)
    expression = replace(expression, tests=tests)
    if kind == QUOTES:
        found.quotes = _quotes_of(query, _page(found, IN_QUOTES, expression, key))
        return found if found.total else _helped(found)
    found.stories = _hits(query, _page(found, IN_STORIES, expression, key))
    if found.is_first and query.words:
        found.quotes = _quotes_beside(query, expression) if found.total else []
        found.names = _names(query, NAMES_ABOVE)
    return found if found.total else _helped(found)


def newest_stories(query: Query, limit: int) -> list[Story]:
    """The newest stories that answer `query`, without their bodies: what a feed of it holds.

    Three queries at most, and one for each long beginning.
    """
    expression = _expression(query, narrowing.meant(query.of("actor", "topic")))
    if query.is_empty or expression is None:
        return []
    tests, _bounded = beginnings(expression.tests)
    pks = [row[1] for row in newest(IN_STORIES, replace(expression, tests=tests), limit)]
    return list(Story.objects.published().filter(pk__in=pks).defer("body", "sources", "notes"))


def _expression(query: Query, named: dict) -> Expression | None:
    """The conditions of the query; None where one cannot hold."""
    tests = []
    for part in query.parts:
        if part.is_words:
            column = "quotes" if part.field == "quote" else ""
            tests.append(Test(part.forms, column, part.beginning, part.is_negative))
        elif forms := narrowing.forms(part, named):
            tests.append(Test(forms, "keys", is_negative=part.is_negative))
        elif part.field in ("actor", "topic") and not part.is_negative:
            return None
    return Expression(tuple(tests), _place(query.since, LOWEST), _place(query.until, HIGHEST))


def _place(at: Any, otherwise: int) -> int:
    return place_of(at) if at else otherwise


# --- rows of a page -----------------------------------------------------------------------------------------------


def _page(found: Found, index: Index, expression: Expression, key: str) -> list[Row]:
    """The rows of the page that `key` opens; fills in how many there are and what they can be narrowed by."""
    rows = (best if found.order == BEST else newest)(index, expression, BOUND)
    found.total, found.is_more = len(rows), len(rows) == BOUND
    if index is IN_STORIES:
        found.facets = facets_of(found.query, [row[2] for row in rows], found.meant)
    after = paging.opened(key, found.order)
    page = rows if after is None else [row for row in rows if (float(row[3]), -row[0]) > (after[0], -after[1])]
    if after and found.order == NEWEST and found.is_more and len(page) <= PAGE:
        beyond = replace(expression, until=min(expression.until, after[1]))
        page = newest(index, beyond, PAGE + 1)
    found.is_first = after is None
    if len(page) > PAGE:
        last = page[PAGE - 1]
        found.next_key = paging.closed(found.order, float(last[3]), last[0])
    return page[:PAGE]


def _hits(query: Query, rows: list[Row]) -> list[Hit]:
    """The stories of these rows in their order."""
    if not rows:
        return []
    stories = (row_of(Story, OF_STORY, each) for each in STORIES_FOUND.rows(keys=[row[1] for row in rows]))
    known, marker = {story.pk: story for story in stories}, Marker(query.words)
    return [_hit(known[row[1]], marker) for row in rows if row[1] in known]


def _hit(story: Story, marker: Marker) -> Hit:
    headline, standfirst = (marker.mark(text, story.language) for text in (story.headline, story.standfirst))
    snippet = marker.snippet(story.searched.text, story.language)
    names = []
    if not any("<mark>" in told for told in (headline, standfirst, snippet)):
        told = (*story.actors, *story.topics, *story.bylines)
        names = [marked for tag in told if "<mark>" in (marked := marker.mark(tag["name"], story.language))]
    return Hit(story, headline, standfirst, snippet, names)


def _quotes_of(query: Query, rows: list[Row]) -> list[Said]:
    """The quotes of these rows in their order."""
    if not rows:
        return []
    chosen = StoryQuote.objects.filter(pk__in=[row[1] for row in rows]).select_related("story", "speaker")
    known = {quote.pk: quote for quote in chosen.only(*OF_QUOTE)}
    return _said(query, [known[row[1]] for row in rows if row[1] in known])


def _quotes_beside(query: Query, expression: Expression) -> list[Said]:
    """The newest quotes that answer the query too. One query."""
    inner, values = statement("newest", IN_QUOTES, expression, BESIDE, ())
    chosen = StoryQuote.objects.filter(pk__in=RawSQL(f"SELECT quote FROM ({inner}) said", values))  # noqa: S608, S611
    return _said(query, chosen.select_related("story", "speaker").only(*OF_QUOTE).order_by("-published_at", "-pk"))


def _said(query: Query, quotes: Iterable[StoryQuote]) -> list[Said]:
    marker = Marker(query.words)
    return [Said(quote, marker.mark(quote.text.strip().removesuffix(","), quote.story.language)) for quote in quotes]


def _names(query: Query, limit: int) -> list[SearchName]:
    """Actors and topics whose names hold the plain words; nobody where it is narrowed to somebody. One query."""
    if query.of("actor", "topic", "quote") or not query.words:
        return []
    return names_with([Test((part.typed,), beginning=part.beginning) for part in query.words], limit)


def names_with(tests: list[Test], limit: int) -> list[SearchName]:
    """The names that hold these words, those in the news last first."""
    chosen = SearchName.objects.filter(pk__in=RawSQL(*statement("names", tests, limit)))  # noqa: S611  (as values)
    return list(chosen.select_related("actor").only(*narrowing.OF_NAME).order_by("-latest", "pk"))


def _helped(found: Found) -> Found:
    """Nothing was found: with what may have been meant, and which word alone finds something. Three queries at most."""
    query = found.query
    likely = spelling.candidates(query)
    meant = parse(query.replacing(likely))
    alone = [part for part in meant.words if not part.field and len(meant.parts) > 1][:FEWER]
    asked = [Query((part,)) for part in alone]
    named = narrowing.meant(meant.of("actor", "topic")) if likely else found.meant
    whole = _expression(meant, named) if likely else None
    if likely and whole is not None:
        asked.append(meant)
    known = finding(IN_STORIES, [_expression(each, named) for each in asked])
    found.fewer = [part.raw for number, part in enumerate(alone) if number in known]
    if likely and whole is not None and len(alone) in known:
        found.correction = meant.text
    return found
