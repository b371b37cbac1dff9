"""The full-text tables of SQLite over what readers search in, as they are now: what a build makes anew.

Migrations have made them so; a test holds the two together. A change here and a migration that leaves the tables alone
is followed by `manage.py reindex`, which makes the new ones while the old ones are read.
"""

from dataclasses import dataclass

from ..models.search import SearchName, SearchQuote, SearchStory

TOKENS = "unicode61 remove_diacritics 0 categories ''L* N* Co Mn Mc''"  # the words are folded when they come


@dataclass(frozen=True)
class FullText:
    """Over one table, whose rows have this key; `columns` are what is in it."""

    table: str
    key: str
    columns: tuple[str, ...]

    @property
    def fts(self) -> str:
        """Its name."""
        return f"{self.table}_fts"

    @property
    def new(self) -> str:
        """The one that is being built."""
        return f"{self.fts}_new"

    @property
    def old(self) -> str:
        """The one that was in use before."""
        return f"{self.fts}_old"

    @property
    def mark(self) -> str:
        """The table of one row that says how far the new one is: `last`, the key up to which rows are in it; `done`."""
        return f"{self.fts}_build"

    def create(self, fts: str) -> str:
        """The statement that makes it under this name."""
        names = ", ".join(self.columns)
        return (
            f"CREATE VIRTUAL TABLE {fts} USING fts5({names}, content='{self.table}', content_rowid='{self.key}', "
            f"tokenize='{TOKENS}', prefix='2 3 4')"
        )

    def triggers(self) -> dict[str, str]:
        """Name → statement of those that keep it."""
        put, take = self._put(self.fts), self._take(self.fts)
        return {
            f"{self.table}_ai": f"CREATE TRIGGER {self.table}_ai AFTER INSERT ON {self.table} BEGIN {put}END",
            f"{self.table}_ad": f"CREATE TRIGGER {self.table}_ad AFTER DELETE ON {self.table} BEGIN {take}END",
            f"{self.table}_au": f"CREATE TRIGGER {self.table}_au AFTER UPDATE ON {self.table} "
            f"WHEN {self._is_other} BEGIN {take}{put}END",
        }

    def triggers_of_new(self) -> dict[str, str]:
        """The same of one that is being built, for rows that are in it already; a row's key never changes."""
        put, take = self._put(self.new), self._take(self.new)
        reached = f"{self.key} <= (SELECT last FROM {self.mark})"  # noqa: S608
        return {
            f"{self.new}_{event[:1]}": f"CREATE TRIGGER {self.new}_{event[:1]} AFTER {event.upper()} ON {self.table} "
            f"WHEN {when}{row}.{reached} BEGIN {job}END"
            for event, when, row, job in (
                ("insert", "", "new", put),
                ("delete", "", "old", take),
                ("update", f"{self._is_other} AND ", "old", take + put),
            )
        }

    @property
    def _is_other(self) -> str:
        """Whether what is in it has changed: rows change beside that too, as where the rules of search are others."""
        old, new = (", ".join(f"{row}.{name}" for name in self.columns) for row in ("old", "new"))
        return f"({old}) IS NOT ({new})" if len(self.columns) > 1 else f"{old} IS NOT {new}"

    def _put(self, fts: str) -> str:
        names, new = ", ".join(self.columns), ", ".join(f"new.{name}" for name in self.columns)
        return f"INSERT INTO {fts}(rowid, {names}) VALUES (new.{self.key}, {new}); "  # noqa: S608  (names of our own)

    def _take(self, fts: str) -> str:
        names, old = ", ".join(self.columns), ", ".join(f"old.{name}" for name in self.columns)
        return f"INSERT INTO {fts}({fts}, rowid, {names}) VALUES ('delete', old.{self.key}, {old}); "  # noqa: S608


TABLES = (
    FullText(
        SearchStory._meta.db_table,
        "place",
        ("keys", "headline", "names", "standfirst", "quotes", "body", "spelling"),
    ),
    FullText(SearchQuote._meta.db_table, "place", ("keys", "words", "speaker")),
    FullText(SearchName._meta.db_table, "id", ("words",)),
)
