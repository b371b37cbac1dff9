"""What readers find: one interface over the full-text index of SQLite (FTS5) and of PostgreSQL (`tsvector`).

`indexing` keeps what is in print, for the press; `query` reads what somebody typed; `finding` answers it. Both
databases hold the same words: they are folded and stemmed here (`words`), so that no answer depends on the engine.
"""

from .finding import BEST, NAMES, NEWEST, QUOTES, STORIES, Found, find, newest_stories
from .indexing import Words, keep, keep_rows, rows_of
from .narrowing import actor_key, topic_key
from .query import Query, parse
from .suggesting import suggest

__all__ = [
    "BEST",
    "NAMES",
    "NEWEST",
    "QUOTES",
    "STORIES",
    "Found",
    "Query",
    "Words",
    "actor_key",
    "find",
    "keep",
    "keep_rows",
    "newest_stories",
    "parse",
    "rows_of",
    "suggest",
    "topic_key",
]
