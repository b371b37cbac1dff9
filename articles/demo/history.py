"""Takes one story of the demo the way every story goes, through the same verbs, at moments of the past."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from .. import anchoring, markup, press
from ..models import Actor, Article, Attribution, Byline, Contributor, Desk, Quote, Revision, Topic
from ..models.quotes import Verification
from ..workflow import Status
from .content import DemoStory
from .gallery import Gallery
from .vocabulary import Sources

MARK_OF_ORIGIN = "Written for the demo: "
PICTURE = re.compile(r'<figure><img src="picture:([a-z-]+)" alt="">')
STAGES = (Status.DRAFT, Status.IN_REVIEW, Status.APPROVED, Status.PUBLISHED)
WRITTEN, RETURNED, SUBMITTED, CHECKED, APPROVED = (timedelta(minutes=m) for m in (320, 250, 110, 60, 25))
ATTRIBUTION_DEFAULTS = {"basis": "on_record", "head_count": None}
DEFAULT_CHECK = {
    "interview": "Compared with the recording.",
    "phone": "Compared with the reporter’s notes.",
    "press_conference": "Compared with the recording.",
    "speech": "Compared with the recording.",
    "broadcast": "Compared with the recording.",
    "court": "Compared with the reporter’s shorthand note.",
}


@dataclass(frozen=True)
class Newsroom:
    """Who and what the stories refer to, by username, slug or key."""

    users: dict[str, Any]
    actors: dict[str, Actor]
    topics: dict[str, Topic]
    sources: Sources
    gallery: Gallery


def is_written(story: DemoStory) -> bool:
    """Whether an earlier run made it; known by its first revision, so that an edited slug or headline is kept."""
    return Revision.objects.filter(number=1, note=MARK_OF_ORIGIN + story.slug).exists()


@transaction.atomic
def write(story: DemoStory, room: Newsroom) -> Article:
    """Write the story, take it to its status, and print its later editions."""
    article, stage = _draft(story, room), _stage(story)
    if stage == Status.DRAFT:
        return article
    _submit_and_approve(article, room, story.published_at, by=article.writer, approve=stage != Status.IN_REVIEW)
    if stage != Status.PUBLISHED:
        return article
    press.publish(article, by=room.users["publisher"], at=story.published_at)
    for edition in story.editions():
        _print_later(article, edition, room)
    if withdrawal := story.data.get("withdrawal"):
        at = story.published_at + timedelta(hours=story.data["hours"] - withdrawal["hours"])
        press.withdraw(article, by=room.users["publisher"], note=withdrawal["note"], at=at)
    return article


def _stage(story: DemoStory) -> Status:
    status = Status(story.data["status"])
    return Status.PUBLISHED if status == Status.WITHDRAWN else status


def _draft(story: DemoStory, room: Newsroom) -> Article:
    """The article with everything that belongs to it, as its first revision."""
    data, at = story.data, story.published_at - WRITTEN
    by = [slug for slug, _role in data["bylines"]]
    writer = room.users["writer" if "nell-averin" in by or data["desk"] in ("world", "politics") else "writer-two"]
    article = Article.objects.create(
        writer=writer,
        desk=Desk.objects.get(slug=data["desk"]),
        lead_image=room.gallery[data["picture"]] if "picture" in data else None,
        body=_body(story.fill(data["body"]), room),
        headline=story.fill(data["headline"]),
        standfirst=story.fill(data["standfirst"]),
        reviewer=room.users["reviewer"] if data["status"] == Status.IN_REVIEW else None,
        created_at=at,
        **{name: data[name] for name in ("kicker", "slug", "slugline", "genre", "dateline")},
        ed_note=data.get("ed_note", ""),
    )
    article.actors.add(*(room.actors[slug] for slug in data["actors"]))
    article.topics.add(*(room.topics[slug] for slug in data["topics"]))
    for position, (slug, role) in enumerate(data["bylines"]):
        Byline.objects.create(
            article=article, contributor=Contributor.objects.get(slug=slug), role=role, position=position
        )
    _record_quotes(article, story, room, _record_attributions(article, story, room))
    article.record_revision(by=writer, note=MARK_OF_ORIGIN + story.slug, at=at)
    if note := data.get("returned"):
        article.submit(by=writer, at=story.published_at - RETURNED)
        article.return_to_writer(by=room.users["reviewer"], note=note, at=story.published_at - SUBMITTED)
    return article


def _body(html: str, room: Newsroom) -> str:
    """The body with its pictures by id, as the desk keeps it."""

    def figure(match: re.Match[str]) -> str:
        image = room.gallery[match[1]]
        return f'<figure data-image="{image.pk}"><img src="{image.url}" alt="">'

    return markup.sanitise(PICTURE.sub(figure, html))


def _record_attributions(article: Article, story: DemoStory, room: Newsroom) -> dict[str, Attribution]:
    found = {}
    for position, row in enumerate(story.data["attributions"]):
        found[row["key"]] = Attribution.objects.create(
            article=article,
            source=room.sources[row["source"]],
            wording=story.fill(row["wording"]),
            anonymity_reason=row.get("reason", ""),
            anonymity_wording=row.get("reason_wording", ""),
            basis_of_knowledge=row.get("knowledge", ""),
            position=position,
            **{name: row.get(name, default) for name, default in ATTRIBUTION_DEFAULTS.items()},
        )
    return found


def _record_quotes(article: Article, story: DemoStory, room: Newsroom, attributions: dict[str, Attribution]) -> None:
    text = article.text()
    for position, row in enumerate(story.data["quotes"]):
        words = story.fill(row["text"])
        start = text.index(words)
        anchor = anchoring.make(text, start, start + len(words))
        speaker = room.actors.get(row.get("speaker"))
        Quote.objects.create(
            article=article,
            position=position,
            kind=row.get("kind", "direct"),
            text=anchor.exact,
            prefix=anchor.prefix,
            suffix=anchor.suffix,
            speaker=speaker,
            speaker_mention=row.get("mention") or (speaker.name if speaker else ""),
            speaker_unknown_because=row.get("unknown", ""),
            role=row.get("role", ""),
            attribution=attributions[row["attribution"]],
            obtained_via=row["via"],
            said_on=None if row.get("undated") else (story.published_at - timedelta(days=row["said"])).date(),
            is_undated=row.get("undated", False),
            original_text=row.get("original", ""),
            original_language=row.get("original_language", ""),
            **_check(row, story, room),
        )


def _check(row: dict[str, Any], story: DemoStory, room: Newsroom) -> dict[str, Any]:
    """How the quote was checked; `verified = ""` in the file says that nobody has yet."""
    method = row.get("verified", DEFAULT_CHECK.get(row["via"], "Compared with the text as received."))
    if not method:
        return {"verification": Verification.UNVERIFIED}
    return {
        "verification": Verification.VERIFIED,
        "verification_method": method,
        "verified_by": room.users["editor"],
        "verified_at": story.published_at - CHECKED,
    }


def _submit_and_approve(article: Article, room: Newsroom, at: datetime, *, by: Any, approve: bool = True) -> None:
    article.submit(by=by, at=at - SUBMITTED)
    if approve:
        article.approve(by=room.users["reviewer"], at=at - APPROVED)


def _print_later(article: Article, edition: dict[str, Any], room: Newsroom) -> None:
    """Revise, save, review and publish once more."""
    editor, at = room.users["editor"], edition["at"]
    article.revise(by=editor, at=at - timedelta(minutes=50))
    article.headline, article.standfirst = edition["copy"]["headline"], edition["copy"]["standfirst"]
    article.body = _body(edition["copy"]["body"], room)
    article.save(update_fields=["headline", "standfirst", "body"])
    _anchor_again(article)
    article.record_revision(by=editor, note=edition["note"][:200], at=at - timedelta(minutes=45))
    article.submit(by=editor, at=at - timedelta(minutes=40))
    article.approve(by=room.users["reviewer"], at=at - timedelta(minutes=10))
    press.publish(article, by=room.users["publisher"], kind=edition["kind"], note=edition["note"], at=at)


def _anchor_again(article: Article) -> None:
    """The words stand where they stood, but what is around them may have changed."""
    text = article.text()
    for quote in article.quotes.all():
        start, end = anchoring.find(text, quote.anchor)
        anchor = anchoring.make(text, start, end)
        quote.prefix, quote.suffix = anchor.prefix, anchor.suffix
        quote.save(update_fields=["prefix", "suffix"])
