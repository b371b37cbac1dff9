"""The databases' own full-text indexes over the words of the desk's stories and over what readers search in."""

from django.db import migrations

DESK_SQLITE = [
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
DESK_SQLITE_BACK = [
    *(f"DROP TRIGGER articles_deskwords_{event}" for event in ("ai", "ad", "au")),
    "DROP TABLE articles_deskwords_fts",
]
DESK_POSTGRESQL = [
    "ALTER TABLE articles_deskwords ADD COLUMN vector tsvector "
    "GENERATED ALWAYS AS (to_tsvector('simple', left(words, 400000))) STORED",
    "CREATE INDEX articles_deskwords_vector ON articles_deskwords USING gin (vector)",
]
DESK_POSTGRESQL_BACK = ["DROP INDEX articles_deskwords_vector", "ALTER TABLE articles_deskwords DROP COLUMN vector"]

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
    desk, readers = {
        "sqlite": (DESK_SQLITE, sqlite_statements),
        "postgresql": (DESK_POSTGRESQL, postgresql_statements),
    }[schema_editor.connection.vendor]
    for statement in (*desk, *readers()):
        schema_editor.execute(statement)


def drop_index(apps, schema_editor):
    desk, readers = {
        "sqlite": (DESK_SQLITE_BACK, sqlite_back),
        "postgresql": (DESK_POSTGRESQL_BACK, postgresql_back),
    }[schema_editor.connection.vendor]
    for statement in (*readers(), *desk):
        schema_editor.execute(statement)


class Migration(migrations.Migration):

    replaces = [("articles", "0004_desk_words"), ("articles", "0011_search")]

    dependencies = [("articles", "0001_schema")]

    operations = [migrations.RunPython(make_index, drop_index)]
