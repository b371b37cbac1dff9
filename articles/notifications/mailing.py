"""Mails made of notices, gathered for each person as they want them.

A notice is claimed (`mailed_at`) in a transaction before its mail goes out, so that two senders never mail it twice. A
sender that is killed between the two loses that mail and no more: the notice stays on the desk. What the mail server
did not take is let go again and tried at the next run, for three days.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPException, SMTPRecipientsRefused
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..models import Article, Notification, NotificationSetting, nameplates
from ..models.notices import MailPace
from .telling import address, sentence, setting_of

logger = logging.getLogger(__name__)

TOO_OLD = timedelta(days=3)  # a notice that could not be mailed by then is read on the desk
MORNING = 7  # the hour of the daily mail, in the newsroom's zone
SHOWN = 50  # notices spelt out in one mail


@dataclass(frozen=True)
class Sent:
    """What one run did: mails that went out, the notices in them, and the people whose mail did not."""

    mails: int
    notices: int
    failed: int


def send_due(now: datetime | None = None) -> Sent:
    """Mail everybody whose turn it is; one mail a person. Whom it fails for does not keep it from the others."""
    now = now or timezone.now()
    mails = notices = failed = 0
    with translation.override(settings.LANGUAGE_CODE):
        for person in waiting(now):
            number = send_to(person, now)
            mails, notices, failed = mails + (number > 0), notices + max(number, 0), failed + (number < 0)
    return Sent(mails, notices, failed)


def waiting(now: datetime) -> Iterable[Any]:
    """Active staff with an address, to whom something was told that was neither read nor mailed."""
    people = get_user_model().objects.filter(is_active=True, is_staff=True).exclude(email="")
    told = unsent(now).filter(recipient=OuterRef("pk"))
    return people.filter(Exists(told)).select_related("notification_setting").order_by("pk")


def unsent(now: datetime) -> QuerySet:
    """Notices that could be mailed."""
    return Notification.objects.unread().filter(mailed_at__isnull=True, at__gte=now - TOO_OLD)


def turn(pace: str, now: datetime) -> datetime | None:
    """The moment up to which notices are mailed now: the last full hour, the last morning; None for never."""
    here = timezone.localtime(now)
    if pace == MailPace.AT_ONCE:
        return now
    if pace == MailPace.HOURLY:
        return here.replace(minute=0, second=0, microsecond=0)
    if pace == MailPace.DAILY:
        morning = here.replace(hour=MORNING, minute=0, second=0, microsecond=0)
        return morning if morning <= here else morning - timedelta(days=1)
    return None


def send_to(person: Any, now: datetime) -> int:
    """Send this person's mail: how many notices went out, 0 where it is not their turn, -1 where it failed."""
    until = turn(setting_of(person).pace, now)
    if until is None:
        return 0
    try:
        validate_email(person.email)
    except ValidationError:
        logger.error("account %s has an address that no mail can go to", person.pk)
        return -1
    with transaction.atomic():
        notices = claim(person, until, now)
        message = compose(person, notices) if notices else None
    if message is None:
        return 0
    try:
        message.send()
    except (SMTPException, OSError, ValueError) as error:
        logger.error("notices for account %s were not mailed: %s", person.pk, type(error).__name__)
        if not is_for_good(error):
            Notification.objects.filter(pk__in=[notice.pk for notice in notices]).update(mailed_at=None)
        return -1
    NotificationSetting.objects.filter(user=person).update(mailed_at=now)
    return len(notices)


def claim(person: Any, until: datetime, now: datetime) -> list[Notification]:
    """Lock and mark what is to be mailed: of stories that `person` may read at this moment."""
    notices = list(
        unsent(now)
        .of(person)
        .filter(at__lte=until)
        .select_for_update(of=("self",))
        .select_related("article", "event", "comment", "by")
        .order_by("at", "id")
    )
    Notification.objects.filter(pk__in=[notice.pk for notice in notices]).update(mailed_at=now)
    return notices


def is_for_good(error: Exception) -> bool:
    """Whether the mail server refuses this address and will do so again."""
    if not isinstance(error, SMTPRecipientsRefused):
        return False
    return all(code >= 500 for code, _words in error.recipients.values())


def compose(person: Any, notices: list[Notification]) -> EmailMultiAlternatives:
    """One mail, as text and as HTML. It holds no word of a story but its headline, and not that under an embargo."""
    newsroom = " ".join(nameplates.current().name.split())
    subject = ngettext("%(n)d notice from %(newsroom)s", "%(n)d notices from %(newsroom)s", len(notices))
    context = {
        "newsroom_name": newsroom,
        "count": len(notices),
        "stories": by_story(notices[:SHOWN]),
        "more": max(len(notices) - SHOWN, 0),
        "notices_url": settings.NEWSROOM_URL + reverse("admin:notices"),
        "settings_url": settings.NEWSROOM_URL + reverse("admin:notices_settings"),
    }
    message = EmailMultiAlternatives(
        subject % {"n": len(notices), "newsroom": newsroom},
        render_to_string("emails/notices.txt", context),
        to=[person.email],
        headers={"Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(render_to_string("emails/notices.html", context), "text/html")
    return message


def by_story(notices: Iterable[Notification]) -> list[dict[str, Any]]:
    """What happened, a story at a time; the address is where to act on the latest of it."""
    stories: dict[int, dict[str, Any]] = {}
    for notice in notices:
        story = stories.setdefault(notice.article_id, {"title": title(notice.article), "lines": []})
        story["lines"].append({"sentence": sentence(notice), "at": notice.at})
        story["url"] = settings.NEWSROOM_URL + address(notice)
    return list(stories.values())


def title(article: Article) -> str:
    """What a mail may call the story, on one line."""
    if article.embargo_in_force():
        return _("An embargoed story")
    return " ".join(str(article).split())
