"""What readers' pages cost: how many queries each takes, and that each list is a walk of an index, on both databases.

The plans are those of a database without statistics, where nothing but the indexes counts. On PostgreSQL, which prefers
to read and sort a small table, both are forbidden to it as far as it has a choice.
"""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import sections as navigation
from articles.importers.archive import Archivist, record_of
from articles.models import Article, Story, StoryQuote
from articles.views import actors, contributors, corrections, sayings, sections, stories, topics
from articles.workflow import Status
from tests.conftest import FIRST_DAY
from tests.reading import next_key

LARGE = {
    f"articles_{name}"
    for name in (
        *("story", "storyactor", "storytopic", "storycontributor", "storyquote", "storyimage", "storyedition"),
        *("quotetopic", "quotemention", "correction", "storyaddress", "storyrelation", "searchstory", "searchquote"),
        *("storyteaser", "actormonth", "actorpair", "actortopic", "article", "revision", "edition", "event"),
    )
}
"""The tables that grow with the archive."""

SIZES = {
    actors: ("STORIES", "INDEX_PAGE"),
    contributors: ("STORIES", "INDEX_PAGE"),
    corrections: ("PAGE",),
    sayings: ("PAGE",),
    sections: ("STORIES",),
    stories: ("PAGE", "EDITIONS"),
    topics: ("STORIES",),
}
"""Lengths of lists, cut to one row, so that a few stories make several pages."""

LISTS = {
    "front": "/",
    "latest": "/latest/",
    "section": "/sections/world/",
    "actors": "/actors/",
    "actors of a kind": "/actors/?kind=person",
    "actors under a letter": "/actors/?kind=person&letter=I",
    "actors of a name": "/actors/?q=ma",
    "actor": "/actors/ilse-maran/",
    "quotes of an actor": "/actors/ilse-maran/quotes/",
    "quotes on a topic": "/actors/ilse-maran/quotes/?topic=shipping",
    "quotes of a year": "/actors/ilse-maran/quotes/?year=2026",
    "quotes obtained in a way": "/actors/ilse-maran/quotes/?how=press_conference",
    "quotes on a topic, in a year, obtained in a way": (
        "/actors/ilse-maran/quotes/?topic=shipping&year=2026&how=press_conference"
    ),
    "quotes that name an actor": "/actors/ilse-maran/mentions/",
    "topics": "/topics/",
    "topic": "/topics/shipping/",
    "contributors": "/contributors/",
    "contributor": "/contributors/wren/",
    "corrections": "/corrections/",
    "corrections of a kind": "/corrections/?kind=correction",
    "corrections of a section": "/corrections/?section=world",
    "corrections of a year": "/corrections/?year=2026",
    "feed of the latest": "/feeds/latest.rss",
    "feed of an actor": "/actors/ilse-maran/feed.atom",
    "feed of a topic": "/topics/shipping/feed.json",
    "feed of a section": "/sections/world/feed.rss",
    "feed of a contributor": "/contributors/wren/feed.rss",
    "feed of corrections": "/corrections/feed.rss",
    "sitemap": "/sitemap.xml",
    "sitemap of stories": "/sitemap-stories-0.xml",
    "sitemap of news": "/news-sitemap.xml",
}


@pytest.fixture
def archive(people, desk):
    """A few stories whose speakers name each other, each corrected twice, on the day that quotes are asked of."""
    said = [
        {"text": "We wait for Otto Wick,", "speaker": "Ilse Maran", "how": "press_conference", "said_on": "2026-03-02"},
        {"text": "Ilse Maran knows that it is late,", "speaker": "Otto Wick", "how": "phone", "said_on": "2026-03-01"},
    ]
    note = {"kind": "correction", "wrong": "Four days.", "right": "Three days."}
    archivist = Archivist(people.publisher)
    archivist.take_in(
        record_of(
            {
                "key": f"old-{n}",
                "published_at": (FIRST_DAY + timedelta(hours=n)).isoformat(),
                "headline": f"Harbour stays closed, day {n}",
                "body": "".join(f"<p>“{each['text']}” {each['speaker']} said.</p>" for each in said),
                "section": "World",
                "bylines": ["Wren"],
                "actors": ["Ilse Maran", "Otto Wick"],
                "topics": [{"name": "Shipping", "under": "Economy"}],
                "quotes": said,
                "picture": {"file": "images/gate.jpg", "alt": "A gate", "width": 640, "height": 400},
                "notes": [{**note, "at": (FIRST_DAY + timedelta(days=day)).isoformat()} for day in (1, 2)],
            }
        )
        for n in range(3)
    )
    archivist.settle()
    navigation.forget()
    navigation.in_print()  # known for twenty seconds


@pytest.fixture
def short(monkeypatch):
    """Every list has one row a page."""
    for module, names in SIZES.items():
        for name in names:
            monkeypatch.setattr(module, name, 1)


def asked(client, address):
    """The answer and the statements it took."""
    with CaptureQueriesContext(connection) as seen:
        answer = client.get(address)
    assert answer.status_code == 200, address
    return answer, [query["sql"] for query in seen if query["sql"].lstrip("( ").startswith(("SELECT", "WITH"))]


def pages_of(client, address):
    """The statements of the first page and of one deeper down, where there is one."""
    answer, statements = asked(client, address)
    if key := next_key(answer):
        deeper = f"{address}{'&' if '?' in address else '?'}before={key}"
        statements += asked(client, deeper)[1]
    return statements


def is_bounded(statement):
    """Whether what it sorts is no list of the archive: rows named by key or by a cut list, or of a small table."""
    first = re.search(r'FROM "?(\w+)"?', statement)
    named = re.search(r'"(?:id|story_id|actor_id)" IN \((?:[\d, ]+|SELECT .*LIMIT \d+.*)\)', statement)
    return bool(named) or (bool(first) and first[1] not in LARGE)


def sins_of(statement):
    """What the plan of a statement does that grows with the archive."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}")
            steps = [row[3] for row in cursor.fetchall()]
            sort, scan = r"USE TEMP B-TREE(?! FOR (?:RIGHT PART|LAST TERM))", r"SCAN (articles_\w+)(?!.*USING)"
        else:
            for choice in ("seqscan", "sort", "bitmapscan", "hashjoin", "mergejoin"):
                cursor.execute(f"SET LOCAL enable_{choice} = off")
            cursor.execute(f"EXPLAIN {statement}")
            steps = [row[0].strip(" ->") for row in cursor.fetchall()]
            sort, scan = r"(Incremental )?Sort ", r"(?:Parallel )?Seq Scan on (articles_\w+)"
    walked = re.findall(r'ORDER BY "(\w+)"."id"', statement)  # SQLite scans a table in the order of its keys
    scanned = [step for step in steps if (found := re.match(scan, step)) and found[1] in LARGE - {*walked}]
    return scanned + [step for step in steps if re.match(sort, step) and not is_bounded(statement)]


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_a_walk_of_an_index(name, archive, short, client):
    found = {sql: sins for sql in pages_of(client, LISTS[name]) if (sins := sins_of(sql))}
    assert not found


STORY = {"story": "", "history of a story": "history/"}


@pytest.mark.parametrize("name", [*LISTS, *STORY, "quote"])
def test_a_page_takes_four_queries_at_most(name, archive, client):
    story = Story.objects.published().first()
    pages = {kind: f"{story.get_absolute_url()}{beneath}" for kind, beneath in STORY.items()}
    pages["quote"] = StoryQuote.objects.first().get_absolute_url()
    _answer, statements = asked(client, (LISTS | pages)[name])
    assert len(statements) <= {"latest": 1, "story": 2, "quote": 2}.get(name, 4), statements


ARTICLES = "/admin/articles/article/"
DESK_LISTS = {
    "articles": ARTICLES,
    "articles of a state": f"{ARTICLES}?status=published",
    "articles of a desk": f"{ARTICLES}?desk={{desk}}",
    "articles of a person": f"{ARTICLES}?person={{writer}}",
    "articles by words": f"{ARTICLES}?q=harbour",
    "my desk": "/admin/",
    "board": "/admin/board/",
    "board of a desk": "/admin/board/?desk={desk}",
    "calendar": "/admin/calendar/",
    "notices": "/admin/notices/",
    "editions": "/admin/articles/edition/",
    "events": "/admin/articles/event/",
    "revisions of a story": f"{ARTICLES}{{article}}/revisions/",
    "history of a story": f"{ARTICLES}{{article}}/history/",
}
"""Not there: the articles of a tag, which are sorted, all of them."""

IN_HAND = re.compile(r"\"status\" = '(?:draft|changes_asked|in_review|approved|scheduled|on_hold)'")
"""What is sorted among these grows with the newsroom, not with its archive."""


@pytest.fixture
def statistics(archive):
    """SQLite believes that every table has a hundred thousand times the rows: which walk it takes depends on that."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute("SELECT rowid, stat FROM sqlite_stat1")
        for row, stat in cursor.fetchall():
            first, *rest = stat.split()
            told = " ".join([first + "00000", *(each if each == "1" else each + "00000" for each in rest)])
            cursor.execute("UPDATE sqlite_stat1 SET stat = %s WHERE rowid = %s", [told, row])
        cursor.execute("ANALYZE sqlite_schema")
    yield
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM sqlite_stat1")
        cursor.execute("ANALYZE sqlite_schema")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has no statistics that a test could give it")
@pytest.mark.parametrize("role", ["editor", "publisher"])
@pytest.mark.parametrize("name", DESK_LISTS)
def test_a_list_of_the_desk_is_a_walk_of_an_index(name, role, statistics, people, desk, client_of):
    article = Story.objects.published().first().pk
    address = DESK_LISTS[name].format(desk=desk.pk, writer=people.writer.pk, article=article)
    client = client_of(getattr(people, role))
    parts = [part for sql in pages_of(client, address) for part in sql.split(" UNION ALL ")]
    counted = "LIMIT 1000) subquery"  # as far as the pages of a list go
    found = {sql: sins for sql in parts if not IN_HAND.search(sql) and counted not in sql and (sins := sins_of(sql))}
    assert not found


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has no statistics that a test could give it")
def test_to_find_the_drafts_whose_checks_fail_no_other_story_is_looked_at(statistics, people):
    failing = Article.objects.visible_to(people.editor).failing_checks().exclude(status=Status.DRAFT)
    assert "article_failing_checks" in failing.order_by("-changed_at", "-id")[:6].explain()
