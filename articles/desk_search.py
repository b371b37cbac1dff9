"""The words of the desk's stories: kept beside each article, searched by the database's own full-text index.

SQLite has an FTS5 table over `DeskWords`, PostgreSQL a `tsvector` column of it; both are made by a migration. The
newest `CANDIDATES` stories that hold the words are looked at: a common word costs no more in a large archive.
"""

import re

from django.contrib.auth import get_user_model
from django.db import connections
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from . import markup
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
    people = get_user_model().objects.filter(pk__in=[pk for pk in (article.writer_id, article.assignee_id) if pk])
    bylines = article.bylines.order_by().values_list("contributor__name", flat=True)
    parts = [
        *(article.headline, article.slugline, article.standfirst, article.planning_note),
        *(name_of(person) for person in people),
        *bylines,
        markup.to_text(article.body),
    ]
    row = DeskWords(article=article, words="\n".join(part for part in parts if part))
    DeskWords.objects.bulk_create([row], update_conflicts=True, unique_fields=["article"], update_fields=["words"])
