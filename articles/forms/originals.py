"""The field that says of which story another is the translation."""

import re
from typing import Any
from urllib.parse import unquote, urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from ..models import Article

DESK = re.compile(r"/article/(\d{1,18})/")


class OriginalField(forms.CharField):
    """An article, by what people have at hand: its address for readers, its page on the desk, or its slug."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "max_length": 500, **kwargs})
        self.articles = Article.objects.none()
        self.own: Article | None = None

    def fit_to(self, own: Article, articles: Any) -> None:
        """`own` is the translation; `articles` are those this person may read."""
        self.own, self.articles = own, articles

    def prepare_value(self, value: Any) -> Any:
        """The slug of the story, or what was typed."""
        if isinstance(value, int):
            known = self.own.translation_of if self.own is not None else None
            value = known if known and known.pk == value else Article.objects.filter(pk=value).first()
        return (value.slug or str(value.pk)) if isinstance(value, Article) else value

    def clean(self, value: Any) -> Article | None:
        """The original itself, where a translation was named; None where it is emptied."""
        typed = super().clean(value).strip()
        if not typed:
            return None
        found = self._find(typed)
        if found is None:
            raise ValidationError(_("No story is known by that: give its address or its slug."), code="unknown")
        original = found.translation_of or found
        if self.own is not None and original.pk == self.own.pk:
            raise ValidationError(_("That is this story itself, or a translation of it."), code="itself")
        return original

    def has_changed(self, initial: Any, data: Any) -> bool:
        """By what it leads to, not by how it is written."""
        return str(self.prepare_value(initial) or "") != str(data or "").strip()

    def _find(self, typed: str) -> Article | None:
        path = unquote(urlsplit(typed).path)
        desk = DESK.search(path)
        if desk:
            asked = Q(pk=int(desk[1]))
        else:
            last = path.rstrip("/").rpartition("/")[2]
            asked = Q(slug=last) | (
                Q(pk=int(last)) if last.isascii() and last.isdecimal() and len(last) < 19 else Q(pk=None)
            )
        return self.articles.filter(asked).select_related("translation_of").order_by("-pk").first()
