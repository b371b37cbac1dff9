"""Files a printed story under the names in it: its quotes by topic and by whom they name, its signers, its counts.

For the press alone, which writes everything else that readers see.
"""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from . import dossiers, profiles, surrogates, tallies
from .models.contributors import StoryContributor
from .models.sayings import QuoteMention, QuoteTopic
from .models.stories import Story, StoryQuote
from .printing import Sheet
from .tallies import LEADING, Share

__all__ = ["LEADING", "counted", "dated", "file", "file_anew", "taken_out"]


def taken_out(story: int) -> Share | None:
    """Take out what is filed under the story's key, before its quotes go; returns the share it had in the counts."""
    share = tallies.shares([story]).get(story)
    if share is None:
        return None
    for model in (QuoteTopic, QuoteMention, StoryContributor):
        model.objects.filter(story=story).delete()
    return share


def dated(quotes: Iterable[StoryQuote]) -> list[StoryQuote]:
    """The quotes with the day they stand under: that on which the words were said, else that of publication."""
    found = list(quotes)
    for quote in found:
        quote.dated_on = quote.said_on or timezone.localdate(quote.published_at)
    return found


def file(story: Story, sheet: Sheet, quotes: Iterable[StoryQuote]) -> Share:
    """Write the rows by which the story's words and signers are found; returns its share in the counts."""
    topics = list(sheet.topic_ids())
    spoken = {quote.pk: quote for quote in quotes}
    QuoteTopic.objects.bulk_create(
        QuoteTopic(
            quote=quote,
            story=story,
            speaker_id=quote.speaker_id,
            topic_id=topic,
            how=quote.how,
            dated_on=quote.dated_on,
        )
        for quote in spoken.values()
        if quote.speaker_id
        for topic in topics
    )
    when = {"story": story, "published_at": story.published_at}
    named = [(spoken[key], actor) for key, actors in sheet.named_in_quotes().items() for actor in sorted(actors)]
    QuoteMention.objects.bulk_create(QuoteMention(**when, quote=quote, actor_id=actor) for quote, actor in named)
    signed = sheet.contributor_rows()
    profiles.compile_profiles(profiles.without(row["contributor_id"] for row in signed))
    StoryContributor.objects.bulk_create(StoryContributor(**when, **row) for row in signed)
    surrogates.changed(*surrogates.keys("contributor", (row["contributor_id"] for row in signed)))
    return Share(
        story.published_at,
        actors=[(key, place < LEADING) for place, key in enumerate(sheet.actor_ids())],
        topics=topics,
        said=[(quote.speaker_id, quote.dated_on) for quote in spoken.values() if quote.speaker_id],
        named=[actor for _quote, actor in named],
    )


def counted(before: Share | None, after: Share | None) -> None:
    """Bring the counts from the share that a story had to the one it has, and the dossiers that tell of them."""
    touched = tallies.change(before, after)
    dossiers.compile_counts(touched.actors)
    dossiers.compile_topics(touched.topics)


@transaction.atomic
def file_anew() -> None:
    """Count everything and put every dossier and profile together anew, after every story was printed again."""
    tallies.recount()
    dossiers.compile_all()
    profiles.compile_all()
