"""Telling people: one row for each person whom a line of the table reaches, and what it says when it is shown.

Nobody is told what they did themselves, what they may not see now, or what they muted.
"""

from collections.abc import Iterable
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from ..models import Article, Comment, Event, Notification, NotificationSetting, nameplates
from ..models.notices import NoticeKind
from ..models.people import name_of, staff, who_may
from .rules import RULES, Happening, Rule, these


def notify(event: Event, comment: Comment | None = None) -> list[Notification]:
    """Tell the people of the table what happened, each person once; one query for each line that applies."""
    rules = RULES.get(event.verb, ())
    article = Article.objects.filter(pk=event.article_id).first() if rules else None
    if article is None:
        return []
    what = Happening(event, article, comment)
    told: dict[int, Notification] = {}
    for rule in rules:
        if not rule.when(what):
            continue
        for person in people_of(rule, what):
            if person.pk not in told and rule.kind not in setting_of(person).muted:
                told[person.pk] = Notification(
                    recipient=person,
                    kind=rule.kind,
                    article=article,
                    event=event,
                    comment=comment,
                    by=event.by,
                    at=event.at,
                )
    return Notification.objects.bulk_create(told.values())


def people_of(rule: Rule, what: Happening) -> Iterable[Any]:
    """Whom a line of the table reaches: staff who may read the story as it stands now."""
    wanted = these()
    for selector in rule.to:
        wanted |= selector(what)
    people = staff().filter(wanted).filter(who_may("read_draft", what.article))
    if rule.spares_actor and what.event.by_id:
        people = people.exclude(pk=what.event.by_id)
    return people.select_related("notification_setting")


def setting_of(person: Any) -> NotificationSetting:
    """How this person wants to be told; the usual way where they never said."""
    return getattr(person, "notification_setting", None) or NotificationSetting(user=person)


# --- in words -------------------------------------------------------------------------------------------------------


def sentence(notice: Notification) -> str:
    """What happened, without a word of the story: "Rhea Lind returned it to you."."""
    event = notice.event
    rules = [rule for rule in RULES.get(event.verb, ()) if rule.kind == notice.kind] if event else []
    if not rules:
        return f"{capfirst(notice.get_kind_display())}."
    what = Happening(event, notice.article, notice.comment)
    rule = next((rule for rule in rules if rule.when(what)), rules[0])
    return str(rule.sentence) % {"who": who_did(notice)}


def who_did(notice: Notification) -> str:
    """A colleague by name, a guest as a guest, else the newsroom."""
    if notice.by:
        return name_of(notice.by)
    if notice.comment and notice.comment.guest_name:
        return str(_("A guest"))
    return nameplates.current().name


def address(notice: Notification) -> str:
    """The page of the desk on which to act on it, as a path."""
    place = f"#note-{notice.comment_id}" if notice.comment_id else ""
    if place or notice.kind == NoticeKind.REVIEW:
        try:
            return reverse("admin:articles_article_review", args=[notice.article_id]) + place
        except NoReverseMatch:
            pass
    return reverse("admin:articles_article_change", args=[notice.article_id])
