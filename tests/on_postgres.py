"""Runs again on PostgreSQL what asks a database; says so and stops where none answers.

Left out is what would show nothing new: tests without a database, those that drive a browser or bring servers, and the
matrix of who may do what, which is walked cell by cell on SQLite. A test with parameters asks the same queries with
each, so that it runs with the first ones alone, but where they are `TELLING`; those of a test that is marked
`on_postgresql` are the ones whose ids it names.

`TEST_DATABASE_URL` names another server than the one on this machine.
"""

import os
import subprocess
import sys

import psycopg

URL = os.environ.get("TEST_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")

TELLING = {"address", "path", "url", "name", "query", "order", "table", "key", "page"}
"""Names of parameters that make other queries."""

LEFT_OUT = ["--ignore=tests/contracts/test_matrix.py", "--ignore=tests/deploy"]


def pytest_collection_modifyitems(config, items) -> None:
    """Keep the tests that ask the database, each once."""
    kept = [asks(item) and is_told_apart(item) for item in items]
    config.hook.pytest_deselected(items=[item for item, keeps in zip(items, kept, strict=True) if not keeps])
    items[:] = [item for item, keeps in zip(items, kept, strict=True) if keeps]


def asks(item) -> bool:
    """Whether a test asks the database: by mark or by what it is given."""
    return bool(item.get_closest_marker("django_db") or {"db", "transactional_db"} & set(item.fixturenames))


def is_told_apart(item) -> bool:
    """Whether it has no parameters, the first ones, or such as matter here."""
    if not hasattr(item, "callspec"):
        return True
    if marker := item.get_closest_marker("on_postgresql"):
        return item.callspec.id in marker.args
    return bool(TELLING & set(item.callspec.params)) or not any(item.callspec.indices.values())


def main() -> int:
    """The exit status of the test run; 0 where there is no server to test on."""
    try:
        psycopg.connect(URL, connect_timeout=3).close()
    except psycopg.OperationalError as error:
        reason = str(error).strip().splitlines()[0]
        print(f"PostgreSQL does not answer, so nothing was tested on it: {reason}")  # noqa: T201
        return 0
    command = [sys.executable, "-m", "pytest", "-p", "tests.on_postgres", "-m", "not browser", *LEFT_OUT, *sys.argv[1:]]
    return subprocess.run(command, env={**os.environ, "DATABASE_URL": URL}, check=False).returncode  # noqa: S603


if __name__ == "__main__":
    sys.exit(main())
