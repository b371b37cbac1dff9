"""The page of what rests on a source; there it is recalled, and drafts of corrections are opened."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from .. import recalling
from ..forms.recalling import RecallForm
from ..models import Source


class RecallAdminMixin:
    """Adds `admin:articles_source_uses` to the admin of sources."""

    def get_urls(self) -> list:
        """One page, which is read and posted."""
        view = never_cache(require_http_methods(["GET", "HEAD", "POST"])(self.uses_view))
        return [
            path("<int:pk>/uses/", self.admin_site.admin_view(view), name="articles_source_uses"),
            *super().get_urls(),
        ]

    def uses_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """GET lists the stories; POST `act`: "recall", "reinstate", or "correct" those that were chosen."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        source = get_object_or_404(Source.objects.visible_to(request.user), pk=pk)
        if request.method != "POST":
            return self._uses_page(request, source)
        acts = {"recall": self._recall, "reinstate": self._reinstate, "correct": self._correct}
        act = acts.get(request.POST.get("act", ""))
        if act is None or not recalling.may_recall(request.user):
            raise PermissionDenied
        return act(request, source)

    def _recall(self, request: HttpRequest, source: Source) -> HttpResponse:
        form = RecallForm(request.POST)
        if not form.is_valid():
            return self._uses_page(request, source, form=form, status=422)
        recalling.recall(source, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("Recalled. Nothing that rests on it goes out until it has another source."))
        return redirect("admin:articles_source_uses", source.pk)

    def _reinstate(self, request: HttpRequest, source: Source) -> HttpResponse:
        recalling.reinstate(source, by=request.user)
        messages.success(request, _("The source stands again."))
        return redirect("admin:articles_source_uses", source.pk)

    def _correct(self, request: HttpRequest, source: Source) -> HttpResponse:
        chosen = [int(key) for key in request.POST.getlist("story") if key.isascii() and key.isdecimal()]
        if not chosen:
            messages.error(request, _("Choose the stories to correct."))
            return redirect("admin:articles_source_uses", source.pk)
        opened, refused = recalling.open_corrections(source, chosen, by=request.user)
        if opened:
            words = ngettext("A draft is open over %(n)d story.", "Drafts are open over %(n)d stories.", len(opened))
            messages.success(request, words % {"n": len(opened)})
        for article, reasons in refused:
            messages.error(request, f"“{article}”: {' '.join(reasons)}")
        return redirect("admin:articles_source_uses", source.pk)

    def _uses_page(
        self, request: HttpRequest, source: Source, form: RecallForm | None = None, status: int = 200
    ) -> HttpResponse:
        may_recall = recalling.may_recall(request.user)
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "title": _("What rests on it"),
            "opts": self.opts,
            "source": source,
            "origin": Source.objects.visible_to(request.user).filter(pk=source.origin_id).first(),
            "derived": list(Source.objects.visible_to(request.user).filter(origin=source)[:50]),
            "stories": recalling.resting_on(source, request.user),
            "most": recalling.MOST,
            "may_recall": may_recall,
            "recall_form": (form or RecallForm()) if may_recall and source.recalled_at is None else None,
        }
        return TemplateResponse(request, "admin/articles/source/uses.html", context, status=status)
