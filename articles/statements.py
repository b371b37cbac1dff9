"""Statements put together once: where a page is made anew, that costs more than the answer.

OF_SECTION = Statement(lambda: StoryTeaser.objects.filter(section_slug=Given("slug")).values_list("pk", "headline"))
OF_SECTION.rows(most=30, slug="world")
"""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from django.db import connections, router
from django.db.models import CharField, Field, JSONField, Model, QuerySet, Value


class Given(Value):
    """Stands in a filter for a value that is given when the statement is asked; `several` of them after `__in`."""

    def __init__(self, name: str, field: Field | None = None, *, several: bool = False) -> None:
        super().__init__(name, output_field=field or CharField())
        self.several = several

    def as_sql(self, compiler, connection):
        """A place; among the parameters it stands for its value itself."""
        return (f"({_gap(self.value)})" if self.several else "%s"), [self]


class Statement:
    """A query of `values_list`; `build` makes it, once."""

    def __init__(self, build: Callable[[], QuerySet]) -> None:
        self._build = build
        self._ready: dict[str, _Ready] = {}

    def rows(self, most: int | None = None, **given: Any) -> list[list[Any]]:
        """At most so many rows, as `values_list` has them, but of JSON the text: most of it is not read to be shown.

        Where nothing is given for an `__in` there are none, and no query.
        """
        connection = connections[router.db_for_read(self._query.model)]
        ready = self._ready.get(connection.alias) or self._put_together(connection)
        sql, parameters = ready.sql, []
        for place in ready.places:
            if not isinstance(place, Given):
                parameters.append(place)
                continue
            values, prepare = given[place.value], place.output_field.get_db_prep_value
            if not place.several:
                parameters.append(prepare(values, connection))
            elif values:
                sql = sql.replace(_gap(place.value), ", ".join(["%s"] * len(values)), 1)
                parameters += [prepare(each, connection) for each in values]
            else:
                return []
        if most is not None:
            sql = f"{sql} LIMIT {most:d}"
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            rows = [list(row) for row in cursor.fetchall()]
        for column, convert, expression in ready.converters:
            for row in rows:
                row[column] = convert(row[column], expression, connection)
        return rows

    @cached_property
    def _query(self) -> QuerySet:
        return self._build()

    def _put_together(self, connection: Any) -> "_Ready":
        compiler = self._query.query.get_compiler(connection.alias)
        sql, places = compiler.as_sql()
        columns = [column for column, _sql, _alias in compiler.select]
        converters = [
            (number, convert, column)
            for number, (converts, column) in compiler.get_converters(columns).items()
            if not isinstance(column.output_field, JSONField)
            for convert in converts
        ]
        ready = self._ready[connection.alias] = _Ready(sql, places, converters)
        return ready


def row_of(model: type[Model], names: Sequence[str], values: Sequence[Any]) -> Any:
    """The row of `model` with these columns and the rows it refers to ("story__slug"), as `only` would have read it.

    `names` are those of columns, the key of each row among them.
    """
    own, beside = {}, {}
    for name, value in zip(names, values, strict=True):
        first, _, rest = name.partition("__")
        if rest:
            beside.setdefault(first, {})[rest] = value
        else:
            own[first] = value
    alias = router.db_for_read(model)
    loaded = [field for field in model._meta.concrete_fields if field.attname in own]
    told = [_of_json(field, own[field.attname], connections[alias]) for field in loaded]
    row = model.from_db(alias, [field.attname for field in loaded], told)
    for name, columns in beside.items():
        field = model._meta.get_field(name)
        there = columns.get(field.related_model._meta.pk.attname) is not None
        field.set_cached_value(row, row_of(field.related_model, [*columns], [*columns.values()]) if there else None)
    return row


def _of_json(field: Field, value: Any, connection: Any) -> Any:
    return field.from_db_value(value, None, connection) if isinstance(field, JSONField) else value


class _Ready(NamedTuple):
    """A statement in the words of one database: what stands at its places, and (column, converter, its expression)."""

    sql: str
    places: tuple[Any, ...]
    converters: list[tuple[int, Callable[..., Any], Any]]


def _gap(name: str) -> str:
    return f"<{name}>"
