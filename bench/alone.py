"""A database of its own for a benchmark that fills one, thrown away at its end."""

import atexit
import os
import shutil
import tempfile

import django

from bench.archive import SQLITE, address_on, drop_database, make_database


def set_up(server: str = SQLITE) -> None:
    """Start Django on a new database: a file, or one on the PostgreSQL server of that address.

    To be called before anything of Django's models is imported.
    """
    var = tempfile.mkdtemp(prefix="newsroom-bench-")
    atexit.register(shutil.rmtree, var, ignore_errors=True)
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        "DEBUG": "1",
        "LOG_LEVEL": "ERROR",
        "NEWSROOM_VAR": var,
    }
    os.environ["DATABASE_URL"] = f"sqlite:///{var}/newsroom.sqlite3"
    if server != SQLITE:
        name = f"bench_alone_{os.getpid()}"
        os.environ["DATABASE_URL"] = address_on(server, name)
        make_database(server)
        atexit.register(drop_database, server, name)
    django.setup()
