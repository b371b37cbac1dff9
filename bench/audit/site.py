"""The demo newsroom on a free port, as `make demo` serves it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

PATIENCE = 60  # seconds to the first answer


@contextmanager
def serving(root: Path, var: Path) -> Iterator[str]:
    """The address of a server that is stopped at the end. Raises `RuntimeError` where it does not come up."""
    port = _free_port()
    base = f"http://127.0.0.1:{port}"
    environment = {**os.environ, "NEWSROOM_URL": base}
    for command in (
        ["migrate"],
        ["collectstatic", "--noinput"],
        ["load_demo"],
        ["db_worker", "--batch", "--no-startup-delay"],
        ["reprint", "--all"],
    ):
        _run([sys.executable, "manage.py", *command, "--verbosity", "0"], root, environment)
    server = subprocess.Popen(  # noqa: S603
        [
            *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)),
            *("--workers", "1", "--log-level", "warning", "newsroom.wsgi:application"),
        ],
        cwd=root,
        env=environment,
    )
    try:
        _wait_for(f"{base}/healthz", server)
        yield base
    finally:
        server.terminate()
        server.wait(20)


def _run(command: list[str], root: Path, environment: dict[str, str]) -> None:
    run = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if run.returncode:
        raise RuntimeError(f"{' '.join(command[1:])} failed:\n{run.stderr[-2000:]}")


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def _wait_for(address: str, server: subprocess.Popen) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            with urlopen(address, timeout=5):  # noqa: S310  (our own server)
                return
        except (URLError, ConnectionError):
            time.sleep(0.2)
    raise RuntimeError("the demo does not answer")
