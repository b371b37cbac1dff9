"""What readers were told that may not quietly become something else: quoted words, who spoke them, figures.

Pure: two documents of `docs/revision.md` in, what differs out. A numeral counts the same in digits and in words; one
that came or went with a whole sentence was not changed in place.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any

from . import anchoring, comparing, markup
from .comparing.words import Run

Document = Mapping[str, Any]

WRITTEN = ("headline", "standfirst", "body")
"""The fields that hold sentences."""

NUMBER_WORDS = {
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
    "seven": "7",
    "eight": "8",
    "nine": "9",
    "ten": "10",
    "eleven": "11",
    "twelve": "12",
    "thirteen": "13",
    "fourteen": "14",
    "fifteen": "15",
    "sixteen": "16",
    "seventeen": "17",
    "eighteen": "18",
    "nineteen": "19",
    "twenty": "20",
    "thirty": "30",
    "forty": "40",
    "fifty": "50",
    "sixty": "60",
    "seventy": "70",
    "eighty": "80",
    "ninety": "90",
    "dozen": "12",
    "hundred": "100",
    "thousand": "1000",
    "million": "1000000",
    "billion": "1000000000",
}
"""Numerals as words → in digits. “One” is left out: it is a pronoun more often."""
FIGURE = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+")
PARTICLES = {"a", "al", "an", "and", "bin", "da", "de", "der", "di", "du", "el", "la", "le", "of", "the", "van", "von"}
LIKE = 0.6
"""So large a share of the words that a passage has in common with a published quote makes it that quote, altered."""


@dataclass(frozen=True)
class Change:
    """Words of `field` that went, and those that came in their place; either may be empty."""

    field: str
    gone: str
    new: str


@dataclass(frozen=True)
class QuoteChange:
    """A published quote that has other words now, or another speaker; `new` is what stands there instead."""

    quote: int
    what: str
    old: str
    new: str


def changes(old: Document, new: Document) -> tuple[Change, ...]:
    """Every place where words within a paragraph, headline or standfirst that stayed became others."""
    return _changes(*((document.get(name) or "") for document in (old, new) for name in WRITTEN))


@lru_cache(maxsize=16)
def _changes(*texts: str) -> tuple[Change, ...]:
    count = len(WRITTEN)
    comparison = comparing.compare(
        dict(zip(WRITTEN, texts[:count], strict=True)), dict(zip(WRITTEN, texts[count:], strict=True))
    )
    rows = [(field.name, field.runs) for field in comparison.fields]
    rows += [("body", block.runs) for block in comparison.body if block.kind == "changed"]
    return tuple(change for name, runs in rows for change in _hunks(name, runs))


def _hunks(name: str, runs: tuple[Run, ...]) -> Iterator[Change]:
    for is_changed, group in groupby(runs, key=lambda run: run.kind in ("gone", "new")):
        if is_changed:
            row = list(group)
            gone, new = ("".join(run.text for run in row if run.kind == kind).strip() for kind in ("gone", "new"))
            yield Change(name, gone, new)


def figures(text: str) -> Counter[str]:
    """The numerals of `text`, each as digits, and how often it stands there."""
    found = (NUMBER_WORDS.get(word.lower(), word) for word in FIGURE.findall(text))
    return Counter(_digits(word) for word in found if word[0].isdecimal())


def _digits(word: str) -> str:
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in word.replace(",", ""))


def figures_changed(old: Document, new: Document) -> list[Change]:
    """Where a numeral became another one."""
    found = []
    for change in changes(old, new):
        gone, come = figures(change.gone), figures(change.new)
        if gone - come and come - gone:
            found.append(change)
    return found


def quotes_changed(old: Document, new: Document) -> list[QuoteChange]:
    """The quotes of `old` whose words or speaker are others in `new`. One that was only taken out is not among them."""
    records = {quote["id"]: quote for quote in new["quotes"]}
    found = []
    for quote in old["quotes"]:
        record = records.get(quote["id"])
        if record is None:
            found += _taken_out(quote, old, new)
            continue
        if anchoring.normalise(record["text"]) != anchoring.normalise(quote["text"]):
            found.append(QuoteChange(quote["id"], "words", quote["text"], record["text"]))
        was, now = speaker_of(quote), speaker_of(record)
        if was and was != now and not _is_same_person(quote, record):
            found.append(QuoteChange(quote["id"], "speaker", was, now))
    return found


def speaker_of(quote: Mapping[str, Any]) -> str:
    """Who said it, as readers are told."""
    return quote["speaker"]["name"] if quote["speaker"] else quote["speaker_mention"].strip()


def _is_same_person(quote: Mapping[str, Any], record: Mapping[str, Any]) -> bool:
    """An actor under another name, or one that a mention was about, is no other speaker."""
    was, now = quote["speaker"], record["speaker"]
    if was and now:
        return was["id"] == now["id"]
    return anchoring.normalise(quote["speaker_mention"]) == anchoring.normalise(record["speaker_mention"]) != ""


def _taken_out(quote: Mapping[str, Any], old: Document, new: Document) -> list[QuoteChange]:
    """A quote without a record now: altered, where its words are gone from the text and another quote is like it."""
    text = markup.to_text(new.get("body") or "")
    if anchoring.find(text, anchoring.Anchor(quote["text"], quote["prefix"], quote["suffix"])):
        return []
    known = {anchoring.normalise(each["text"]) for each in old["quotes"]}
    for each in new["quotes"]:
        if anchoring.normalise(each["text"]) not in known and _likeness(quote["text"], each["text"]) >= LIKE:
            return [QuoteChange(quote["id"], "words", quote["text"], each["text"])]
    return []


def _likeness(one: str, other: str) -> float:
    left, right = (Counter(anchoring.normalise(text).casefold().split()) for text in (one, other))
    return (left & right).total() / max(left.total(), right.total(), 1)


# --- what is more than a typo ---------------------------------------------------------------------------------------


def quoted_words_touched(old: Document, new: Document) -> list[str]:
    """The words of the quotes of `old` that the body of `new` has otherwise, or not at all."""
    before, after = (markup.to_text(document["body"]) for document in (old, new))
    anchors = [anchoring.Anchor(quote["text"], quote["prefix"], quote["suffix"]) for quote in old["quotes"]]
    return [anchor.exact for anchor in anchors if anchoring.find(before, anchor) and not anchoring.find(after, anchor)]


def names_touched(old: Document, new: Document) -> list[Change]:
    """Where a part of the name of somebody quoted came or went."""
    names = {word for quote in old["quotes"] if quote["speaker"] for word in _capitals(quote["speaker"]["name"])}
    names |= {word for quote in old["quotes"] for word in _capitals(quote["speaker_mention"])}
    return [change for change in changes(old, new) if names & (_capitals(change.gone) | _capitals(change.new))]


def figures_touched(old: Document, new: Document) -> list[Change]:
    """Where a numeral came, went or became another."""
    return [change for change in changes(old, new) if figures(change.gone) != figures(change.new)]


def _capitals(text: str) -> set[str]:
    words = re.findall(r"[^\W\d_]+", text)
    return {word for word in words if len(word) > 1 and word[0] != word[0].lower() and word.lower() not in PARTICLES}
