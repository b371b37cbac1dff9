"""What happened to a story: its moves, newest first, and what was printed."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from ..models import Article
from .compare import readable
from .logs import verb_label

SHOWN = 200  # moves; the log has them all


class HistoryAdminMixin:
    """Shows the record of moves where stock admin shows the log of forms."""

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The page of one story, for who may read it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if not (object_id.isascii() and object_id.isdecimal() and len(object_id) < 19):
            raise Http404
        article = readable(request, int(object_id))
        context = {
            **self.admin_site.each_context(request),
            "title": _("What happened"),
            "opts": self.opts,
            "article": article,
            "events": _events(article),
            "editions": article.editions.select_related("by").order_by("-number"),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/articles/article/history.html", context)


def _events(article: Article) -> list[dict[str, Any]]:
    rows = article.events.select_related("by")[:SHOWN]
    return [{"label": verb_label(row.verb), "by": row.by, "at": row.at, "note": row.note} for row in rows]
