"""Filters that a person keeps under a name, of the list, the board and the calendar."""

from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ..models import SavedFilter
from .site import site

PAGES = {"list": "admin:articles_article_changelist", "board": "admin:board", "calendar": "admin:calendar"}
MOST = 30  # of one person on one page
UNKEPT = frozenset({"p", "day", "_changelist_filters", "e"})
"""Which page, which day: where one looks, not what one looks for."""


def kept(user: Any, page: str, query: str) -> dict[str, Any]:
    """What `_saved_filters.html` shows: this person’s filters of the page, and the one that could be kept now."""
    here = _plain(query)
    rows = list(SavedFilter.objects.filter(user=user, page=page)[:MOST])
    address = reverse(PAGES[page])
    return {
        "page": page,
        "query": here,
        "rows": [
            {"row": row, "url": f"{address}?{row.query}", "is_current": bool(here) and row.query == here}
            for row in rows
        ],
        "can_keep": bool(here) and all(row.query != here for row in rows) and len(rows) < MOST,
    }


def _plain(query: str) -> str:
    """A query string in one order, without what only says where in it one is."""
    try:
        pairs = parse_qsl(query.removeprefix("?"), max_num_fields=40)
    except ValueError:
        return ""
    return urlencode(sorted((name, value) for name, value in pairs if name not in UNKEPT and value))


@require_POST
@transaction.atomic
def keep(request: HttpRequest) -> HttpResponseRedirect:
    """POST `page`, `query`, `name`: a name that is used already takes the new filter."""
    page, name = request.POST.get("page", ""), " ".join(request.POST.get("name", "").split())
    query = _plain(request.POST.get("query", ""))
    if page not in PAGES:
        raise Http404
    most = SavedFilter._meta.get_field("query").max_length
    if not name or not query or len(query) > most:
        messages.error(request, _("Give the filter a name, and filter something first."))
        return _to(page, query if len(query) <= most else "")
    name = name[: SavedFilter._meta.get_field("name").max_length]
    mine = SavedFilter.objects.filter(user=request.user, page=page)
    if mine.count() >= MOST and not mine.filter(name=name).exists():
        messages.error(request, _("You keep %(n)d filters here: forget one first.") % {"n": MOST})
        return _to(page, query)
    SavedFilter.objects.update_or_create(user=request.user, page=page, name=name, defaults={"query": query})
    messages.success(request, _("Kept as “%(name)s”.") % {"name": name})
    return _to(page, query)


@require_POST
def forget(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """Only one’s own."""
    row = get_object_or_404(SavedFilter, pk=pk, user=request.user)
    row.delete()
    messages.success(request, _("“%(name)s” is forgotten.") % {"name": row.name})
    return _to(row.page, _plain(request.POST.get("query", "")))


def _to(page: str, query: str) -> HttpResponseRedirect:
    """The page, filtered as it was."""
    address = reverse(PAGES.get(page, PAGES["list"]))
    return HttpResponseRedirect(f"{address}?{query}" if query else address)


site.add_page("filters/", keep, name="keep_filter")
site.add_page("filters/<int:pk>/forget/", forget, name="forget_filter")
