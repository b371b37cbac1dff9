"""Loaded before Django (`-p tests.environment`): what the settings read when tests run."""

import atexit
import os
import shutil
import tempfile

os.environ["DEBUG"] = "1"  # spares the secret and the manifest of static files; pytest-django turns the flag off again
os.environ.pop("NEWSROOM_DEMO", None)
if "PYTEST_XDIST_WORKER" not in os.environ:  # workers take over what the run that started them made
    os.environ["NEWSROOM_VAR"] = tempfile.mkdtemp(prefix="newsroom-test-")
    os.mkdir(os.path.join(os.environ["NEWSROOM_VAR"], "static"))
    atexit.register(shutil.rmtree, os.environ["NEWSROOM_VAR"], ignore_errors=True)
