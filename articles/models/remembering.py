"""Facts about an article that a page asks for many times, asked of the database once."""

from collections.abc import Callable, Hashable, Sequence
from functools import lru_cache
from typing import Any

from django.db import models

from ..statements import Given, Statement


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

    def rows(self, name: str, *related: str, many: Sequence[str] = ()) -> Sequence[Any]:
        """The records of a relation with those they point at; the ones that were fetched ahead, where they were."""
        ahead = self.__dict__.get("_prefetched_objects_cache", {})
        if name in ahead:
            return ahead[name]
        found = self.asked(name, *related)
        models.prefetch_related_objects(found, *many)
        return found

    def asked(self, name: str, *related: str, **narrowed: Any) -> list[Any]:
        """The records of a relation for which `narrowed` (no values that vary) holds, by a statement that stands."""
        field, statement = _of(type(self), name, related, tuple(narrowed.items()))
        return self._owned(field, statement.instances(owner=self.pk))

    def last(self, name: str, *related: str, by: str = "number") -> Any:
        """The record of a relation that comes last by that column; None where there is none."""
        field, statement = _of(type(self), name, related, (), (f"-{by}",))
        return next(iter(self._owned(field, statement.instances(1, owner=self.pk))), None)

    def _owned(self, field: models.ForeignKey, rows: list[Any]) -> list[Any]:
        """The same, each with this article at hand."""
        for row in rows:
            field.set_cached_value(row, self)
        return rows


@lru_cache(maxsize=200)
def _of(
    model: type[models.Model], name: str, related: tuple[str, ...], narrowed: tuple, order: tuple[str, ...] = ()
) -> tuple[models.ForeignKey, Statement]:
    """The column by which the records of a relation belong to an article, and what asks for them."""
    relation = model._meta.get_field(name)
    own = {relation.field.name: Given("owner", model._meta.pk)}
    rows = relation.related_model._default_manager.filter(**own, **dict(narrowed))
    rows = rows.order_by(*order) if order else rows
    return relation.field, Statement(lambda: rows.select_related(*related) if related else rows)
