"""The index is kept by the press: each story, in the transaction that prints it, and no more than changed."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from ..models.search import SearchName, SearchQuote, SearchStory, SearchWord, place_of
from ..models.stories import Story, StoryActor, StoryQuote, StoryTopic
from ..models.tags import Actor, ActorAlias, Topic, TopicAlias
from . import narrowing, spelling, words
from .engines import ask

SHOWN = 20_000  # characters of the body that pieces are shown of
BATCH = 500
OF_STORY = [field.name for field in SearchStory._meta.concrete_fields if not field.primary_key]
OF_QUOTE = [field.name for field in SearchQuote._meta.concrete_fields if not field.primary_key]
OF_NAME = ["name", "slug", "words", "latest"]


@dataclass
class Tags:
    """The tags of some stories, with every name they go by."""

    actors: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))  # story → actors
    topics: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    names: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))  # key → names


def keep(texts: dict[Story, str]) -> None:
    """Bring the index up to date with stories as they were just printed; call it in the same transaction.

    `texts` holds the plain text of each one's body, without the cards that print adds. Of one that was withdrawn
    nothing stays. What is the same as before is not written again.
    """
    printed = {story.pk: story for story in texts}
    live = {pk: story for pk, story in printed.items() if not story.is_withdrawn}
    before = {row.story_id: row for row in SearchStory.objects.filter(story__in=printed)}
    quotes = defaultdict(list)
    for quote in StoryQuote.objects.filter(story__in=live).order_by("story", "position"):
        quotes[quote.story_id].append(quote)
    touched = _touched(before.values())
    tags = _tags(live, touched)
    rows = {pk: _story_row(story, texts[story], quotes[pk], tags) for pk, story in live.items()}
    for actors, topics in (narrowing.tags_in(row.keys) for row in rows.values()):
        touched[0].update(actors)
        touched[1].update(topics)
    _write(
        SearchStory, {row.place: row for row in before.values()}, {row.place: row for row in rows.values()}, OF_STORY
    )
    _keep_quotes(printed, live, quotes, rows, tags)
    _keep_names(touched, tags)
    _keep_words(_spelling(before.values()), _spelling(rows.values()))


def _write(model: Any, before: dict[int, Any], after: dict[int, Any], fields: list[str]) -> None:
    """Make the rows of `before` those of `after`, by place."""
    if gone := [place for place in before if place not in after]:
        model.objects.filter(pk__in=gone).delete()
    names = [model._meta.get_field(name).attname for name in fields]
    changed = [
        row
        for place, row in after.items()
        if place not in before or any(getattr(row, name) != getattr(before[place], name) for name in names)
    ]
    if changed:
        model.objects.bulk_create(
            changed, batch_size=BATCH, update_conflicts=True, unique_fields=["place"], update_fields=fields
        )


# --- stories and quotes -------------------------------------------------------------------------------------------


def _touched(rows: Iterable[SearchStory]) -> tuple[set[int], set[int]]:
    """The actors and topics of these rows."""
    told = [narrowing.tags_in(row.keys) for row in rows]
    return set().union(*(actors for actors, _ in told)), set().union(*(topics for _, topics in told))


def _tags(live: Iterable[int], touched: tuple[set[int], set[int]]) -> Tags:
    """Who and what these stories are about; names also of the tags `touched`."""
    tags, stories = Tags(), list(live)
    for story, actor in StoryActor.objects.filter(story__in=stories).values_list("story_id", "tag_id"):
        tags.actors[story].append(actor)
    for story, topic in StoryTopic.objects.filter(story__in=stories).values_list("story_id", "tag_id"):
        tags.topics[story].append(topic)
    actors = touched[0].union(*tags.actors.values())
    topics = touched[1].union(*tags.topics.values())
    for pk, name in Actor.objects.filter(pk__in=actors).values_list("pk", "name"):
        tags.names[narrowing.actor_key(pk)].append(name)
    for pk, name in ActorAlias.objects.filter(actor__in=actors).order_by("pk").values_list("actor", "name"):
        tags.names[narrowing.actor_key(pk)].append(name)
    for pk, name in Topic.objects.filter(pk__in=topics).values_list("pk", "name"):
        tags.names[narrowing.topic_key(pk)].append(name)
    for pk, name in TopicAlias.objects.filter(topic__in=topics).order_by("pk").values_list("topic", "name"):
        tags.names[narrowing.topic_key(pk)].append(name)
    return tags


def _keys(story: Story, actors: Iterable[int], tags: Tags) -> str:
    signed = [byline["name"] for byline in story.bylines]
    year = timezone.localtime(story.published_at).year
    return narrowing.keys_of(actors, tags.topics[story.pk], signed, story.genre, year)


def _story_row(story: Story, text: str, quotes: list[StoryQuote], tags: Tags) -> SearchStory:
    language = words.primary(story.language)
    keys = [*map(narrowing.actor_key, sorted(tags.actors[story.pk]))]
    keys += map(narrowing.topic_key, sorted(tags.topics[story.pk]))
    told = [story.kicker, story.dateline, (story.section or {}).get("name", "")]
    told += [byline["name"] for byline in story.bylines]
    names = [name for key in keys for name in tags.names[key]]
    read = (story.headline, story.standfirst, text[:SHOWN], *told, *names)
    known = {word for part in read for word in words.words(part)}
    return SearchStory(
        place=place_of(story.published_at, story.pk),
        story_id=story.pk,
        keys=_keys(story, tags.actors[story.pk], tags),
        headline=words.stems(story.headline, language),
        names=words.stems("\n".join([*told, *names]), language),
        standfirst=words.stems(story.standfirst, language),
        quotes=words.stems("\n".join(quote.text for quote in quotes), language),
        body=words.stems(text, language),
        spelling=" ".join(sorted(word for word in known if spelling.is_kept(word))),
        text=text[:SHOWN],
    )


def _keep_quotes(printed: Iterable[int], live: dict[int, Story], quotes: dict, stories: dict, tags: Tags) -> None:
    before = {row.place: row for row in SearchQuote.objects.filter(story__in=printed)}
    rows = [_quote_row(quote, live[pk], tags) for pk in live for quote in quotes[pk]]
    _write(SearchQuote, before, {row.place: row for row in rows}, OF_QUOTE)


def _quote_row(quote: StoryQuote, story: Story, tags: Tags) -> SearchQuote:
    language = words.primary(story.language)
    speaker = [quote.speaker_id] if quote.speaker_id else []
    names = [quote.speaker_name, quote.role, *(name for pk in speaker for name in tags.names[narrowing.actor_key(pk)])]
    return SearchQuote(
        place=place_of(story.published_at, quote.pk),
        quote=quote.pk,
        story_id=story.pk,
        keys=_keys(story, speaker, tags),
        words=words.stems(quote.text, language),
        speaker=words.stems("\n".join(names), language),
    )


# --- names and words ----------------------------------------------------------------------------------------------


def _keep_names(touched: tuple[set[int], set[int]], tags: Tags) -> None:
    """The names of these actors and topics: there as long as a story in print has them."""
    for model, kind, through, key in (
        (Actor, "actor", StoryActor, narrowing.actor_key),
        (Topic, "topic", StoryTopic, narrowing.topic_key),
    ):
        pks = touched[0 if model is Actor else 1]
        if not pks:
            continue
        newest = through.objects.filter(tag=OuterRef("pk")).order_by("-published_at", "-story").values("published_at")
        found = model.objects.filter(pk__in=pks).annotate(latest=Subquery(newest[:1])).only("pk", "name", "slug")
        after = {tag.pk: _name_row(tag, kind, tags.names[key(tag.pk)]) for tag in found if tag.latest}
        rows = SearchName.objects.filter(**{f"{kind}__in": pks})
        before = {getattr(row, f"{kind}_id"): row for row in rows}
        SearchName.objects.filter(pk__in=[row.pk for pk, row in before.items() if pk not in after]).delete()
        changed = [row for pk, row in after.items() if pk not in before or _told(row) != _told(before[pk])]
        SearchName.objects.bulk_create(changed, update_conflicts=True, unique_fields=[kind], update_fields=OF_NAME)


def _name_row(tag: Any, kind: str, names: list[str]) -> SearchName:
    told = " ".join(word for name in names for word in words.words(name))
    return SearchName(**{kind: tag}, name=tag.name, slug=tag.slug, words=told, latest=tag.latest)


def _told(row: SearchName) -> tuple:
    return tuple(getattr(row, name) for name in OF_NAME)


def _spelling(rows: Iterable[SearchStory]) -> set[str]:
    return {word for row in rows for word in row.spelling.split()}


def _keep_words(before: set[str], after: set[str]) -> None:
    """Words that others are corrected to: there as long as a story in print has them."""
    gone = [word for word in sorted(before - after) if not ask("has_word", word)]
    for start in range(0, len(gone), BATCH):
        SearchWord.objects.filter(word__in=gone[start : start + BATCH]).delete()
    new = after - before
    new -= set(SearchWord.objects.filter(key__in=new, word__in=new).values_list("word", flat=True)) if new else set()
    SearchWord.objects.bulk_create(spelling.rows(new), batch_size=BATCH, ignore_conflicts=True)
