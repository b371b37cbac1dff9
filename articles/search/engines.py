"""The two databases behind one interface: an `Expression` becomes what FTS5 or `tsquery` understands.

Every word that reaches a statement came through `words.fold`: letters and digits alone; and it goes as a value.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import connections

from ..models.search import SearchName, SearchQuote, SearchStem, SearchStory
from . import ranking

LOWEST, HIGHEST = -(2**63), 2**63 - 1
READY = 4  # letters of a beginning that the index of SQLite keeps ready
MOST_STEMS = 200  # that a longer one stands for
LAST_LETTER = chr(0x10FFFF)
AT_ONCE = 100  # words in one question


@dataclass(frozen=True)
class Test:
    """One condition: one of `forms` has to be there, each a run of words, or `beginning`, whose last word is open.

    `column` narrows it, "keys" among them. `opened` are the runs that a long beginning stands for (`beginnings`).
    """

    forms: tuple[tuple[str, ...], ...]
    column: str = ""
    beginning: tuple[str, ...] = ()
    is_negative: bool = False
    opened: tuple[tuple[str, ...], ...] | None = None

    @property
    def whole(self) -> tuple[tuple[str, ...], ...]:
        """The runs of whole words that it is looked for by."""
        return tuple(dict.fromkeys((*self.forms, *(self.opened or ()))))

    @property
    def ready(self) -> tuple[str, ...]:
        """The run whose last word the index itself has to open; none where it is known what it stands for."""
        return self.beginning if self.opened is None else ()


@dataclass(frozen=True)
class Expression:
    """All conditions, and between which places (the second not included) rows are looked for."""

    tests: tuple[Test, ...]
    since: int = LOWEST
    until: int = HIGHEST


@dataclass(frozen=True)
class Index:
    """One table: its full-text table on SQLite, the columns a plain word is looked for in with what they weigh.

    `letters` are the weights that PostgreSQL's vector has for a column; `told` is SQLite's index that has all of `row`.
    """

    table: str
    fts: str
    columns: dict[str, float]
    letters: dict[str, str]
    row: tuple[str, ...]
    told: str = ""

    def column(self, name: str) -> str:
        """Where the words of a test's column stand."""
        return OF_QUOTES.get(name, name) if self is QUOTES else name


STORIES = Index(
    SearchStory._meta.db_table,
    "articles_searchstory_fts",
    {"headline": 8.0, "names": 5.0, "standfirst": 4.0, "quotes": 2.0, "body": 1.0},
    {"headline": "A", "quotes": "C"},
    ("place", "story_id", "keys"),
    "search_story_told",
)
QUOTES = Index(
    SearchQuote._meta.db_table,
    "articles_searchquote_fts",
    {"words": 2.0, "speaker": 1.0},
    {"quotes": "A"},
    ("place", "quote", "keys"),
)
OF_QUOTES = {"quotes": "words"}  # where a quote's own words stand in the index of quotes


class Sqlite:
    """FTS5. Matches come in the order of the row's key, which is the place."""

    def query(self, index: Index, tests: Sequence[Test]) -> str:
        """`(… AND …) NOT …`; never empty."""
        wanted = [self._test(index, test) for test in tests if not test.is_negative]
        told = " AND ".join(wanted or ['keys : "all"'])
        return f"({told})" + "".join(f" NOT {self._test(index, test)}" for test in tests if test.is_negative)

    def _test(self, index: Index, test: Test) -> str:
        if test.column == "keys":
            forms = [" AND ".join(f'"{key.lstrip("=")}"' for key in form) for form in test.forms]
            return f"(keys : ({' OR '.join(f'({form})' for form in forms)}))"
        columns = index.column(test.column) or f"{{{' '.join(index.columns)}}}"
        return f"({columns} : ({self._runs(test)}))"

    @staticmethod
    def _runs(test: Test) -> str:
        runs = [f'"{" ".join(form)}"' for form in test.whole]
        return " OR ".join(runs + ([f'"{" ".join(test.ready)}" *'] if test.ready else []))

    def newest(self, index: Index, expression: Expression, limit: int, texts: Sequence[str]) -> tuple[str, list[Any]]:
        """Statement and values: the newest rows, with the `texts` of these columns."""
        found = (
            f"SELECT rowid AS place FROM {index.fts} "  # noqa: S608  (names of our own)
            f"WHERE {index.fts} MATCH %s AND rowid >= %s AND rowid < %s ORDER BY rowid DESC LIMIT %s"
        )
        row = ", ".join(f"kept.{name}" for name in (*index.row, *texts))
        by = f"INDEXED BY {index.told}" if index.told and not texts else ""
        joined = f"SELECT {row} FROM ({found}) found JOIN {index.table} kept {by} ON kept.place = found.place"  # noqa: S608
        values = [self.query(index, expression.tests), expression.since, expression.until, limit]
        return f"{joined} ORDER BY found.place DESC", values

    def names(self, tests: Sequence[Test], limit: int) -> tuple[str, list[Any]]:
        """The keys of the names that hold the words, those in the news last first."""
        table = SearchName._meta.db_table
        told = " AND ".join(f"({self._runs(test)})" for test in tests)
        found = (
            f"SELECT kept.id FROM {table}_fts JOIN {table} kept ON kept.id = {table}_fts.rowid "  # noqa: S608
            f"WHERE {table}_fts MATCH %s ORDER BY kept.latest DESC, kept.id LIMIT %s"
        )
        return found, [told, limit]

    def spelled(self, word: str) -> tuple[str, list[Any]]:
        """Whether any story in print has this word among those that others are corrected to."""
        return f"SELECT 1 FROM {STORIES.fts} WHERE {STORIES.fts} MATCH %s", [f'spelling : "{word}"']  # noqa: S608

    def stemmed(self, stem: str) -> tuple[str, list[Any]]:
        """Whether any story or quote in print has this stem."""
        found = [f"SELECT 1 FROM {index.fts} WHERE {index.fts} MATCH %s" for index in (STORIES, QUOTES)]  # noqa: S608
        told = [f'{{{" ".join(index.columns)}}} : "{stem}"' for index in (STORIES, QUOTES)]
        return " UNION ALL ".join(found), told

    def stems(self, beginning: str, limit: int) -> tuple[str, list[Any]]:
        """The stems in print that begin like this, the shortest first."""
        table = SearchStem._meta.db_table
        found = f"SELECT stem FROM {table} WHERE stem >= %s AND stem < %s ORDER BY length(stem), stem LIMIT %s"  # noqa: S608
        return found, [beginning, f"{beginning}{LAST_LETTER}", limit]


class Postgresql:
    """`tsvector` with a GIN index."""

    def query(self, index: Index, tests: Sequence[Test]) -> str:
        """`… & !…`; never empty."""
        told = [
            f"!({self._test(index, test)})" if test.is_negative else f"({self._test(index, test)})" for test in tests
        ]
        if not any(not test.is_negative for test in tests):
            told.insert(0, "'=all'")
        return " & ".join(told)

    def _test(self, index: Index, test: Test) -> str:
        if test.column == "keys":
            return " | ".join(f"({' & '.join(self._word(key) for key in form)})" for form in test.forms)
        letters = index.letters.get(test.column, "")
        runs = [" <-> ".join(self._word(word, letters) for word in form) for form in test.whole]
        if test.ready:
            *whole, opened = test.ready
            told = [*(self._word(word, letters) for word in whole), self._word(opened, f"*{letters}")]
            runs.append(" <-> ".join(told))
        return " | ".join(f"({run})" for run in runs)

    @staticmethod
    def _word(word: str, marks: str = "") -> str:
        """A word in any place, or in columns of these letters: only then the index does not answer by itself."""
        written = "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"
        return f"{written}:{marks}" if marks else written

    def newest(self, index: Index, expression: Expression, limit: int, texts: Sequence[str]) -> tuple[str, list[Any]]:
        """Statement and values: the newest rows, with the `texts` of these columns."""
        found = (
            f"SELECT {', '.join((*index.row, *texts))} FROM {index.table} "  # noqa: S608
            "WHERE vector @@ %s::tsquery AND place >= %s AND place < %s ORDER BY place DESC LIMIT %s"
        )
        return found, [self.query(index, expression.tests), expression.since, expression.until, limit]

    def names(self, tests: Sequence[Test], limit: int) -> tuple[str, list[Any]]:
        """The keys of the names that hold the words, those in the news last first."""
        told = " & ".join(f"({self._test(STORIES, test)})" for test in tests)
        found = (
            f"SELECT id FROM {SearchName._meta.db_table} WHERE vector @@ %s::tsquery "  # noqa: S608
            "ORDER BY latest DESC, id LIMIT %s"
        )
        return found, [told, limit]

    def spelled(self, word: str) -> tuple[str, list[Any]]:
        """Whether any story in print has this word among those that others are corrected to."""
        return f"SELECT 1 FROM {STORIES.table} WHERE vector @@ %s::tsquery", [self._word(f"~{word}")]  # noqa: S608

    def stemmed(self, stem: str) -> tuple[str, list[Any]]:
        """Whether any story or quote in print has this stem."""
        found = [f"SELECT 1 FROM {index.table} WHERE vector @@ %s::tsquery" for index in (STORIES, QUOTES)]  # noqa: S608
        return " UNION ALL ".join(found), [self._word(stem)] * 2

    def stems(self, beginning: str, limit: int) -> tuple[str, list[Any]]:
        """The stems in print that begin like this, the shortest first."""
        table = SearchStem._meta.db_table
        found = f'SELECT stem FROM {table} WHERE stem LIKE %s ORDER BY length(stem), stem COLLATE "C" LIMIT %s'  # noqa: S608
        return found, [f"{beginning}%", limit]


ENGINES = {"sqlite": Sqlite(), "postgresql": Postgresql()}


def newest(index: Index, expression: Expression, limit: int) -> list[tuple]:
    """The newest rows: place, key, keys, and a score of nought."""
    return [(*row, 0.0) for row in ask("newest", index, expression, limit, ())]


def best(index: Index, expression: Expression, limit: int) -> list[tuple]:
    """The newest `limit` rows, the best first; of a lower score is what is better."""
    columns = {name: (at, weight) for at, (name, weight) in enumerate(index.columns.items())}
    wanted = [
        ranking.wanted(
            test.forms, test.beginning, [columns[index.column(test.column)]] if test.column else columns.values()
        )
        for test in expression.tests
        if test.column != "keys" and not test.is_negative
    ]
    return ranking.best_first(ask("newest", index, expression, limit, tuple(columns)), wanted, len(index.row))


def headed(tests: Sequence[Test], limit: int) -> list[tuple]:
    """The newest stories that hold the words in the headline, among the newest `limit` that hold them anywhere.

    A word that stands in every story and in no headline would be looked for through the whole archive otherwise.
    """
    wanted = [ranking.wanted(test.forms, test.beginning, [(0, 1.0)]) for test in tests]
    rows = ask("newest", STORIES, Expression(tuple(tests)), limit, ("headline",))
    return [row for row in rows if all(each.weigh([f" {row[-1]} "]) for each in wanted)]


def finding(index: Index, expressions: Sequence[Expression]) -> set[int]:
    """The numbers of those expressions that find anything. One query."""
    if not expressions:
        return set()
    pieces, values = [], []
    for number, expression in enumerate(expressions):
        inner, told = statement("newest", index, expression, 1, ())
        pieces.append(f"SELECT {number} AS number FROM ({inner}) found{number}")  # noqa: S608
        values += told
    with connections[SearchStory.objects.db].cursor() as cursor:
        cursor.execute(" UNION ALL ".join(pieces), values)
        return {row[0] for row in cursor.fetchall()}


def statement(job: str, *arguments: Any, **options: Any) -> tuple[str, list[Any]]:
    """Statement and values of the database's own engine for a job that both have."""
    return getattr(ENGINES[connections[SearchStory.objects.db].vendor], job)(*arguments, **options)


def ask(job: str, *arguments: Any, **options: Any) -> list[tuple]:
    """The rows that it answers."""
    with connections[SearchStory.objects.db].cursor() as cursor:
        cursor.execute(*statement(job, *arguments, **options))
        return cursor.fetchall()


def left(job: str, words: Sequence[str]) -> set[str]:
    """Those of the words of which `spelled` or `stemmed` holds."""
    found: set[str] = set()
    for start in range(0, len(words), AT_ONCE):
        pieces, values = [], []
        for number, word in enumerate(words[start : start + AT_ONCE], start):
            inner, told = statement(job, word)
            pieces.append(f"SELECT {number} WHERE EXISTS ({inner})")
            values += told
        with connections[SearchStory.objects.db].cursor() as cursor:
            cursor.execute(" UNION ALL ".join(pieces), values)
            found |= {words[row[0]] for row in cursor.fetchall()}
    return found


def beginnings(tests: Sequence[Test]) -> tuple[tuple[Test, ...], list[str]]:
    """The tests with what their long beginnings stand for: the shortest stems in print, `MOST_STEMS` all together.

    Also the beginnings that more stems have. A query for each long beginning, and none where there is no such.
    """
    long = [test for test in tests if test.beginning and len(test.beginning[-1]) > READY]
    most, known, bounded = MOST_STEMS // max(len(long), 1), {}, []
    for test in long:
        last = test.beginning[-1]
        before = dict.fromkeys(run[:-1] for run in (test.beginning, *test.forms) if len(run) == len(test.beginning))
        stems = [row[0] for row in ask("stems", last, most + 1)]
        if len(stems) > most:
            bounded.append(last)
        known[test] = replace(test, opened=tuple((*run, stem) for stem in stems[:most] for run in before))
    return tuple(known.get(test, test) for test in tests), bounded
