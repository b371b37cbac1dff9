"""What readers' search looks in, with the databases' own full-text indexes over it.

Stories that are in print already come along with `manage.py reprint --all`.
"""

import django.db.models.deletion
from django.db import migrations, models

TOKENS = "unicode61 remove_diacritics 0 categories ''L* N* Co Mn Mc''"  # the words are folded when they come
TABLES = {
    "articles_searchstory": ("place", ["keys", "headline", "names", "standfirst", "quotes", "body", "spelling"]),
    "articles_searchquote": ("place", ["keys", "words", "speaker"]),
    "articles_searchname": ("id", ["words"]),
}


def sqlite_statements():
    for table, (key, columns) in TABLES.items():
        fts, names = f"{table}_fts", ", ".join(columns)
        new, old = (", ".join(f"{row}.{name}" for name in columns) for row in ("new", "old"))
        put = f"INSERT INTO {fts}(rowid, {names}) VALUES (new.{key}, {new}); "
        take = f"INSERT INTO {fts}({fts}, rowid, {names}) VALUES ('delete', old.{key}, {old}); "
        yield (
            f"CREATE VIRTUAL TABLE {fts} USING fts5({names}, content='{table}', content_rowid='{key}', "
            f"tokenize='{TOKENS}', prefix='2 3 4')"
        )
        yield f"CREATE TRIGGER {table}_ai AFTER INSERT ON {table} BEGIN {put}END"
        yield f"CREATE TRIGGER {table}_ad AFTER DELETE ON {table} BEGIN {take}END"
        yield f"CREATE TRIGGER {table}_au AFTER UPDATE ON {table} BEGIN {take}{put}END"


def sqlite_back():
    for table in TABLES:
        yield from (f"DROP TRIGGER {table}_{event}" for event in ("ai", "ad", "au"))
        yield f"DROP TABLE {table}_fts"


def weighed(columns, letter):
    told = " || ' ' || ".join(columns)
    return f"setweight(to_tsvector('simple', left({told}, 150000)), '{letter}')"


def lexemes(column, before=""):
    told = f"nullif(trim({column}), '')"
    pieces = f"string_to_array({told}, ' ')" if not before else f"string_to_array('{before}' || replace({told}, ' ', ' {before}'), ' ')"
    return f"coalesce(array_to_tsvector({pieces}), ''::tsvector)"


def postgresql_statements():
    vectors = {
        "articles_searchstory": [
            weighed(["headline"], "A"),
            weighed(["names", "standfirst"], "B"),
            weighed(["quotes"], "C"),
            weighed(["body"], "D"),
            lexemes("keys"),
            lexemes("spelling", "~"),
        ],
        "articles_searchquote": [weighed(["words"], "A"), weighed(["speaker"], "B"), lexemes("keys")],
        "articles_searchname": ["to_tsvector('simple', words)"],
    }
    for table, pieces in vectors.items():
        yield f"ALTER TABLE {table} ADD COLUMN vector tsvector GENERATED ALWAYS AS ({' || '.join(pieces)}) STORED"
        yield f"CREATE INDEX {table}_vector ON {table} USING gin (vector)"


def postgresql_back():
    for table in TABLES:
        yield f"DROP INDEX {table}_vector"
        yield f"ALTER TABLE {table} DROP COLUMN vector"


def make_index(apps, schema_editor):
    for statement in {"sqlite": sqlite_statements, "postgresql": postgresql_statements}[schema_editor.connection.vendor]():
        schema_editor.execute(statement)


def drop_index(apps, schema_editor):
    for statement in {"sqlite": sqlite_back, "postgresql": postgresql_back}[schema_editor.connection.vendor]():
        schema_editor.execute(statement)


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0012_pictures'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchQuote',
            fields=[
                ('place', models.BigIntegerField(primary_key=True, serialize=False)),
                ('quote', models.PositiveBigIntegerField(unique=True)),
                ('keys', models.TextField()),
                ('words', models.TextField(blank=True)),
                ('speaker', models.TextField(blank=True)),
                ('story', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='searched_quotes', to='articles.story')),
            ],
            options={
                'verbose_name': 'words of a quote in print',
                'verbose_name_plural': 'words of quotes in print',
            },
        ),
        migrations.CreateModel(
            name='SearchStory',
            fields=[
                ('place', models.BigIntegerField(primary_key=True, serialize=False)),
                ('keys', models.TextField()),
                ('headline', models.TextField(blank=True)),
                ('names', models.TextField(blank=True)),
                ('standfirst', models.TextField(blank=True)),
                ('quotes', models.TextField(blank=True)),
                ('body', models.TextField(blank=True)),
                ('spelling', models.TextField(blank=True)),
                ('text', models.TextField(blank=True)),
                ('story', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='searched', to='articles.story')),
            ],
            options={
                'verbose_name': 'words of a story in print',
                'verbose_name_plural': 'words of stories in print',
            },
        ),
        migrations.CreateModel(
            name='SearchWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64)),
                ('word', models.CharField(max_length=64)),
            ],
            options={
                'verbose_name': 'word in print',
                'verbose_name_plural': 'words in print',
                'indexes': [models.Index(fields=['word'], name='search_word_word')],
                'constraints': [models.UniqueConstraint(fields=('key', 'word'), name='search_word_once')],
            },
        ),
        migrations.CreateModel(
            name='SearchName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('slug', models.CharField(max_length=100, verbose_name='slug')),
                ('words', models.TextField(blank=True)),
                ('latest', models.DateTimeField()),
                ('actor', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='articles.actor')),
                ('topic', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='articles.topic')),
            ],
            options={
                'verbose_name': 'name in print',
                'verbose_name_plural': 'names in print',
                'indexes': [models.Index(fields=['slug'], name='search_name_slug'), models.Index(fields=['-latest', 'id'], name='search_name_latest')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('actor', None), ('topic__isnull', False)), models.Q(('actor__isnull', False), ('topic', None)), _connector='OR'), name='search_name_of_one')],
            },
        ),
        migrations.RunPython(make_index, drop_index),
    ]
