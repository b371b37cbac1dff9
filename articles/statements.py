"""Statements put together once: where a page is made anew, that costs more than the answer.

OF_SECTION = Statement(lambda: StoryTeaser.objects.filter(section_slug=Given("slug")).values_list("pk", "headline"))
OF_SECTION.rows(most=30, slug="world")
OF_STORY = Statement(lambda: StoryQuote.objects.filter(story=Given("story", Story._meta.pk)).select_related("speaker"))
OF_STORY.instances(story=7)
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from django.db import connections, router
from django.db.models import CharField, Field, JSONField, Model, QuerySet, Value
from django.db.models.query import get_related_populators


class Given(Value):
    """Stands in a filter for a value that is given when the statement is asked; `several` of them after `__in`."""

    def __init__(self, name: str, field: Field | None = None, *, several: bool = False) -> None:
        super().__init__(name, output_field=field or CharField())
        self.several = several

    def as_sql(self, compiler, connection):
        """A place; among the parameters it stands for its value itself."""
        return (f"({_gap(self.value)})" if self.several else "%s"), [self]


class Statement:
    """A query of `values_list`, or of instances; `build` makes it, once."""

    def __init__(self, build: Callable[[], QuerySet]) -> None:
        self._build = build
        self._ready: dict[str, _Ready] = {}

    def rows(self, most: int | None = None, **given: Any) -> list[list[Any]]:
        """At most so many rows, as `values_list` has them, but of JSON the text: most of it is not read to be shown.

        Where nothing is given for an `__in` there are none, and no query.
        """
        return self.converted(self.read(most, **given))

    def read(self, most: int | None = None, **given: Any) -> list[tuple[Any, ...]]:
        """The same as the database gives them: enough to tell whether they are what they were."""
        connection = connections[router.db_for_read(self._query.model)]
        ready = self._of(connection)
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
            return cursor.fetchall()

    def converted(self, rows: Sequence[Sequence[Any]]) -> list[list[Any]]:
        """Rows that were `read`, as `rows` has them."""
        connection = connections[router.db_for_read(self._query.model)]
        ready = self._of(connection)
        return _converted(rows, [each for each in ready.converters if not _is_json(each)], connection)

    def instances(self, most: int | None = None, **given: Any) -> list[Any]:
        """The rows of a query without `values_list`, with those that it follows by `select_related`."""
        rows = self.read(most, **given)
        connection = connections[router.db_for_read(self._query.model)]
        ready = self._of(connection)
        return list(map(ready.instance, _converted(rows, ready.converters, connection)))

    @cached_property
    def _query(self) -> QuerySet:
        return self._build()

    def _of(self, connection: Any) -> "_Ready":
        return self._ready.get(connection.alias) or self._put_together(connection)

    def _put_together(self, connection: Any) -> "_Ready":
        compiler = self._query.query.get_compiler(connection.alias)
        sql, places = compiler.as_sql()
        columns = [column for column, _sql, _alias in compiler.select]
        converters = [
            (number, convert, column)
            for number, (converts, column) in compiler.get_converters(columns).items()
            for convert in converts
        ]
        ready = self._ready[connection.alias] = _Ready(sql, places, converters, _instance_of(compiler))
        return ready


def _is_json(converter: "_Converter") -> bool:
    return isinstance(converter[2].output_field, JSONField)


def _converted(rows: Iterable[Sequence[Any]], converters: Iterable["_Converter"], connection: Any) -> list[list[Any]]:
    found = [list(row) for row in rows]
    for column, convert, expression in converters:
        for row in found:
            row[column] = convert(row[column], expression, connection)
    return found


def _instance_of(compiler: Any) -> Callable[[Sequence[Any]], Any] | None:
    """What makes an instance of a row, as a query set does; None where the query asks for columns."""
    kinds, alias = compiler.klass_info, compiler.using
    if kinds is None:
        return None
    first, past = kinds["select_fields"][0], kinds["select_fields"][-1] + 1
    names = [column.target.attname for column, _sql, _alias in compiler.select[first:past]]
    beside = get_related_populators(kinds, compiler.select, alias)

    def make(row: Sequence[Any]) -> Any:
        made = kinds["model"].from_db(alias, names, row[first:past])
        for each in beside:
            each.populate(row, made)
        return made

    return make


ASKED = 900  # keys in one question


def there(model: type[Model], keys: Iterable[Any], column: str = "pk") -> set[Any]:
    """Those of the keys that rows of `model` have in a column."""
    asked, statement = sorted(set(keys)), _there(model, column)
    portions = (asked[start : start + ASKED] for start in range(0, len(asked), ASKED))
    return {key for portion in portions for (key,) in statement.rows(keys=portion)}


@lru_cache(maxsize=100)
def _there(model: type[Model], column: str) -> Statement:
    field = model._meta.pk if column == "pk" else model._meta.get_field(column)
    keys = Given("keys", field, several=True)
    return Statement(lambda: model._default_manager.filter(**{f"{column}__in": keys}).order_by().values_list(column))


def row_of(model: type[Model], names: Sequence[str], values: Sequence[Any]) -> Any:
    """The row of `model` with these columns and the rows it refers to ("story__slug"), as `only` would have read it.

    `names` are those of columns, the key of each row among them.
    """
    alias, own, beside = router.db_for_read(model), *_layout(model, tuple(names))
    loaded = [
        values[at] if convert is None else convert(values[at], None, connections[alias]) for _, at, convert in own
    ]
    row = model.from_db(alias, [name for name, _at, _convert in own], loaded)
    for field, columns, places in beside:
        told = [values[at] for at in places]
        there = told[columns.index(field.related_model._meta.pk.attname)] is not None
        field.set_cached_value(row, row_of(field.related_model, columns, told) if there else None)
    return row


@lru_cache(maxsize=100)
def _layout(model: type[Model], names: tuple[str, ...]) -> tuple[list, list]:
    """(name, its place, what reads JSON) of each column, in the order of `from_db`; (relation, columns, places)."""
    places = {name: at for at, name in enumerate(names)}
    own = [
        (field.attname, places[field.attname], field.from_db_value if isinstance(field, JSONField) else None)
        for field in model._meta.concrete_fields
        if field.attname in places
    ]
    beside: dict[str, dict[str, int]] = {}
    for name, at in places.items():
        first, _, rest = name.partition("__")
        if rest:
            beside.setdefault(first, {})[rest] = at
    return own, [(model._meta.get_field(name), tuple(found), tuple(found.values())) for name, found in beside.items()]


_Converter = tuple[int, Callable[..., Any], Any]


class _Ready(NamedTuple):
    """A statement in the words of one database: what stands at its places, and (column, converter, its expression)."""

    sql: str
    places: tuple[Any, ...]
    converters: list[_Converter]
    instance: Callable[[Sequence[Any]], Any] | None


def _gap(name: str) -> str:
    return f"<{name}>"
