"""Loaded before Django (`-p tests.environment`): what the settings read when tests run."""

import atexit
import gc
import os
import shutil
import tempfile

os.environ["DEBUG"] = "1"  # spares the secret and the manifest of static files; pytest-django turns the flag off again
os.environ.pop("NEWSROOM_DEMO", None)
if "PYTEST_XDIST_WORKER" not in os.environ:  # workers take over what the run that started them made
    os.environ["NEWSROOM_VAR"] = tempfile.mkdtemp(prefix="newsroom-test-")
    os.mkdir(os.path.join(os.environ["NEWSROOM_VAR"], "static"))
    atexit.register(shutil.rmtree, os.environ["NEWSROOM_VAR"], ignore_errors=True)


def pytest_collection_finish() -> None:
    """What is loaded by now stays: to look through it for garbage, again and again, takes a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
