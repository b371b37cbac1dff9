"""The planning for a person’s own calendar program, at a private address.

What it holds is what that person may read at the moment of asking. Who lost the role, or left, gets the one answer of
every address that opens nothing. Of embargoed work it tells the moment alone.
"""

from datetime import UTC, timedelta
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.crypto import salted_hmac
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from .. import planning
from ..models import Article, CalendarLink, nameplates

icalendar = SimpleLazyObject(lambda: import_module("icalendar"))  # 4 MB of a worker that is asked for a calendar

HEADERS = {
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "no-store, private",
    "Referrer-Policy": "no-referrer",
}
BEFORE, AFTER = timedelta(days=30), timedelta(days=366)
EVERY = timedelta(hours=1)  # how often programs are asked to look again


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """iCalendar (RFC 5545), UTF-8."""
    with translation.override(settings.LANGUAGE_CODE):
        link = CalendarLink.objects.opened_by(token)
        if link is None:
            response = render(request, "404.html", status=404)
        else:
            response = HttpResponse(written(link.user), content_type="text/calendar; charset=utf-8")
    for name, value in HEADERS.items():
        response[name] = value
    return response


def written(user) -> bytes:
    """The planning of the last month and the next year, as `user` may know it."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Newsroom//Planning//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", nameplates.current().name)
    calendar.add("x-wr-timezone", settings.TIME_ZONE)
    calendar.add("refresh-interval", EVERY, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    now = timezone.now()
    for entry in planning.entries(Article.objects.visible_to(user), now - BEFORE, now + AFTER):
        calendar.add_component(_event(entry))
    return calendar.to_ical()


def _event(entry: planning.Entry) -> Any:
    """One moment of one story, an `icalendar.Event`; an embargoed one has neither name nor address."""
    article = entry.article
    event = icalendar.Event()
    key = salted_hmac("articles.calendar.entry", f"{entry.kind} {article.pk}", algorithm="sha256").hexdigest()[:32]
    event.add("uid", f"{key}@{urlsplit(settings.NEWSROOM_URL).hostname or 'newsroom'}")
    event.add("dtstamp", timezone.now())
    event.add("dtstart", entry.at.astimezone(UTC))
    event.add("transp", "TRANSPARENT")
    is_secret = bool(article.embargo_in_force())
    name = _("Embargoed story") if is_secret else str(article)
    event.add("summary", f"{entry.kind.label}: {name}")
    event.add("class", "PRIVATE")
    if not is_secret:
        event.add("url", settings.NEWSROOM_URL + reverse("admin:articles_article_change", args=[article.pk]))
    return event
