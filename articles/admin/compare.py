"""Compare any two revisions or editions of a story, see its revisions in a row, bring one back."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from ..comparing import Comparison, compare, words_changed
from ..models import Article, Edition, Revision
from ..models.sealing import sealed
from ..workflow import MoveNotAllowed, Status

ROWS = 20  # revisions of a page of the history


class CompareAdminMixin:
    """Adds `admin:articles_article_compare`, `…_revisions` and `…_restore` to the admin of articles."""

    def get_urls(self) -> list:
        """Two pages and one verb."""
        wrap = self.admin_site.admin_view
        pages = {"compare": self.compare_view, "revisions": self.revisions_view}
        return [
            *(
                path(f"<int:pk>/{name}/", wrap(never_cache(require_GET(view))), name=f"articles_article_{name}")
                for name, view in pages.items()
            ),
            path("<int:pk>/restore/", wrap(never_cache(require_POST(restore))), name="articles_article_restore"),
            *super().get_urls(),
        ]

    def compare_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """`?old=` and `?new=` name a revision by its number or an edition as “e2”; else the last two revisions."""
        article = readable(request, pk)
        versions = versions_of(article)
        old, new = chosen(versions, request.GET.get("old"), request.GET.get("new"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Compare"),
            "subtitle": str(article),
            "opts": self.opts,
            "article": article,
            "versions": versions,
            "old": old,
            "new": new,
            "comparison": compare_versions(article, old, new) if old and new else None,
            "restores": [
                restore_offer(article, number, request.user)
                for number in dict.fromkeys(version.revision for version in (old, new) if version)
            ],
        }
        return TemplateResponse(request, "admin/articles/article/compare.html", context)

    def revisions_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Who saved when and how much changed, the latest first; `?before=` a number gives those before it."""
        article = readable(request, pk)
        rows, before = history(article, request.GET.get("before", ""))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Revisions"),
            "subtitle": str(article),
            "opts": self.opts,
            "article": article,
            "rows": [{**row, "restore": restore_offer(article, row["revision"].number, request.user)} for row in rows],
            "before": before,
        }
        return TemplateResponse(request, "admin/articles/article/revisions.html", context)


class RestorableMixin:
    """The page of one revision, with the way to its differences and the button that brings it back."""

    change_form_template = "admin/articles/revision/change_form.html"

    def render_change_form(self, request: HttpRequest, context: dict, *args, obj: Revision | None = None, **kwargs):
        """With the button, for who may edit the story."""
        if obj is not None:
            context["restore"] = restore_offer(obj.article, obj.number, request.user)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)


@dataclass(frozen=True)
class Version:
    """One entry of the two lists to choose from: `key` is what stands in the address."""

    key: str
    label: str
    revision: int
    is_edition: bool = False


def readable(request: HttpRequest, pk: int) -> Article:
    """The story, or 404 for who may not read it."""
    return get_object_or_404(Article.objects.visible_to(request.user).select_related("desk"), pk=pk)


def versions_of(article: Article) -> list[Version]:
    """Its editions, then its revisions, the latest first."""
    editions = article.editions.select_related("revision").defer("revision__document").order_by("-number")
    revisions = article.revisions.select_related("created_by").defer("document").order_by("-number")
    found = [
        Version(f"e{edition.number}", _edition_label(edition), edition.revision.number, is_edition=True)
        for edition in editions
    ]
    return found + [Version(str(revision.number), _revision_label(revision), revision.number) for revision in revisions]


def _edition_label(edition: Edition) -> str:
    return f"{edition}, {edition.get_kind_display()}, {_when(edition.at)}"


def _revision_label(revision: Revision) -> str:
    person = revision.created_by.get_full_name() or revision.created_by.get_username()
    return f"{revision}, {person}, {_when(revision.created_at)}"


def _when(moment: Any) -> str:
    return date_format(timezone.localtime(moment), _("j M Y, H:i"))


def chosen(versions: Sequence[Version], old: str | None, new: str | None) -> tuple[Version | None, Version | None]:
    """The versions asked for, 404 where there is no such one; not asked, the latest revision and the one before it."""
    known = {version.key: version for version in versions}
    if (old and old not in known) or (new and new not in known):
        raise Http404
    revisions = [version for version in versions if not version.is_edition]
    latest = revisions[0] if revisions else None
    right = known[new] if new else latest
    if old:
        return known[old], right
    earlier = [version for version in revisions if right and version.revision < right.revision]
    return (earlier[0] if earlier else None), right


def compare_versions(article: Article, old: Version, new: Version) -> Comparison:
    """What differs between two versions of the story."""
    documents = dict(
        article.revisions.filter(number__in={old.revision, new.revision}).values_list("number", "document")
    )
    return compare_documents(documents[old.revision], documents[new.revision])


def compare_documents(old: dict, new: dict) -> Comparison:
    """What differs between two documents, as it may be shown: sources made confidential since are not named."""
    return compare(*sealed([old, new]))


def history(article: Article, before: str) -> tuple[list[dict[str, Any]], int | None]:
    """A page of rows, and the number to ask for the next page with; None where there are no more."""
    revisions = article.revisions.select_related("created_by").order_by("-number")
    if before:
        if not before.isdecimal() or len(before) > 9:
            raise Http404
        revisions = revisions.filter(number__lt=int(before))
    found = list(revisions[: ROWS + 1])
    shown = found[:ROWS]
    editions: dict[int, list[Edition]] = {}
    for edition in article.editions.filter(revision__in=[revision.pk for revision in shown]).order_by("number"):
        editions.setdefault(edition.revision_id, []).append(edition)
    latest = article.revisions.order_by("-number").values_list("number", flat=True).first()
    earlier = dict(pairwise(found))
    rows = [_row(revision, earlier.get(revision), editions.get(revision.pk, []), latest) for revision in shown]
    return rows, shown[-1].number if len(found) > ROWS else None


def _row(revision: Revision, earlier: Revision | None, editions: list[Edition], latest: int) -> dict[str, Any]:
    return {
        "revision": revision,
        "earlier": earlier,
        "words": words_changed(earlier.document if earlier else {}, revision.document),
        "editions": editions,
        "is_latest": revision.number == latest,
        "latest": latest,
    }


def restore_offer(article: Article, number: int, user: Any) -> dict[str, Any] | None:
    """What the button needs; None for the revision that stands now, and for who may not edit the story."""
    facts = article.__dict__.setdefault("_restoring", {})  # asked once a page, however many buttons it has
    if user.pk not in facts:
        latest = article.revisions.order_by("-number").values_list("number", flat=True).first()
        facts[user.pk] = (article.allows("edit_draft", user), article.reasons_against_restoring(), latest)
    may_edit, reasons, latest = facts[user.pk]
    if not may_edit or number == latest:
        return None
    return {
        "article": article,
        "number": number,
        "latest": latest,
        "reasons": reasons,
        "lapses": article.status in (Status.APPROVED, Status.SCHEDULED),
    }


def restore(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """POST `revision`, a number, and `version`. The copy of that revision stands again, as a new one."""
    article = readable(request, pk)
    number = request.POST.get("revision", "")
    revision = get_object_or_404(article.revisions, number=number if number.isdecimal() and len(number) < 10 else 0)
    if request.POST.get("version", "") != str(article.version):
        messages.error(request, _("The story was saved since you opened it. Look at it again, then decide."))
        return redirect("admin:articles_article_revisions", pk)
    try:
        restored = article.restore(revision, by=request.user)
    except MoveNotAllowed as refusal:
        messages.error(request, " ".join(str(reason) for reason in refusal.reasons))
        return redirect("admin:articles_article_revisions", pk)
    numbers = {"old": revision.number, "new": restored.revision.number}
    if restored.is_new:
        messages.success(request, _("Revision %(old)d stands again, as revision %(new)d.") % numbers)
    else:
        messages.info(request, _("The copy stands as in revision %(old)d already.") % numbers)
    for sentence in restored.missing:
        messages.warning(request, sentence)
    return redirect("admin:articles_article_change", pk)
