"""Rows that are made and written by the hundred, without a model each: named tuples of the columns of a table.

To make an instance of a model costs ten times what a tuple does, to hand it to another process five times, and
`bulk_create` prepares every value of it through four calls. `put` takes instances too. Knows no model.
"""

import sys
from collections import namedtuple
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from django.db import connections, models, router
from django.db.models.constants import OnConflict

PLAIN = (str, int, float, bool, type(None))
"""Values of these very types reach the database as they are."""


@lru_cache(maxsize=100)
def of(model: type[models.Model]) -> Callable[..., Any]:
    """The class of its slips: every column by its name, but for a key that the database gives."""
    name = f"{model.__name__}Slip"
    made = namedtuple(name, [field.attname for field in _columns(model)], module=__name__)
    setattr(sys.modules[__name__], name, made)  # where another process finds it
    return made


@lru_cache(maxsize=100)
def _columns(model: type[models.Model]) -> list[models.Field]:
    return [each for each in model._meta.concrete_fields if not isinstance(each, models.AutoField)]


def filled(make: Callable[..., Any], row: Any) -> Any:
    """The slip that says what an instance does."""
    return make(*(getattr(row, name) for name in make._fields))


def put(model: type[models.Model], rows: Iterable[Any], *, unique: Sequence[str] = ()) -> None:
    """Write these rows of the table, in place of those that are the same by the columns `unique`.

    One that differs in nothing from the row that is there is left alone. Within a transaction.
    """
    rows = list(rows)
    if not rows:
        return
    connection = connections[router.db_for_write(model)]
    fields, moments = _columns(model), {}

    def prepared(field: models.Field, value: Any) -> Any:
        if type(value) in PLAIN and not isinstance(field, models.JSONField):
            return value
        if isinstance(value, date):  # a day, or a moment that many rows share
            key = (type(value), value)
            if key not in moments:
                moments[key] = field.get_db_prep_save(value, connection)
            return moments[key]
        return field.get_db_prep_save(value, connection)

    with connection.cursor() as cursor:
        cursor.executemany(
            _statement(model, connection.alias, tuple(unique)),
            [[prepared(field, getattr(row, field.attname)) for field in fields] for row in rows],
        )


@lru_cache(maxsize=200)
def _statement(model: type[models.Model], alias: str, unique: tuple[str, ...]) -> str:
    connection, fields = connections[alias], _columns(model)
    quote, table = connection.ops.quote_name, connection.ops.quote_name(model._meta.db_table)
    columns = [quote(field.column) for field in fields]
    insert = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join(['%s'] * len(fields))})"  # noqa: S608
    if not unique:
        return insert
    told = [field.column for field in fields if field.attname not in unique]
    found = [field.column for field in fields if field.attname in unique]
    conflict = connection.ops.on_conflict_suffix_sql(fields, OnConflict.UPDATE, told, found)
    differs = "IS NOT" if connection.vendor == "sqlite" else "IS DISTINCT FROM"
    had, new = (", ".join(f"{place}.{quote(each)}" for each in told) for place in (table, "EXCLUDED"))
    return f"{insert} {conflict} WHERE ({had}) {differs} ({new})"
