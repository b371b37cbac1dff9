"""Two people saved the same story: nobody's words are lost. `docs/comparing.md` has the rules of the merge."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from .. import markup
from ..comparing import resolve
from ..models import Article, Autosave, Revision
from ..models.quotes import anchor_quotes
from ..models.restoring import write_copy
from ..models.sealing import sealed
from .assignment import assign
from .compare import compare_documents, readable
from .keeping import forget, keep, number_of, posted
from .replaying import Meant, aligned, meant, merged_with


class ConflictAdminMixin:
    """Catches a save over a version that the person has not seen; adds `admin:articles_article_conflict`."""

    def get_urls(self) -> list:
        """One page, which is read and posted."""
        view = self.admin_site.admin_view(never_cache(require_http_methods(["GET", "POST"])(self.conflict_view)))
        return [path("<int:pk>/conflict/", view, name="articles_article_conflict"), *super().get_urls()]

    def changeform_view(self, request: HttpRequest, object_id=None, form_url="", extra_context=None) -> HttpResponse:
        """A save goes on as ever, unless somebody else's came first or the story is no longer open to this person."""
        if request.method == "POST" and object_id and "seen_version" in request.POST and "body" in request.POST:
            with transaction.atomic():  # what was checked here is locked until it is saved
                answer = self._answer_to_stale(request, object_id)
                return answer or self._save_as_ever(request, object_id, form_url, extra_context)
        return self._save_as_ever(request, object_id, form_url, extra_context)

    def _save_as_ever(self, request: HttpRequest, object_id, form_url: str, extra_context: dict | None) -> HttpResponse:
        answer = super().changeform_view(request, object_id, form_url, extra_context)
        if getattr(request, "saved_revision", None):
            forget(request.user, request.saved_revision.article_id if object_id else None)
        return answer

    def _answer_to_stale(self, request: HttpRequest, object_id: str) -> HttpResponse | None:
        """None for a save that may go on."""
        article = self.get_object(request, object_id)
        if article is None or not self.has_change_permission(request):
            return None
        if not self.has_change_permission(request, article):
            return self._keep_for_later(request, article)
        base = seen_revision(article, request.POST.get("seen_version", ""))
        if base is None or base.number == article.version:
            return None
        found = meant(self, request, article.pk, request.POST, base)
        if found is None:
            return None
        theirs = article.latest_revision()
        document = aligned(found.document, (base.document, theirs.document))
        if document in (base.document, theirs.document):
            save_rest(article, found, request)
            forget(request.user, article.pk)
            messages.success(request, _("Saved as revision %(number)d.") % {"number": theirs.number})
            return to_desk(request, article)
        keep(request.user, article, request.POST, base.number)
        return redirect("admin:articles_article_conflict", article.pk)

    def _keep_for_later(self, request: HttpRequest, article: Article) -> HttpResponseRedirect | None:
        """Whoever could write here before keeps the text; a stranger to the draft gets the refusal."""
        user = request.user
        has_part = article.is_own(user) or article.allows("edit_draft", user)
        if not has_part and not article.revisions.filter(created_by=user).exists():
            return None
        if "seen_version" in request.POST:
            keep(user, article, request.POST, number_of(request.POST["seen_version"]))
        messages.error(
            request,
            _(
                "Not saved: the story is “%(state)s” now and not open to you for writing. Your text is kept. "
                "Once the story is a draft of yours again, open it and take your text over."
            )
            % {"state": article.get_status_display()},
        )
        return redirect("admin:articles_article_change", article.pk)

    @transaction.atomic
    def conflict_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The kept text against the latest revision; POST `version` and `choice-N` saves the merge of both."""
        article = readable(request, pk)
        if request.method == "POST":
            article = article.locked()
        row = get_object_or_404(Autosave, user=request.user, article=article)
        data = posted(row)
        if not self.has_change_permission(request, article):
            return self._keep_for_later(request, article) or redirect("admin:articles_article_change", pk)
        base, theirs = seen_revision(article, str(row.base_version)), article.latest_revision()
        found = base and meant(self, request, pk, data, base)
        if not found:
            messages.error(request, _("Some fields of your text need another look first. It is kept: take it over."))
            return redirect("admin:articles_article_change", pk)
        found, merged = merge_of(found, base, theirs)
        if request.method == "POST" and request.POST.get("version") == str(article.version):
            choices = choices_of(request.POST, merged.conflicts)
            return self._save_merged(request, article, found, resolve(merged, choices))
        if request.method == "POST":
            messages.warning(request, _("It was saved once more while you were choosing. This is how it stands now."))
        return self._conflict_page(request, article, row, base, theirs, merged)

    def _save_merged(self, request: HttpRequest, article: Article, found: Meant, document: dict) -> HttpResponse:
        for entry in found.entries:
            if not type(entry).objects.filter(pk=entry.pk).exists():
                entry.save(force_insert=True)
        missing = write_copy(article, document)
        anchor_quotes(article)
        revision = article.record_revision(by=request.user, note=_("Merged with what was saved meanwhile"))
        save_rest(article, found, request)
        forget(request.user, article.pk)
        messages.success(request, _("Both are saved, as revision %(number)d.") % {"number": revision.number})
        for sentence in missing:
            messages.warning(request, sentence)
        return redirect("admin:articles_article_change", article.pk)

    def _conflict_page(self, request, article, row, base, theirs, merged) -> TemplateResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("Both of you wrote"),
            "opts": self.opts,
            "article": article,
            "kept_at": row.saved_at,
            "saves": article.revisions.filter(number__gt=base.number).select_related("created_by").defer("document"),
            "conflicts": [_shown(conflict) for conflict in merged.conflicts],
            "theirs": compare_documents(base.document, theirs.document),
            "comparison": compare_documents(theirs.document, merged.document),
        }
        return TemplateResponse(request, "admin/articles/article/conflict.html", context)


def merge_of(found: Meant, base: Revision, theirs: Revision) -> tuple[Meant, Any]:
    """What was meant, and its merge with the latest revision; no document names a source that has become secret."""
    base.document, mine, theirs.document = sealed([base.document, found.document, theirs.document])
    mine = aligned(mine, (base.document, theirs.document))
    found = Meant(mine, found.assigned, found.ed_note, found.entries)
    return found, merged_with(found, base, theirs)


def _shown(conflict: Any) -> dict[str, Any]:
    """A conflict as the page needs it: HTML of the body made safe once more."""
    is_body = conflict.field == "body"
    sides = [
        (name, markup.sanitise(getattr(conflict, name)) if is_body else getattr(conflict, name))
        for name in ("mine", "theirs")
    ]
    return {"conflict": conflict, "is_html": is_body, **dict(sides)}


def choices_of(data: QueryDict, conflicts: Iterable[Any]) -> dict[int, str]:
    """{conflict: choice}; mine where none, or none that is on offer, was made."""
    allowed = {c.number: ("mine", "theirs", "both") if c.can_be_both else ("mine", "theirs") for c in conflicts}
    wanted = {number: data.get(f"choice-{number}", "mine") for number in allowed}
    return {number: choice for number, choice in wanted.items() if choice in allowed[number]}


def seen_revision(article: Article, text: str) -> Revision | None:
    """The revision that a form was made of."""
    return article.revisions.filter(number=number_of(text)).first()


def save_rest(article: Article, found: Meant, request: HttpRequest) -> None:
    """What is no copy: the assignment, and the note to the desk, with both notes where both were written."""
    if found.assigned:
        assign(article, found.assigned, request)
    if found.ed_note:
        before, mine = found.ed_note
        is_theirs = article.ed_note.strip() not in (before.strip(), mine.strip(), "")
        article.ed_note = f"{article.ed_note}\n\n{mine}" if is_theirs else mine
        article.save(update_fields=["ed_note"])


def to_desk(request: HttpRequest, article: Article) -> HttpResponseRedirect:
    """Where a save leads."""
    if "_continue" in request.POST:
        return redirect("admin:articles_article_change", article.pk)
    return redirect("admin:articles_article_changelist")
