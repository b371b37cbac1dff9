"""The words that the desk's stories are found by, with the database's own full-text index over them."""

import django.db.models.deletion
from django.db import migrations, models

SQLITE = [
    "CREATE VIRTUAL TABLE articles_deskwords_fts USING fts5("
    "words, content='articles_deskwords', content_rowid='article_id', tokenize='unicode61 remove_diacritics 2')",
    "CREATE TRIGGER articles_deskwords_ai AFTER INSERT ON articles_deskwords BEGIN "
    "INSERT INTO articles_deskwords_fts(rowid, words) VALUES (new.article_id, new.words); END",
    "CREATE TRIGGER articles_deskwords_ad AFTER DELETE ON articles_deskwords BEGIN "
    "INSERT INTO articles_deskwords_fts(articles_deskwords_fts, rowid, words) "
    "VALUES ('delete', old.article_id, old.words); END",
    "CREATE TRIGGER articles_deskwords_au AFTER UPDATE ON articles_deskwords BEGIN "
    "INSERT INTO articles_deskwords_fts(articles_deskwords_fts, rowid, words) "
    "VALUES ('delete', old.article_id, old.words); "
    "INSERT INTO articles_deskwords_fts(rowid, words) VALUES (new.article_id, new.words); END",
]
SQLITE_BACK = [
    *(f"DROP TRIGGER articles_deskwords_{event}" for event in ("ai", "ad", "au")),
    "DROP TABLE articles_deskwords_fts",
]
POSTGRESQL = [
    "ALTER TABLE articles_deskwords ADD COLUMN vector tsvector "
    "GENERATED ALWAYS AS (to_tsvector('simple', left(words, 400000))) STORED",
    "CREATE INDEX articles_deskwords_vector ON articles_deskwords USING gin (vector)",
]
POSTGRESQL_BACK = ["DROP INDEX articles_deskwords_vector", "ALTER TABLE articles_deskwords DROP COLUMN vector"]
BATCH = 500


def make_index(apps, schema_editor):
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop_index(apps, schema_editor):
    for statement in {"sqlite": SQLITE_BACK, "postgresql": POSTGRESQL_BACK}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def keep_words_of_all(apps, schema_editor):
    """What stands already; names come along with the next save of each story."""
    from articles.markup import to_text

    words_of = apps.get_model("articles", "DeskWords").objects.using(schema_editor.connection.alias)
    articles = apps.get_model("articles", "Article").objects.using(schema_editor.connection.alias)
    rows = articles.values_list("pk", "headline", "slugline", "standfirst", "body").order_by("pk")
    batch = []
    for pk, headline, slugline, standfirst, body in rows.iterator(chunk_size=BATCH):
        parts = [headline, slugline, standfirst, to_text(body)]
        batch.append(words_of.model(article_id=pk, words="\n".join(part for part in parts if part)))
        if len(batch) == BATCH:
            words_of.bulk_create(batch)
            batch = []
    words_of.bulk_create(batch)


class Migration(migrations.Migration):

    dependencies = [
        ("articles", "0003_sourcing"),
    ]

    operations = [
        migrations.CreateModel(
            name="DeskWords",
            fields=[
                ("article", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="desk_words", serialize=False, to="articles.article")),
                ("words", models.TextField(verbose_name="words")),
            ],
            options={
                "verbose_name": "words of an article",
                "verbose_name_plural": "words of articles",
            },
        ),
        migrations.RunPython(make_index, drop_index),
        migrations.RunPython(keep_words_of_all, migrations.RunPython.noop),
    ]
