"""The report on who speaks in what was printed: a drawing, a table, the same figures as a file."""

import csv
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .. import charts, mix, permissions, reporting
from ..forms.reporting import ReportForm
from ..models.sources import Standing
from .site import site

LABELS = {**dict(Standing.choices), "document": _("document or data"), "undeclared": _("not declared")}
SERIES = tuple((voice, LABELS[voice]) for voice in mix.VOICES)
CAPTIONS = (("stories", _("stories")), ("sources", _("sources")), ("named", _("named")), ("unnamed", _("unnamed")))


@never_cache
@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """GET `desk`, `actor`, `topic`, `first`, `last`; `format=csv` gives the table as a file. Only what was printed."""
    if not permissions.scopes(permissions.roles_of(request.user), "read_reports"):
        raise PermissionDenied
    form = ReportForm(request.GET)
    start, end = form.moments()
    named = {name: form.value(name) for name in ("desk", "actor", "topic")}
    months = reporting.months(start=start, end=end, **named)
    rows = [_row(month) for month in months]
    if request.GET.get("format") == "csv":
        return _file(rows)
    context = {
        **site.each_context(request),
        "title": _("Who speaks"),
        "form": form,
        "rows": rows,
        "series": [str(label) for _voice, label in SERIES],
        "captions": [str(label) for _name, label in CAPTIONS],
        "chart": charts.bars([(date_format(row["first"], "M Y"), row["sources"]) for row in rows], SERIES),
        "legend": [{"number": i, "label": label} for i, (_voice, label) in enumerate(SERIES)],
        "sides": mix.total(month.counts for month in months)["sides"],
        "csv_query": f"{form.query()}&format=csv".lstrip("&"),
    }
    return TemplateResponse(request, "admin/reports/sources.html", context)


def _row(month: reporting.Month) -> dict[str, Any]:
    found = month.counts["sources"]
    return {
        "first": month.first,
        "sources": found,
        "plain": [month.stories, sum(found.values()), month.counts["named"], month.counts["unnamed"]],
        "voices": [found.get(voice, 0) for voice, _label in SERIES],
        "quotes": sum(month.counts["quotes"].values()),
    }


def _file(rows: list[dict[str, Any]]) -> HttpResponse:
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="sources.csv"'
    sheet = csv.writer(response)
    sheet.writerow(["month", *(name for name, _label in CAPTIONS), *mix.VOICES])
    for row in rows:
        sheet.writerow([f"{row['first']:%Y-%m}", *row["plain"], *row["voices"]])
    return response


def speaking(counts: dict[str, Any]) -> dict[str, Any]:
    """What the rail says of the story at hand."""
    found = counts["sources"]
    hints = []
    if found and not found.get("affected"):
        hints.append(_("Nobody who is affected by it speaks."))
    if found.get("undeclared"):
        hints.append(_("Of some it is not noted in what capacity they speak: see the source."))
    hints += [
        _("Of %(one)s and %(other)s, only one side is quoted.") % {"one": one["name"], "other": other["name"]}
        for one, other in counts["sides"]
        if bool(one["quotes"]) != bool(other["quotes"])
    ]
    return {
        "voices": [
            (LABELS[voice], found[voice], counts["quotes"].get(voice, 0)) for voice in mix.VOICES if found.get(voice)
        ],
        "named": counts["named"],
        "unnamed": counts["unnamed"],
        "sides": counts["sides"],
        "hints": hints,
    }


site.add_page("reports/sources/", sources, name="report_sources")
