"""Facts about an article that a page asks for many times, asked of the database once."""

from collections.abc import Callable, Hashable, Sequence
from typing import Any

from django.db import models


class Remembering(models.Model):
    """Mixed into `articles.Article`. Off until `remember` is called: a verb always asks anew, on its own locked row."""

    class Meta:
        abstract = True

    def remember(self, known: dict[Hashable, Any] | None = None):
        """From now on each fact is asked once; `known` holds those that a query has told already. For showing only."""
        self._known = {**self.__dict__.get("_known", {}), **(known or {})}
        return self

    def fact(self, key: Hashable, ask: Callable[[], Any]) -> Any:
        """What `ask` answers; the answer of before where this article remembers it."""
        known = self.__dict__.get("_known")
        if known is None:
            return ask()
        if key not in known:
            known[key] = ask()
        return known[key]

    def rows(self, name: str, *related: str, many: Sequence[str] = ()) -> models.QuerySet:
        """The records of a relation with those they point at; the ones that were fetched ahead, where they were."""
        ahead = self.__dict__.get("_prefetched_objects_cache", {})
        if name in ahead:
            return ahead[name]
        found = getattr(self, name).prefetch_related(*many)
        return found.select_related(*related) if related else found
