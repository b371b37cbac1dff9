"""Makes the rows that readers get of an edition, without a query: many at a time, or in a process of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from .. import filing, languages, paths, search, slips, structured_data, teasers
from ..models import (
    Edition,
    Story,
    StoryActor,
    StoryImage,
    StoryQuote,
    StoryRelation,
    StoryTeaser,
    StoryTopic,
)
from ..models.editions import EditionKind
from ..printing import Sheet, setting
from .references import References

Rows = dict[type[Model], list[Any]]
TEASER, ACTOR, TOPIC, IMAGE, RELATION = map(slips.of, (StoryTeaser, StoryActor, StoryTopic, StoryImage, StoryRelation))


@dataclass
class Printed:
    """A story as it is put before readers. `editions`: those up to the one printed, in order, the last with revision.

    `rows` are the slips of those beside the story, none of a withdrawn one; `words` what search finds it by; `names`
    what it knows the tags by: key of the index → names.
    """

    story: Story
    editions: Sequence[Edition]
    rows: Rows
    words: search.Words
    names: dict[str, list[str]]

    @property
    def edition(self) -> Edition:
        """The one that is printed."""
        return self.editions[-1]


def print_sheet(editions: Sequence[Edition], references: References, known: str | None = None) -> Printed:
    """What is printed of the last of these editions, which are all up to it; `references` are those of its revision.

    `known` is the digest of what search holds of the story.
    """
    edition = editions[-1]
    document = edition.revision.document
    story = Story(
        id=edition.article_id,
        edition_number=edition.number,
        edition_kind=edition.kind,
        published_at=editions[0].at,
        updated_at=max(each.at for each in editions if each.kind != EditionKind.FIX),
        slug=document["slug"],
        translation_of=(document.get("translation_of") or {}).get("id"),
    )
    if edition.kind == EditionKind.WITHDRAWAL:
        story.is_withdrawn, story.withdrawal_note = True, edition.note
        return Printed(story, editions, {}, search.Words(story.pk), {})
    with languages.speaking(languages.around(document["language"])), paths.one_site():
        sheet = Sheet(document, references)
        story.notes = [_note(each) for each in reversed(editions) if _is_public_note(each)]
        for name, value in sheet.fields().items():
            setattr(story, name, value)
        story.structured = structured_data.of_story(story, sheet.quote_rows(), sheet.shown_evidence(), sheet.pictures())
        setting.set_story(story)
    rows = _rows(story, sheet)
    names = _names(sheet, references)
    tags = ({row.tag_id for row in rows[model]} for model in (StoryActor, StoryTopic))
    words = search.words_of(story, sheet.text, rows[StoryQuote], *tags, names, known)
    return Printed(story, editions, rows, words, names)


def _rows(story: Story, sheet: Sheet) -> Rows:
    when = {"story_id": story.pk, "published_at": story.published_at}
    quotes = filing.quotes_of(story, sheet.quote_rows())
    return {
        StoryTeaser: [slips.filled(TEASER, teasers.teaser_of(story))],
        StoryQuote: quotes,
        StoryActor: [
            ACTOR(**when, tag_id=pk, is_leading=place < filing.LEADING) for place, pk in enumerate(sheet.actor_ids())
        ],
        StoryTopic: [TOPIC(**when, tag_id=pk, is_direct=direct) for pk, direct in sheet.topic_ids().items()],
        StoryImage: [
            IMAGE(story_id=story.pk, image_id=pk, is_withheld=is_withheld) for pk, is_withheld in sheet.images().items()
        ],
        StoryRelation: [RELATION(**when, **row) for row in sheet.relation_rows()],
        **filing.rows_of(story, sheet, quotes),
    }


def _names(sheet: Sheet, references: References) -> dict[str, list[str]]:
    """What search knows the tags by: their own name, then every other one."""
    known = {actor.pk: actor for actor in references["actors"].values()}
    topics = {each.pk: each for topic in references["topics"].values() for each in (topic, *topic.ancestors())}
    return {
        **{search.actor_key(key): [known[key].name, *references["called"].get(key, ())] for key in sheet.actor_ids()},
        **{search.topic_key(key): [topics[key].name, *references["filed"].get(key, ())] for key in sheet.topic_ids()},
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
