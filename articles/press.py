"""The press: freezes revisions as editions and prints them as the stories that readers see.

The only writer of `models.stories`. Printing is a function of the editions and the vocabulary alone, so that
`reprint` gives the same story again.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from . import signals, workflow
from .models import (
    Actor,
    Article,
    Edition,
    Image,
    Revision,
    Story,
    StoryActor,
    StoryImage,
    StoryQuote,
    StoryTopic,
    Topic,
)
from .models.editions import EditionKind
from .printing import Sheet
from .workflow import MoveNotAllowed


@transaction.atomic
def publish(article: Article, *, by, note: str = "", kind: str | None = None, at: datetime | None = None) -> Edition:
    """Freeze the approved revision as the next edition and print it.

    `kind` is "update" or "correction" and counts only where readers have an edition already; a correction needs a
    public `note` saying what was wrong and what is right. `at` is the moment of publication, now unless history is
    brought in. Raises `PermissionDenied` or `MoveNotAllowed`; then nothing has changed.
    """
    current = article.locked()
    move = workflow.check("publish", current, by=by, note=note)
    latest = current.editions.order_by("-number").first()
    edition_kind = _kind_after(latest, kind)
    if edition_kind == EditionKind.CORRECTION and not note.strip():
        raise MoveNotAllowed([_("A correction says what was wrong and what is right: write the public note.")])
    edition = Edition.objects.create(
        article=current,
        number=latest.number + 1 if latest else 1,
        kind=edition_kind,
        note=note.strip(),
        revision=current.approved_revision,
        by=by,
        at=at or timezone.now(),
    )
    _print(edition)
    article.record_move(move, current, by=by, note=note, at=at)
    return edition


@transaction.atomic
def withdraw(article: Article, *, by, note: str, at: datetime | None = None) -> Edition:
    """Take the story from readers; its address keeps the public `note` and nothing else of it."""
    current = article.locked()
    move = workflow.check("withdraw", current, by=by, note=note)
    latest = current.editions.order_by("-number").first()
    edition = Edition.objects.create(
        article=current,
        number=latest.number + 1,
        kind=EditionKind.WITHDRAWAL,
        note=note.strip(),
        revision=latest.revision,
        by=by,
        at=at or timezone.now(),
    )
    _print(edition)
    article.record_move(move, current, by=by, note=note, at=at)
    return edition


def reprint(ids: Iterable[int] | None = None) -> int:
    """Print the latest edition of these articles (all of them: None) anew; returns how many."""
    editions = Edition.objects.order_by("article_id", "-number").select_related("revision")
    if ids is not None:
        editions = editions.filter(article__in=list(ids))
    printed, last = 0, None
    for edition in editions.iterator(chunk_size=200):
        if edition.article_id == last:
            continue  # an earlier edition of the same article
        last = edition.article_id
        with transaction.atomic():
            _print(edition)
        printed += 1
    return printed


def reprint_tagged(tag: Actor | Topic) -> int:
    """Print the stories that carry `tag` anew, after its name or address changed."""
    if isinstance(tag, Actor):
        spoken = StoryQuote.objects.filter(speaker=tag).values_list("story_id", flat=True)
        ids = {*StoryActor.objects.filter(tag=tag).values_list("story_id", flat=True), *spoken}
    else:
        ids = set(StoryTopic.objects.filter(tag=tag).values_list("story_id", flat=True))
    return reprint(sorted(ids))


def _kind_after(latest: Edition | None, wanted: str | None) -> EditionKind:
    if latest is None:
        return EditionKind.FIRST
    if latest.kind == EditionKind.WITHDRAWAL:
        return EditionKind.RESTORATION
    if wanted in (EditionKind.UPDATE, EditionKind.CORRECTION):
        return EditionKind(wanted)
    return EditionKind.UPDATE


def _print(edition: Edition) -> Story:
    """Put `edition` before readers in place of whatever they had of the article."""
    editions = list(Edition.objects.filter(article=edition.article_id, number__lte=edition.number).order_by("number"))
    story = Story(
        id=edition.article_id,
        edition_number=edition.number,
        edition_kind=edition.kind,
        published_at=editions[0].at,
        updated_at=edition.at,
    )
    with translation.override(settings.LANGUAGE_CODE):
        sheet = Sheet(edition.revision.document, _references(edition.revision.document))
        if edition.kind == EditionKind.WITHDRAWAL:
            story.is_withdrawn, story.withdrawal_note = True, edition.note
        else:
            story.notes = [_note(each) for each in reversed(editions) if _is_public_note(each)]
            for name, value in sheet.fields().items():
                setattr(story, name, value)
    # An address never changes: the slug is that of the first edition, whatever later ones say.
    story.slug = Revision.objects.values_list("document__slug", flat=True).get(pk=editions[0].revision_id)
    _replace(story, None if story.is_withdrawn else sheet)
    transaction.on_commit(lambda: signals.story_printed.send(Story, story=story))
    return story


def _replace(story: Story, sheet: Sheet | None) -> None:
    """Write the story's row and those that belong to it, in place of the old ones."""
    for model in (StoryQuote, StoryActor, StoryTopic, StoryImage):
        model.objects.filter(story=story.pk).delete()
    Story.objects.bulk_create(
        [story],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=[field.name for field in Story._meta.concrete_fields if not field.primary_key],
    )
    if sheet is None:
        return
    when = {"story": story, "published_at": story.published_at}
    StoryQuote.objects.bulk_create(StoryQuote(**when, **row) for row in sheet.quote_rows())
    StoryActor.objects.bulk_create(StoryActor(**when, tag_id=pk) for pk in sheet.actor_ids())
    StoryTopic.objects.bulk_create(
        StoryTopic(**when, tag_id=pk, is_direct=is_direct) for pk, is_direct in sheet.topic_ids().items()
    )
    StoryImage.objects.bulk_create(StoryImage(story=story, image_id=pk) for pk in sheet.image_ids())


def _references(document: dict[str, Any]) -> dict[str, dict[int, Any]]:
    """The rows of the vocabulary and the pictures that the document speaks of, by kind and id."""
    actors = {actor["id"] for actor in document["actors"]}
    actors |= {quote["speaker"]["id"] for quote in document["quotes"] if quote["speaker"]}
    images = {image["id"] for image in (*document["images"], document["lead_image"]) if image}
    return {
        "actors": Actor.objects.in_bulk(actors),
        "topics": {topic.pk: topic for topic in Topic.objects.select_related("parent")},
        "images": Image.objects.in_bulk(images),
    }


def _is_public_note(edition: Edition) -> bool:
    return bool(edition.note) and edition.kind not in (EditionKind.FIRST, EditionKind.WITHDRAWAL)


def _note(edition: Edition) -> dict[str, str]:
    return {
        "kind": edition.kind,
        "kind_label": str(EditionKind(edition.kind).label),
        "text": edition.note,
        "at": edition.at.isoformat(),
    }
