"""Loaded before Django (`-p tests.environment`): what the settings read when tests run."""

import os

os.environ["DEBUG"] = "1"  # spares the secret and the manifest of static files; pytest-django turns the flag off again
os.environ.setdefault("NEWSROOM_VAR", "var/test")
