"""Servers that are measured: started on loopback, loaded by wrk, their CPU read from the kernel."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

ROOT = Path(__file__).parent.parent
TICK = os.sysconf("SC_CLK_TCK")
START = 60  # seconds
ERRORS = re.compile(r"(?:Non-2xx or 3xx responses: |connect |read |timeout )(\d+)")


@dataclass(frozen=True)
class Load:
    """What wrk saw of a server, and what the server's processes spent on it."""

    requests: int
    seconds: float
    cpu: float
    errors: int

    @property
    def per_second(self) -> float:
        """Requests by the clock."""
        return self.requests / self.seconds

    @property
    def per_cpu_second(self) -> float:
        """Requests for a second of the server's CPU: the figure that other work disturbs least."""
        return self.requests / max(self.cpu, 1 / TICK)


@dataclass(frozen=True)
class Server:
    """One that answers on `port`; `pid` is the parent of its workers."""

    pid: int
    port: int

    def pids(self) -> list[int]:
        """It and its workers."""
        found = [self.pid]
        for pid in found:
            for task in Path(f"/proc/{pid}/task").glob("*/children"):
                found += [int(child) for child in task.read_text().split()]
        return found

    def cpu(self) -> float:
        """Seconds of CPU that its processes have used."""
        return sum(_ticks(pid) for pid in self.pids()) / TICK

    def memory(self) -> int:
        """The most that one of its workers holds, in bytes: what is its own and its part of what is shared."""
        return max(_share(pid) for pid in self.pids()[1:] or [self.pid])

    def load(
        self,
        path: str,
        *,
        seconds: int = 2,
        connections: int = 16,
        headers: tuple[str, ...] = (),
        script: Path | None = None,
    ) -> Load:
        """One run of wrk against one address, or what a script of its own asks for."""
        before = self.cpu()
        command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s", "-H", "Host: localhost"]
        command += [part for each in headers for part in ("-H", each)]
        command += ["-s", str(script)] if script else []
        told = subprocess.run(  # noqa: S603  (a load generator on loopback)
            [*command, f"http://127.0.0.1:{self.port}{path}"], capture_output=True, text=True, check=True
        ).stdout
        requests, took, unit = re.search(r"(\d+) requests in ([\d.]+)(s|m)", told).groups()
        errors = sum(int(number) for number in ERRORS.findall(told))
        return Load(int(requests), float(took) * (60 if unit == "m" else 1), self.cpu() - before, errors)

    def get(self, path: str, **headers: str) -> tuple[int, bytes]:
        """(status, body) of one request."""
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=60)) as asked:
            asked.request("GET", path, headers={"Host": "localhost", **headers})
            answer = asked.getresponse()
            return answer.status, answer.read()


def _ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def _share(pid: int) -> int:
    told = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return 1024 * int(re.search(r"^Pss:\s+(\d+)", told, re.MULTILINE)[1])


def free_port() -> int:
    """A port that nobody listens at."""
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@contextmanager
def granian(application: str, **variables: str) -> Iterator[Server]:
    """Granian on a WSGI application, with workers and threads as in `deploy/systemd`."""
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--workers", "2", "--blocking-threads", "4", "--log-level", "error", "--workers-kill-timeout", "3"]
    command += ["--backlog", "4096", "--backpressure", "2048"]  # connections that stay open: no nginx holds them here
    with running([*command, application], port, MALLOC_ARENA_MAX="1", **variables) as server:
        yield server


@contextmanager
def nginx(folder: Path, configuration: str) -> Iterator[Server]:
    """Debian's nginx; `{port}`, `{folder}` and `{user}` in the configuration are filled in."""
    port = free_port()
    file = folder / "nginx.conf"
    user = "user root;" if os.geteuid() == 0 else ""  # else its workers could not read the folder
    for name, value in (("port", str(port)), ("folder", str(folder)), ("user", user)):
        configuration = configuration.replace(f"{{{name}}}", value)
    file.write_text(configuration)
    with running(["nginx", "-p", str(folder), "-c", str(file)], port) as server:
        yield server


@contextmanager
def running(command: list[str], port: int, **variables: str) -> Iterator[Server]:
    """A process that answers HTTP on `port`, for as long as it lasts."""
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **variables})  # noqa: S603  (servers of ours)
    try:
        end = time.monotonic() + START
        while True:
            try:
                with closing(socket.create_connection(("127.0.0.1", port), timeout=1)):
                    break
            except OSError:
                if process.poll() is not None or time.monotonic() > end:
                    raise RuntimeError(f"{command[0]} did not start") from None
                time.sleep(0.1)
        yield Server(process.pid, port)
    finally:
        process.terminate()
        process.wait(20)


def has(program: str) -> bool:
    """Whether a program is on this machine."""
    return shutil.which(program) is not None
