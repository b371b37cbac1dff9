"""The page on which two tags become one: say which stays, see what moves, then do it."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from .. import tagging
from ..forms.merging import MergeForm

WHAT = {
    "articles": gettext_lazy("working copies"),
    "stories": gettext_lazy("stories in print, which are printed anew"),
    "quotes": gettext_lazy("quotes"),
    "sources": gettext_lazy("sources"),
    "claims": gettext_lazy("claims about it"),
    "replies": gettext_lazy("requests for its reply"),
    "relations": gettext_lazy("relations to others"),
    "positions": gettext_lazy("positions"),
    "children": gettext_lazy("topics beneath it"),
    "names": gettext_lazy("other names"),
}


MERGES = 20  # shown on the page of the one that stayed


class MergeMixin:
    """Adds `…/<pk>/merge/` to the admin of a vocabulary, and an action to its list."""

    actions = ["merge_selected"]
    change_form_template = "admin/articles/tag/change_form.html"

    def get_urls(self) -> list:
        """Before the stock addresses."""
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        merge = self.admin_site.admin_view(never_cache(require_http_methods(["GET", "HEAD", "POST"])(self.merge)))
        undo = self.admin_site.admin_view(never_cache(require_POST(self.unmerge)))
        return [
            path("<int:pk>/merge/", merge, name=f"{name}_merge"),
            path("<int:pk>/unmerge/", undo, name=f"{name}_unmerge"),
            *super().get_urls(),
        ]

    def has_merge_permission(self, request: HttpRequest) -> bool:
        """Who may delete tags may make one of two."""
        return tagging.may_merge(request.user)

    @admin.action(description=gettext_lazy("Merge into…"), permissions=["merge"])
    def merge_selected(self, request: HttpRequest, queryset) -> HttpResponse | None:
        """One chosen: its page. Two chosen: the page of the first, with the second named as the one that stays."""
        chosen = list(queryset.order_by("pk")[:3])
        if len(chosen) > 2:
            messages.error(request, _("Choose one to merge, or the two that are the same."))
            return None
        if len(chosen) == 1:
            return redirect(self.merge_url(chosen[0]))
        return redirect(f"{self.merge_url(chosen[1])}?{urlencode({'into': chosen[0].name})}")

    def merge_url(self, tag) -> str:
        """The address of the page."""
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_merge", args=[tag.pk])

    def merge(self, request: HttpRequest, pk: int) -> HttpResponse:
        """GET asks, and with `?into=` says what would move; POST `into` does it."""
        if not self.has_merge_permission(request):
            raise PermissionDenied
        tag = get_object_or_404(self.model, pk=pk)
        told = request.POST if request.method == "POST" else request.GET if "into" in request.GET else None
        form = MergeForm(told, tag=tag, vocabulary=self.vocabulary.for_user(request.user), label_suffix="")
        into = form.cleaned_data["into"] if form.is_bound and form.is_valid() else None
        if request.method == "POST" and into is not None:
            try:
                tagging.merge(tag, into, by=request.user)
            except tagging.CannotMerge as reason:
                form.add_error("into", str(reason))
            else:
                names = {"tag": tag.name, "into": into.name}
                messages.success(
                    request, _("“%(tag)s” is now another name of “%(into)s”. It can be taken back below.") % names
                )
                return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", into.pk)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Merge “%(tag)s”") % {"tag": tag},
            "opts": self.opts,
            "tag": tag,
            "form": form,
            "into": into if form.is_valid() else None,
            "moves": [(count, WHAT[what]) for what, count in tagging.uses_of(tag, request.user).items() if count],
        }
        return TemplateResponse(request, "admin/articles/tag/merge.html", context, status=422 if form.errors else 200)

    def unmerge(self, request: HttpRequest, pk: int) -> HttpResponse:
        """POST `merge` takes that one back."""
        if not self.has_merge_permission(request):
            raise PermissionDenied
        tag = get_object_or_404(self.model, pk=pk)
        key = request.POST.get("merge", "")
        number = int(key) if key.isascii() and key.isdecimal() and len(key) < 19 else 0
        made = get_object_or_404(tagging.latest_merges(tag), pk=number)
        try:
            back = tagging.undo(made, by=request.user)
        except tagging.CannotUndo as reason:
            messages.error(request, str(reason))
            back = tag
        else:
            messages.success(
                request, _("“%(tag)s” stands on its own again, with what was merged.") % {"tag": back.name}
            )
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", back.pk)

    def render_change_form(self, request: HttpRequest, context: dict, *args, **kwargs):
        """With the way to the page, for who may merge."""
        obj = context.get("original")
        may = obj and self.has_merge_permission(request)
        context["merge_url"] = self.merge_url(obj) if may else ""
        context["merges"] = list(tagging.latest_merges(obj)[:MERGES]) if may else []
        context["unmerge_url"] = (
            reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_unmerge", args=[obj.pk]) if may else ""
        )
        return super().render_change_form(request, context, *args, **kwargs)
