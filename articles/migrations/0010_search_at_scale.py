"""The stems that beginnings stand for, read off the index that is there: some minutes for a million stories."""

from django.db import migrations, models

LONGER_THAN = 4
SQLITE = """
INSERT OR IGNORE INTO articles_searchstem (stem)
SELECT term FROM search_terms WHERE col NOT IN ('keys', 'spelling') AND length(term) > %s
"""
POSTGRESQL = """
INSERT INTO articles_searchstem (stem)
SELECT word FROM ts_stat('SELECT vector FROM {table}') WHERE word !~ '^[=~]' AND length(word) BETWEEN %s AND 64
ON CONFLICT DO NOTHING
"""


def fill(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        for table in ("articles_searchstory", "articles_searchquote"):
            if schema_editor.connection.vendor == "postgresql":
                cursor.execute(POSTGRESQL.format(table=table), [LONGER_THAN + 1])
                continue
            cursor.execute(f"CREATE VIRTUAL TABLE temp.search_terms USING fts5vocab('main', '{table}_fts', 'col')")
            cursor.execute(SQLITE, [LONGER_THAN])
            cursor.execute("DROP TABLE temp.search_terms")


class Migration(migrations.Migration):

    dependencies = [("articles", "0007_sitemap_files")]

    operations = [
        migrations.CreateModel(
            name="SearchStem",
            fields=[("stem", models.CharField(max_length=64, primary_key=True, serialize=False))],
            options={"verbose_name": "stem in print", "verbose_name_plural": "stems in print"},
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
