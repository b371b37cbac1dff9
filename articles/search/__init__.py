"""What readers find: one interface over the full-text index of SQLite (FTS5) and of PostgreSQL (`tsvector`).

`indexing` keeps what is in print, for the press; `building` makes the databases' indexes of it anew; `query` reads what
somebody typed; `finding` answers it. Both databases hold the same words: they are folded and stemmed here (`words`), so
that no answer depends on the engine.
"""

from .building import abandon, left_to_index, reindex
from .finding import BEST, NAMES, NEWEST, QUOTES, STORIES, Found, find, newest_stories
from .indexing import Words, digests_of, keep, keep_rows, words_of
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
    "abandon",
    "actor_key",
    "digests_of",
    "find",
    "keep",
    "keep_rows",
    "left_to_index",
    "newest_stories",
    "parse",
    "reindex",
    "suggest",
    "topic_key",
    "words_of",
]
