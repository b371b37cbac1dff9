"""Runs the tests again on PostgreSQL, all but those that drive a browser; says so and stops where none answers.

`TEST_DATABASE_URL` names another server than the one on this machine.
"""

import os
import subprocess
import sys

import psycopg

URL = os.environ.get("TEST_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")


def main() -> int:
    """The exit status of the test run; 0 where there is no server to test on."""
    try:
        psycopg.connect(URL, connect_timeout=3).close()
    except psycopg.OperationalError as error:
        reason = str(error).strip().splitlines()[0]
        print(f"PostgreSQL does not answer, so nothing was tested on it: {reason}")  # noqa: T201
        return 0
    command = [sys.executable, "-m", "pytest", "-m", "not browser", *sys.argv[1:]]
    return subprocess.run(command, env={**os.environ, "DATABASE_URL": URL}, check=False).returncode  # noqa: S603


if __name__ == "__main__":
    sys.exit(main())
