"""The press: freezes revisions as editions and prints them as the stories that readers see.

The only writer of `models.stories`. Printing is a function of the editions and the vocabulary alone, so that
`reprint` gives the same story again.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, InterfaceError, OperationalError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from . import (
    channels,
    dossiers,
    filing,
    fronts,
    histories,
    languages,
    markup,
    packages,
    profiles,
    reporting,
    search,
    sections,
    signals,
    structured_data,
    surrogates,
    translations,
    workflow,
)
from .markup import Mark
from .models import (
    Actor,
    ActorAlias,
    Article,
    Contributor,
    Correction,
    Edition,
    Event,
    Image,
    Revision,
    Story,
    StoryActor,
    StoryAddress,
    StoryImage,
    StoryQuote,
    StoryRelation,
    StoryTopic,
    Topic,
)
from .models.editions import NOTED, EditionKind, kind_after, require_public_words
from .printing import Sheet
from .workflow import MoveNotAllowed, Status

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Released:
    """What one run of `release_due` did: the editions that went out, and an event for each story that did not.

    `waiting` are the keys of stories that stay due because the database was at fault: they are tried again.
    """

    editions: list[Edition]
    failures: list[Event]
    waiting: list[int] = field(default_factory=list)


@transaction.atomic
def publish(
    article: Article,
    *,
    by,
    note: str = "",
    kind: str | None = None,
    wrong: str = "",
    right: str = "",
    at: datetime | None = None,
) -> Edition:
    """Freeze the approved revision as the next edition and print it.

    `kind` is one of `editions.NOTED` or "update" and counts only where readers have an edition already; a correction
    says publicly what was `wrong` and what is `right`. `at` is the moment of publication, now unless history is
    brought in. Raises `PermissionDenied` or `MoveNotAllowed`; then nothing has changed.
    """
    current = article.locked()
    move = workflow.check("publish", current, by=by, note=note)
    latest = current.editions.order_by("-number").first()
    edition_kind = kind_after(latest, kind)
    require_public_words(edition_kind, note=note, wrong=wrong, right=right)
    current.require_fitting_kind(edition_kind, is_explained=bool(wrong.strip() and right.strip()))
    edition = Edition.objects.create(
        article=current,
        number=latest.number + 1 if latest else 1,
        kind=edition_kind,
        note=note.strip(),
        wrong=wrong.strip(),
        right=right.strip(),
        revision=current.approved_revision,
        is_self_approved=all(approval.is_own_work for approval in current.standing_approvals()),
        waivers=[waiver.as_record() for waiver in current.waivers_in_force()],
        by=by,
        at=at or timezone.now(),
    )
    print_edition(edition)
    article.record_move(
        move,
        current,
        by=by,
        note=note,
        at=at,
        publish_at=None,
        publish_as={},
        scheduled_by=None,
        embargoed_until=None,
        embargo_condition="",
    )
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
    print_edition(edition)
    article.record_move(move, current, by=by, note=note, at=at)
    return edition


def release_due(at: datetime | None = None) -> Released:
    """Publish every scheduled story whose moment has come by `at` (now), each in a transaction of its own.

    One that cannot go out (a check, a hold, a person who may no longer publish, an error) is taken off the schedule
    with an event that says why; the others go out. Two releasers at once publish each story once. Where the database
    fails, that is no fault of the story: it stays due.
    """
    at = at or timezone.now()
    done = Released([], [])
    with channels.acting_through(channels.RELEASE):
        for pk in list(Article.objects.due_for_release(at).values_list("pk", flat=True)):
            try:
                _try_to_release(pk, at, done)
            except DatabaseError:
                logger.exception("article %s stays due", pk)
                done.waiting.append(pk)
    return done


def _try_to_release(pk: int, at: datetime, done: Released) -> None:
    """Publish one, or take it off the schedule. Raises `DatabaseError` where the database is at fault."""
    try:
        edition = _release(pk, at)
    except (OperationalError, InterfaceError):
        raise
    except (MoveNotAllowed, PermissionDenied) as refusal:
        done.failures.extend(_take_off_schedule(pk, str(refusal)))
    except Exception as error:  # whatever one story raises, the next one goes out
        logger.exception("article %s could not be released", pk)
        why = _("An error kept it back: %(error)s") % {"error": type(error).__name__}
        done.failures.extend(_take_off_schedule(pk, why))
    else:
        done.editions.extend([edition] if edition else [])


@transaction.atomic
def _release(pk: int, at: datetime) -> Edition | None:
    """Publish one story that is due; None where somebody else did or it was taken off the schedule meanwhile."""
    article = Article.objects.select_for_update(of=("self",)).get(pk=pk)
    if article.status != Status.SCHEDULED or article.publish_at > at:
        return None
    if article.scheduled_by is None or not article.allows("publish", article.scheduled_by):
        raise MoveNotAllowed([_("Whoever scheduled it may no longer publish: somebody else has to schedule it.")])
    words = {name: article.publish_as.get(name, "") for name in ("kind", "note", "wrong", "right")}
    return publish(article, by=article.scheduled_by, **words)


@transaction.atomic
def _take_off_schedule(pk: int, why: str) -> list[Event]:
    """Leave it approved, with an event that says why it did not go out."""
    article = Article.objects.select_for_update(of=("self",)).get(pk=pk)
    if article.status != Status.SCHEDULED:
        return []
    move = replace(workflow.MOVES["unschedule"], verb="release_failed")
    return [article.record_move(move, article, by=article.scheduled_by, note=why, scheduled_by=None)]


def proof(revision: Revision, notes: Iterable[Mark] = ()) -> Story:
    """The story as readers would see this revision, in no table: for the review page and private previews.

    `notes` are laid over words of the body, under the marks of quoted words.
    """
    with translation.override(languages.around(revision.document["language"])):
        references = _references(revision)
        references["contributors"] = profiles.with_a_page(references["contributors"])
        sheet = Sheet(revision.document, references, notes, is_proof=True)
        return Story(
            id=revision.article_id,
            edition_number=1,
            edition_kind=EditionKind.FIRST,
            published_at=revision.created_at,
            updated_at=revision.created_at,
            **sheet.fields(),
        )


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
            print_edition(edition)
        printed += 1
    if ids is None:
        sections.print_all()
        packages.print_all()
        fronts.print_all()
        filing.file_anew()
    return printed


def reprint_tagged(tag: Actor | Topic) -> int:
    """Print the stories that carry `tag` anew, after its name or address changed."""
    return reprint(stories_of(tag))


def stories_of(tag: Actor | Topic) -> list[int]:
    """The keys of the stories in print that carry `tag`, or let it speak."""
    if isinstance(tag, Topic):
        return sorted(StoryTopic.objects.filter(tag=tag).values_list("story_id", flat=True))
    spoken = StoryQuote.objects.filter(speaker=tag).values_list("story_id", flat=True)
    return sorted({*StoryActor.objects.filter(tag=tag).values_list("story_id", flat=True), *spoken})


def print_editions(editions: Iterable[Edition]) -> list[Story]:
    """Print each."""
    return [print_edition(edition) for edition in editions]


def print_edition(edition: Edition) -> Story:
    """Put `edition` before readers in place of whatever they had of the article."""
    editions = list(Edition.objects.filter(article=edition.article_id, number__lte=edition.number).order_by("number"))
    story = Story(
        id=edition.article_id,
        edition_number=edition.number,
        edition_kind=edition.kind,
        published_at=editions[0].at,
        updated_at=max(each.at for each in editions if each.kind != EditionKind.FIX),
        slug=edition.revision.document["slug"],
        translation_of=(edition.revision.document.get("translation_of") or {}).get("id"),
    )
    with translation.override(languages.around(edition.revision.document["language"])):
        sheet = Sheet(edition.revision.document, _references(edition.revision))
        if edition.kind == EditionKind.WITHDRAWAL:
            story.is_withdrawn, story.withdrawal_note = True, edition.note
        else:
            story.notes = [_note(each) for each in reversed(editions) if _is_public_note(each)]
            for name, value in sheet.fields().items():
                setattr(story, name, value)
            story.structured = structured_data.of_story(
                story, sheet.quote_rows(), sheet.shown_evidence(), sheet.pictures()
            )
    before = Story.objects.filter(pk=story.pk).values("translation_of", "section_slug").first() or {}
    families = {story.pk, story.translation_of, before.get("translation_of")}
    _replace(story, None if story.is_withdrawn else sheet)
    translations.link(families - {None})
    if len(editions) > 1:  # a first edition has no other address, and puts nothing right
        _keep_addresses(story, editions)
        _list_corrections(story, editions)
    histories.compile_history(story, editions)
    reporting.count_editions(editions)
    search.keep({story: markup.to_text(edition.revision.document["body"])})
    _print_around(story)
    sections_of = surrogates.keys("section", {story.section_slug, before.get("section_slug") or ""} - {""})
    surrogates.changed(surrogates.key("story", story.pk), surrogates.STORIES, *sections_of)
    transaction.on_commit(lambda: signals.story_printed.send(Story, story=story))
    return story


def _print_around(story: Story) -> None:
    """What else shows the story: the list of sections, fronts, running stories."""
    sections.print_with(story)
    fronts.print_with(story.pk)
    packages.print_with(story.pk)


def _keep_addresses(story: Story, editions: Iterable[Edition]) -> None:
    """Readers who come by a slug that an earlier edition had are sent on to the one it has now."""
    revisions = {edition.revision_id for edition in editions}
    slugs = set(Revision.objects.filter(pk__in=revisions).values_list("document__slug", flat=True))
    StoryAddress.objects.filter(story=story).delete()
    StoryAddress.objects.bulk_create(
        StoryAddress(slug=slug, story=story) for slug in sorted(slugs - {story.slug, "", None})
    )


def _list_corrections(story: Story, editions: Iterable[Edition]) -> None:
    """What `/corrections/` says of the story; of a withdrawn one the withdrawal alone."""
    listed = (EditionKind.WITHDRAWAL,) if story.is_withdrawn else (*NOTED, EditionKind.WITHDRAWAL)
    surrogates.changed(surrogates.CORRECTIONS)
    Correction.objects.filter(story=story).delete()
    Correction.objects.bulk_create(
        Correction(
            id=edition.pk,
            story=story,
            edition_number=edition.number,
            **{name: getattr(edition, name) for name in ("kind", "note", "wrong", "right", "at")},
        )
        for edition in editions
        if edition.kind in listed
    )


def _replace(story: Story, sheet: Sheet | None) -> None:
    """Write the story's row and those that belong to it, in place of the old ones."""
    related = {
        key for pair in StoryRelation.objects.filter(story=story.pk).values_list("actor", "other") for key in pair
    }
    before = filing.taken_out(story.pk)
    for model in (StoryQuote, StoryActor, StoryTopic, StoryImage, *([StoryRelation] if related else [])):
        model.objects.filter(story=story.pk).delete()
    Story.objects.bulk_create(
        [story],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=[field.name for field in Story._meta.concrete_fields if not field.primary_key],
    )
    if sheet is None:
        dossiers.compile_dossiers(related)
        filing.counted(before, None)
        return
    when = {"story": story, "published_at": story.published_at}
    quotes = filing.dated(StoryQuote(**when, **row) for row in sheet.quote_rows())
    StoryQuote.objects.bulk_create(quotes)
    StoryActor.objects.bulk_create(
        StoryActor(**when, tag_id=pk, is_leading=place < filing.LEADING) for place, pk in enumerate(sheet.actor_ids())
    )
    StoryTopic.objects.bulk_create(
        StoryTopic(**when, tag_id=pk, is_direct=is_direct) for pk, is_direct in sheet.topic_ids().items()
    )
    StoryImage.objects.bulk_create(
        StoryImage(story=story, image_id=pk, is_withheld=is_withheld) for pk, is_withheld in sheet.images().items()
    )
    relations = sheet.relation_rows()
    StoryRelation.objects.bulk_create(StoryRelation(**when, **row) for row in relations)
    related |= {row[side] for row in relations for side in ("actor_id", "other_id")}
    after = filing.file(story, sheet, quotes)
    dossiers.compile_dossiers(related | dossiers.without(sheet.actor_ids()))
    filing.counted(before, after)


def _references(revision: Revision) -> dict[str, dict[int, Any]]:
    """The rows of the vocabulary and the pictures that the document speaks of, by kind and id."""
    document = revision.document
    actors = {actor["id"] for actor in document["actors"]}
    actors |= {quote["speaker"]["id"] for quote in document["quotes"] if quote["speaker"]}
    actors |= {each[side]["id"] for each in document.get("relations", ()) for side in ("actor", "other")}
    images = {image["id"] for image in (*document["images"], document["lead_image"]) if image}
    standing = Actor.objects.standing_for(actors, article=revision.article_id, revision=revision.pk)
    signed = {byline["contributor"] for byline in document["bylines"]}
    return {
        "actors": standing,
        "names": ActorAlias.objects.by_actor(standing.values()),
        "contributors": Contributor.objects.in_bulk(signed),
        "topics": Topic.objects.standing(topic["id"] for topic in document["topics"]),
        "images": Image.objects.in_bulk(images),
    }


def _is_public_note(edition: Edition) -> bool:
    is_said = bool(edition.note or edition.wrong or edition.right)
    return is_said and edition.kind not in (EditionKind.FIRST, EditionKind.FIX)


def _note(edition: Edition) -> dict[str, str]:
    return {
        "kind": edition.kind,
        "kind_label": str(EditionKind(edition.kind).label),
        "text": edition.note,
        "wrong": edition.wrong,
        "right": edition.right,
        "at": edition.at.isoformat(),
    }
