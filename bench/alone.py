"""A database of its own for a benchmark that fills one."""

import atexit
import os
import shutil
import tempfile
from urllib.parse import urlsplit

import django


def set_up() -> None:
    """Start Django on the database of `DATABASE_URL` where its name begins with "bench"; else on a throw-away file.

    To be called before anything of Django's models is imported.
    """
    os.environ |= {"DJANGO_SETTINGS_MODULE": "newsroom.settings", "DEBUG": "1", "LOG_LEVEL": "ERROR"}
    os.environ["NEWSROOM_VAR"] = tempfile.mkdtemp(prefix="newsroom-bench-")
    atexit.register(shutil.rmtree, os.environ["NEWSROOM_VAR"], ignore_errors=True)
    if not urlsplit(os.environ.get("DATABASE_URL", "")).path.startswith("/bench"):
        os.environ.pop("DATABASE_URL", None)
    django.setup()
