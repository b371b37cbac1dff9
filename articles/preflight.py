"""The checks before publication, as one table. The rules and their codes are those of `docs/sourcing.md`.

Pure: reads the document of a revision (`models.revisions.document_of`) and says what is missing, in a sentence that
tells the editor what to do and with the field that mends it.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import alterations, anchoring, markup, quoting

BLOCKS, WARNS, INFORMS = "B", "W", "I"
MIN_WORDS = 3  # shorter passages are names and terms more often than speech
SLACK = 2  # characters of closing punctuation that may stand inside the marks but not in the record


@dataclass(frozen=True)
class Finding:
    """One thing that is not in order.

    `target` names what mends it: a field ("headline"), or a record ("quote:12", "attribution:3", "image:5").
    `answered_by` is the kind of edition that answers it: then only publication as another kind is kept back.
    """

    code: str
    level: str
    sentence: str
    target: str
    gates: tuple[str, ...] = ()
    answered_by: str = ""

    @property
    def blocks(self) -> bool:
        """Whether the story may not be published while it stands, as whatever kind of edition."""
        return self.level == BLOCKS and not self.answered_by

    def blocks_as(self, kind: str) -> bool:
        """Whether the story may not be published as this kind of edition while it stands."""
        return self.level == BLOCKS and (not self.answered_by or self.answered_by != kind)


@dataclass(frozen=True)
class Subject:
    """The document under test, with what several checks need of it."""

    document: dict[str, Any]
    slug_is_taken: bool
    live: dict[str, Any] | None = None

    @cached_property
    def text(self) -> str:
        """The plain text of the body."""
        return markup.to_text(self.document["body"])

    @cached_property
    def places(self) -> dict[int, tuple[int, int] | None]:
        """Quote id → where its words stand in the text; None where they have drifted."""
        return {
            quote["id"]: anchoring.find(self.text, anchoring.Anchor(quote["text"], quote["prefix"], quote["suffix"]))
            for quote in self.document["quotes"]
        }

    @cached_property
    def attributions(self) -> dict[int, dict[str, Any]]:
        """Attribution id → attribution."""
        return {attribution["id"]: attribution for attribution in self.document["attributions"]}

    @cached_property
    def images(self) -> list[dict[str, Any]]:
        """The lead image and those of the article, each once."""
        found = [self.document["lead_image"], *self.document["images"]]
        return list({image["id"]: image for image in found if image}.values())


Problems = Iterator[tuple[str, str]]


def _passages_have_quotes(subject: Subject) -> Problems:
    marked = [(start, end) for start, end, _kind in markup.not_speech(subject.document["body"])]
    covered = [place for place in subject.places.values() if place] + marked
    for start, end in quoting.passages(subject.text):
        words = subject.text[start:end]
        if len(words.split()) < MIN_WORDS:
            continue
        if not any(left <= start + SLACK and right >= end - SLACK for left, right in covered):
            yield (
                _("“%(words)s” has no record: add a quote for it, or mark it as a title, term or scare quote.")
                % {"words": _short(words)},
                "body",
            )


def _quotes_match_body(subject: Subject) -> Problems:
    for quote in subject.document["quotes"]:
        if subject.places[quote["id"]] is None:
            yield (
                _("“%(words)s” no longer stands in the body: put the words right, or delete the record.")
                % {"words": _short(quote["text"])},
                f"quote:{quote['id']}",
            )


def _quotes_have_speakers(subject: Subject) -> Problems:
    for quote in subject.document["quotes"]:
        if quote["kind"] == "indirect" or quote["speaker"] or quote["speaker_unknown_because"].strip():
            continue
        attribution = subject.attributions.get(quote["attribution"])
        if attribution and attribution["is_anonymous"] and quote["speaker_mention"].strip():
            continue  # an unnamed source is somebody: the attribution answers for who
        yield (
            _("Say who said “%(words)s”, or why that is not known.") % {"words": _short(quote["text"])},
            f"quote:{quote['id']}",
        )


def _quotes_have_provenance(subject: Subject) -> Problems:
    for quote in subject.document["quotes"]:
        missing = [
            sentence
            for sentence, is_there in (
                (_("which source it rests on"), quote["attribution"] in subject.attributions),
                (_("how it was obtained"), quote["obtained_via"]),
                (_("when it was said, or that it is undated"), quote["said_on"] or quote["is_undated"]),
            )
            if not is_there
        ]
        if missing:
            yield (
                _("Add to “%(words)s”: %(missing)s.") % {"words": _short(quote["text"]), "missing": ", ".join(missing)},
                f"quote:{quote['id']}",
            )


_LEAD_IN = re.compile(
    r"^(?:(?:a|an|the|one|some|several|many|other|two|three|four|five|six|seven|eight|nine|ten|\d+|unnamed|anonymous)\s+)+",
    re.IGNORECASE,
)
_BARE = {"source", "sources", "official", "officials", "insider", "insiders", "person", "people"}


def _wording_is_not_bare(subject: Subject) -> Problems:
    for attribution in subject.document["attributions"]:
        wording = attribution["wording"].strip()
        if wording and _LEAD_IN.sub("", wording).strip(" .,").lower() in _BARE:
            yield (
                _("“%(wording)s” tells the reader nothing: say what kind of source it is.") % {"wording": wording},
                f"attribution:{attribution['id']}",
            )


_NUMBER = re.compile(
    r"^(?:two|three|four|five|six|seven|eight|nine|ten|several|some|many|both|[2-9]|\d\d+)\b", re.IGNORECASE
)
_PHRASE_END = re.compile(r"\s+(?:of|in|from|at|with|within|who|close|familiar|briefed|near|on|for|inside)\b|,")
_PLURAL = re.compile(r"\b(?:people|men|women|police officers|[a-z]+(?:[^s\W]s|ies))$", re.IGNORECASE)


def is_plural(wording: str) -> bool:
    """Whether "two diplomats", "officials in the capital", "a doctor and a nurse" name more than one person."""
    phrase = _PHRASE_END.split(wording.strip(), maxsplit=1)[0]
    return bool(_NUMBER.match(phrase) or _PLURAL.search(phrase) or " and " in phrase)


def _names_its_source(attribution: dict[str, Any]) -> bool:
    """Whether the wording holds a part of the source's own name: "Dorrit Ames" is one person."""
    actor = attribution["source"]["actor"]
    return bool(actor and set(actor["name"].split()) & set(attribution["wording"].split()))


def _plurals_are_counted(subject: Subject) -> Problems:
    for attribution in subject.document["attributions"]:
        source = attribution["source"]
        is_people = attribution["is_anonymous"] or (source["kind"] == "person" and not _names_its_source(attribution))
        if is_people and is_plural(attribution["wording"]) and (attribution["head_count"] or 0) < 2:
            yield (
                _("“%(wording)s” is plural: say how many people it stands for, two or more.")
                % {"wording": attribution["wording"]},
                f"attribution:{attribution['id']}",
            )


def _furniture_is_complete(subject: Subject) -> Problems:
    document = subject.document
    if not document["headline"].strip():
        yield _("Write a headline."), "headline"
    if not document["standfirst"].strip():
        yield _("Write a standfirst."), "standfirst"
    if not document["actors"] and not document["topics"]:
        yield _("Tag the story with at least one actor or topic."), "actors"
    if not document["slug"]:
        yield _("Give the story a slug: the last part of its address."), "slug"
    elif subject.slug_is_taken:
        yield _("Another story has the slug “%(slug)s”: change one.") % {"slug": document["slug"]}, "slug"
    known = {image["id"] for image in subject.images}
    if any(figure not in known for figure in markup.figures(document["body"])):
        yield _("A figure in the body shows a picture that is not among the story's images: add or remove it."), "body"
    for image in subject.images:
        if not image["alt"].strip():
            yield _("Write an alt text for the image “%(image)s”.") % {"image": _name(image)}, f"image:{image['id']}"
        if not image["credit"].strip():
            yield _("Give the credit of the image “%(image)s”.") % {"image": _name(image)}, f"image:{image['id']}"


def _what_readers_know_stands(subject: Subject) -> Problems:
    if subject.live is None:
        return
    answer = _("publish it as a correction that says what was wrong and what is right.")
    for change in alterations.quotes_changed(subject.live, subject.document):
        words = {"old": _short(change.old), "new": _short(change.new) or "–", "answer": answer}
        if change.what == "speaker":
            yield (
                _("Readers have a quote as said by %(old)s, not by %(new)s: %(answer)s") % words,
                _place(change, subject),
            )
        else:
            yield _("Readers have the quote “%(old)s”, not “%(new)s”: %(answer)s") % words, _place(change, subject)
    for change in alterations.figures_changed(subject.live, subject.document):
        words = {"old": _short(change.gone), "new": _short(change.new), "answer": answer}
        yield _("Readers have the figure in “%(old)s”, not “%(new)s”: %(answer)s") % words, change.field


def _place(change: alterations.QuoteChange, subject: Subject) -> str:
    return f"quote:{change.quote}" if change.quote in subject.places else "body"


@dataclass(frozen=True)
class Check:
    """One row of the table: `test` yields a sentence and a target for each problem it finds.

    Every check is asked at approval and publication; `gates` names the moves before those that it keeps back too. One
    that is `answered_by` a kind of edition is asked when that is chosen: at publication and at scheduling.
    """

    code: str
    level: str
    title: str
    test: Callable[[Subject], Problems]
    gates: tuple[str, ...] = ()
    answered_by: str = ""


CHECKS: tuple[Check, ...] = (
    Check("R1", BLOCKS, gettext_lazy("Every quoted passage has a record"), _passages_have_quotes),
    Check("R2", BLOCKS, gettext_lazy("Every quote still matches the body"), _quotes_match_body, ("submit",)),
    Check("R3", BLOCKS, gettext_lazy("Every quote has a speaker"), _quotes_have_speakers),
    Check("R4", BLOCKS, gettext_lazy("Every quote has a source, a way and a date"), _quotes_have_provenance),
    Check("R13", BLOCKS, gettext_lazy("No bare wording"), _wording_is_not_bare),
    Check("R14", BLOCKS, gettext_lazy("Plural wording is counted"), _plurals_are_counted),
    Check(
        "R31",
        BLOCKS,
        gettext_lazy("What readers were told is changed by a correction"),
        _what_readers_know_stands,
        answered_by="correction",
    ),
    Check("R33", BLOCKS, gettext_lazy("The furniture is complete"), _furniture_is_complete),
)


def run(document: dict[str, Any], *, slug_is_taken: bool, live: dict[str, Any] | None = None) -> list[Finding]:
    """Every problem of the document, in the order of the table; an empty list means it may go out.

    `live` is the document of the edition that readers have now, if they have one.
    """
    subject = Subject(document, slug_is_taken, live)
    return [
        Finding(check.code, check.level, str(sentence), target, check.gates, check.answered_by)
        for check in CHECKS
        for sentence, target in check.test(subject)
    ]


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= 70 else f"{words[:67].rstrip()}…"


def _name(image: dict[str, Any]) -> str:
    return _short(image["alt"] or image["caption"] or str(image["id"]))
