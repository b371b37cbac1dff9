"""The words of the desk's stories: kept beside each article, searched by the database's own full-text index.

SQLite has an FTS5 table over `DeskWords`, PostgreSQL a `tsvector` column of it; both are made by a migration. The
newest `CANDIDATES` stories that hold the words are looked at: a common word costs no more in a large archive.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connections
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from . import markup, slips
from .models import Article, DeskWords
from .models.people import name_of

CANDIDATES = 2000
MAX_TERMS = 12

_STATEMENTS = {
    "sqlite": (
        "SELECT rowid FROM articles_deskwords_fts WHERE articles_deskwords_fts MATCH %s ORDER BY rowid DESC LIMIT %s"
    ),
    "postgresql": (
        "SELECT article_id FROM articles_deskwords WHERE vector @@ to_tsquery('simple', %s) "
        "ORDER BY article_id DESC LIMIT %s"
    ),
}


def terms(text: str) -> list[str]:
    """The words of what was typed: letters, digits and what joins them; nothing else reaches the index."""
    return re.findall(r"\w+", text.replace("\x00", " "))[:MAX_TERMS]


def matching(articles: QuerySet, text: str) -> QuerySet:
    """Those that hold every word typed, or one that begins like it; all of them where no word was typed."""
    wanted = terms(text)
    if not wanted:
        return articles if not text.strip() else articles.none()
    vendor = connections[articles.db].vendor
    if vendor == "sqlite":
        query = " ".join(f'"{term}"*' for term in wanted)
    else:
        query = " & ".join(f"'{term}':*" for term in wanted)
    return articles.filter(pk__in=RawSQL(_STATEMENTS[vendor], [query, CANDIDATES]))  # noqa: S611  (given as values)


def keep_words(article: Article) -> None:
    """Write down what the story is found by: its copy, its slugline and the names of who writes and signs it."""
    keep_words_of([article])


def keep_words_of(articles: Sequence[Article], texts: Iterable[str] | None = None) -> None:
    """The same of several; two queries where their bylines are at hand, one more for each where they are not.

    `texts` are those of the bodies, where they are at hand too.
    """
    texts = (markup.to_text(article.body) for article in articles) if texts is None else texts
    keys = {pk for article in articles for pk in (article.writer_id, article.assignee_id) if pk}
    people = get_user_model().objects.in_bulk(keys)
    rows = [
        DeskWords(article=article, words=_words_of(article, text, people))
        for article, text in zip(articles, texts, strict=True)
    ]
    slips.put(DeskWords, rows, unique=["article_id"])


def _words_of(article: Article, text: str, people: dict[int, Any]) -> str:
    parts = [
        *(article.headline, article.slugline, article.standfirst, article.planning_note),
        *(name_of(people.get(pk)) for pk in sorted({article.writer_id, article.assignee_id} - {None})),
        *(byline.contributor.name for byline in article.rows("bylines", "contributor")),
        text,
    ]
    return "\n".join(part for part in parts if part)
