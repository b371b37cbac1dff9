"""Reads the demo's data files. Pure: no database; dates in the copy are worked out from the moment of publication.

In a story `{day-1}` is the weekday, `{date+20}` the day and month, `{month-60}` the month and year that many days
from the day of publication, so that the paper is of today whenever it is loaded.
"""

import re
import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
WIRE_FILE = HERE / "wire" / "lasthaven-desalination.txt"
DATE_MARK = re.compile(r"\{(day|date|month)([+-]\d+)?\}")
FORMATS = {"day": "%A", "date": "%-d %B", "month": "%B last year"}
FIRST_HOUR = 6  # nothing of long ago was published earlier in the day than this
RECENT = 36  # hours; what is newer keeps its distance from now whatever the hour


def read(name: str) -> dict[str, Any]:
    """One data file of this folder."""
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


@dataclass(frozen=True)
class DemoStory:
    """One story file, and the moment at which it is to have been published (aware, newsroom time)."""

    data: dict[str, Any]
    published_at: datetime

    @property
    def slug(self) -> str:
        """The slug of the file, by which a second run knows the story again."""
        return self.data["slug"]

    def fill(self, text: str) -> str:
        """`text` with its date marks written out."""

        def written(match: re.Match[str]) -> str:
            day = self.published_at + timedelta(days=int(match[2] or 0))
            if match[1] == "month" and day.year == self.published_at.year:
                return day.strftime("%B")
            return day.strftime(FORMATS[match[1]])

        return DATE_MARK.sub(written, text)

    def editions(self) -> list[dict[str, Any]]:
        """The later editions, each with `at` and the whole `copy` it put in place of the one before."""
        copy = {name: self.data[name] for name in ("headline", "standfirst", "body")}
        found = []
        for edition in self.data.get("editions", ()):
            copy = copy | {name: edition[name] for name in copy if name in edition}
            for old, new in edition.get("replace", ()):
                copy["body"] = swapped(copy["body"], old, new)
            at = self.published_at + timedelta(hours=self.data["hours"] - edition["hours"])
            words = {name: self.fill(edition[name]) for name in ("note", "wrong", "right") if name in edition}
            filled = {name: self.fill(text) for name, text in copy.items()}
            found.append({**edition, **words, "copy": filled, "at": at})
        return found


def swapped(body: str, old: str, new: str) -> str:
    """`body` with `old`, which stands in it once, replaced; raises `ValueError` otherwise."""
    if body.count(old) != 1:
        raise ValueError(f"stands {body.count(old)} times in the body: {old!r}")
    return body.replace(old, new)


def stories(now: datetime) -> list[DemoStory]:
    """Every story, the oldest first. `now` is aware and in the newsroom's time zone."""
    files = sorted((HERE / "stories").glob("*.toml"))
    found = [tomllib.loads(path.read_text(encoding="utf-8")) for path in files]
    return [DemoStory(data, _moment(data, now)) for data in sorted(found, key=lambda data: -data["hours"])]


def _moment(data: dict[str, Any], now: datetime) -> datetime:
    """`hours` before now; for older copy at an hour, and where it says so on a weekday, when papers publish."""
    at = now - timedelta(hours=data["hours"])
    if data["hours"] > RECENT and at.hour < FIRST_HOUR:
        at -= timedelta(hours=at.hour + FIRST_HOUR)
    while data.get("weekday_only") and at.weekday() > 4:
        at -= timedelta(days=1)
    return at
