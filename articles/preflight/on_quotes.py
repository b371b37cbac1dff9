"""Checks of the quotes: R1–R5, R15, R16, R25–R28 of `docs/sourcing.md`."""

import re
from typing import Any

from django.utils.translation import gettext as _

from .. import markup, quoting
from .subject import Problem, Problems, Subject, fold, holds_any, short

MIN_WORDS = 3  # shorter passages are names and terms more often than speech
SLACK = 2  # characters of closing punctuation that may stand inside the marks but not in the record

SPOKEN_TO_US = {"interview", "phone"}
NOT_SPOKEN_TO_US = {"statement", "social_post", "document", "outlet", "wire", "email", "message"}
BORROWED = {"outlet", "wire"}
IN_AN_INTERVIEW = re.compile(r"\b(?:in|during) an? (?:\w+ ){0,2}interview\b|\binterviewed (?:by|for)\b", re.IGNORECASE)
INTERVIEW_WITH_OTHERS = re.compile(r"\binterview (?:with|by|to|on|for)\b|\binterviewed (?:by|for)\b", re.IGNORECASE)
TRANSLATED = re.compile(
    r"\btranslat\w*\b|\b(?:through|via) an? (?:\w+ )?interpreter\b"
    r"|\b(?:speaking|said|spoke|wrote|written|speech) in [A-Z]"
)
ALTERED_OUT = re.compile(r"…|\.\.\.|\. \. \.")
OUTER_MARKS = " .,;:\"“”„«»‹›‘’'"
ALTERED = re.compile(r"…|\.\.\.|\. \. \.|\[[^\]]+\]")


def passages_have_quotes(subject: Subject) -> Problems:
    """R1."""
    marked = [(start, end) for start, end, _kind in markup.not_speech(subject.document["body"])]
    covered = subject.covered + marked
    for start, end in quoting.passages(subject.text):
        words = subject.text[start:end]
        if len(words.split()) < MIN_WORDS:
            continue
        if not any(left <= start + SLACK and right >= end - SLACK for left, right in covered):
            sentence = _("“%(words)s” has no record: add a quote for it, or mark it as a title, term or scare quote.")
            yield Problem(sentence % {"words": short(words)}, "body")
    yield from _quoted_in_captions(subject)


def _quoted_in_captions(subject: Subject) -> Problems:
    """What a caption or a link card has somebody say is said in the text too, with a record; a pull quote is R2's."""
    known = [fold(part["text"]) for quote in subject.quotes for part in (quote, *quote["segments"])]
    for piece in markup.pieces(subject.document["body"]):
        for start, end in quoting.passages(piece.words) if piece.kind != markup.PULL else ():
            words = piece.words[start:end]
            said = fold(words).rstrip(".,;:!? ")
            if len(words.split()) >= MIN_WORDS and not any(said in each for each in known):
                sentence = _("“%(words)s” stands in a caption and has no record: quote it in the text, or take it out.")
                yield Problem(sentence % {"words": short(words)}, "body")


def quotes_match_body(subject: Subject) -> Problems:
    """R2. A pull quote repeats words of the text; it is no quote of its own and has no record."""
    for piece in markup.pieces(subject.document["body"]):
        parts = ALTERED_OUT.split(piece.words) if piece.kind == markup.PULL else ()
        if not all(subject.stands(part.strip(OUTER_MARKS)) for part in parts):
            sentence = _("The pull quote “%(words)s” does not stand in the text: put its words right, or remove it.")
            yield Problem(sentence % {"words": short(piece.words.strip(OUTER_MARKS))}, "body")
    for quote in subject.quotes:
        if subject.places[quote["id"]] is None:
            sentence = _("“%(words)s” no longer stands in the body: put the words right, or delete the record.")
            yield Problem(sentence % {"words": short(quote["text"])}, _target(quote))


def quotes_have_speakers(subject: Subject) -> Problems:
    """R3. An unnamed source is somebody: its attribution answers for who."""
    for quote in subject.quotes:
        if quote["kind"] == "indirect" or quote["speaker"] or quote["speaker_unknown_because"].strip():
            continue
        if subject.is_unnamed(quote) and quote["speaker_mention"].strip():
            continue
        sentence = _("Say who said “%(words)s”, or why that is not known.")
        yield Problem(sentence % {"words": short(quote["text"])}, _target(quote))


def quotes_have_provenance(subject: Subject) -> Problems:
    """R4."""
    for quote in subject.quotes:
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
            words = {"words": short(quote["text"]), "missing": ", ".join(missing)}
            yield Problem(_("Add to “%(words)s”: %(missing)s.") % words, _target(quote))


def quotes_are_verified(subject: Subject) -> Problems:
    """R5."""
    for quote in subject.quotes:
        words = {"words": short(quote["text"])}
        if quote["verification"] == "disputed":
            yield Problem(_("“%(words)s” is disputed: settle it, or take it out.") % words, _target(quote))
        elif quote["verification"] == "fabricated":
            yield Problem(_("“%(words)s” was never said: take it out.") % words, _target(quote))
        elif _rests_on_recalled(subject, quote):
            sentence = _("The source of “%(words)s” was recalled as unreliable: take it out, or find another source.")
            yield Problem(sentence % words, _target(quote))
        elif quote["verification"] != "verified" or not quote["verified_by"]:
            sentence = _("Nobody has checked “%(words)s”: hold it against the recording, transcript or text.")
            yield Problem(sentence % words, _target(quote))


def _rests_on_recalled(subject: Subject, quote: dict[str, Any]) -> bool:
    attribution = subject.attribution_of(quote)
    return attribution is not None and attribution["source"]["is_recalled"]


def anonymous_quotes_inform(subject: Subject) -> Problems:
    """R15."""
    for quote in subject.quotes:
        if quote["is_opinion"] and subject.is_unnamed(quote):
            sentence = _("“%(words)s” is an opinion from somebody unnamed: name them, or take it out.")
            yield Problem(sentence % {"words": short(quote["text"])}, _target(quote))


def first_quote_is_named(subject: Subject) -> Problems:
    """R16."""
    first = next(iter(subject.in_order), None)
    if first and subject.is_unnamed(first):
        sentence = _("The first quote of the story, “%(words)s”, is of somebody unnamed: begin with one who is named.")
        yield Problem(sentence % {"words": short(first["text"])}, _target(first))


def wording_fits_how_obtained(subject: Subject) -> Problems:
    """R25. What stands around the quote, the quoted words themselves left out."""
    for quote in subject.quotes:
        said = subject.sentence_of(quote).replace(quote["text"], " ")
        how, words = quote["obtained_via"], {"words": short(quote["text"])}
        if how in NOT_SPOKEN_TO_US - BORROWED and IN_AN_INTERVIEW.search(said):
            yield Problem(_("“%(words)s” was not said in an interview: write how it was said.") % words, _target(quote))
        elif how in BORROWED and IN_AN_INTERVIEW.search(said) and not INTERVIEW_WITH_OTHERS.search(said):
            sentence = _("“%(words)s” was said to others: write whose interview it was.")
            yield Problem(sentence % words, _target(quote))
        elif how in NOT_SPOKEN_TO_US and _told_us(said, subject.facts.newsroom):
            sentence = _("“%(words)s” was not said to us: write how it came, not whom they “told”.")
            yield Problem(sentence % words, _target(quote))


def _told_us(said: str, newsroom: str) -> bool:
    names = [newsroom, newsroom.removeprefix("The ")] if newsroom else []
    return any(re.search(rf"\btold (?:the )?{re.escape(fold(name))}\b", fold(said)) for name in names)


def borrowed_words_are_credited(subject: Subject) -> Problems:
    """R26."""
    for quote in subject.quotes:
        attribution = subject.attribution_of(quote)
        if quote["obtained_via"] not in BORROWED or not attribution or subject.places[quote["id"]] is None:
            continue
        source = attribution["source"]
        names = [source["label"], *source["names"], *([source["actor"]["name"]] if source["actor"] else [])]
        if source["kind"] != "outlet":  # a person's words, through an outlet: the credit is the attribution's wording
            names = [attribution["wording"]]
        if not holds_any(subject.sentence_of(quote).replace(quote["text"], " "), [*names, attribution["wording"]]):
            sentence = _("“%(words)s” comes from %(source)s: credit them in the same sentence.")
            words = {"words": short(quote["text"]), "source": next(filter(None, names), _("others"))}
            yield Problem(sentence % words, _target(quote))


def alterations_are_kept(subject: Subject) -> Problems:
    """R27."""
    own = (subject.document.get("language") or "").split("-")[0]
    for quote in subject.quotes:
        if subject.places[quote["id"]] is None:
            continue
        words = {"words": short(quote["text"])}
        language = quote["original_language"].split("-")[0]
        if language and language != own and not TRANSLATED.search(_paragraph_of(subject, quote)):
            sentence = _("“%(words)s” is translated: say so beside it, and from what language.")
            yield Problem(sentence % words, _target(quote))
        is_altered = bool(ALTERED.search(quote["text"])) or bool(quote["segments"])
        if is_altered and not quote["original_text"].strip():
            sentence = _("“%(words)s” was shortened, joined or added to: keep the original words with the record.")
            yield Problem(sentence % words, _target(quote))


def speakers_have_roles(subject: Subject) -> Problems:
    """R28. Of persons who are named, at the first quote each has."""
    met: set[int] = set()
    for quote in subject.in_order:
        speaker = quote["speaker"]
        if not speaker or speaker["id"] in met:
            continue
        met.add(speaker["id"])
        if speaker.get("kind", "person") != "person":
            continue
        words = {"name": speaker["name"]}
        if not quote["role"].strip():
            yield Problem(_("Say who %(name)s is: give the role at the first quote.") % words, _target(quote))
        elif not subject.stands(quote["role"]):
            sentence = _("The role of %(name)s, “%(role)s”, does not stand in the body: introduce them.")
            yield Problem(sentence % (words | {"role": quote["role"]}), _target(quote))


def _paragraph_of(subject: Subject, quote: dict) -> str:
    start, end = subject.places[quote["id"]]
    line_end = subject.text.find("\n", end)
    return subject.text[subject.text.rfind("\n", 0, start) + 1 : line_end if line_end >= 0 else None]


def _target(quote: dict) -> str:
    return f"quote:{quote['id']}"
