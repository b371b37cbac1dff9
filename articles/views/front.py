"""How the front is made up: which story leads, what stands beside it, and who is speaking. No queries here."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

LOOK_FOR_PICTURE = 4
UNDER = 2
SECONDS = 3
RIVER_LENGTH = 5
RIVERS = 8
VOICES = 5
NAMES = 14


@dataclass
class River:
    """The stories of one section: the first with its standfirst, the rest as headlines."""

    name: str
    stories: list = field(default_factory=list)


@dataclass
class Front:
    """A made-up front. `lead` is None in a newsroom that has published nothing.

    `seconds` stand beside the lead, `under` below it; `pictured` are the ids of stories that show their picture:
    no picture stands on the page twice.
    """

    lead: object | None
    seconds: list
    under: list
    rivers: list[River]
    voices: list
    actors: list[dict]
    topics: list[dict]
    pictured: set


def make_up(stories: Sequence, quotes: Iterable) -> Front:
    """The front from the newest stories and the newest quotes, both newest first."""
    lead = _lead(stories)
    rest = [story for story in stories if story is not lead]
    top = SECONDS + UNDER
    rivers = _rivers(rest[top:])
    return Front(
        lead=lead,
        seconds=rest[:SECONDS],
        under=rest[SECONDS:top],
        rivers=rivers,
        voices=_voices(quotes),
        actors=_most_named(story.actors for story in stories),
        topics=_most_named(story.topics for story in stories),
        pictured=_pictured([lead, *rest[:1], *(river.stories[0] for river in rivers)]),
    )


def _lead(stories: Sequence):
    """The newest with a picture among the newest few, else the newest."""
    fresh = stories[:LOOK_FOR_PICTURE]
    return next((story for story in fresh if story.picture), fresh[0] if fresh else None)


def _rivers(stories: Iterable) -> list[River]:
    rivers: dict[str, River] = {}
    for story in stories:
        section = story.section or {"slug": "", "name": ""}
        river = rivers.setdefault(section["slug"], River(section["name"]))
        if len(river.stories) < RIVER_LENGTH:
            river.stories.append(story)
    return list(rivers.values())[:RIVERS]


def _voices(quotes: Iterable) -> list:
    """The newest words of each speaker, first one of each story: nobody is heard twice."""
    voices, stories, more = {}, set(), []
    for quote in quotes:
        if quote.speaker_id in voices:
            continue
        if quote.story_id in stories:
            more.append(quote)
            continue
        voices[quote.speaker_id] = quote
        stories.add(quote.story_id)
    for quote in more:
        voices.setdefault(quote.speaker_id, quote)
    return list(voices.values())[:VOICES]


def _pictured(stories: Iterable) -> set:
    """Ids of the stories whose picture is the first of its kind on the page."""
    shown, pictured = set(), set()
    for story in stories:
        if story is not None and story.picture and story.picture["url"] not in shown:
            shown.add(story.picture["url"])
            pictured.add(story.pk)
    return pictured


def _most_named(tags: Iterable[list[dict]]) -> list[dict]:
    named = {}
    counted = Counter()
    for each in tags:
        for tag in each:
            named.setdefault(tag["slug"], tag)
            counted[tag["slug"]] += 1
    return [named[slug] for slug, _count in counted.most_common(NAMES)]
