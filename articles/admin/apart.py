"""Names that may be one, and one that may be two: the pages on which the vocabulary is kept in order."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from .. import tagging
from ..forms.splitting import SplitForm
from ..models import ActorRelation, Article

METHODS = ["GET", "HEAD", "POST"]
RELATIONS = 50


def _key(value: str) -> int:
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 19 else 0


class ApartMixin:
    """Adds `…/duplicates/` to the admin of a vocabulary, and the way to it on its list."""

    change_list_template = "admin/articles/tag/change_list.html"

    def get_urls(self) -> list:
        """Before the stock addresses."""
        view = self.admin_site.admin_view(never_cache(require_http_methods(METHODS)(self.duplicates)))
        name = f"{self.opts.app_label}_{self.opts.model_name}_duplicates"
        return [path("duplicates/", view, name=name), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """With the way to the pairs, for who may merge."""
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_duplicates"
        url = reverse(name) if self.has_merge_permission(request) else ""
        return super().changelist_view(request, {**(extra_context or {}), "duplicates_url": url})

    def duplicates(self, request: HttpRequest) -> HttpResponse:
        """GET lists the likeliest pairs; POST `one` and `other` says that they are two."""
        if not self.has_merge_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            pair = (_key(request.POST.get("one", "")), _key(request.POST.get("other", "")))
            if tagging.dismiss(self.model, [pair], by=request.user):
                messages.success(request, _("Noted: they are two. They are not proposed again."))
            return redirect(request.path)
        pairs = [
            {
                "pair": pair,
                "merge_url": f"{self.merge_url(pair.other)}?{urlencode({'into': pair.one.name})}",
                "one_url": self._change_url(pair.one),
                "other_url": self._change_url(pair.other),
            }
            for pair in tagging.duplicates(self.model)
        ]
        context = {
            **self.admin_site.each_context(request),
            "title": _("Names that may be one"),
            "opts": self.opts,
            "pairs": pairs,
            "limit": tagging.LISTED,
        }
        return TemplateResponse(request, "admin/articles/tag/duplicates.html", context)

    def _change_url(self, tag) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[tag.pk])


class SplitMixin:
    """Adds `…/<pk>/split/` to the admin of actors, and to an actor's page how it stands to others."""

    def get_urls(self) -> list:
        """Before the stock addresses."""
        view = self.admin_site.admin_view(never_cache(require_http_methods(METHODS)(self.split)))
        name = f"{self.opts.app_label}_{self.opts.model_name}_split"
        return [path("<int:pk>/split/", view, name=name), *super().get_urls()]

    def split(self, request: HttpRequest, pk: int) -> HttpResponse:
        """GET asks for a name and for the stories that go to it; POST does it."""
        if not self.has_merge_permission(request):
            raise PermissionDenied
        actor = get_object_or_404(self.model, pk=pk)
        form = SplitForm(
            request.POST if request.method == "POST" else None, actor=actor, user=request.user, label_suffix=""
        )
        if request.method == "POST" and form.is_valid():
            try:
                new = tagging.split(actor, **form.cleaned_data, by=request.user)
            except tagging.CannotSplit as reason:
                form.add_error(None, str(reason))
            else:
                words = {"new": new.name, "actor": actor.name}
                messages.success(request, _("“%(new)s” is told apart from “%(actor)s”. Merging takes it back.") % words)
                return redirect(self._change_url(new))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Split “%(actor)s” in two") % {"actor": actor},
            "opts": self.opts,
            "tag": actor,
            "form": form,
        }
        return TemplateResponse(request, "admin/articles/tag/split.html", context, status=422 if form.errors else 200)

    def render_change_form(self, request: HttpRequest, context: dict, *args, **kwargs):
        """With the way to the page, and the relations that stories the person may read have of the actor."""
        actor = context.get("original")
        may = actor and self.has_merge_permission(request)
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_split"
        context["split_url"] = reverse(name, args=[actor.pk]) if may else ""
        context["relations"] = _relations(actor, request.user) if actor else []
        return super().render_change_form(request, context, *args, **kwargs)


def _relations(actor, user) -> list[dict]:
    """[{relation, url, headline}], the latest first; of stories one may not read, nothing."""
    rows = ActorRelation.objects.touching(actor).readable_by(user)
    rows = rows.select_related("actor", "other", "attribution").order_by("-stated_on", "-pk")[:RELATIONS]
    keys = {row.attribution.article_id for row in rows if row.attribution}
    headlines = dict(Article.objects.filter(pk__in=keys).values_list("pk", "headline"))
    return [
        {
            "relation": row,
            "url": row.attribution and reverse("admin:articles_article_claims", args=[row.attribution.article_id]),
            "headline": row.attribution and headlines.get(row.attribution.article_id),
        }
        for row in rows
    ]
