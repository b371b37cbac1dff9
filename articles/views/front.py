"""How the front is made up: which story leads, what stands beside it, and who is speaking. No queries here."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

LOOK_FOR_PICTURE = 4
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
    """A made-up front. `lead` is None in a newsroom that has published nothing."""

    lead: object | None
    seconds: list
    rivers: list[River]
    voices: list
    actors: list[dict]
    topics: list[dict]


def make_up(stories: Sequence, quotes: Iterable) -> Front:
    """The front from the newest stories and the newest quotes, both newest first."""
    lead = _lead(stories)
    rest = [story for story in stories if story is not lead]
    return Front(
        lead=lead,
        seconds=rest[:SECONDS],
        rivers=_rivers(rest[SECONDS:]),
        voices=_voices(quotes),
        actors=_most_named(story.actors for story in stories),
        topics=_most_named(story.topics for story in stories),
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
    """The newest words of each speaker: nobody is heard twice."""
    voices = {}
    for quote in quotes:
        voices.setdefault(quote.speaker_id, quote)
    return list(voices.values())[:VOICES]


def _most_named(tags: Iterable[list[dict]]) -> list[dict]:
    named = {}
    counted = Counter()
    for each in tags:
        for tag in each:
            named.setdefault(tag["slug"], tag)
            counted[tag["slug"]] += 1
    return [named[slug] for slug, _count in counted.most_common(NAMES)]
