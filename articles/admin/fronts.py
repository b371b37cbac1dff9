"""Arranging a front: the paper's own, or that of a section; now, or for a moment to come."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from .. import fronts, placing, slots
from ..forms.fronts import FrontForm, emptied, put_in, shifted
from ..models import Arrangement, Desk
from ..models.people import name_of
from ..workflow import MoveNotAllowed
from .front_preview import keep_preview
from .site import site

PAGE = "admin/fronts/front.html"


@never_cache
@require_http_methods(["GET", "POST"])
def front(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """GET shows how the front of a desk's section (the paper's own) is arranged; POST `act` is one of its buttons."""
    desk = desk_or_404(request.user, pk)
    return _page(request, desk, None)


@never_cache
@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """The same of a front that is planned; keeping it makes another plan that stands for this one."""
    planned = get_object_or_404(Arrangement.objects.select_related("desk"), pk=pk)
    if not fronts.may_arrange(request.user, planned.desk):
        raise Http404
    if not planned.is_planned:
        messages.error(request, _("That plan is not open any more: it went live, or somebody took it off."))
        return HttpResponseRedirect(address_of(planned.desk))
    return _page(request, planned.desk, planned)


def desk_or_404(user: Any, pk: int | None) -> Desk | None:
    """The desk of that key, None for the paper; 404 where this person does not arrange its front."""
    desk = get_object_or_404(Desk, pk=pk) if pk is not None else None
    if not fronts.may_arrange(user, desk):
        if desk is None:
            raise PermissionDenied
        raise Http404
    return desk


def address_of(desk: Desk | None, page: str = "front") -> str:
    """Of a page of a front: "front" or "front_history"."""
    return reverse(f"admin:articles_desk_{page}", args=[desk.pk]) if desk else reverse(f"admin:{page}")


def _page(request: HttpRequest, desk: Desk | None, planned: Arrangement | None) -> HttpResponse:
    told = {"desk": desk, "user": request.user, "seen": fronts.newest_number(desk)}
    shown = planned or fronts.current(desk)
    if request.method == "GET":
        return _shown(request, FrontForm(arrangement=shown, **told), desk, planned)
    act, _colon, what = request.POST.get("act", "").partition(":")
    if act in ("live", "plan"):
        return _kept(request, FrontForm(request.POST, arrangement=shown, **told), desk, planned, act)
    data = request.POST
    if act in ("up", "down"):
        data = shifted(data, what, act)
    elif act == "empty":
        data = emptied(data, what)
    elif act == "place":
        data = put_in(data, what) or data
        if data is request.POST:
            messages.error(request, _("Every slot has a story: empty one first."))
    form = FrontForm(data, arrangement=shown, **told)
    if act == "preview" and form.is_valid():
        return HttpResponseRedirect(keep_preview(request, desk, form.placed(), form.cleaned_data["package"]))
    return _shown(request, form, desk, planned, focus=what if act in ("up", "down", "empty") else "")


def _kept(
    request: HttpRequest, form: FrontForm, desk: Desk | None, planned: Arrangement | None, act: str
) -> HttpResponse:
    """Arrange it, or say why not: with everything that was sent, and with what somebody else made of it meanwhile."""
    if not form.is_valid():
        return _shown(request, form, desk, planned, status=422)
    wanted = form.cleaned_data
    if act == "plan" and not wanted["goes_live_at"]:
        form.add_error("goes_live_at", _("Say when it is to go live."))
        return _shown(request, form, desk, planned, status=422)
    try:
        made = fronts.arrange(
            desk,
            form.placed(),
            by=request.user,
            seen=wanted["seen"],
            package=wanted["package"],
            note=wanted["note"],
            goes_live_at=wanted["goes_live_at"] if act == "plan" else None,
            replaces=planned,
        )
    except fronts.ArrangedMeanwhile as meanwhile:
        return _conflict(request, form, desk, planned, meanwhile.newest)
    except MoveNotAllowed as refusal:
        form.add_error(None, [str(reason) for reason in refusal.reasons])
        return _shown(request, form, desk, planned, status=422)
    messages.success(request, told_of(made))
    return HttpResponseRedirect(address_of(desk))


def told_of(made: Arrangement) -> str:
    """What has happened."""
    if made.goes_live_at:
        when = date_format(localtime(made.goes_live_at), _("l j F, H:i T"))
        return _("Planned: it goes live on %(when)s.") % {"when": when}
    return _("Readers have it.")


def _conflict(
    request: HttpRequest, form: FrontForm, desk: Desk | None, planned: Arrangement | None, newest: Arrangement
) -> HttpResponse:
    """The form as it was sent, ready to be sent again, beside what somebody else made."""
    data = request.POST.copy()
    data["seen"] = str(newest.number)
    again = FrontForm(data, desk=desk, user=request.user, seen=newest.number, arrangement=planned)
    theirs = contents(newest, request.user)
    mine = {row.slot.name: row for row in again.rows()}
    differing = [
        {"label": slot.label, "theirs": theirs.get(slot.name, ""), "mine": _mine(mine[slot.name])}
        for slot in slots.SLOTS
        if theirs.get(slot.name, "") != _mine(mine[slot.name])
    ]
    meanwhile = {"by": name_of(newest.created_by), "arrangement": newest, "rows": differing}
    return _shown(request, again, desk, planned, status=409, meanwhile=meanwhile)


def _mine(row: Any) -> str:
    return _hidden() if row.is_hidden else row.headline.value() or (row.chosen.title if row.chosen else "")


def _hidden() -> str:
    return _("A story of another desk, not in print")


def contents(arrangement: Arrangement, user: Any) -> dict[str, str]:
    """Slot → what it says there, as far as `user` may know."""
    rows = list(arrangement.placements.all())
    known = placing.known(user, [each.article_id for each in rows])
    return {
        each.slot: (each.headline or known[each.article_id].title) if each.article_id in known else _hidden()
        for each in rows
    }


def _shown(
    request: HttpRequest,
    form: FrontForm,
    desk: Desk | None,
    planned: Arrangement | None,
    *,
    status: int = 200,
    focus: str = "",
    meanwhile: dict[str, Any] | None = None,
) -> HttpResponse:
    live, plans = fronts.current(desk), Arrangement.objects.of(desk).planned().select_related("created_by")
    name = desk.name if desk else _("Front page")
    context = {
        **site.each_context(request),
        "title": _("%(front)s: the plan") % {"front": name} if planned else name,
        "form": form,
        "rows": form.rows(),
        "placed": {row.chosen.pk for row in form.rows() if row.chosen},
        "is_checked": form.is_bound and status != 200,
        "desk": desk,
        "planned": planned,
        "live": live,
        "live_by": name_of(live.created_by) if live else "",
        "plans": [{"plan": each, "by": name_of(each.created_by)} for each in plans],
        "focus": focus,
        "meanwhile": meanwhile,
        "zone": localtime().tzname(),
        **ways(request.user, desk),
    }
    return TemplateResponse(request, PAGE, context, status=status)


def ways(user: Any, desk: Desk | None) -> dict[str, Any]:
    """Where else one can go from a page of a front."""
    others = [None] if fronts.may_arrange(user, None) else []
    others += Desk.objects.open_to(user, "arrange_front")
    return {
        "fronts": [
            {"name": each.name if each else _("Front page"), "url": address_of(each), "is_current": each == desk}
            for each in others
        ],
        "history_url": address_of(desk, "front_history"),
        "front_url": address_of(desk),
    }


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """Take a plan off."""
    planned = get_object_or_404(Arrangement.objects.select_related("desk"), pk=pk)
    if not fronts.may_arrange(request.user, planned.desk):
        raise Http404
    try:
        fronts.discard(planned, by=request.user)
        messages.success(request, _("Taken off: it will not go live."))
    except MoveNotAllowed as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(address_of(planned.desk))


site.add_page("front/", front, name="front")
site.add_page("front/desk/<int:pk>/", front, name="articles_desk_front")
site.add_page("front/plan/<int:pk>/", plan, name="articles_arrangement_plan")
site.add_page("front/plan/<int:pk>/discard/", discard, name="articles_arrangement_discard")
