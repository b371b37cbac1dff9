"""Servers of a test's own: found or skipped, started in a folder of theirs, stopped at the end."""

import contextlib
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

PATIENCE = 30  # seconds for a server to come up on a busy machine
REQUIRED = os.environ.get("NEWSROOM_REQUIRE_SERVERS") == "1"


def program(name: str, *folders: str) -> str:
    """Where a program is; skips the test where it is not installed, or fails it where it must be."""
    found = shutil.which(name, path=os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", *folders]))
    if found is None and REQUIRED:
        pytest.fail(f"{name} is not installed")
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def listens(port: int) -> bool:
    """Whether somebody does."""
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def wait_until(is_so: Callable[[], bool], what: str) -> None:
    """Until it is so; a test fails that waits in vain."""
    end = time.monotonic() + PATIENCE
    while not is_so():
        if time.monotonic() > end:
            pytest.fail(f"waited {PATIENCE} s in vain: {what}")
        time.sleep(0.05)


@contextlib.contextmanager
def running(command: list[str], port: int, log: Path, **options):
    """The server while it runs; what it says goes to `log`."""
    with log.open("ab") as told:
        server = subprocess.Popen(command, stdout=told, stderr=told, **options)  # noqa: S603
    try:
        wait_until(lambda: listens(port) or server.poll() is not None, f"{command[0]} on {port}")
        if server.poll() is not None:
            pytest.fail(f"{command[0]} stopped: {log.read_text(errors='replace')[-2000:]}")
        yield server
    finally:
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def put(text: str, changes: dict[str, str]) -> str:
    """A configuration with places of the test's in place of the real ones; each has to be there."""
    for real, ours in changes.items():
        assert real in text, f"{real} is not in the configuration any more"
        text = text.replace(real, ours)
    return text
