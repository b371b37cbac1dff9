"""The calendar: a month or a week of what is scheduled, planned, due and under embargo; and its link for outside."""

import calendar as days
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.formats import date_format, get_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from .. import moments, permissions, planning
from ..forms.calendar import CalendarForm, MoveEntryForm
from ..models import Article, CalendarLink
from ..planning import Kind
from ..workflow import MoveNotAllowed
from .saved_filters import kept
from .site import site

SHOWN = 5  # entries of a day in the month; the week shows all of them
FIRST_YEAR, LAST_YEAR = 2000, 2100
VIEWS = ("month", "week")


@never_cache
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """GET `view` (month, week), `day` (YYYY-MM-DD), `desk`, `person`; anything else is today’s month."""
    return page(request)


def page(request: HttpRequest, **told: Any) -> HttpResponse:
    """The page; `told` is the address of a link that was made just now."""
    user = request.user
    if not permissions.scopes(permissions.roles_of(user), "read_draft"):
        raise PermissionDenied
    form = CalendarForm(request.GET)
    span = Span(form.value("view"), form.value("day"))
    articles = form.narrow(Article.objects.visible_to(user))
    entries = planning.entries(articles, *span.moments())
    context = {
        **site.each_context(request),
        "title": _("Calendar"),
        "form": form,
        "span": span,
        "zone": timezone.localtime().tzname(),
        "zone_name": settings.TIME_ZONE,
        "weekdays": span.weekdays(),
        "days": span.days_with(entries, planning.Mover(user), form),
        "is_empty": not entries,
        "links": {name: form.address(day=day, view=view) for name, (day, view) in span.links().items()},
        "back": form.query(day=span.day, view=span.view),
        "saved_filters": kept(user, "calendar", form.query(day=None)),
        "calendar_link": CalendarLink.objects.filter(user=user).first(),
        **told,
    }
    return TemplateResponse(request, "admin/calendar/calendar.html", context)


class Span:
    """The days that are shown: the weeks of a month, or one week."""

    def __init__(self, view: str, day: date | None) -> None:
        self.today = timezone.localdate()
        self.view = view if view in VIEWS else VIEWS[0]
        self.day = day if day and FIRST_YEAR <= day.year <= LAST_YEAR else self.today
        self.first_weekday = (get_format("FIRST_DAY_OF_WEEK") - 1) % 7  # Django counts from Sunday, Python from Monday
        weeks = days.Calendar(self.first_weekday).monthdatescalendar(self.day.year, self.day.month)
        if self.is_week:
            weeks = [week for week in weeks if self.day in week]
        self.dates = [each for week in weeks for each in week]

    @property
    def is_week(self) -> bool:
        """Whether it is one week."""
        return self.view == "week"

    def moments(self) -> tuple[datetime, datetime]:
        """From the first midnight on, and before the last."""
        zone = timezone.get_default_timezone()
        after = self.dates[-1] + timedelta(days=1)
        return tuple(datetime(each.year, each.month, each.day, tzinfo=zone) for each in (self.dates[0], after))

    def title(self) -> str:
        """What is on the page."""
        if not self.is_week:
            return date_format(self.day, "F Y")
        return _("Week of %(day)s") % {"day": date_format(self.dates[0], "j F Y")}

    def weekdays(self) -> list[tuple[str, str]]:
        """The names of the columns, in full and short."""
        order = [(self.first_weekday + offset) % 7 for offset in range(7)]
        return [(str(WEEKDAYS[each]), str(WEEKDAYS_ABBR[each])) for each in order]

    def links(self) -> dict[str, tuple[date, str]]:
        """Where the arrows and the two views lead: (day, view)."""
        if self.is_week:
            step = timedelta(days=7)
            earlier, later = self.day - step, self.day + step
        else:
            earlier = self.day.replace(day=1) - timedelta(days=1)
            later = self.day.replace(day=28) + timedelta(days=4)
            earlier, later = earlier.replace(day=1), later.replace(day=1)
        return {
            "earlier": (earlier, self.view),
            "today": (self.today, self.view),
            "later": (later, self.view),
            "month": (self.day, "month"),
            "week": (self.day, "week"),
        }

    def days_with(
        self, entries: list[planning.Entry], mover: planning.Mover, form: CalendarForm
    ) -> list[dict[str, Any]]:
        """A row for each day, with its entries, and in a month with how many more the week shows."""
        of_day: dict[date, list[planning.Entry]] = {day: [] for day in self.dates}
        for entry in entries:
            of_day[entry.at.date()].append(entry)
        return [self._day(day, found, mover, form) for day, found in of_day.items()]

    def _day(
        self, day: date, entries: list[planning.Entry], mover: planning.Mover, form: CalendarForm
    ) -> dict[str, Any]:
        shown = entries if self.is_week else entries[:SHOWN]
        return {
            "date": day,
            "is_today": day == self.today,
            "is_past": day < self.today,
            "is_outside": not self.is_week and day.month != self.day.month,
            "entries": [self._row(entry, mover) for entry in shown],
            "more": len(entries) - len(shown),
            "week": form.address(day=day, view="week"),
        }

    def _row(self, entry: planning.Entry, mover: planning.Mover) -> dict[str, Any]:
        """An entry, with the form that puts it on another day where this person may."""
        article = entry.article
        return {
            "id": f"{entry.kind}-{article.pk}",
            "kind": entry.kind,
            "label": entry.kind.label,
            "at": entry.at,
            "title": str(article),
            "url": reverse("admin:articles_article_change", args=[article.pk]),
            "status": article.get_status_display(),
            "desk": article.desk,
            "is_embargoed": bool(article.embargo_in_force()),
            "form": MoveEntryForm.of(entry, self.today) if mover.may_move(entry) else None,
        }


# --- another day ----------------------------------------------------------------------------------------------------


@require_POST
def move_entry(request: HttpRequest) -> HttpResponseRedirect:
    """POST `article`, `kind`, `was` (the moment that was shown), `day`: by the verb that changes that moment."""
    form = MoveEntryForm(request.POST)
    form.is_valid()
    wanted = form.cleaned_data
    if not {"article", "kind"} <= set(wanted):
        raise Http404
    article = get_object_or_404(Article.objects.visible_to(request.user), pk=wanted["article"])
    try:
        at = _put(article, form, request)
    except (MoveNotAllowed, moments.NoSuchTime, moments.ComesTwice) as refusal:
        words = _("“%(story)s” stays where it is. %(why)s")
        messages.error(request, words % {"story": article, "why": refusal})
        return back(request, None)
    words = _("“%(story)s”: %(kind)s %(when)s.")
    when, label = date_format(at, _("l j F, H:i T")), Kind(wanted["kind"]).label.lower()
    messages.success(request, words % {"story": article, "kind": label, "when": when})
    return back(request, at.date())


def _put(article: Article, form: MoveEntryForm, request: HttpRequest) -> datetime:
    """The one verb."""
    if fault := form.fault():
        raise MoveNotAllowed([fault])
    wanted = form.cleaned_data
    return planning.put_on(wanted["day"], article, wanted["kind"], was=wanted["was"], by=request.user)


def back(request: HttpRequest, day: date | None) -> HttpResponseRedirect:
    """To the calendar as it was shown, at the day in question."""
    form = CalendarForm(QueryDict(request.POST.get("back", "")))
    anchor = f"#day-{day:%Y-%m-%d}" if day else ""
    return HttpResponseRedirect(form.address() + anchor)


# --- from outside ---------------------------------------------------------------------------------------------------


@never_cache
@require_POST
def make_link(request: HttpRequest) -> HttpResponse:
    """Make the person’s link, or another in its place, and show it on this answer, the only one that ever holds it."""
    _link, token = CalendarLink.objects.make(by=request.user)
    response = page(request, address=request.build_absolute_uri(reverse("calendar-feed", args=[token])))
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_POST
def revoke_link(request: HttpRequest) -> HttpResponseRedirect:
    """End it at once."""
    if not CalendarLink.objects.revoke(by=request.user):
        raise Http404
    messages.success(request, _("The calendar link opens nothing any more."))
    return HttpResponseRedirect(reverse("admin:calendar"))


site.add_page("calendar/", calendar, name="calendar")
site.add_page("calendar/move/", move_entry, name="calendar_move")
site.add_page("calendar/link/", make_link, name="calendar_link")
site.add_page("calendar/link/revoke/", revoke_link, name="calendar_link_revoke")
