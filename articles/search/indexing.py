"""The index is kept by the press: each story, in the transaction that prints it, and no more than changed."""

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from importlib import metadata
from typing import Any

from django.conf import settings
from django.db import connections
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from .. import slips, standing
from ..models import search
from ..models.search import SearchName, SearchQuote, SearchStem, SearchStory, SearchWord, place_of
from ..models.stories import Story, StoryActor, StoryQuote, StoryTopic
from ..models.tags import Actor, ActorAlias, Topic, TopicAlias
from ..statements import Given, Statement
from . import narrowing, spelling, words
from .engines import QUOTES as IN_QUOTES
from .engines import READY, left
from .engines import STORIES as IN_STORIES

SHOWN = 20_000  # characters of the body that pieces are shown of
BATCH = 500
ASKED = 900  # words in one question
STEMMER = metadata.version("snowballstemmer")
Names = Mapping[str, Sequence[str]]  # key of the index → what the tag is called
STORY, QUOTE = slips.of(SearchStory), slips.of(SearchQuote)
NAME, NOBODY = slips.of(SearchName), {"actor_id": None, "topic_id": None}


@dataclass
class Words:
    """What the index is to hold of one story: its slip, none where it was withdrawn, and those of its quotes.

    Where that is what it holds already, neither was made, and `same` are the keys of the story.
    """

    pk: int
    story: Any = None
    quotes: list[Any] = field(default_factory=list)
    same: str = ""


def keep(texts: dict[Story, str]) -> None:
    """Bring the index up to date with stories in print; call it in the transaction that prints them.

    `texts` holds the plain text of each one's body, without the cards that print adds. Of one that was withdrawn
    nothing stays. What is the same as before is not written again.
    """
    live = {story.pk: story for story in texts if not story.is_withdrawn}
    quotes = defaultdict(list)
    for quote in StoryQuote.objects.filter(story__in=list(live)).order_by("story_id", "position"):
        quotes[quote.story_id].append(quote)
    actors, topics = (_tags_of(model, live) for model in (StoryActor, StoryTopic))
    names = _names(set().union(*actors.values()), set().union(*topics.values()))
    told = []
    for story, text in texts.items():
        tags = actors[story.pk], topics[story.pk]
        told.append(words_of(story, text, quotes[story.pk], *tags, names) if story.pk in live else Words(story.pk))
    keep_rows(told, names)


def keep_rows(told: Sequence[Words], names: Names, *, are_new: bool = False) -> None:
    """The same of rows at hand, by `words_of`. `names` are those of their tags; of `are_new` none is in the index."""
    printed = [each.pk for each in told if not each.same]
    before = [] if are_new else _slips(SearchStory, printed)
    quotes = [] if are_new else _slips(SearchQuote, printed)
    after = [each.story for each in told if each.story is not None]
    touched = _touched([*(row.keys for row in (*before, *after)), *(each.same for each in told)])
    said = [row for each in told for row in each.quotes]
    before, after = _write(SearchStory, before, after)
    quotes, said = _write(SearchQuote, quotes, said)
    _keep_names(touched, names)
    _keep_words(_spelling(before), _spelling(after))
    _keep_stems(_stems(before, quotes), _stems(after, said))


def _slips(model: Any, stories: Iterable[int]) -> list[Any]:
    """What the index holds of these stories."""
    make = slips.of(model)
    return [make._make(row) for row in model.objects.filter(story__in=stories).values_list(*make._fields)]


def _write(model: Any, had: Iterable[Any], rows: Iterable[Any]) -> tuple[list[Any], list[Any]]:
    """Put `rows` in place of those that were there; returns of both what is not the same."""
    before, after = ({row.place: row for row in each} for each in (had, rows))
    gone = [place for place in before if place not in after]
    if gone:
        model.objects.filter(pk__in=gone).delete()
    new = [row for place, row in after.items() if place not in before]
    changed = [row for place, row in after.items() if place in before and row != before[place]]
    slips.put(model, new + changed, unique=["place"] if changed else ())
    return [before[place] for place in gone] + [before[row.place] for row in changed], new + changed


# --- stories and quotes -------------------------------------------------------------------------------------------


def _touched(keys: Iterable[str]) -> tuple[set[int], set[int]]:
    """The actors and topics in these keys of rows."""
    told = [narrowing.tags_in(each) for each in keys]
    return set().union(*(actors for actors, _ in told)), set().union(*(topics for _, topics in told))


def _tags_of(model: Any, stories: Iterable[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for story, tag in model.objects.filter(story__in=list(stories)).order_by().values_list("story_id", "tag_id"):
        found[story].append(tag)
    return found


def _names(actors: set[int], topics: set[int]) -> Names:
    """Key of the index → the name of an actor or a topic, then every other one."""
    names: dict[str, list[str]] = defaultdict(list)
    for model, alias, owner, keys, key in (
        (Actor, ActorAlias, "actor", actors, narrowing.actor_key),
        (Topic, TopicAlias, "topic", topics, narrowing.topic_key),
    ):
        if keys:
            for pk, name in model.objects.filter(pk__in=keys).order_by().values_list("pk", "name"):
                names[key(pk)].append(name)
            others = alias.objects.filter(**{f"{owner}__in": keys}).order_by("pk")
            for pk, name in others.values_list(owner, "name"):
                names[key(pk)].append(name)
    return names


def words_of(
    story: Story,
    text: str,
    quotes: Iterable[Any],
    actors: Iterable[int],
    topics: Iterable[int],
    names: Names,
    known: str | None = None,
) -> Words:
    """What the index holds of a story with these quotes and tags (their keys), by every name of theirs. No query.

    `quotes` are rows of `StoryQuote`, or slips of them; `known` is the digest of what the index holds of the story.
    """
    actors, topics, quotes = sorted(actors), sorted(topics), list(quotes)
    digest = _digest(story, text, quotes, actors, topics, names)
    if digest == known:
        return Words(story.pk, same=_keys(story, actors, topics))
    language = words.primary(story.language)
    said = [words.stems(quote.text, language) for quote in quotes]
    row = _story_row(story, text, " ".join(said), actors, topics, names)._replace(digest=digest)
    rows = [_quote_row(quote, stems, story, topics, names) for quote, stems in zip(quotes, said, strict=True)]
    return Words(story.pk, row, rows)


def digests_of(stories: Iterable[int]) -> dict[int, str | None]:
    """Story → the digest of what the index holds of it."""
    return dict(SearchStory.objects.filter(story__in=list(stories)).order_by().values_list("story_id", "digest"))


def _digest(story: Story, text: str, quotes: list[Any], actors: list[int], topics: list[int], names: Names) -> str:
    """Of everything that `words_of` looks at, and of the rules by which it makes words of it."""
    plain = ("pk", "published_at", "language", "genre", "kicker", "dateline", "headline", "standfirst")
    keys = [*map(narrowing.actor_key, actors), *map(narrowing.topic_key, topics)]
    speakers = [narrowing.actor_key(quote.speaker_id) for quote in quotes if quote.speaker_id]
    told = (
        *(getattr(story, name) for name in plain),
        (story.section or {}).get("name"),
        [byline["name"] for byline in story.bylines],
        (story.picture or {}).get("caption"),
        [(quote.id, quote.text, quote.speaker_id, quote.speaker_name, quote.role) for quote in quotes],
        [(key, list(names.get(key, ()))) for key in (*keys, *speakers)],
        settings.TIME_ZONE,
        version(),
    )
    found = blake2b(repr(told).encode("utf-8", "surrogatepass"), digest_size=12)
    found.update(text.encode("utf-8", "surrogatepass"))
    return found.hexdigest()


def version() -> str:
    """Of the rules by which words are made: this code and the library that finds stems."""
    rules = standing.version_of(called=(sys.modules[__name__], words, narrowing, spelling, search))
    return f"{rules} {STEMMER}"


def _keys(story: Story, actors: Iterable[int], topics: Iterable[int]) -> str:
    signed = [byline["name"] for byline in story.bylines]
    year = timezone.localtime(story.published_at).year
    return narrowing.keys_of(actors, topics, signed, story.genre, year)


def _story_row(story: Story, text: str, said: str, actors: list[int], topics: list[int], names: Names) -> Any:
    language = words.primary(story.language)
    keys = [*map(narrowing.actor_key, actors), *map(narrowing.topic_key, topics)]
    told = [story.kicker, story.dateline, (story.section or {}).get("name", "")]
    told += [byline["name"] for byline in story.bylines]
    told += [(story.picture or {}).get("caption", "")]
    called = [name for key in keys for name in names.get(key, ())]
    body = words.words(text)
    known = set(body if len(text) <= SHOWN else words.words(text[:SHOWN]))
    known.update(word for part in (story.headline, story.standfirst, *told, *called) for word in words.words(part))
    return STORY(
        place=place_of(story.published_at, story.pk),
        story_id=story.pk,
        keys=_keys(story, actors, topics),
        headline=words.stems(story.headline, language),
        names=words.stems("\n".join([*told, *called]), language),
        standfirst=words.stems(story.standfirst, language),
        quotes=said,
        body=words.stemmed(body, language),
        spelling=" ".join(sorted(filter(spelling.is_kept, known))),
        text=text[:SHOWN],
        digest=None,
    )


def _quote_row(quote: Any, stems: str, story: Story, topics: Iterable[int], names: Names) -> Any:
    speaker = [quote.speaker_id] if quote.speaker_id else []
    called = [name for pk in speaker for name in names.get(narrowing.actor_key(pk), ())]
    return QUOTE(
        place=place_of(story.published_at, quote.id),
        quote=quote.id,
        story_id=story.pk,
        keys=_keys(story, speaker, topics),
        words=stems,
        speaker=words.stems("\n".join([quote.speaker_name, quote.role, *called]), words.primary(story.language)),
    )


# --- names and words ----------------------------------------------------------------------------------------------


def _keep_names(touched: tuple[set[int], set[int]], names: Names) -> None:
    """The names of these actors and topics: there as long as a story in print has them."""
    unknown = [
        {pk for pk in pks if key(pk) not in names}
        for pks, key in zip(touched, (narrowing.actor_key, narrowing.topic_key), strict=True)
    ]
    names = {**names, **_names(*unknown)}
    for model, kind, through, key in (
        (Actor, "actor", StoryActor, narrowing.actor_key),
        (Topic, "topic", StoryTopic, narrowing.topic_key),
    ):
        pks = sorted(touched[0 if model is Actor else 1])
        newest, known = _statements_of_names(model, kind, through)
        after = {
            pk: NAME(
                **(NOBODY | {f"{kind}_id": pk}), name=name, slug=slug, words=_words(names.get(key(pk), ())), latest=at
            )
            for pk, name, slug, at in newest.rows(keys=pks)
            if at
        }
        before = {pk: NAME._make(row) for pk, *row in known.rows(keys=pks)}
        if gone := [pk for pk in before if pk not in after]:
            SearchName.objects.filter(**{f"{kind}__in": gone}).delete()
        slips.put(SearchName, [row for pk, row in after.items() if row != before.get(pk)], unique=[f"{kind}_id"])


@lru_cache(maxsize=2)
def _statements_of_names(model: Any, kind: str, through: Any) -> tuple[Statement, Statement]:
    """(key, name, slug, when a story of it was last published) of tags, and (key, slip) of those that are known."""
    keys = Given("keys", model._meta.pk, several=True)
    latest = through.objects.filter(tag=OuterRef("pk")).order_by("-published_at", "-story_id").values("published_at")
    newest = model.objects.filter(pk__in=keys).order_by().annotate(latest=Subquery(latest[:1]))
    known = SearchName.objects.filter(**{f"{kind}__in": keys}).order_by()
    return (
        Statement(lambda: newest.values_list("pk", "name", "slug", "latest")),
        Statement(lambda: known.values_list(f"{kind}_id", *NAME._fields)),
    )


def _words(names: Iterable[str]) -> str:
    return " ".join(word for name in names for word in words.words(name))


def _spelling(rows: Iterable[Any]) -> set[str]:
    return {word for row in rows for word in row.spelling.split()}


def _keep_words(before: set[str], after: set[str]) -> None:
    """Words that others are corrected to: there as long as a story in print has them."""
    for gone in _gone("spelled", before - after):
        SearchWord.objects.filter(word__in=gone).delete()
    new = sorted(after - before)
    for start in range(0, len(new), ASKED):
        portion = new[start : start + ASKED]
        there = _there(SearchWord, "key", portion, "AND key = word")
        if unknown := [word for word in portion if word not in there]:
            _write_words(unknown)


def _gone(how: str, lost: Iterable[str]) -> Iterator[list[str]]:
    """Those of the words that no row has any more, by the batch; `how` as `engines.left` takes it."""
    asked = sorted(lost)
    there = left(how, asked)
    gone = [word for word in asked if word not in there]
    return (gone[start : start + BATCH] for start in range(0, len(gone), BATCH))


def _there(model: Any, column: str, asked: Sequence[str], narrowed: str = "") -> set[str]:
    """Those of the words that stand in a column. Put together without a query set: a batch asks for fifty thousand."""
    connection = connections[model.objects.db]
    table, name = map(connection.ops.quote_name, (model._meta.db_table, column))
    places = ", ".join(["%s"] * len(asked))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {name} FROM {table} WHERE {name} IN ({places}) {narrowed}", asked)  # noqa: S608
        return {word for (word,) in cursor.fetchall()}


def _write_words(words: Iterable[str]) -> None:
    """A dozen rows a word, and an archive begins with tens of thousands of words: written without a model each."""
    names = connections[SearchWord.objects.db].ops.quote_name
    table, key, word = map(names, (SearchWord._meta.db_table, "key", "word"))
    insert = f"INSERT INTO {table} ({key}, {word}) VALUES (%s, %s) ON CONFLICT DO NOTHING"  # noqa: S608  (own names)
    with connections[SearchWord.objects.db].cursor() as cursor:
        cursor.executemany(insert, spelling.rows(words))


def _stems(stories: Iterable[Any], quotes: Iterable[Any]) -> set[str]:
    """The stems of these rows that are longer than the beginnings that the index keeps ready."""
    rows = [(row, IN_STORIES) for row in stories] + [(row, IN_QUOTES) for row in quotes]
    told = set().union(*(getattr(row, name).split() for row, index in rows for name in index.columns))
    return {stem for stem in told if len(stem) > READY}


def _keep_stems(before: set[str], after: set[str]) -> None:
    """What long beginnings stand for: there as long as a story or a quote in print has it."""
    for gone in _gone("stemmed", before - after):
        SearchStem.objects.filter(pk__in=gone).delete()
    new = sorted(after - before)
    for start in range(0, len(new), ASKED):
        portion = new[start : start + ASKED]
        there = _there(SearchStem, "stem", portion)
        if unknown := [stem for stem in portion if stem not in there]:
            SearchStem.objects.bulk_create(map(SearchStem, unknown), ignore_conflicts=True)
