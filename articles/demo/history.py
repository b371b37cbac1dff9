"""Takes one story of the demo the way every story goes, through the same verbs, at moments of the past."""

import re
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from .. import anchoring, markup, press
from ..models import ActorRelation, Article, Attribution, Byline, Contributor, Desk, Quote, Revision, RightOfReply
from ..models.quotes import Verification
from ..workflow import Status
from . import desk_life
from .content import DemoStory
from .room import Newsroom

MARK_OF_ORIGIN = "Written for the demo: "
PICTURE = re.compile(r'<figure><img src="picture:([a-z-]+)" alt="">')
WRITTEN, SUBMITTED, CHECKED, APPROVED = (timedelta(minutes=m) for m in (320, 110, 60, 25))
ATTRIBUTION_DEFAULTS = {"basis": "on_record", "head_count": None}
DEFAULT_CHECK = {
    "interview": "Compared with the recording.",
    "phone": "Compared with the reporter’s notes.",
    "press_conference": "Compared with the recording.",
    "speech": "Compared with the recording.",
    "broadcast": "Compared with the recording.",
    "court": "Compared with the reporter’s shorthand note.",
}


def is_written(story: DemoStory) -> bool:
    """Whether an earlier run made it; known by its first revision, so that an edited slug or headline is kept."""
    return Revision.objects.filter(number=1, note=MARK_OF_ORIGIN + story.slug).exists()


@transaction.atomic
def write(story: DemoStory, room: Newsroom) -> Article:
    """Write the story, take it to its status, and print its later editions."""
    article, stage = _draft(story, room), _stage(story)
    if stage not in (Status.APPROVED, Status.SCHEDULED, Status.PUBLISHED):
        desk_life.bring_to(stage, article, story, room)
        desk_life.discuss(article, story, room)
        return article
    _submit_and_approve(article, room, story.published_at, by=article.writer)
    if stage != Status.PUBLISHED:
        desk_life.set_time(article, story, room)
        return article
    press.publish(article, by=room.users["publisher"], at=story.published_at)
    for edition in story.editions():
        _print_later(article, edition, room)
    if rewrite := story.data.get("rewrite"):
        _begin_rewrite(article, story.fill(rewrite["opening"]), room)
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
        created_at=at,
        **desk_life.planned(story, room),
        **{name: data[name] for name in ("kicker", "slug", "slugline", "genre", "dateline")},
        language=data.get("language", "en"),
        translation_of=_original(data),
        ed_note=data.get("ed_note", ""),
    )
    article.actors.add(*(room.actors[slug] for slug in data["actors"]))
    article.topics.add(*(room.topics[slug] for slug in data["topics"]))
    for position, (slug, role) in enumerate(data["bylines"]):
        Byline.objects.create(
            article=article, contributor=Contributor.objects.get(slug=slug), role=role, position=position
        )
    attributions = _record_attributions(article, story, room)
    quotes = _record_quotes(article, story, room, attributions)
    _record_replies(article, story, room, quotes)
    _record_relations(story, room, attributions)
    article.record_revision(by=writer, note=MARK_OF_ORIGIN + story.slug, at=at)
    return article


def _original(data: dict[str, Any]) -> Article | None:
    """The story that this one puts into another language; older, so that it is there."""
    return Article.objects.filter(slug=data["translation_of"]).first() if "translation_of" in data else None


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
        if found[row["key"]].is_anonymous:
            found[row["key"]].note_known(by=room.users["editor"])
            found[row["key"]].approve(by=room.users["publisher"])
    return found


def _record_quotes(
    article: Article, story: DemoStory, room: Newsroom, attributions: dict[str, Attribution]
) -> list[Quote]:
    text = article.text()
    made: list[Quote] = []
    for position, row in enumerate(story.data["quotes"]):
        words = story.fill(row["text"])
        start = text.index(words)
        anchor = anchoring.make(text, start, start + len(words))
        speaker = room.actors.get(row.get("speaker"))
        quote = Quote.objects.create(
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
            responds_to=made[row["answers"]] if "answers" in row else None,
            **_check(row, story, room),
        )
        made.append(quote)
    return made


def _record_replies(article: Article, story: DemoStory, room: Newsroom, quotes: list[Quote]) -> None:
    """Who was asked, a day before; where they replied, the quote that their reply is."""
    asked = story.published_at - timedelta(days=1)
    for row in story.data.get("replies", ()):
        RightOfReply.objects.create(
            article=article,
            actor=room.actors[row["actor"]],
            asked_at=asked,
            how=row["how"],
            asked_by=article.writer,
            deadline=story.published_at - timedelta(hours=3),
            outcome=row["outcome"],
            answered_at=story.published_at - timedelta(hours=5) if "quote" in row else None,
            quote=quotes[row["quote"]] if "quote" in row else None,
        )


def _record_relations(story: DemoStory, room: Newsroom, attributions: dict[str, Attribution]) -> None:
    for row in story.data.get("relations", ()):
        ActorRelation.objects.create(
            actor=room.actors[row["actor"]],
            kind=row["kind"],
            other=room.actors[row["other"]],
            is_denied=row.get("denied", False),
            attribution=attributions[row["attribution"]],
            stated_on=story.published_at.date(),
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


def _submit_and_approve(article: Article, room: Newsroom, at: datetime, *, by: Any) -> None:
    article.submit(by=by, at=at - SUBMITTED)
    article.approve(by=room.users["reviewer"], at=at - APPROVED)


def _print_later(article: Article, edition: dict[str, Any], room: Newsroom) -> None:
    """Revise, save, review and publish once more."""
    editor, at = room.users["editor"], edition["at"]
    article.revise(by=editor, at=at - timedelta(minutes=50))
    article.headline, article.standfirst = edition["copy"]["headline"], edition["copy"]["standfirst"]
    article.body = _body(edition["copy"]["body"], room)
    article.save(update_fields=["headline", "standfirst", "body"])
    _anchor_again(article)
    article.record_revision(by=editor, note=_revision_note(edition), at=at - timedelta(minutes=45))
    article.submit(by=editor, at=at - timedelta(minutes=40))
    article.approve(by=room.users["reviewer"], at=at - timedelta(minutes=10))
    words = {name: edition.get(name, "") for name in ("kind", "note", "wrong", "right")}
    press.publish(article, by=room.users["publisher"], at=at, **words)


def _begin_rewrite(article: Article, opening: str, room: Newsroom) -> None:
    """A new draft over the live story, with another first paragraph, waits at the desk."""
    article.revise(by=room.users["editor"])
    article.body = f"<p>{opening}</p>{article.body}"
    article.save(update_fields=["body"])
    _anchor_again(article)
    article.record_revision(by=room.users["editor"])


def _revision_note(edition: dict[str, Any]) -> str:
    return (edition.get("note") or edition.get("right", ""))[:200]


def _anchor_again(article: Article) -> None:
    """The words stand where they stood, but what is around them may have changed."""
    text = article.text()
    for quote in article.quotes.all():
        start, end = anchoring.find(text, quote.anchor)
        anchor = anchoring.make(text, start, end)
        quote.prefix, quote.suffix = anchor.prefix, anchor.suffix
        quote.save(update_fields=["prefix", "suffix"])
