"""Reading a working copy for proposals, and keeping what was found beside what people decided already."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from .. import anchoring, markup
from ..models import Article, Proposal
from ..models.proposals import ProposalKind, ProposalState
from ..quoting.marks import paragraph_spans
from ..text import Paragraph, PlainCopy
from . import compose

SLACK = 2  # characters by which a record may differ from a passage that it covers
LEAST_PARAPHRASE = 0.5
BREAK = "\n\n"


def read(headline: str, text: str, vocabulary: Any = None) -> list[Proposal]:
    """What is proposed of a body's `text` under `headline`: rows that are not saved and have no article.

    Offsets are in `text`; a mention in the headline counts for an actor's score and has no place.
    """
    copy, shift = _copy(headline, text)
    found = compose.propose(copy, compose.known() if vocabulary is None else vocabulary)
    below = [payload for payload in found["quotes"] if payload["start"] >= shift]
    spoken = [(payload["start"], payload["end"]) for payload in below if payload["kind"] != "indirect"]
    quotes = [_quote(payload, shift) for payload in below if _is_for_desk(payload, spoken)]
    actors = [_tag(ProposalKind.ACTOR, payload, shift) for payload in found["actors"]]
    topics = [_tag(ProposalKind.TOPIC, payload, shift) for payload in found["topics"]]
    return _told_apart([*quotes, *actors, *topics])


def _is_for_desk(payload: dict[str, Any], spoken: list[tuple[int, int]]) -> bool:
    """Whether it is worth a person's time: of paraphrases, those right more often than not that hold no quote."""
    if payload["kind"] != "indirect":
        return True
    holds_quote = any(start < payload["end"] and payload["start"] < end for start, end in spoken)
    return payload["confidence"] >= LEAST_PARAPHRASE and not holds_quote


def _copy(headline: str, text: str) -> tuple[PlainCopy, int]:
    """The two as one plain copy, and where the body starts in it."""
    shift = len(headline) + len(BREAK)
    whole = headline + BREAK + text
    paragraphs = tuple(
        Paragraph(start, end, whole[start:end]) for start, end in paragraph_spans(whole) if start >= shift
    )
    return (
        PlainCopy(text=whole, encoding="utf-8", headline=headline, headline_end=len(headline), paragraphs=paragraphs),
        shift,
    )


def _quote(payload: dict[str, Any], shift: int) -> Proposal:
    moved = {**payload, "start": payload["start"] - shift, "end": payload["end"] - shift}
    for name, part in payload.items():
        if isinstance(part, dict) and "start" in part:
            moved[name] = {**part, "start": part["start"] - shift, "end": part["end"] - shift}
    return Proposal(
        kind=ProposalKind.QUOTE,
        start=moved["start"],
        end=moved["end"],
        payload=moved,
        rule=payload.get("rule") or "",
        confidence=payload.get("confidence") or 0,
        digest=anchoring.normalise(payload["text"]),
    )


def _tag(kind: str, payload: dict[str, Any], shift: int) -> Proposal:
    places = [[start - shift, end - shift] for start, end in payload.get("mentions", []) if start >= shift]
    start, end = places[0] if places else (0, 0)
    return Proposal(
        kind=kind,
        start=start,
        end=end,
        payload={**payload, "mentions": places, "in_headline": len(places) < len(payload.get("mentions", []))},
        rule=payload.get("rule") or "",
        confidence=payload.get("confidence") or 0,
        digest=payload["name"].casefold(),
    )


def _told_apart(rows: list[Proposal]) -> list[Proposal]:
    """Digests in place of the words: the second time the same words are quoted is another proposal than the first."""
    seen: Counter[tuple[str, str]] = Counter()
    kept = []
    for row in rows:
        key = (row.kind, row.digest)
        seen[key] += 1
        if row.kind != ProposalKind.QUOTE and seen[key] > 1:
            continue
        row.digest = hashlib.sha256(f"{row.kind}\n{row.digest}\n{seen[key]}".encode()).hexdigest()
        kept.append(row)
    return kept


@transaction.atomic
def refresh(article: Article, vocabulary: Any = None) -> None:
    """Read `article` anew: open proposals become those of the copy as it stands, decided ones stay decided.

    Nothing is proposed that is on record already: a passage with a quote or marked as no speech, a tag of the article.
    The number of queries does not depend on the text.
    """
    found = read(article.headline, article.text(), vocabulary)
    known = {(row.kind, row.digest): row for row in article.proposals.all()}
    on_record = _OnRecord(article)
    added, moved, current = [], [], set()
    for row in found:
        before = known.get((row.kind, row.digest))
        is_undecided = before is None or before.state == ProposalState.OPEN
        if is_undecided and on_record.covers(row):
            continue
        current.add((row.kind, row.digest))
        if before is None:
            row.article = article
            added.append(row)
        elif _take_over(before, row):
            moved.append(before)
    gone = [row.pk for key, row in known.items() if row.state == ProposalState.OPEN and key not in current]
    article.proposals.filter(pk__in=gone).delete()
    Proposal.objects.bulk_update(moved, ["start", "end", "payload", "rule", "confidence"])
    Proposal.objects.bulk_create(added)


def _take_over(before: Proposal, row: Proposal) -> bool:
    """Bring the stored row up to the new reading; of a decided one only the place. Whether anything changed."""
    names = ["start", "end"]
    if before.state == ProposalState.OPEN:
        names += ["payload", "rule", "confidence"]
    changed = [name for name in names if getattr(before, name) != getattr(row, name)]
    for name in changed:
        setattr(before, name, getattr(row, name))
    return bool(changed)


class _OnRecord:
    """What of an article needs no proposal any more. Three queries."""

    def __init__(self, article: Article) -> None:
        text = article.text()
        anchors = (anchoring.find(text, quote.anchor, quote.position) for quote in article.quotes.all())
        self.places: list[tuple[int, int]] = [place for place in anchors if place]
        self.places += [(start, end) for start, end, _kind in markup.not_speech(article.body)]
        self.tags = {
            ProposalKind.ACTOR: _names(article.actor_items.values_list("tag__slug", "tag__name")),
            ProposalKind.TOPIC: _names(article.topic_items.values_list("tag__slug", "tag__name")),
        }

    def covers(self, row: Proposal) -> bool:
        """Whether what `row` proposes is there."""
        if row.kind == ProposalKind.QUOTE:
            return any(start <= row.start + SLACK and end >= row.end - SLACK for start, end in self.places)
        return bool({row.payload.get("slug"), row.payload["name"].casefold()} & self.tags[row.kind])


def _names(rows: Iterable[tuple[str, str]]) -> set[str]:
    return {key for slug, name in rows for key in (slug, name.casefold())}
