"""Names of colleagues in a note: “@wren, is that so?” Only people who may read the story are ever meant or offered."""

import re
from typing import Any

from django.db.models import Q
from django.db.models.functions import Lower

from ..models import Article
from ..models.people import staff, who_may

NAME = re.compile(r"(?<![\w.@/])@(?P<name>[\w.+@-]{1,150})")
MOST = 20  # people one note may call


def readers_of(article: Article):
    """The people who may read the draft, by username."""
    return staff().filter(who_may("read_draft", article))


def mentioned_in(text: str, article: Article) -> list[Any]:
    """The people whom `text` calls by “@username” and who may read the story."""
    names: set[str] = set()
    for match in NAME.finditer(text):
        name = match["name"].lower()
        names |= {name, name.rstrip(".+-@")}  # the full stop of a sentence is no part of a name
        if len(names) >= 2 * MOST:
            break
    if not names:
        return []
    people = readers_of(article).annotate(called=Lower("username")).filter(called__in=names)
    return list(people[:MOST])


def called(article: Article, words: str):
    """The readers of a story whose user name or own name begins with `words`."""
    words = words.strip().removeprefix("@")
    begins = Q(username__istartswith=words) | Q(first_name__istartswith=words) | Q(last_name__istartswith=words)
    return readers_of(article).filter(begins)
