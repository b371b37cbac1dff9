"""On SQLite a row whose words are the same is not indexed anew when something else of it is written."""

from django.db import migrations

COLUMNS = {
    "articles_searchstory": ("place", ("keys", "headline", "names", "standfirst", "quotes", "body", "spelling")),
    "articles_searchquote": ("place", ("keys", "words", "speaker")),
    "articles_searchname": ("id", ("words",)),
}


def make_anew(apps, schema_editor):
    for table in COLUMNS:
        _make(schema_editor, table, only_others=True)


def make_as_before(apps, schema_editor):
    for table in COLUMNS:
        _make(schema_editor, table, only_others=False)


def _make(schema_editor, table, *, only_others):
    if schema_editor.connection.vendor != "sqlite":
        return
    key, names = COLUMNS[table]
    listed = ", ".join(names)
    old, new = (", ".join(f"{row}.{name}" for name in names) for row in ("old", "new"))
    when = f"WHEN ({old}) IS NOT ({new}) " if len(names) > 1 else f"WHEN {old} IS NOT {new} "
    take = f"INSERT INTO {table}_fts({table}_fts, rowid, {listed}) VALUES ('delete', old.{key}, {old}); "
    put = f"INSERT INTO {table}_fts(rowid, {listed}) VALUES (new.{key}, {new}); "
    schema_editor.execute(f"DROP TRIGGER {table}_au")
    schema_editor.execute(
        f"CREATE TRIGGER {table}_au AFTER UPDATE ON {table} {when if only_others else ''}BEGIN {take}{put}END"
    )


class Migration(migrations.Migration):
    dependencies = [("articles", "0017_search_digest")]

    operations = [migrations.RunPython(make_anew, make_as_before)]
