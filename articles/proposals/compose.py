"""A text read into what the machine proposes of it: the `propose` format, as plain data.

One object a text: "quotes" with "start", "end", "text", "kind", "rule", "confidence" and the spans "speaker", "source",
"cue", "antecedent" (whom "he" seems to be) or null; "actors" and "topics" with "name", "kind", "slug" or null, "score",
"mentions" as [start, end], for what is new "aliases" and "code", for what was learned "rule", "confidence" and the
"words" that speak for it; and what stands around the story. All offsets are characters of the text as decoded.
"""

import gc
import time
from collections import defaultdict, deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from django.db.models import Count, Max, Value

from .. import learning
from ..gazetteer import Entry, Gazetteer, Mentioned, candidates, world
from ..models import Actor, ActorAlias, LearnedTopic, Topic, TopicAlias
from ..models.tags import AliasKind
from ..quoting import NOT_SAID, FoundQuote, Span, find_quotes
from ..text import PlainCopy

TOPIC = "topic"
NAMED = (Actor, ActorAlias, Topic, TopicAlias, LearnedTopic)
LIFE = 60  # seconds


class _Kept(NamedTuple):
    vocabulary: Gazetteer
    counted: list[tuple]
    good_until: float


_kept: deque[_Kept] = deque(maxlen=1)


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """While much is made and nothing dropped, a search for what was dropped takes half the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@_nothing_collected()
def vocabulary() -> Gazetteer:
    """Every actor and topic with all their names, then the built-in states and capitals that have no record yet.

    Five queries; make it once for many texts, or see `known`.
    """
    actors = _actors()
    codes = {entry.code for entry in actors if entry.code}
    names = {name.casefold() for entry in actors for name in (entry.name, *entry.aliases)}
    unknown = [
        entry
        for entry in world()
        if entry.code not in codes and not (not entry.code and entry.name.casefold() in names)
    ]
    found = Gazetteer([*actors, *_topics(), *[entry for entry in unknown if entry.name.casefold() not in names]])
    found.learned = [
        (Entry(row.topic.name, TOPIC, row.topic.slug), row.model)
        for row in LearnedTopic.objects.select_related("topic")
    ]
    return found


def known() -> Gazetteer:
    """`vocabulary` as this process made it last: for who reads one text at a time. One query.

    Made anew once a name was added or taken away, anywhere, or once it is `LIFE` old: a name that was written otherwise
    is known under that by then.
    """
    counted = _counted()
    kept = _kept[0] if _kept else None
    if kept is None or kept.counted != counted or time.monotonic() >= kept.good_until:
        kept = _Kept(vocabulary(), counted, time.monotonic() + LIFE)
        _kept.append(kept)
    return kept.vocabulary


def forget() -> None:
    """Nothing is known: make it anew."""
    _kept.clear()


def _counted() -> list[tuple]:
    """How many names there are of each kind, and the key of the newest."""
    first, *others = (
        model.objects.order_by().values_list(Value(model.__name__), Count("pk"), Max("pk")) for model in NAMED
    )
    return sorted(first.union(*others, all=True))


def propose(copy: PlainCopy | str, vocabulary: Gazetteer) -> dict[str, Any]:
    """Quotes, actors and topics of `copy`; a plain string is all body."""
    copy = PlainCopy(text=copy, encoding="utf-8") if isinstance(copy, str) else copy
    paragraphs = [(paragraph.start, paragraph.end) for paragraph in copy.paragraphs]
    places = {
        "headline_end": copy.headline_end,
        "opening_end": paragraphs[min(1, len(paragraphs) - 1)][1] if paragraphs else 0,
        "spans": [(copy.headline_start, copy.headline_end), *paragraphs] if paragraphs else None,
    }
    known = vocabulary.find(copy.text, **places)
    new = candidates(copy.text, known, **places)
    actors = [item for item in known if item.entry.kind != TOPIC] + new
    return {
        "quotes": [_quote(quote) for quote in find_quotes(copy.text, paragraphs or None)],
        "actors": [_tag(item) for item in sorted(actors, key=lambda item: (-item.score, item.mentions[0]))],
        "topics": _topics_of(copy, known, vocabulary),
        "headline": copy.headline,
        "standfirst": copy.standfirst,
        "dateline": copy.dateline,
        "share_count": copy.share_count,
    }


def _topics_of(copy: PlainCopy, known: list[Mentioned], vocabulary: Gazetteer) -> list[dict[str, Any]]:
    """The topics that the text names, then those that its words speak for; of both, how often that was right."""
    named = {item.entry.slug: _tag(item) for item in known if item.entry.kind == TOPIC}
    terms = learning.terms_of(copy.headline, copy.text) if vocabulary.learned else frozenset()
    for entry, model in vocabulary.learned:
        if model.score(terms) < model.least:
            continue
        told = {"rule": f"learned from {model.stories} stories", "confidence": model.precision}
        tag = named.setdefault(entry.slug, _tag(Mentioned(entry)))
        named[entry.slug] = {**tag, **told, "words": model.speaking(terms)}
    return list(named.values())


def speech_apart(quotes: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """{"quotes", "not_speech"}: what is taken for words that somebody said, and for titles, terms and scare quotes."""
    apart: dict[str, list[dict[str, Any]]] = {"quotes": [], "not_speech": []}
    for quote in quotes:
        apart["not_speech" if quote["rule"] == NOT_SAID else "quotes"].append(quote)
    return apart


def _actors() -> list[Entry]:
    aliases, adjectives = defaultdict(list), defaultdict(list)
    for actor_id, name, kind in ActorAlias.objects.values_list("actor_id", "name", "kind"):
        (adjectives if kind == AliasKind.DEMONYM else aliases)[actor_id].append(name)
    return [
        Entry(name, kind, slug, tuple(aliases[pk]), tuple(adjectives[pk]), code)
        for pk, name, kind, slug, code in Actor.objects.order_by("pk").values_list("pk", "name", "kind", "slug", "code")
    ]


def _topics() -> list[Entry]:
    aliases = defaultdict(list)
    for topic_id, name in TopicAlias.objects.values_list("topic_id", "name"):
        aliases[topic_id].append(name)
    rows = Topic.objects.order_by("pk").values_list("pk", "name", "slug")
    return [Entry(name, TOPIC, slug, tuple(aliases[pk])) for pk, name, slug in rows]


def _quote(quote: FoundQuote) -> dict[str, Any]:
    return {
        "start": quote.start,
        "end": quote.end,
        "text": quote.text,
        "kind": quote.kind,
        "rule": quote.rule,
        "confidence": quote.confidence,
        "speaker": _span(quote.speaker),
        "source": _span(quote.source),
        "cue": _span(quote.cue),
        "antecedent": _span(quote.antecedent),
    }


def _span(span: Span | None) -> dict[str, Any] | None:
    return span and {"start": span.start, "end": span.end, "text": span.text}


def _tag(item: Mentioned) -> dict[str, Any]:
    entry = item.entry
    tag = {
        "name": entry.name,
        "kind": entry.kind,
        "slug": entry.slug,
        "score": item.score,
        "mentions": [list(span) for span in item.mentions],
    }
    if entry.slug is None:
        tag["code"] = entry.code
        tag["aliases"] = [{"name": name, "kind": _alias_kind(name)} for name in entry.aliases]
        tag["aliases"] += [{"name": name, "kind": AliasKind.DEMONYM.value} for name in entry.adjectives]
    return tag


def _alias_kind(name: str) -> str:
    return (AliasKind.ABBREVIATION if name.isupper() else AliasKind.ALIAS).value
