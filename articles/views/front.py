"""How a front is made up: which story leads, what stands beside it, and who is speaking. No queries here."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from articles import slots

LOOK_FOR_PICTURE = 4
RIVER_LENGTH = 5
RIVERS = 8
VOICES = 4
NAMES = 14


@dataclass
class River:
    """The stories of one section: the first with its standfirst, the rest as headlines."""

    name: str
    slug: str
    url: str = ""
    stories: list = field(default_factory=list)


@dataclass
class Front:
    """A made-up front. `lead` is None in a newsroom that has published nothing.

    `seconds` stand beside the lead, `under` below it; `package` is the running story it shows, or None; `pictured` are
    the ids of stories that show their picture: no picture stands on the page twice.
    """

    lead: object | None
    seconds: list
    under: list
    package: object | None
    rivers: list[River]
    voices: list
    actors: list[dict]
    topics: list[dict]
    pictured: set

    @property
    def top(self) -> list:
        """The stories above the rivers."""
        return [story for story in (self.lead, *self.seconds, *self.under) if story is not None]


def make_up(
    stories: Sequence,
    voices: Sequence,
    placements: Sequence = (),
    sections: Sequence[dict] = (),
    *,
    language: str = "",
    has_rivers: bool = True,
) -> Front:
    """The front from the newest stories, newest first, who is heard (`voices`), and what editors placed on it.

    A slot where nothing is placed takes the newest story that has no place yet; where all have one and none of them
    leads, the first of them does. `sections` [{slug, name, url}] is the order of the rivers. Of a story that is told in
    several languages only the one in `language` takes a place by itself. `stories` are `StoryTeaser`s.
    """
    stories = [story for story in stories if not story.is_also_in(language)]
    placed = {row.slot: placed_story(row) for row in placements if row.story_id}
    package = next((row.package for row in placements if row.slot == slots.PACKAGE), None)
    taken = {story.pk for story in placed.values()}
    rest = [story for story in stories if story.pk not in taken]
    told = [*placed.values(), *rest]
    lead = placed.get("lead") or _lead(rest) or next(iter(placed.values()), None)
    placed = {slot: story for slot, story in placed.items() if story is not lead}
    waiting = iter([story for story in rest if story is not lead])
    seconds, under = (
        [story for name in names if (story := placed.get(name) or next(waiting, None))]
        for names in (slots.SECONDS, slots.UNDER)
    )
    flow = _rivers(waiting, sections) if has_rivers else []
    return Front(
        lead=lead,
        seconds=seconds,
        under=under,
        package=package,
        rivers=flow,
        voices=list(voices),
        actors=_most_named(story.actors for story in told),
        topics=_most_named(story.topics for story in told),
        pictured=_pictured([lead, *seconds[:1], *(river.stories[0] for river in flow)]),
    )


def placed_story(row):
    """The story of a placement, under the headline that it has on this front: for showing, not for saving."""
    story = row.story.teaser
    if row.headline:
        story.headline = row.headline
    return story


def _lead(stories: Sequence):
    """The newest with a picture among the newest few, else the newest."""
    fresh = stories[:LOOK_FOR_PICTURE]
    return next((story for story in fresh if story.picture), fresh[0] if fresh else None)


def _rivers(stories: Iterable, sections: Sequence[dict]) -> list[River]:
    """In the order of the sections; after them those that no desk has any more, and at last what has no section."""
    rivers = {each["slug"]: River(each["name"], each["slug"], each["url"]) for each in sections}
    nameless = River("", "")
    for story in stories:
        section = story.section or {"slug": "", "name": ""}
        river = (
            rivers.setdefault(section["slug"], River(section["name"], section["slug"])) if section["slug"] else nameless
        )
        if len(river.stories) < RIVER_LENGTH:
            river.stories.append(story)
    return [river for river in (*rivers.values(), nameless) if river.stories][:RIVERS]


def voices(quotes: Iterable) -> list:
    """Of quotes, newest first, the newest of each speaker, first one of each story: nobody is heard twice."""
    heard, stories, more = {}, set(), []
    for quote in quotes:
        if quote.speaker_id in heard:
            continue
        if quote.story_id in stories:
            more.append(quote)
            continue
        heard[quote.speaker_id] = quote
        stories.add(quote.story_id)
    for quote in more:
        heard.setdefault(quote.speaker_id, quote)
    return list(heard.values())[:VOICES]


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
