"""Checks of the sources as the story uses them: R6–R14, R17, R24, R29 of `docs/sourcing.md`."""

import re
from collections import defaultdict
from typing import Any

from django.utils.translation import gettext as _

from .subject import WARNS, Problem, Problems, Subject, fold, holds_any, short


def _target(attribution: dict[str, Any]) -> str:
    return f"attribution:{attribution['id']}"


def _rest_on(subject: Subject, attribution: dict[str, Any]) -> str:
    """The first quote or claim that rests on it, as words; empty when nothing does."""
    quotes = [quote["text"] for quote in subject.quotes if quote["attribution"] == attribution["id"]]
    claims = [claim["text"] for claim in subject.claims if attribution["id"] in claim["attributions"]]
    return short(next(iter([*quotes, *claims]), ""))


def nothing_off_the_record(subject: Subject) -> Problems:
    """R6."""
    for attribution in subject.attributions.values():
        if attribution["basis"] != "off_record":
            continue
        words = _rest_on(subject, attribution)
        if words:
            sentence = _("“%(words)s” rests on what was said off the record: find another source, or take it out.")
            yield Problem(sentence % {"words": words}, _target(attribution))
        elif attribution["wording"].strip() and subject.stands(attribution["wording"]):
            sentence = _("“%(wording)s” stands in the body, but they spoke off the record: take it out.")
            yield Problem(sentence % {"wording": attribution["wording"]}, _target(attribution))


def deep_background_is_not_attributed(subject: Subject) -> Problems:
    """R7."""
    for attribution in subject.attributions.values():
        if attribution["basis"] != "deep_background":
            continue
        quote = next((quote for quote in subject.quotes if quote["attribution"] == attribution["id"]), None)
        if quote:
            sentence = _("“%(words)s” was said on deep background: state the fact without the quote.")
            yield Problem(sentence % {"words": short(quote["text"])}, _target(attribution))
        if attribution["wording"].strip():
            sentence = _("“%(wording)s” points at somebody who spoke on deep background: leave the wording empty.")
            yield Problem(sentence % {"wording": attribution["wording"]}, _target(attribution))


def background_has_a_wording_without_name(subject: Subject) -> Problems:
    """R8. The names of a confidential source are not known here: the desk keeps them sealed."""
    for attribution in subject.attributions.values():
        if attribution["basis"] != "background":
            continue
        wording, actor = attribution["wording"].strip(), attribution["source"]["actor"]
        names = [*attribution["source"]["names"], *([actor["name"]] if actor else [])]
        name = holds_any(wording, [part for each in names for part in _name_parts(each)])
        if not wording:
            sentence = _("They spoke on background: agree on how to describe them, and write it as the wording.")
            yield Problem(sentence, _target(attribution))
        elif name:
            sentence = _("“%(wording)s” holds “%(name)s”, the name of a source on background: describe them otherwise.")
            yield Problem(sentence % {"wording": wording, "name": name}, _target(attribution))


def _name_parts(name: str) -> list[str]:
    """The whole name and its last word, where that is long enough to be a surname."""
    last = name.split()[-1] if name.split() else ""
    return [name, last] if len(last) > 3 and last[:1].isupper() else [name]


def anonymity_has_a_reason(subject: Subject) -> Problems:
    """R9."""
    for attribution in _printed_anonymous(subject):
        if not attribution["anonymity_reason"]:
            sentence = _("Choose why “%(who)s” is not named.")
            yield Problem(sentence % {"who": _called(attribution)}, _target(attribution))
        elif not attribution["anonymity_wording"].strip():
            sentence = _("Write why “%(who)s” is not named, in the words that readers get.")
            yield Problem(sentence % {"who": _called(attribution)}, _target(attribution))


def reason_stands_in_body(subject: Subject) -> Problems:
    """R10."""
    for attribution in _printed_anonymous(subject):
        reason = attribution["anonymity_wording"].strip()
        if reason and not subject.stands(reason.rstrip(".")):
            sentence = _("Tell readers in the story why “%(who)s” is not named: “%(reason)s”.")
            yield Problem(sentence % {"who": _called(attribution), "reason": reason}, _target(attribution))


def an_editor_knows(subject: Subject) -> Problems:
    """R11."""
    writers = {subject.document.get("writer"), *(each.get("user") for each in subject.document.get("bylines", []))}
    for attribution in subject.anonymous:
        if attribution["known_by"] is None or attribution["known_by"] in writers:
            sentence = _("An editor who did not write the story has to know who “%(who)s” is, and to say so.")
            yield Problem(sentence % {"who": _called(attribution)}, _target(attribution))


def anonymity_is_approved(subject: Subject) -> Problems:
    """R12."""
    for attribution in subject.anonymous:
        if not attribution["is_approved"]:
            sentence = _("Nobody has approved leaving “%(who)s” unnamed, or it was changed since.")
            yield Problem(sentence % {"who": _called(attribution)}, _target(attribution))


_LEAD_IN = re.compile(
    r"^(?:(?:a|an|the|one|some|several|many|other|two|three|four|five|six|seven|eight|nine|ten|\d+|unnamed|anonymous)\s+)+",
    re.IGNORECASE,
)
_BARE = {"source", "sources", "official", "officials", "insider", "insiders", "person", "people"}


def wording_is_not_bare(subject: Subject) -> Problems:
    """R13."""
    for attribution in subject.attributions.values():
        wording = attribution["wording"].strip()
        if wording and _LEAD_IN.sub("", wording).strip(" .,").lower() in _BARE:
            sentence = _("“%(wording)s” tells the reader nothing: say what kind of source it is.")
            yield Problem(sentence % {"wording": wording}, _target(attribution))


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


def plurals_are_counted(subject: Subject) -> Problems:
    """R14."""
    for attribution in subject.attributions.values():
        source = attribution["source"]
        is_people = attribution["is_anonymous"] or (source["kind"] == "person" and not _names_its_source(attribution))
        if is_people and is_plural(attribution["wording"]) and (attribution["head_count"] or 0) < 2:
            sentence = _("“%(wording)s” is plural: say how many people it stands for, two or more.")
            yield Problem(sentence % {"wording": attribution["wording"]}, _target(attribution))


def basis_of_knowledge_is_first_hand(subject: Subject) -> Problems:
    """R17."""
    for attribution in subject.anonymous:
        if not attribution["basis_of_knowledge"].strip():
            sentence = _("Say how “%(who)s” knows: was there, has read it, decided it.")
            yield Problem(sentence % {"who": _called(attribution)}, _target(attribution))
        elif attribution["is_second_hand"]:
            sentence = _("“%(who)s” knows it from others: ask those who were there.")
            yield Problem(sentence % {"who": _called(attribution)}, _target(attribution), WARNS)


def one_identity_has_one_wording(subject: Subject) -> Problems:
    """R24."""
    cited: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    for attribution in subject.attributions.values():
        source = attribution["source"]
        cited[("actor", source["actor"]["id"]) if source["actor"] else ("source", source["id"])].append(attribution)
    for group in cited.values():
        unnamed = [each for each in group if each["is_anonymous"]]
        wordings = {fold(each["wording"]) for each in unnamed}
        if unnamed and len(unnamed) < len(group):
            sentence = _("“%(who)s” is cited by name and without: whoever reads both knows who it is.")
            yield Problem(sentence % {"who": _called(unnamed[0])}, _target(unnamed[0]))
        elif len(wordings) > 1:
            sentence = _("One source is cited as %(wordings)s: that makes two of one. Use one wording.")
            quoted = " / ".join(f"“{_called(each)}”" for each in unnamed)
            yield Problem(sentence % {"wordings": quoted}, _target(unnamed[-1]))


def anonymity_has_a_byline(subject: Subject) -> Problems:
    """R29."""
    if subject.anonymous and not subject.document.get("bylines"):
        yield Problem(
            _("A story with an unnamed source carries the name of who answers for it: add a byline."), "bylines"
        )


def _printed_anonymous(subject: Subject) -> list[dict[str, Any]]:
    """Those readers are told of at all: nothing is printed of deep background or what was off the record."""
    return [each for each in subject.anonymous if each["basis"] not in ("deep_background", "off_record")]


def _called(attribution: dict[str, Any]) -> str:
    return attribution["wording"].strip() or attribution["source"]["label"] or str(_("the unnamed source"))
