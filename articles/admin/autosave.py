"""What is being typed is kept every few seconds, beside the story and never in it, and offered on return."""

import json
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods, require_POST
from js_asset import Media, Script

from ..models import Article, Autosave
from .compare import compare_documents, readable
from .conflicts import seen_revision
from .keeping import MOST, forget, keep, number_of, posted
from .replaying import meant


class AutosaveAdminMixin:
    """Adds `admin:articles_article_autosave` and `…_discard`, each with and without a story."""

    def get_urls(self) -> list:
        """For a story, and for one that has no number yet."""
        both = csrf_protect(never_cache(require_http_methods(["GET", "POST"])(self.autosave_view)))
        discard = self.admin_site.admin_view(require_POST(self.discard_view))
        return [
            path("<int:pk>/autosave/", both, name="articles_article_autosave"),
            path("autosave/", both, name="articles_article_autosave_new"),
            path("<int:pk>/autosave/discard/", discard, name="articles_article_discard"),
            path("autosave/discard/", discard, name="articles_article_discard_new"),
            *super().get_urls(),
        ]

    @property
    def media(self) -> Media:
        """With the script that keeps what is typed."""
        return super().media + Media(js=[Script("js/autosave.js", type="module")])

    def autosave_view(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """POST a JSON object, name → list of values as the form would post them; GET shows what is kept."""
        if request.method == "GET":
            return self.admin_site.admin_view(self.kept_view)(request, pk)
        if not self.admin_site.has_permission(request):
            return JsonResponse({"error": _("You are logged out. Log in again: your text is still here.")}, status=401)
        article = self._writable(request, pk)
        if article is False:
            sentence = _("This story is not open to you for writing now. Copy what you need.")
            return JsonResponse({"error": sentence}, status=403)
        if len(request.body) > MOST:
            sentence = _("This text is too long to be kept by itself: save it.")
            return JsonResponse({"error": sentence}, status=413)
        values = fields_of(request.body)
        if values is None:
            return JsonResponse({"error": _("This is no form of a story.")}, status=400)
        row = keep(request.user, article, values, number_of((values.get("seen_version") or [""])[0]))
        when = date_format(timezone.localtime(row.saved_at), "H:i:s")
        return JsonResponse({"status": _("Kept at %(when)s, not saved yet.") % {"when": when}})

    def _writable(self, request: HttpRequest, pk: int | None) -> Article | bool | None:
        """The story, None for a new one, False where this person may not write; 404 where it is hidden."""
        if pk is None:
            return None if self.has_add_permission(request) else False
        article = readable(request, pk)
        return article if self.has_change_permission(request, article) else False

    def kept_view(self, request: HttpRequest, pk: int | None) -> HttpResponse:
        """What is kept of a story, against what is saved."""
        article = readable(request, pk) if pk else None
        row = get_object_or_404(Autosave, user=request.user, article=article)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Your unsaved text"),
            "opts": self.opts,
            "article": article,
            "row": row,
            "offer": offer(request, article),
            "comparison": article and self._difference(request, article, row),
            "headline": (row.data.get("headline") or [""])[0],
        }
        return TemplateResponse(request, "admin/articles/article/autosave.html", context)

    @transaction.atomic
    def _difference(self, request: HttpRequest, article: Article, row: Autosave) -> Any:
        base = seen_revision(article, str(row.base_version))
        if base is None or not self.has_change_permission(request, article):
            return None
        found = meant(self, request, article.pk, posted(row), base)
        return found and compare_documents(base.document, found.document)

    def discard_view(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """The kept text is not wanted."""
        if pk:
            readable(request, pk)
        forget(request.user, pk)
        messages.info(request, _("Your unsaved text is thrown away; the saved story is as it was."))
        return redirect("admin:articles_article_change", pk) if pk else redirect("admin:articles_article_add")

    # --- taking over

    def get_form(self, request: HttpRequest, obj: Article | None = None, change: bool = False, **kwargs) -> type:
        """Filled with what is kept, where that is asked for."""
        form = super().get_form(request, obj, change=change, **kwargs)
        data = taken_over(request, obj)
        return type(form.__name__, (form,), {"__init__": _filled_with(form, data)}) if data is not None else form

    def get_formset_kwargs(self, request: HttpRequest, obj: Article, inline: Any, prefix: str) -> dict:
        """The rows too."""
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        data = taken_over(request, obj if obj.pk else None)
        return kwargs if data is None or f"{prefix}-TOTAL_FORMS" not in data else {**kwargs, "data": data}

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, obj: Article | None = None, **kwargs):
        """With the offer of what is kept."""
        if request.method == "GET" and "autosave" not in request.GET:
            context["autosave"] = offer(request, obj)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)


def _filled_with(form: type, data: Any) -> Callable:
    def init(self, *args: Any, **kwargs: Any) -> None:
        form.__init__(self, *args, **kwargs) if args or "data" in kwargs else form.__init__(
            self, data, **kwargs_of(kwargs)
        )

    return init


def kwargs_of(kwargs: dict[str, Any]) -> dict[str, Any]:
    """A form that is filled has no use for initial values of the address."""
    return {name: value for name, value in kwargs.items() if name != "initial"}


def taken_over(request: HttpRequest, article: Article | None) -> Any:
    """The kept form, where `?autosave=1` asks for it and there is one."""
    if request.method != "GET" or request.GET.get("autosave") != "1":
        return None
    row = Autosave.objects.filter(user=request.user, article=article).first()
    return row and posted(row)


def fields_of(body: bytes) -> dict[str, list[str]] | None:
    """The posted object, where it is one of lists of strings."""
    try:
        values = json.loads(body)
    except ValueError:
        return None
    if not isinstance(values, dict):
        return None
    for value in values.values():
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            return None
    return values


def offer(request: HttpRequest, article: Article | None) -> dict[str, Any] | None:
    """What the line on the writing desk says and links to; one query."""
    mine = Autosave.objects.filter(user=request.user, article=article)
    rows = article.fact("autosave", lambda: list(mine)) if article else list(mine)
    if not rows:
        return None
    row = rows[0]
    args = [article.pk] if article else []
    suffix = "" if article else "_new"
    desk = reverse("admin:articles_article_change", args=args) if article else reverse("admin:articles_article_add")
    is_stale = article is not None and row.base_version != article.version
    return {
        "saved_at": row.saved_at,
        "is_stale": is_stale,
        "take_url": reverse("admin:articles_article_conflict", args=args) if is_stale else f"{desk}?autosave=1",
        "show_url": reverse(f"admin:articles_article_autosave{suffix}", args=args),
        "discard_url": reverse(f"admin:articles_article_discard{suffix}", args=args),
    }
