"""Loads the demo newsroom. Safe to run again: what is there is left as people have made it since."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from ..models import Notification
from . import content, fronts, history, pages, staff, vocabulary
from .gallery import Gallery
from .room import Newsroom
from .staff import Login

WIDTH = 1600  # pixels, of the pictures
NEWS = timedelta(hours=9)  # how old a notice is that nobody has read yet


class NotTheDemo(Exception):  # noqa: N818  (reads as the newsroom says it)
    """The settings are those of a real newsroom: nothing invented goes in there."""


@dataclass(frozen=True)
class Report:
    """What a run did: rows made, by name; the stories made, by status; those that were there already."""

    made: dict[str, int]
    stories: Counter[str]
    kept: int
    logins: list[Login]
    wire_file: Path


def load(*, now: datetime | None = None, picture_width: int = WIDTH) -> Report:
    """Fill the newsroom with what is missing of the demo. Raises `NotTheDemo` unless the settings say it is one."""
    if not settings.NEWSROOM_DEMO:
        raise NotTheDemo("The demo is only loaded where NEWSROOM_DEMO=1 is set.")
    people = content.read("people.toml")
    users, made_people = staff.hire(people)
    actors, made_actors = vocabulary.actors()
    topics, made_topics = vocabulary.topics()
    made_pages = pages.write()
    room = Newsroom(
        users=users,
        actors=actors,
        topics=topics,
        sources=vocabulary.Sources(actors),
        gallery=Gallery(settings.VAR / "demo-pictures", width=picture_width, by=users["editor"]),
    )
    stories, kept = Counter(), 0
    for story in content.stories(timezone.localtime(now)):
        if history.is_written(story):
            kept += 1
        else:
            article = history.write(story, room)
            stories[article.status] += 1
    made_fronts = fronts.arrange(users)
    if stories:  # what people were told long ago they have read
        Notification.objects.unread().filter(at__lt=timezone.now() - NEWS).update(read_at=F("at"))
    return Report(
        made={
            "people, desks and contributors": made_people,
            "actors": made_actors,
            "topics": made_topics,
            "pages": made_pages,
            "fronts and running stories": made_fronts,
        },
        stories=stories,
        kept=kept,
        logins=staff.logins(people),
        wire_file=content.WIRE_FILE,
    )
