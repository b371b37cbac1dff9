"""Prints editions: one that was just published, or hundreds at once with as many queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import translation

from .. import (
    charting,
    dossiers,
    filing,
    fronts,
    histories,
    languages,
    packages,
    profiles,
    reporting,
    search,
    sections,
    signals,
    surrogates,
    translations,
)
from ..markup import Mark
from ..models import Correction, Edition, Revision, Story, StoryActor, StoryContributor, StoryRelation
from ..models.editions import NOTED, EditionKind
from ..models.stories import StoryAddress
from ..printing import Sheet
from . import references, rows
from .rows import Before
from .sheets import Printed, print_sheet


def print_edition(edition: Edition) -> Story:
    """Put `edition` before readers in place of whatever they had of the article."""
    return print_editions([edition])[0]


@transaction.atomic(savepoint=False)
def print_editions(editions: Iterable[Edition]) -> list[Story]:
    """The same of several, each of another article. The queries are as many as for one."""
    return put(sheets_of(editions))


def print_in_bulk(editions: Iterable[Edition]) -> list[Story]:
    """As `print_editions`, for thousands: what many stories share is left to `settle`."""
    return put(sheets_of(editions), is_bulk=True)


def settle() -> None:
    """What `print_in_bulk` left: the list of sections, dossiers, running stories and fronts."""
    sections.print_all()
    dossiers.compile_due()
    packages.print_all()
    fronts.print_all()


def proof(revision: Revision, notes: Iterable[Mark] = ()) -> Story:
    """The story as readers would see this revision, in no table: for the review page and private previews.

    `notes` are laid over words of the body, under the marks of quoted words.
    """
    with translation.override(languages.around(revision.document["language"])):
        referred = references.of_revisions([revision], is_proof=True)[revision.pk]
        referred["contributors"] = profiles.with_a_page(referred["contributors"])
        sheet = Sheet(revision.document, referred, notes, is_proof=True)
        return Story(
            id=revision.article_id,
            edition_number=1,
            edition_kind=EditionKind.FIRST,
            published_at=revision.created_at,
            updated_at=revision.created_at,
            **sheet.fields(),
        )


def sheets_of(editions: Iterable[Edition], *, is_again: bool = False) -> list[Printed]:
    """What is printed of these editions, each of another article. Reads, and writes nothing.

    Where it `is_again`, words that search has already are not made once more.
    """
    wanted = list(editions)
    known = search.digests_of(each.article_id for each in wanted) if is_again else {}
    prefetch_related_objects(wanted, "revision")
    every: dict[int, list[Edition]] = {each.article_id: [each] for each in wanted}
    later = {each.article_id: each for each in wanted if each.number > 1}
    before = Edition.objects.filter(article__in=list(later)).order_by("article_id", "-number") if later else ()
    for edition in before:
        if edition.number < later[edition.article_id].number:
            every[edition.article_id].insert(0, edition)
    referred = references.of_revisions([edition.revision for edition in wanted])
    return [
        print_sheet(every[each.article_id], referred[each.revision_id], known.get(each.article_id)) for each in wanted
    ]


@transaction.atomic(savepoint=False)  # all of it or nothing, with the act that it belongs to
def put(printed: Sequence[Printed], *, is_bulk: bool = False) -> list[Story]:
    """Write what was made by `sheets_of`, and bring everything up to date that shows it.

    In bulk the dossiers are marked (`dossiers.compile_due`), and fronts, running stories and sections left to the end.
    """
    _make_profiles(printed)
    had = rows.put(printed)
    _link_translations(printed, had)
    later = [each for each in printed if len(each.editions) > 1]
    _keep_addresses(later)
    _list_corrections(later)
    histories.compile_histories((each.story, each.editions) for each in printed)
    reporting.count_editions(edition for each in printed for edition in each.editions)
    names = {key: called for each in printed for key, called in each.names.items()}
    search.keep_rows([each.words for each in printed], names, are_new=not had)
    _count(printed, had, is_bulk=is_bulk)
    if not is_bulk:
        _print_around([each.story for each in printed])
    _chart(printed, had)
    _announce(printed, had)
    return [each.story for each in printed]


def _announce(printed: Sequence[Printed], had: dict[int, Before]) -> None:
    """Which pages tell of these stories, as they were and as they are.

    Those of actors and topics are told of by their dossiers, when their counts change; a page that has read a row of a
    story is known by that.
    """
    tables = [each.rows for each in printed] + [before.rows for before in had.values()]
    slugs = {each.story.section_slug for each in printed} | {each.told["section_slug"] for each in had.values()}
    for kind, keys in (
        ("story", {each.story.pk for each in printed}),
        ("contributor", {row.contributor_id for each in tables for row in each.get(StoryContributor, ())}),
        ("section", slugs - {""}),
    ):
        surrogates.changed(*surrogates.keys(kind, sorted(keys)))
    surrogates.changed(surrogates.STORIES)
    for each in printed:
        transaction.on_commit(partial(signals.story_printed.send, Story, story=each.story))


def _chart(printed: Sequence[Printed], had: dict[int, Before]) -> None:
    """The files of sitemaps that tell of the stories, their tags and signers."""
    changed, left = [], []
    for each in printed:
        story = each.story
        if story.is_withdrawn:
            left.append(("stories", story.pk))
        else:
            changed.append(("stories", story.pk, story.updated_at))
        changed += [(*page, story.published_at) for page in _tagged(each.rows)]
    for before in had.values():
        left += _tagged(before.rows)
    charting.chart(changed, left)


def _tagged(rows_of: dict[Any, Any]) -> list[tuple[str, int]]:
    return [
        (kind, getattr(row, f"{column}_id"))
        for kind, (model, column) in charting.THROUGH.items()
        for row in rows_of.get(model, ())
    ]


def _make_profiles(printed: Sequence[Printed]) -> None:
    """Who signs has a profile before a row points at it."""
    signers = {row.contributor_id for each in printed for row in each.rows.get(StoryContributor, ())}
    profiles.compile_profiles(profiles.without(signers))


def _link_translations(printed: Sequence[Printed], had: dict[int, Before]) -> None:
    known = [each.story.translation_of for each in printed]
    known += [before.told["translation_of"] for before in had.values()]
    keys = {each.story.pk for each in printed}
    translations.link(translations.originals_of(keys, known))


def _count(printed: Sequence[Printed], had: dict[int, Before], *, is_bulk: bool) -> None:
    """Counts and dossiers of those that the stories name or named."""
    shares, related, actors = [], set(), set()
    for each in printed:
        before = had.get(each.story.pk)
        old = before and not before.told["is_withdrawn"] and filing.share_of(before.told["published_at"], before.rows)
        new = None if each.story.is_withdrawn else filing.share_of(each.story.published_at, each.rows)
        shares.append((old or None, new))
        for tables in (each.rows, before.rows if before else {}):
            related |= {key for row in tables.get(StoryRelation, ()) for key in (row.actor_id, row.other_id)}
        actors |= {row.tag_id for row in each.rows.get(StoryActor, ())}
    touched = filing.counted(shares, is_bulk=is_bulk)
    dossiers.compile_dossiers(related | dossiers.without(actors - touched.actors))


def _print_around(stories: list[Story]) -> None:
    """What else shows the stories: the list of sections, fronts, running stories."""
    sections.print_with(stories)
    keys = [story.pk for story in stories]
    fronts.print_with(keys)
    packages.print_with(keys)


def _keep_addresses(printed: Sequence[Printed]) -> None:
    """Readers who come by a slug that an earlier edition had are sent on to the one it has now."""
    if not printed:
        return
    revisions = {edition.revision_id for each in printed for edition in each.editions}
    told = Revision.objects.filter(pk__in=revisions).order_by().values_list("article_id", "document__slug")
    slugs: dict[int, set[str]] = defaultdict(set)
    for article, slug in told:
        slugs[article].add(slug)
    StoryAddress.objects.filter(story__in=[each.story.pk for each in printed]).delete()
    StoryAddress.objects.bulk_create(
        StoryAddress(slug=slug, story=each.story)
        for each in printed
        for slug in sorted(slugs[each.story.pk] - {each.story.slug, "", None})
    )


def _list_corrections(printed: Sequence[Printed]) -> None:
    """What `/corrections/` says of the stories; of a withdrawn one the withdrawal alone."""
    if not printed:
        return
    surrogates.changed(surrogates.CORRECTIONS)
    Correction.objects.filter(story__in=[each.story.pk for each in printed]).delete()
    Correction.objects.bulk_create(
        Correction(
            id=edition.pk,
            story=each.story,
            edition_number=edition.number,
            section_slug=each.story.section_slug,
            **{name: getattr(edition, name) for name in ("kind", "note", "wrong", "right", "at")},
        )
        for each in printed
        for edition in each.editions
        if edition.kind in ((EditionKind.WITHDRAWAL,) if each.story.is_withdrawn else (*NOTED, EditionKind.WITHDRAWAL))
    )
