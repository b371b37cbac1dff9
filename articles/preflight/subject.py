"""What a check is given, and what it answers with. Pure: a document of `docs/revision.md` and a few facts beside it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from itertools import islice
from typing import Any

from .. import anchoring, markup

BLOCKS, WARNS, INFORMS, OFF = "B", "W", "I", "-"
LEVELS = (BLOCKS, WARNS, INFORMS, OFF)

ANONYMOUS_BASES = ("background", "deep_background", "off_record")

# What a document lacks that was saved before these were kept.
_QUOTE = {"is_opinion": False, "segments": [], "verification": "unverified", "verified_by": None, "role": ""}
_QUOTE |= {"original_text": "", "original_language": "", "responds_to": None, "shown_evidence": None}
_ATTRIBUTION = {"basis": "on_record", "anonymity_reason": "", "anonymity_wording": "", "basis_of_knowledge": ""}
_ATTRIBUTION |= {"is_second_hand": False, "known_by": None, "is_approved": False, "is_anonymous": False}
_SOURCE = {"label": "", "is_confidential": False, "actor": None, "names": [], "root": None, "is_recalled": False}
_CLAIM = {"is_approved": False, "is_known_to_desk": False, "actors": [], "attributions": []}


@dataclass(frozen=True)
class Problem:
    """One thing a check found: a sentence that says what to do, and what mends it. `level` overrides the check's."""

    sentence: str
    target: str
    level: str = ""


Problems = Iterator[Problem]


@dataclass(frozen=True)
class Facts:
    """What the document does not hold: the clock, the newsroom, other stories, the edition that readers have now.

    `live` is that edition's document, or None. `waived` holds the keys of `Finding.key` that somebody answers for.
    `terms` are the last days of pictures that may soon not be shown any more, by id.
    """

    slug_is_taken: bool = False
    live: dict[str, Any] | None = None
    now: datetime | None = None
    newsroom: str = ""
    policy: dict[str, str] = field(default_factory=dict)
    waived: frozenset[str] = frozenset()
    terms: dict[int, date] = field(default_factory=dict)


def _anchor(record: dict[str, Any]) -> anchoring.Anchor:
    return anchoring.Anchor(record["text"], record["prefix"], record["suffix"])


class Subject:
    """The document under test, with what several checks need of it worked out once."""

    def __init__(self, document: dict[str, Any], facts: Facts) -> None:
        self.document = document
        self.facts = facts

    @cached_property
    def text(self) -> str:
        """The plain text of the body."""
        return markup.to_text(self.document["body"])

    @cached_property
    def folded(self) -> str:
        """The same with spaces and marks made alike, in lower case: for looking whether words stand in it."""
        return fold(self.text)

    @cached_property
    def quotes(self) -> list[dict[str, Any]]:
        """The quotes, in the order of the record."""
        return [_QUOTE | quote for quote in self.document["quotes"]]

    @cached_property
    def places(self) -> dict[int, tuple[int, int] | None]:
        """Quote id → where its words stand in the text; None where they, or a part of them, have drifted."""
        return {quote["id"]: places[0] if all(places) else None for quote, places in self._parts}

    @cached_property
    def _parts(self) -> list[tuple[dict[str, Any], list[tuple[int, int] | None]]]:
        """Each quote with where its parts stand."""
        anchors = [_anchor(part) for quote in self.quotes for part in (quote, *quote["segments"])]
        found = iter(anchoring.find_all(self.text, anchors))
        return [(quote, list(islice(found, 1 + len(quote["segments"])))) for quote in self.quotes]

    def find(self, record: dict[str, Any]) -> tuple[int, int] | None:
        """Where the anchored words of a quote, a segment or a claim stand in the text."""
        return anchoring.find(self.text, _anchor(record))

    @cached_property
    def covered(self) -> list[tuple[int, int]]:
        """The stretches of the text that a quote accounts for."""
        return [place for _quote, places in self._parts for place in places if place]

    @cached_property
    def in_order(self) -> list[dict[str, Any]]:
        """The quotes that stand in the text, in the order of the text."""
        placed = [(self.places[quote["id"]], quote) for quote in self.quotes if self.places[quote["id"]]]
        return [quote for _place, quote in sorted(placed, key=lambda pair: pair[0])]

    @cached_property
    def attributions(self) -> dict[int, dict[str, Any]]:
        """Attribution id → attribution."""
        return {
            record["id"]: _ATTRIBUTION | record | {"source": _SOURCE | record["source"]}
            for record in self.document["attributions"]
        }

    @cached_property
    def anonymous(self) -> list[dict[str, Any]]:
        """The attributions whose source readers are not told."""
        return [record for record in self.attributions.values() if record["is_anonymous"]]

    @cached_property
    def claims(self) -> list[dict[str, Any]]:
        """What the story asserts and somebody may contest."""
        return [_CLAIM | claim for claim in self.document.get("claims", [])]

    @cached_property
    def replies(self) -> list[dict[str, Any]]:
        """Who was asked to reply, and what came of it."""
        return list(self.document.get("replies", []))

    def supports(self, claim: dict[str, Any]) -> list[dict[str, Any]]:
        """The attributions that a claim rests on."""
        return [self.attributions[pk] for pk in claim["attributions"] if pk in self.attributions]

    def attribution_of(self, quote: dict[str, Any]) -> dict[str, Any] | None:
        """The source of a quote as used here; None where it has none."""
        return self.attributions.get(quote["attribution"])

    def is_unnamed(self, quote: dict[str, Any]) -> bool:
        """Whether a quote rests on somebody whom readers are not told."""
        attribution = self.attribution_of(quote)
        return bool(attribution and attribution["is_anonymous"])

    def sentence_of(self, quote: dict[str, Any]) -> str:
        """The sentence around a quote with its attribution, as it stands in the text; empty where it has drifted."""
        place = self.places[quote["id"]]
        return around(self.text, *place) if place else ""

    @cached_property
    def images(self) -> list[dict[str, Any]]:
        """The lead image and those of the article, each once."""
        found = [self.document["lead_image"], *self.document["images"]]
        return list({image["id"]: image for image in found if image}.values())

    def stands(self, words: str) -> bool:
        """Whether these words stand in the body."""
        return fold(words) in self.folded


def fold(words: str) -> str:
    """For comparing: marks and spaces made alike, lower case."""
    return anchoring.fold(words).text.strip().lower()


_ENDS = ".!?"


def around(text: str, start: int, end: int) -> str:
    """The words from the end of the sentence before `start` to that of the one that goes on after `end`."""
    line_start, line_end = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    line_end = len(text) if line_end < 0 else line_end
    left = max((text.rfind(f"{mark} ", line_start, start) + 1 for mark in _ENDS), default=0)
    tails = [place for mark in _ENDS if (place := text.find(mark, end, line_end)) >= 0]
    # A quotation that ends its own sentence may be followed by who said it: “… closed.” She was speaking to X.
    return text[max(left, line_start) : (min(tails) + 1) if tails else line_end].strip()


def short(words: str) -> str:
    """As much of it as a sentence bears."""
    words = " ".join(words.split())
    return words if len(words) <= 70 else f"{words[:67].rstrip()}…"


def name_of(image: dict[str, Any]) -> str:
    """What to call a picture in a sentence."""
    return short(image["alt"] or image["caption"] or str(image["id"]))


def holds_any(text: str, names: Iterable[str]) -> str:
    """The first of these names that stands in `text` as a whole word or words; empty when none does."""
    folded = f" {fold(text)} "
    for name in names:
        needle = fold(name)
        start = folded.find(needle) if needle else -1
        while start >= 0:
            end = start + len(needle)
            if not folded[start - 1].isalnum() and not folded[end : end + 1].isalnum():
                return name
            start = folded.find(needle, start + 1)
    return ""
