"""What the desk of the demo is busy with: plans, deadlines, reviews, holds, the schedule."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from .. import anchoring, commenting
from ..models import Article
from ..models.comments import CommentKind
from ..models.reviews import HoldKind
from ..workflow import Status
from .content import DemoStory
from .room import Newsroom

SUBMITTED, RETURNED, DECIDED = (timedelta(minutes=m) for m in (250, 110, 40))


def _life(story: DemoStory) -> dict[str, Any]:
    return story.data.get("desk_life", {})


def _moment(story: DemoStory, hours: float) -> datetime:
    """So many hours from the loading of the demo, to the full hour; never in the past by accident."""
    loaded = story.published_at + timedelta(hours=story.data["hours"])
    return (loaded + timedelta(hours=hours)).replace(minute=0, second=0, microsecond=0)


def planned(story: DemoStory, room: Newsroom) -> dict[str, Any]:
    """The values of the article that say who does what until when."""
    life = _life(story)
    in_review = story.data["status"] == Status.IN_REVIEW
    reviewer = life.get("reviewer", "reviewer" if in_review else "")
    return {
        "reviewer": room.users.get(reviewer),
        "due_at": _moment(story, life["due_in"]) if "due_in" in life else None,
        "publish_at": _moment(story, life["publish_in"]) if "publish_in" in life else None,
        "priority": life.get("priority", 3),
        "length_ordered": life.get("length"),
        "planning_note": life.get("planning_note", ""),
    }


def bring_to(stage: Status, article: Article, story: DemoStory, room: Newsroom) -> None:
    """Take a draft where the desk has it, through the verbs."""
    at, data = story.published_at, story.data
    if stage == Status.KILLED:
        article.kill(by=room.users["editor"], note=data["killed"], at=at - DECIDED)
        return
    if "returned" in data:
        article.submit(by=article.writer, at=at - SUBMITTED)
        article.return_to_writer(by=room.users["reviewer"], note=data["returned"], at=at - RETURNED)
    if stage in (Status.IN_REVIEW, Status.ON_HOLD):
        article.submit(by=article.writer, at=at - RETURNED)
    if stage == Status.ON_HOLD:
        article.place_hold(by=room.users["editor"], note=_life(story)["hold"], kind=HoldKind.LEGAL, at=at - DECIDED)


def discuss(article: Article, story: DemoStory, room: Newsroom) -> None:
    """The notes of the review."""
    for note in _life(story).get("comments", ()):
        words, anchor = story.fill(note.get("words", "")), None
        if words:
            start = article.text().index(words)
            anchor = anchoring.make(article.text(), start, start + len(words))
        commenting.add(
            article,
            author=room.users[note["by"]],
            kind=note.get("kind", CommentKind.COMMENT),
            text=note.get("text", ""),
            field="body" if words else "",
            anchor=anchor,
            replacement=note.get("replacement", ""),
        )


def set_time(article: Article, story: DemoStory, room: Newsroom) -> None:
    """Embargo and schedule of an approved story."""
    life, publisher = _life(story), room.users["publisher"]
    if "embargo_in" in life:
        article.set_embargo(by=publisher, until=max(_moment(story, life["embargo_in"]), timezone.now()))
    if story.data["status"] == Status.SCHEDULED:
        article.schedule(by=publisher, publish_at=_moment(story, life["publish_in"]))
