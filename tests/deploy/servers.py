"""Servers of a test's own: found or skipped, started in a folder of theirs, stopped at the end."""

import contextlib
import functools
import http.client
import os
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

PATIENCE = 30  # seconds for a server to come up on a busy machine
REQUIRED = os.environ.get("NEWSROOM_REQUIRE_SERVERS") == "1"


def program(name: str, *folders: str, is_required: bool = REQUIRED) -> str:
    """Where a program is; skips the test where it is not installed, or fails it where it must be."""
    found = shutil.which(name, path=os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", *folders]))
    if found is None and is_required:
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


class Site:
    """A small site behind a proxy: answers `pages`, path → (status, headers, body), and keeps what it was asked.

    Each body ends with the number of the answer, so that a kept copy is told from a new one.
    """

    def __init__(self) -> None:
        self.pages: dict[str, tuple[int, dict[str, str], str]] = {"/healthz": (200, {}, "ok")}
        self.asked: list[tuple[str, str, dict[str, str]]] = []
        self.bodies: list[bytes] = []
        self.delay = 0.0
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def __getattr__(self, name):
                """Every method is answered alike."""
                if name.startswith("do_"):
                    return self.answer
                raise AttributeError(name)

            def answer(self):
                path = self.path.partition("?")[0]
                site.bodies.append(self.rfile.read(int(self.headers.get("Content-Length") or 0)))
                if path != "/healthz":
                    site.asked.append((self.command, self.path, {k.lower(): v for k, v in self.headers.items()}))
                    time.sleep(site.delay)
                status, headers, body = site.pages.get(path, (404, {}, "nothing"))
                content = f"{body} {len(site.asked)}".encode()
                self.send_response(status)
                for name, value in ({"Content-Length": str(len(content))} | headers).items():
                    self.send_header(name, value)
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(content)

            def log_message(self, *args):
                """Not a word."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_port

    def times(self, path: str) -> int:
        """How often it was asked for the path."""
        return sum(asked.partition("?")[0] == path for _method, asked, _headers in self.asked)

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *error) -> None:
        self.server.shutdown()
        self.server.server_close()


def fetch(port: int, path: str, method: str = "GET", *, tls: ssl.SSLContext | None = None, **headers: str):
    """(status, headers, body) of one request; `x_forwarded_for` stands for the header of that name."""
    kind = functools.partial(http.client.HTTPSConnection, context=tls) if tls else http.client.HTTPConnection
    connection = kind("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read().decode()
    finally:
        connection.close()
