"""Who arranged a front how, and when; an earlier arrangement is made the newest with one button."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from .. import fronts, placing, slots
from ..models import Arrangement
from ..models.people import name_of
from ..workflow import MoveNotAllowed
from .fronts import address_of, desk_or_404, ways
from .site import site

SHOWN = 20


@never_cache
@require_safe
def history(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Newest first; `?before=` names the number of the last one seen."""
    desk = desk_or_404(request.user, pk)
    rows = Arrangement.objects.of(desk).select_related("created_by", "discarded_by", "package").order_by("-number")
    before = request.GET.get("before", "")
    if before.isascii() and before.isdecimal() and len(before) < 10:
        rows = rows.filter(number__lt=int(before))
    found = list(rows.prefetch_related("placements")[: SHOWN + 1])
    live = fronts.current(desk)
    known = placing.known(request.user, [each.article_id for row in found for each in row.placements.all()])
    context = {
        **site.each_context(request),
        "title": _("How it was arranged"),
        "rows": [_row(each, live, known) for each in found[:SHOWN]],
        "older": found[SHOWN - 1].number if len(found) > SHOWN else None,
        "seen": fronts.newest_number(desk),
        "desk": desk,
        **ways(request.user, desk),
    }
    return TemplateResponse(request, "admin/fronts/history.html", context)


def _row(arrangement: Arrangement, live: Arrangement | None, known: dict[int, placing.Candidate]) -> dict[str, Any]:
    placed = {each.slot: each for each in arrangement.placements.all()}
    return {
        "arrangement": arrangement,
        "by": name_of(arrangement.created_by),
        "discarded_by": name_of(arrangement.discarded_by),
        "is_live": live is not None and live.pk == arrangement.pk,
        "slots": [
            {"label": slot.label, "placement": placed[slot.name], "story": known.get(placed[slot.name].article_id)}
            for slot in slots.SLOTS
            if slot.name in placed
        ],
    }


@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """POST `seen`, the number of the newest arrangement when the page was shown."""
    old = get_object_or_404(Arrangement.objects.select_related("desk", "package"), pk=pk)
    if not fronts.may_arrange(request.user, old.desk):
        raise Http404
    seen = request.POST.get("seen", "")
    try:
        fronts.restore(old, by=request.user, seen=int(seen) if seen.isascii() and seen.isdecimal() else -1)
        messages.success(request, _("Readers have arrangement %(number)s again.") % {"number": old.number})
    except fronts.ArrangedMeanwhile as meanwhile:
        words = _("%(who)s arranged this front since you looked: nothing was changed. Look again.")
        messages.error(request, words % {"who": name_of(meanwhile.newest.created_by)})
        return HttpResponseRedirect(address_of(old.desk, "front_history"))
    except MoveNotAllowed as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(address_of(old.desk))


site.add_page("front/history/", history, name="front_history")
site.add_page("front/desk/<int:pk>/history/", history, name="articles_desk_front_history")
site.add_page("front/arrangement/<int:pk>/restore/", restore, name="articles_arrangement_restore")
