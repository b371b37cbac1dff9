"""What a person has typed into a writing desk and not saved: kept beside the story, never in it."""

from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.urls import Resolver404, resolve
from django.utils import timezone

from ..models import Article, Autosave

MOST = 2_000_000  # bytes or characters of a form: twice the longest body
NOT_COPY = ("csrfmiddlewaretoken", "_save", "_continue", "_addanother")
DESKS = ("articles_article_change", "articles_article_add")


def keep(
    user: Any, article: Article | None, data: QueryDict | dict[str, list[str]], base: int, at: datetime | None = None
) -> Autosave:
    """Keep a posted desk as this person's unsaved text."""
    lists = dict(data.lists()) if isinstance(data, QueryDict) else data
    values = {
        name: [each.replace("\x00", "") for each in value] for name, value in lists.items() if name not in NOT_COPY
    }
    row, _new = Autosave.objects.update_or_create(
        user=user, article=article, defaults={"data": values, "base_version": base, "saved_at": at or timezone.now()}
    )
    return row


def forget(user: Any, article_pk: int | None) -> None:
    """It is saved now, or not wanted."""
    Autosave.objects.filter(user=user, article=article_pk).delete()


def posted(row: Autosave) -> QueryDict:
    """The kept form as it would be posted."""
    data = QueryDict(mutable=True)
    for name, values in row.data.items():
        data.setlist(name, values)
    return data


def number_of(text: str) -> int:
    """A version as it was posted; 0 for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def is_desk(path: str) -> bool:
    """Whether a form of that address is a story being written."""
    return _match(path) is not None


def keep_sent(user: Any, path: str, data: QueryDict) -> bool:
    """Keep a form that could not be taken in, for the writing desk at `path`; whether it was one of this person's."""
    match = _match(path)
    if match is None or "body" not in data or not user.is_authenticated:
        return False
    key = match.kwargs.get("object_id", "")
    if match.url_name == DESKS[1]:
        keep(user, None, data, 0)
        return True
    if not (key.isascii() and key.isdecimal() and len(key) < 19):
        return False
    article = Article.objects.open_to(user, "edit_draft").filter(pk=int(key)).first()
    if article is None:
        return False
    keep(user, article, data, number_of(data.get("seen_version", "")))
    return True


def _match(path: str) -> Any:
    try:
        match = resolve(path)
    except Resolver404:
        return None
    return match if match.app_name == "admin" and match.url_name in DESKS else None
