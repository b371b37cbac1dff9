"""What a person was told: their own notices, newest first, and how they want to be told.

A notice of a story that they may no longer read is not there, nor counted.
"""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ..forms.notices import NoticesForm
from ..models import Notification
from ..notifications import address, sentence, setting_of
from .site import site

SHOWN = 30  # notices a page
EXCERPT = 240  # characters of a note
LARGEST = 2**63 - 1


@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """The page; `?before=` names the last row seen."""
    rows, older = page_of(request.user, request.GET.get("before", ""))
    context = {
        **site.each_context(request),
        "title": _("Notices"),
        "notices": [shown(notice) for notice in rows],
        "has_unread": any(notice.read_at is None for notice in rows),
        "older": older,
        "until": timezone.now().isoformat(),
    }
    return TemplateResponse(request, "admin/notices/notices.html", context)


def page_of(user: Any, before: str) -> tuple[list[Notification], int | None]:
    """The rows after the one with the key `before`, and the key of the next page; from the top where it is no key."""
    own = Notification.objects.of(user)
    last = own.filter(pk=before).first() if before.isascii() and before.isdecimal() and int(before) <= LARGEST else None
    if last is not None:
        # Written with the bound twice, so that the index is walked: an OR alone scans.
        own = own.filter(at__lte=last.at).filter(Q(at__lt=last.at) | Q(pk__lt=last.pk))
    rows = list(own.select_related("article", "event", "comment", "by").order_by("-at", "-id")[: SHOWN + 1])
    return rows[:SHOWN], rows[SHOWN - 1].pk if len(rows) > SHOWN else None


def shown(notice: Notification) -> dict[str, Any]:
    """One row; the words are those of the note or the move, which whoever reads the story may read."""
    comment = notice.comment
    words = (comment.text or comment.exact) if comment else notice.event.note if notice.event else ""
    return {
        "pk": notice.pk,
        "title": str(notice.article),
        "url": address(notice),
        "sentence": sentence(notice),
        "words": Truncator(words).chars(EXCERPT),
        "at": notice.at,
        "is_unread": notice.read_at is None,
    }


@require_POST
def read(request: HttpRequest) -> HttpResponseRedirect:
    """Mark one read (`id`), or all that were there at the moment `until`."""
    unread = Notification.objects.filter(recipient=request.user, read_at__isnull=True)
    one = request.POST.get("id", "")
    if one.isascii() and one.isdecimal() and int(one) <= LARGEST:
        unread.filter(pk=one).update(read_at=timezone.now())
    elif until := _moment(request.POST.get("until", "")):
        unread.filter(at__lte=until).update(read_at=timezone.now())
        messages.success(request, _("All of them are marked as read."))
    return redirect("admin:notices")


def _moment(text: str) -> datetime | None:
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment and timezone.is_aware(moment) else None


@require_http_methods(["GET", "HEAD", "POST"])
def settings_page(request: HttpRequest) -> HttpResponse:
    """How often by mail, and of what at all."""
    form = NoticesForm(request.POST if request.method == "POST" else None, setting=setting_of(request.user))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Kept."))
        return redirect("admin:notices_settings")
    context = {
        **site.each_context(request),
        "title": _("How you are told"),
        "form": form,
        "address": request.user.email,
    }
    return TemplateResponse(request, "admin/notices/settings.html", context, status=422 if form.errors else 200)


site.add_page("notices/", notices, name="notices")
site.add_page("notices/read/", read, name="notices_read")
site.add_page("notices/settings/", settings_page, name="notices_settings")
