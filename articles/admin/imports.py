"""The page that takes wire copy in: files or pasted text become drafts with proposals."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from .. import permissions
from ..forms.imports import ImportForm
from ..importers.base import Imported, check_size
from ..importers.plain import import_copy
from ..models import Article
from ..text import UnreadableCopy


class ImportAdminMixin:
    """Adds `admin:articles_article_import` to the admin of articles, and its address to the list's page."""

    def get_urls(self) -> list:
        """Before the stock addresses, which would read “import” as a key."""
        view = self.admin_site.admin_view(never_cache(self.import_view))
        return [path("import/", view, name="articles_article_import"), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """With the way to the import for whoever starts drafts."""
        url = reverse("admin:articles_article_import") if may_import(request.user) else ""
        return super().changelist_view(request, {"import_url": url, **(extra_context or {})})

    def import_view(self, request: HttpRequest) -> HttpResponse:
        """A form; what came in leads to its proposals, several stories to a list of what became of each."""
        if not may_import(request.user):
            raise PermissionDenied
        form = ImportForm(request.POST or None, request.FILES or None, label_suffix="")
        outcomes = []
        if request.method == "POST" and form.is_valid():
            outcomes = list(import_all(form.cleaned_data, request.user))
            made = [outcome for outcome in outcomes if outcome["article"]]
            if len(outcomes) == len(made) == 1:
                messages.success(request, made[0]["sentence"])
                return redirect("admin:articles_article_proposals", made[0]["article"].pk)
            if made:
                form = ImportForm(label_suffix="")
        context = {
            **self.admin_site.each_context(request),
            "title": _("Import wire copy"),
            "opts": self.opts,
            "form": form,
            "outcomes": outcomes,
        }
        return TemplateResponse(request, "admin/articles/article/import.html", context)


def may_import(user: Any) -> bool:
    """Whether this person starts drafts."""
    return bool(permissions.scopes(permissions.roles_of(user), "create_draft"))


def import_all(cleaned: dict[str, Any], by: Any) -> Iterator[dict[str, Any]]:
    """Each file by itself: `{"name", "article" (None where it failed), "sentence", "proposals"}`."""
    for name, read in _copies(cleaned):
        try:
            made = import_copy(read(), name, by=by, desk=cleaned["desk"])
        except UnreadableCopy as error:
            yield {"name": name, "article": None, "sentence": str(error), "proposals": 0}
        else:
            yield _outcome(name, made, by)


def _copies(cleaned: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """(name, function that gives the bytes); a file too large is refused before it is read."""

    def reader(upload):
        def read() -> bytes:
            check_size(upload.size, upload.name)
            return upload.read()

        return read

    for upload in cleaned["files"]:
        yield upload.name, reader(upload)
    if cleaned["text"].strip():
        yield _("pasted copy"), cleaned["text"].encode


def _outcome(name: str, made: Imported, by: Any) -> dict[str, Any]:
    found = {"name": name, "article": made.article, "proposals": len(made.proposals)}
    if made.created:
        return {**found, "sentence": _("%(name)s: imported as a draft.") % {"name": name}}
    if not Article.objects.visible_to(by).filter(pk=made.article.pk).exists():
        sentence = _("%(name)s: this copy is with another desk already.") % {"name": name}
        return {**found, "article": None, "proposals": 0, "sentence": sentence}
    return {
        **found,
        "sentence": _("%(name)s: this copy came in before; here is the story made of it.") % {"name": name},
    }
