"""`python -m bench.readers [--sizes N,N] [--database URL] [--rounds N] [--json]`: what readers' pages cost.

Servers of two workers each are loaded by wrk, round about: a bare Django view, which is the ceiling, nginx with a file
where it is installed, and the newsroom, warm (its pages kept) and cold (none kept). The figure is requests for a second
of the server's CPU; ratios are of the medians.
"""

import argparse
import gzip
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

from bench import servers
from bench.archive import SQLITE, Archive, archive
from bench.goals import AT_LEAST, AT_MOST, Goal
from bench.report import show

BROTLI = ("Accept-Encoding: br",)
KNOWN = (*BROTLI, "If-None-Match: *")
COLD = {"story": 0.12}
COLD_LIST = 0.06
LISTS = ("front", "latest", "section", "actor in most stories", "topic of most stories")
MIXED = 10_000  # requests, after which a worker's memory is looked at
PLAIN = {"DEBUG": "", "HTTPS": "0", "SECRET_KEY": "of-a-bench-that-nobody-reaches-from-outside", "NEWSROOM_DEMO": ""}
NGINX = """
{user} worker_processes 2; daemon off; pid {folder}/nginx.pid; error_log /dev/null;
events { worker_connections 512; }
http {
  sendfile on; tcp_nopush on;  # as Debian's nginx.conf has it
  access_log off; types { text/html html; } client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  proxy_cache_path {folder}/cache keys_zone=pages:10m;
  server {
    listen 127.0.0.1:{port}; root {folder};
    location = /page.html { gzip_static on; }
    location / {
      proxy_pass http://127.0.0.1:{upstream}; proxy_set_header Host localhost; proxy_set_header Accept-Encoding br;
      proxy_cache pages; proxy_cache_valid 200 10m; proxy_ignore_headers Cache-Control Vary;
    }
  }
}
"""
LUA = """
local paths = {}
for line in io.lines("{paths}") do paths[#paths + 1] = line end
local n = 0
local headers = {["Host"] = "localhost", ["Accept-Encoding"] = "br"}
request = function()
  n = n + 1
  return wrk.format("GET", paths[(n * 7919) % #paths + 1], headers)
end
"""


def environment(built: Archive, **variables: str) -> dict[str, str]:
    """Of a server on this archive, as it would run."""
    return {**built.environment, **PLAIN, **variables}


def told(built: Archive, module: str) -> dict:
    """What a module prints about an archive, as JSON."""
    run = subprocess.run(  # noqa: S603  (our own program)
        [sys.executable, "-m", module], env={**os.environ, **built.environment}, capture_output=True, check=True
    )
    return json.loads(run.stdout)


def collect_static(built: Archive) -> None:
    """A server that is not debugged serves collected files."""
    subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"],
        env={**os.environ, **environment(built)},
        cwd=servers.ROOT,
        check=True,
    )


def rounds_of(jobs: dict[str, Callable[[], servers.Load]], rounds: int) -> dict[str, float]:
    """The median of requests for a second of CPU of each job; the jobs take turns."""
    found: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(rounds):
        for name, job in jobs.items():
            load = job()
            if load.errors:
                raise RuntimeError(f"{name}: {load.errors} of {load.requests} answers were errors")
            found[name].append(load.per_cpu_second)
    return {name: statistics.median(values) for name, values in found.items()}


def warm(built: Archive, rounds: int) -> Iterator[Goal]:
    """What is kept against the ceiling, and nginx before it against nginx with a file."""
    pages = told(built, "bench.addresses")["pages"]
    with ExitStack() as stack:
        bare = stack.enter_context(servers.granian("bench.bare:application"))
        room = stack.enter_context(servers.granian("newsroom.wsgi:application", **environment(built)))
        story = pages["story"]
        jobs = {
            "bare": lambda: bare.load("/"),
            "story": lambda: room.load(story, headers=BROTLI),
            "front": lambda: room.load("/", headers=BROTLI),
            "304": lambda: room.load(story, headers=KNOWN),
        }
        if servers.has("nginx"):
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            body = room.get(story)[1]
            (folder / "page.html").write_bytes(body)
            (folder / "page.html.gz").write_bytes(gzip.compress(body, 6))
            proxy = stack.enter_context(servers.nginx(folder, NGINX.replace("{upstream}", str(room.port))))
            jobs["nginx, a file"] = lambda: proxy.load("/page.html", headers=("Accept-Encoding: gzip",), connections=32)
            jobs["nginx, cache"] = lambda: proxy.load(story, headers=BROTLI, connections=32)
        for job in jobs.values():
            job()
        found = rounds_of(jobs, rounds)
    for name, what in (("story", "story page, warm"), ("front", "front, warm"), ("304", "story page, 304")):
        yield Goal(what, found[name], "req/cpu-s", AT_LEAST, 0.95, found[name] / found["bare"], "bare Django view")
    if "nginx, cache" in found:
        ratio = found["nginx, cache"] / found["nginx, a file"]
        yield Goal(
            "story page behind nginx cache", found["nginx, cache"], "req/cpu-s", AT_LEAST, 0.9, ratio, "nginx, a file"
        )


def cold(built: Archive, rounds: int) -> Iterator[Goal]:
    """Pages made for each request and sent as they are, against the ceiling."""
    pages = told(built, "bench.addresses")["pages"]
    with (
        servers.granian("bench.bare:application") as bare,
        servers.granian("newsroom.wsgi:application", **environment(built, NEWSROOM_EDGE_MEGABYTES="0")) as room,
    ):
        jobs = {name: lambda name=name: room.load(pages[name], seconds=2) for name in ("story", *LISTS)}
        found = rounds_of({"bare": lambda: bare.load("/", seconds=2), **jobs}, rounds)
    for name in ("story", *LISTS):
        goal = COLD.get(name, COLD_LIST)
        ratio = found[name] / found["bare"]
        yield Goal(
            f"{name}, cold, {built.size:,} stories", found[name], "req/cpu-s", AT_LEAST, goal, ratio, "bare Django view"
        )


def growth(small: Archive, large: Archive, rounds: int) -> Iterator[Goal]:
    """The same page of a large archive and of a small one, both cold."""
    few, many = told(small, "bench.addresses")["pages"], told(large, "bench.addresses")["pages"]
    uncached = {"NEWSROOM_EDGE_MEGABYTES": "0"}
    with (
        servers.granian("newsroom.wsgi:application", **environment(small, **uncached)) as before,
        servers.granian("newsroom.wsgi:application", **environment(large, **uncached)) as after,
    ):
        for name in few:
            jobs = {
                "few": lambda name=name: before.load(few[name], headers=BROTLI, seconds=1),
                "many": lambda name=name: after.load(many[name], headers=BROTLI, seconds=1),
            }
            for job in jobs.values():
                job()  # what it reads comes from the disk once
            found = rounds_of(jobs, rounds)
            what = f"{name}: {large.size:,} stories against {small.size:,}"
            yield Goal(
                what, 1000 / found["many"], "ms of CPU", AT_MOST, 1.3, found["few"] / found["many"], "the same page"
            )


def memory(built: Archive) -> Iterator[Goal]:
    """What a worker holds after many requests of all kinds."""
    found = told(built, "bench.addresses")
    with (
        tempfile.TemporaryDirectory() as folder,
        servers.granian("newsroom.wsgi:application", **environment(built)) as room,
    ):
        paths = Path(folder) / "paths"
        paths.write_text("\n".join([*found["mixed"], *found["pages"].values()]))
        script = Path(folder) / "mixed.lua"
        script.write_text(LUA.replace("{paths}", str(paths)))
        done = 0
        while done < MIXED:
            done += room.load("/", seconds=3, script=script).requests
        yield Goal(f"memory of a worker after {done:,} requests", room.memory() / 1e6, "MB", AT_MOST, 110)


def main(arguments: list[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="bench.readers")
    parser.add_argument("--sizes", default="1000,100000")
    parser.add_argument("--database", default=SQLITE)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    if not servers.has("wrk"):
        sys.stderr.write("wrk is missing: apt-get install wrk\n")
        return 1
    built = [archive(int(size), options.database) for size in options.sizes.split(",")]
    for each in built:
        collect_static(each)
    rows = [*warm(built[-1], options.rounds), *cold(built[-1], options.rounds), *memory(built[-1])]
    if len(built) > 1:
        rows += growth(built[0], built[-1], max(3, options.rounds // 2))
    show([row.as_row() for row in rows], as_json=options.json)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
