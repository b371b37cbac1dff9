"""Checks of the story as a thing to be printed: R31, R33 of `docs/sourcing.md`."""

from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .. import alterations, markup
from .subject import WARNS, Facts, Problem, Problems, Subject, name_of, short


def what_readers_know_stands(subject: Subject) -> Problems:
    """R31."""
    live = subject.facts.live
    if live is None:
        return
    answer = _("publish it as a correction that says what was wrong and what is right.")
    for change in alterations.quotes_changed(live, subject.document):
        words = {"old": short(change.old), "new": short(change.new) or "–", "answer": answer}
        if change.what == "speaker":
            sentence = _("Readers have a quote as said by %(old)s, not by %(new)s: %(answer)s")
        else:
            sentence = _("Readers have the quote “%(old)s”, not “%(new)s”: %(answer)s")
        yield Problem(sentence % words, f"quote:{change.quote}" if change.quote in subject.places else "body")
    for change in alterations.figures_changed(live, subject.document):
        words = {"old": short(change.gone), "new": short(change.new), "answer": answer}
        yield Problem(_("Readers have the figure in “%(old)s”, not “%(new)s”: %(answer)s") % words, change.field)


def furniture_is_complete(subject: Subject) -> Problems:
    """R33."""
    document = subject.document
    if not document["headline"].strip():
        yield Problem(_("Write a headline."), "headline")
    if not document["standfirst"].strip():
        yield Problem(_("Write a standfirst."), "standfirst")
    if not document["actors"] and not document["topics"]:
        yield Problem(_("Tag the story with at least one actor or topic."), "actors")
    if not document["slug"]:
        yield Problem(_("Give the story a slug: the last part of its address."), "slug")
    elif subject.facts.slug_is_taken:
        yield Problem(_("Another story has the slug “%(slug)s”: change one.") % {"slug": document["slug"]}, "slug")
    known = {image["id"] for image in subject.images}
    if any(figure not in known for figure in markup.figures(document["body"])):
        sentence = _("A figure in the body shows a picture that is not among the story's images: add or remove it.")
        yield Problem(sentence, "body")
    yield from _pictures_are_complete(subject)


def _pictures_are_complete(subject: Subject) -> Problems:
    for image in subject.images:
        target = f"image:{image['id']}"
        if not image["alt"].strip():
            yield Problem(_("Write an alt text for the image “%(image)s”.") % {"image": name_of(image)}, target)
        if not image["credit"].strip():
            yield Problem(_("Give the credit of the image “%(image)s”.") % {"image": name_of(image)}, target)
        if image["id"] in subject.facts.terms:
            yield Problem(_terms_of(image, subject.facts), target, WARNS)


def _terms_of(image: dict[str, Any], facts: Facts) -> str:
    """What happens to a picture whose terms end; the press sees to it by itself, so that it keeps nothing back."""
    day = facts.terms[image["id"]]
    if facts.now and day < timezone.localdate(facts.now):
        told = _("The terms of the image “%(image)s” ended on %(day)s: readers get the story without it. Take another.")
    else:
        told = _("The image “%(image)s” may be shown until %(day)s: after that readers get the story without it.")
    return told % {"image": name_of(image), "day": date_format(day, "j F Y")}
