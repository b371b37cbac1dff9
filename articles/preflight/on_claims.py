"""Checks of what is claimed and who was asked: R18–R23, R30 of `docs/sourcing.md`."""

import re
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from .subject import Problem, Problems, Subject, fold, short

VOWELS = re.compile("[\u064b-\u0652]")
IN_THE_BODY = {
    "declined": re.compile(
        r"\b(?:declin|refus)\w+\b|\bwould not (?:comment|say|answer|be drawn)\b|\bno comment\b"
        r"|امتنع|امتناع|رفض|لا تعليق|لم يعلق|لم تعلق"
    ),
    "no_response": re.compile(
        r"\b(?:did|do|does|had|has|have|was|were)(?: not|n't) (?:yet |immediately |been )?"
        r"(?:respond|repl|answer|return|react)"
        r"|\bno (?:reply|answer|response)\b|\bwent unanswered\b"
        r"|لم (?:[يت]رد|[يت]ستجب|[يت]جب|نتلق|[يت]صل)|(?:دون|بلا|بدون) رد"
    ),
    "unreachable": re.compile(
        r"\b(?:could|can)(?:not| not|n't) (?:immediately )?be (?:reached|contacted|found)\b"
        r"|(?:تعذر|لم يتسن|لم يمكن|لم نتمكن من) (?:الوصول|الاتصال|الحصول)"
    ),
}
ANSWERED = ("replied", "declined")


def _target(claim: dict[str, Any]) -> str:
    return f"claim:{claim['id']}"


def _origins(subject: Subject, claim: dict[str, Any]) -> set[Any]:
    """What the claim's sources trace back to; sources of one official, wire or document are one."""
    usable = _usable(subject, claim)
    return {each["source"]["root"] or each["source"]["id"] for each in usable}


def _usable(subject: Subject, claim: dict[str, Any]) -> list[dict[str, Any]]:
    """What it may rest on: neither what was said off the record nor a source that was recalled."""
    return [
        each for each in subject.supports(claim) if each["basis"] != "off_record" and not each["source"]["is_recalled"]
    ]


def _is_firm(attribution: dict[str, Any]) -> bool:
    """A person on the record, or a document."""
    is_document = attribution["source"]["kind"] in ("document", "data", "recording")
    return is_document or (attribution["basis"] == "on_record" and not attribution["is_anonymous"])


def serious_claims_have_two_sources(subject: Subject) -> Problems:
    """R18."""
    for claim in subject.claims:
        if not claim["is_serious"] or len(_origins(subject, claim)) >= 2:
            continue
        words = {"words": short(claim["text"])}
        if not any(_is_firm(each) for each in _usable(subject, claim)):
            sentence = _("“%(words)s” is serious and needs two sources that do not go back to one.")
            yield Problem(sentence % words, _target(claim))
        elif not claim["is_approved"]:
            sentence = _(
                "“%(words)s” is serious and rests on one source: find another, or have a publisher approve it."
            )
            yield Problem(sentence % words, _target(claim))


def the_desk_knows_of_one_source(subject: Subject) -> Problems:
    """R19."""
    for claim in subject.claims:
        origins = _origins(subject, claim)
        if not origins and any(each["source"]["is_recalled"] for each in subject.supports(claim)):
            sentence = _("“%(words)s” rests on a source that was recalled as unreliable: find another, or take it out.")
            yield Problem(sentence % {"words": short(claim["text"])}, _target(claim))
        elif len(origins) < 2 and not claim["is_known_to_desk"]:
            sentence = _("“%(words)s” rests on one source: tell the desk, and note that it knows.")
            yield Problem(sentence % {"words": short(claim["text"])}, _target(claim))


def the_accused_were_asked(subject: Subject) -> Problems:
    """R20."""
    for claim in subject.claims:
        if not claim["is_serious"]:
            continue
        if not claim["actors"]:
            sentence = _("Say whom “%(words)s” is about: they have a right to reply.")
            yield Problem(sentence % {"words": short(claim["text"])}, _target(claim))
        for actor in claim["actors"]:
            asked = [each for each in subject.replies if each["actor"]["id"] == actor["id"] and _covers(each, claim)]
            words = {"words": short(claim["text"]), "name": actor["name"]}
            if not asked:
                sentence = _("Ask %(name)s to reply to “%(words)s” before publication, and note it.")
                yield Problem(sentence % words, _target(claim))
            elif missing := _missing(asked[-1]):
                sentence = _("Complete the request to %(name)s: %(missing)s.")
                yield Problem(sentence % (words | {"missing": ", ".join(missing)}), f"reply:{asked[-1]['id']}")


def _covers(reply: dict[str, Any], claim: dict[str, Any]) -> bool:
    return not reply["claims"] or claim["id"] in reply["claims"]


def _missing(reply: dict[str, Any]) -> list[str]:
    parts = (("asked_at", _("when")), ("how", _("how")), ("asked_by", _("by whom")), ("deadline", _("until when")))
    return [str(label) for name, label in parts if not reply[name]]


def the_reply_stands_in_the_body(subject: Subject) -> Problems:
    """R21."""
    for reply in subject.replies:
        words, target = {"name": reply["actor"]["name"]}, f"reply:{reply['id']}"
        if reply["outcome"] == "replied":
            if subject.places.get(reply["quote"]) is None:
                sentence = _("%(name)s replied: put the reply into the story, and tie the quote to the request.")
                yield Problem(sentence % words, target)
        elif reply["outcome"] in IN_THE_BODY:
            if not _is_told(subject, reply):
                sentence = _("Tell readers what came of asking %(name)s: “%(label)s”.")
                yield Problem(sentence % (words | {"label": reply["outcome_label"]}), target)
        else:
            yield Problem(_("Note what came of asking %(name)s.") % words, target)


def _is_told(subject: Subject, reply: dict[str, Any]) -> bool:
    """Whether a paragraph that names them says so."""
    called = (reply["actor"]["name"], *reply["actor"].get("names", []))
    names = [VOWELS.sub("", fold(name)) for name in called if name]
    names += [name.split()[-1] for name in names if len(name.split()[-1]) > 3]
    pattern = IN_THE_BODY[reply["outcome"]]
    return any(
        pattern.search(paragraph) and any(name in paragraph for name in names)
        for paragraph in (VOWELS.sub("", fold(line)) for line in subject.text.split("\n"))
    )


def the_deadline_has_passed(subject: Subject) -> Problems:
    """R22."""
    for reply in subject.replies:
        deadline = parse_datetime(reply["deadline"]) if reply["deadline"] else None
        if deadline and subject.facts.now and deadline > subject.facts.now and reply["outcome"] not in ANSWERED:
            sentence = _("%(name)s still has time to reply: wait, or tell them that you publish earlier.")
            yield Problem(sentence % {"name": reply["actor"]["name"]}, f"reply:{reply['id']}")


def nobody_declines_and_speaks(subject: Subject) -> Problems:
    """R23. Of sources whose actor the desk may know; a sealed identity is not opened for a check."""
    unnamed = {each["source"]["actor"]["id"]: each for each in subject.anonymous if each["source"]["actor"]}
    for reply in subject.replies:
        if reply["outcome"] == "declined" and reply["actor"]["id"] in unnamed:
            sentence = _("%(name)s is said to have declined, and speaks in the story unnamed: that is not true.")
            yield Problem(sentence % {"name": reply["actor"]["name"]}, f"reply:{reply['id']}")


def all_sides_are_heard(subject: Subject) -> Problems:
    """R30."""
    heard = {quote["speaker"]["id"] for quote in subject.quotes if quote["speaker"]}
    heard |= {each["source"]["actor"]["id"] for each in subject.attributions.values() if each["source"]["actor"]}
    heard |= {reply["actor"]["id"] for reply in subject.replies}
    for dispute in subject.document.get("disputes", []):
        sides = [side for side in dispute if not heard & {side["id"], *side.get("members", [])}]
        for side in sides:
            other = next(each for each in dispute if each["id"] != side["id"])
            sentence = _("%(name)s, at odds with %(other)s, has no say in the story: quote or ask them.")
            yield Problem(sentence % {"name": side["name"], "other": other["name"]}, "actors")
