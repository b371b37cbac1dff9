"""Files a printed story under the names in it: its quotes by topic and by whom they name, its signers, its counts.

For the press alone, which writes everything else that readers see.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from . import dossiers, profiles, slips, tallies
from .models.contributors import StoryContributor
from .models.sayings import QuoteMention, QuoteTopic
from .models.stories import Story, StoryActor, StoryQuote, StoryTopic
from .printing import Sheet
from .tallies import LEADING, Share

__all__ = ["LEADING", "counted", "file_anew", "quotes_of", "rows_of", "share_of"]


QUOTE, TOPIC, MENTION, CONTRIBUTOR = map(slips.of, (StoryQuote, QuoteTopic, QuoteMention, StoryContributor))


def quotes_of(story: Story, values: Iterable[dict[str, Any]]) -> list[Any]:
    """The slips of its quotes, each with the day it stands under: when it was said, else the day of publication."""
    published = timezone.localdate(story.published_at)
    when = {"story_id": story.pk, "published_at": story.published_at}
    return [QUOTE(**when, dated_on=row["said_on"] or published, **row) for row in values]


def rows_of(story: Story, sheet: Sheet, quotes: Iterable[Any]) -> dict[type[Model], list[Any]]:
    """The slips of the rows by which the story's words (`quotes_of`) and signers are found; no query."""
    spoken = {quote.id: quote for quote in quotes}
    topics = list(sheet.topic_ids())
    when = {"story_id": story.pk, "published_at": story.published_at}
    return {
        QuoteTopic: [
            TOPIC(
                quote_id=quote.id,
                story_id=story.pk,
                speaker_id=quote.speaker_id,
                topic_id=topic,
                how=quote.how,
                dated_on=quote.dated_on,
            )
            for quote in spoken.values()
            if quote.speaker_id
            for topic in topics
        ],
        QuoteMention: [
            MENTION(**when, quote_id=key, actor_id=actor)
            for key, actors in sheet.named_in_quotes().items()
            for actor in sorted(actors)
        ],
        StoryContributor: [CONTRIBUTOR(**when, **row) for row in sheet.contributor_rows()],
    }


def share_of(published_at: datetime, rows: Mapping[type[Model], Iterable[Any]]) -> Share:
    """The share in the counts of a story that has these rows, by table: instances, or what has the same names."""
    return Share(
        published_at,
        actors=[(row.tag_id, row.is_leading) for row in rows.get(StoryActor, ())],
        topics=[row.tag_id for row in rows.get(StoryTopic, ())],
        said=[(row.speaker_id, row.dated_on) for row in rows.get(StoryQuote, ()) if row.speaker_id],
        named=[row.actor_id for row in rows.get(QuoteMention, ())],
    )


def counted(shares: Iterable[tuple[Share | None, Share | None]], *, is_bulk: bool = False) -> tallies.Touched:
    """Bring the counts from the shares that stories had to those they have, and the dossiers that tell of them.

    In bulk the dossiers are only marked: `dossiers.compile_due` puts them together.
    """
    touched = tallies.change_all(shares)
    if is_bulk:
        dossiers.mark_due(touched.actors, touched.topics)
    else:
        dossiers.compile_counts(touched.actors)
        dossiers.compile_topics(touched.topics)
    return touched


@transaction.atomic
def file_anew() -> None:
    """Count everything and put every dossier and profile together anew, after every story was printed again."""
    tallies.recount()
    dossiers.compile_all()
    profiles.compile_all()
