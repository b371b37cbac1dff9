"""`python -m bench.desk_load [--size N] [--database URL] [--seconds N] [--json]`: the desk at work while readers read.

Fifty editors write, each at a story of their own: what they type is kept every three seconds, as `autosave.js` does it,
and saved by hand every half minute, after which they look at the page that comes. A thousand readers, each with a
connection of their own, ask for a page every ten seconds. All go to one server of two workers, which has been read for
a while: most of the pages that are asked for are kept.
"""

import argparse
import json
import os
import re
import secrets
import statistics
import sys
import tempfile
import threading
import time
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

from bench import servers
from bench.archive import SQLITE, archive
from bench.goals import AT_MOST, Goal
from bench.readers import LUA, collect_static, environment, told
from bench.report import show

parser = argparse.ArgumentParser(prog="bench.desk_load")
parser.add_argument("--size", type=int, default=1_000)
parser.add_argument("--database", default=SQLITE)
parser.add_argument("--seconds", type=int, default=60)
parser.add_argument("--pause", type=float, default=30, help="seconds between two saves of one editor")
parser.add_argument("--editors", type=int, default=50)
parser.add_argument("--readers", type=int, default=1_000)
parser.add_argument("--json", action="store_true")
options = parser.parse_args(sys.argv[1:])
built = archive(options.size, options.database)
os.environ |= environment(built)

import django  # noqa: E402  (needs the environment above)

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from articles.models import Desk  # noqa: E402
from tests import factories  # noqa: E402
from tests.admin.pages import fields  # noqa: E402

TYPING = 3  # seconds after which what was typed is kept
BEFORE = 10  # seconds for which pages are read before anybody saves
SKIPPED = {"csrfmiddlewaretoken", "_save", "_continue"}
READING = 10_000  # milliseconds between two pages of one reader
SLOWLY = """
local paths = {}
for line in io.lines("{paths}") do paths[#paths + 1] = line end
local headers = {["Host"] = "localhost", ["Accept-Encoding"] = "br"}
request = function() return wrk.format("GET", paths[math.random(#paths)], headers) end
delay = function() return math.random({pause}) * 2 end
"""


class Editor(threading.Thread):
    """One person at one desk, by HTTP."""

    def __init__(self, number: int, port: int, end: float) -> None:
        super().__init__(daemon=True)
        self.port, self.end, self.took, self.kept, self.faults = port, end, [], [], []
        name = f"bench-editor-{number}"
        user = get_user_model().objects.filter(username=name).first() or factories.person(name, "Editor")
        desk = Desk.objects.first() or factories.desk()
        desk.members.add(user)
        self.article = factories.article(user, desk, slug=f"bench-{secrets.token_hex(6)}")
        client = Client(headers={"host": "localhost"})
        client.force_login(user)
        page = client.get(self.path)
        self.form = fields(page)
        self.cookies = {name: each.value for name, each in client.cookies.items()}

    @property
    def path(self) -> str:
        """The desk of the story."""
        return reverse("admin:articles_article_change", args=[self.article.pk])

    def run(self) -> None:
        """Type, save, look at the page that comes, until the time is over."""
        time.sleep(options.pause * (self.article.pk % options.editors) / options.editors)
        while time.monotonic() < self.end:
            self.form["body"] += "<p>Ships waited outside.</p>"
            self.form["_continue"] = "1"
            start = time.perf_counter()
            status, _page = self.ask("POST", self.path, urlencode(self.form))
            self.took.append(time.perf_counter() - start)
            if status != 302:
                self.faults.append(f"POST {status}")
            status, page = self.ask("GET", self.path)
            if status != 200:
                self.faults.append(f"GET {status}")
            version = re.search(r'name="seen_version"[^>]*value="(\d+)"|value="(\d+)"[^>]*name="seen_version"', page)
            if version:
                self.form["seen_version"] = version[1] or version[2]
            self.type_until(start + options.pause)

    def type_until(self, end: float) -> None:
        """Have what is typed kept."""
        path = reverse("admin:articles_article_autosave", args=[self.article.pk])
        while (start := time.perf_counter()) < end and time.monotonic() < self.end:
            self.form["body"] += "<p>More waited.</p>"
            values = {name: [value] for name, value in self.form.items() if name not in SKIPPED}
            status, _told = self.ask("POST", path, json.dumps(values), "application/json")
            self.kept.append(time.perf_counter() - start)
            if status != 200:
                self.faults.append(f"autosave {status}")
            time.sleep(TYPING)

    def ask(
        self, method: str, path: str, body: str | None = None, form: str = "application/x-www-form-urlencoded"
    ) -> tuple[int, str]:
        """(status, page)."""
        headers = {
            "Host": "localhost",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Content-Type": form,
            "X-CSRFToken": self.cookies.get(settings.CSRF_COOKIE_NAME, ""),
            "Origin": "http://localhost",
        }
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=60)) as asked:
            asked.request(method, path, body, headers)
            answer = asked.getresponse()
            return answer.status, answer.read().decode()


def main() -> int:
    """Print the table."""
    collect_static(built)
    found = told(built, "bench.addresses")
    with (
        tempfile.TemporaryDirectory() as folder,
        servers.granian("newsroom.wsgi:application", **environment(built)) as room,
    ):
        end = time.monotonic() + options.seconds + 20
        editors = [Editor(number, room.port, end) for number in range(options.editors)]
        end = time.monotonic() + options.seconds
        paths, script = Path(folder) / "paths", Path(folder) / "readers.lua"
        paths.write_text("\n".join([*found["mixed"], *found["pages"].values()]))
        script.write_text(LUA.replace("{paths}", str(paths)))
        room.load("/", seconds=BEFORE, script=script)
        script.write_text(SLOWLY.replace("{paths}", str(paths)).replace("{pause}", str(READING)))
        for each in editors:
            each.end = end
            each.start()
        read = room.load("/", seconds=options.seconds, connections=options.readers, script=script)
        for each in editors:
            each.join(90)
    took = [seconds for each in editors for seconds in each.took]
    kept = [seconds for each in editors for seconds in each.kept]
    faults = [fault for each in editors for fault in each.faults]
    sys.stderr.write(
        f"{len(took)} saves, {len(kept)} autosaves, {read.requests} pages; faults: {sorted(set(faults))}\n"
    )
    while_reading = f"{options.editors} editors save, {options.readers:,} readers read"
    rows = [
        Goal(f"{while_reading}: errors", len(faults) + read.errors, "errors", AT_MOST, 0),
        Goal(f"{while_reading}: save, 95 of 100", statistics.quantiles(took, n=20)[-1], "s", AT_MOST, 1),
        Goal(f"{while_reading}: autosave, 95 of 100", statistics.quantiles(kept, n=20)[-1], "s", AT_MOST, 1),
    ]
    show([row.as_row() for row in rows], as_json=options.json)
    return 0


if __name__ == "__main__":
    sys.exit(main())
