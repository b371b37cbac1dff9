"""The database itself refuses to change what is a record: triggers, for SQLite and PostgreSQL.

`events.AppendOnly` refuses in Python; these refuse an update by SQL, by another program, by a slip in a shell. A
migration that remakes a table drops its triggers on SQLite, so that they are written anew after every migrate.
Approvals may go with a draft that is deleted, and are guarded against change alone.
"""

from collections.abc import Iterator

from django.db import connections

NEVER_CHANGED = ("articles_event", "articles_edition", "articles_approval", "articles_identityaccess")
NEVER_DELETED = ("articles_event", "articles_edition", "articles_identityaccess")
FUNCTION = "articles_refuse_to_rewrite"


def guard(using: str) -> None:
    """Write the triggers of this database where they are missing."""
    connection = connections[using]
    statements = {"sqlite": _sqlite, "postgresql": _postgresql}.get(connection.vendor)
    if statements is None:
        return
    present = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table, statement in statements():
            if table in present:
                cursor.execute(statement)


def trigger(table: str, act: str) -> str:
    """The name of the trigger that refuses `act` ("update", "delete", "truncate") on `table`."""
    return f"{table}_never_{act}"


def acts() -> Iterator[tuple[str, str]]:
    """(table, act) of everything that is refused row by row."""
    yield from ((table, "update") for table in NEVER_CHANGED)
    yield from ((table, "delete") for table in NEVER_DELETED)


def _sqlite() -> Iterator[tuple[str, str]]:
    for table, act in acts():
        yield (
            table,
            f"CREATE TRIGGER IF NOT EXISTS {trigger(table, act)} BEFORE {act.upper()} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} only grows: no {act}'); END",
        )


def _postgresql() -> Iterator[tuple[str, str]]:
    function = (
        f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION '% only grows: no %', TG_TABLE_NAME, lower(TG_OP) "
        "USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    yield NEVER_CHANGED[0], function
    for table, act in acts():
        yield table, _on_postgresql(table, act, "FOR EACH ROW")
    for table in NEVER_DELETED:
        yield table, _on_postgresql(table, "truncate", "FOR EACH STATEMENT")


def _on_postgresql(table: str, act: str, each: str) -> str:
    return (
        f"CREATE OR REPLACE TRIGGER {trigger(table, act)} BEFORE {act.upper()} ON {table} "
        f"{each} EXECUTE FUNCTION {FUNCTION}()"
    )
