"""The page on which a quote is held against its evidence: what stands where, what differs, and what a person says."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from .. import lineage, matching
from ..forms.checking import CheckForm, ChooseForm, EvidenceForm
from ..models import Article, Evidence, Quote
from ..models.quotes import Match, Verification
from .compare import readable

ACTS = ("add", "choose", "check", "show", "link", "unlink")
AROUND = 200  # characters shown on each side of the passage


class CheckingAdminMixin:
    """Adds `admin:articles_article_quote` to the admin of articles."""

    def get_urls(self) -> list:
        """One page, which is read and posted."""
        view = never_cache(require_http_methods(["GET", "HEAD", "POST"])(self.quote_view))
        file = never_cache(require_safe(self.evidence_view))
        return [
            path("<int:pk>/quotes/<int:quote>/", self.admin_site.admin_view(view), name="articles_article_quote"),
            path("<int:pk>/evidence/<int:key>/", self.admin_site.admin_view(file), name="articles_article_evidence"),
            *super().get_urls(),
        ]

    def evidence_view(self, request: HttpRequest, pk: int, key: int) -> FileResponse:
        """The file, to keep and never as a page; for who may read the story."""
        evidence = get_object_or_404(readable(request, pk).evidence.exclude(file=""), pk=key)
        try:
            file = evidence.file.open("rb")
        except FileNotFoundError as error:
            raise Http404("The file is gone.") from error
        response = FileResponse(
            file, as_attachment=True, filename=evidence.file_name, content_type="application/octet-stream"
        )
        response["X-Content-Type-Options"] = "nosniff"
        return response

    @transaction.atomic
    def quote_view(self, request: HttpRequest, pk: int, quote: int) -> HttpResponse:
        """GET shows the quote beside its evidence; POST `act` adds evidence, checks or links it."""
        article = readable(request, pk)
        if request.method == "POST":
            article = article.locked()
            if not self.has_change_permission(request, article):
                raise PermissionDenied
        row = get_object_or_404(article.quotes.select_related("evidence", "verified_by", "speaker"), pk=quote)
        page = Page(self, request, article, row)
        if request.method != "POST":
            return page.answer()
        act = request.POST.get("act", "")
        if act not in ACTS:
            raise PermissionDenied
        return getattr(page, act)()


class Page:
    """One quote, what it is held against, and the acts on it; every act is a revision."""

    def __init__(self, model_admin: Any, request: HttpRequest, article: Article, quote: Quote) -> None:
        self.model_admin = model_admin
        self.request = request
        self.article = article
        self.quote = quote

    @property
    def parts(self) -> list[str]:
        """The words, in the parts that an attribution splits them into."""
        return [self.quote.text, *(segment["text"] for segment in self.quote.segments)]

    # --- the acts

    def add(self) -> HttpResponse:
        """New evidence, and hold the quote against it."""
        form = EvidenceForm(self.request.POST, self.request.FILES)
        if not form.is_valid():
            return self.answer(evidence_form=form, status=422)
        evidence = form.save(commit=False)
        evidence.article, evidence.added_by = self.article, self.request.user
        evidence.save()
        return self._hold(evidence)

    def choose(self) -> HttpResponse:
        """Hold it against what the story has."""
        form = ChooseForm(self.request.POST, article=self.article)
        if not form.is_valid():
            return self.answer(choose_form=form, status=422)
        return self._hold(form.cleaned_data["evidence"])

    def check(self) -> HttpResponse:
        """Say what the words are."""
        form = CheckForm(self.request.POST, quote=self.quote)
        if not form.is_valid():
            return self.answer(check_form=form, status=422)
        state, method = form.cleaned_data["state"], form.cleaned_data["method"].strip()
        self.quote.check_words(state, by=self.request.user, method=method, match=self.quote.match)
        return self._saved(_("%(quote)s is %(state)s.") % {"quote": self.quote, "state": Verification(state).label})

    def show(self) -> HttpResponse:
        """Let readers know of the evidence, or no longer."""
        evidence = self.quote.evidence
        if evidence is None:
            raise PermissionDenied
        evidence.is_public = not evidence.is_public
        evidence.save(update_fields=["is_public"])
        return self._saved(
            _("Readers are told of “%(what)s” when the story is next published.") % {"what": evidence}
            if evidence.is_public
            else _("Readers are not told of “%(what)s” from the next edition on.") % {"what": evidence}
        )

    def link(self) -> HttpResponse:
        """It was said once, here and there."""
        key = self.request.POST.get("other", "")
        kin = {str(each.quote.pk): each.quote for each in lineage.kin_of(self.quote, self.request.user)}
        if key not in kin:
            raise PermissionDenied
        lineage.link(self.quote, kin[key])
        return self._back(_("Linked: said once, quoted in both."))

    def unlink(self) -> HttpResponse:
        """It was said another time."""
        lineage.unlink(self.quote)
        return self._back(_("No longer linked."))

    def _hold(self, evidence: Evidence) -> HttpResponse:
        """Other evidence, other check: it is unchecked until a person has looked."""
        self.quote.evidence = evidence
        found = matching.match(self.parts, evidence.text).kind if evidence.text.strip() else ""
        self.quote.check_words(Verification.UNVERIFIED, by=None, match=found)
        if not found:
            return self._saved(_("Noted. There are no words to compare: hold it against the evidence yourself."))
        return self._saved(_("Held against “%(what)s”: %(found)s.") % {"what": evidence, "found": Match(found).label})

    def _saved(self, words: str) -> HttpResponse:
        self.quote.save()
        self.article.record_revision(by=self.request.user)
        return self._back(words)

    def _back(self, words: str) -> HttpResponse:
        messages.success(self.request, words)
        return redirect("admin:articles_article_quote", self.article.pk, self.quote.pk)

    # --- the page

    def answer(self, status: int = 200, **given: Any) -> HttpResponse:
        """The quote beside the passage; forms only for who may write."""
        evidence = self.quote.evidence
        found = matching.match(self.parts, evidence.text) if evidence and evidence.text.strip() else None
        may_edit = self.model_admin.has_change_permission(self.request, self.article)
        has_evidence = may_edit and Evidence.objects.filter(article=self.article).exists()
        context = {
            **self.model_admin.admin_site.each_context(self.request),
            "title": _("Check a quote"),
            "opts": self.model_admin.opts,
            "article": self.article,
            "quote": self.quote,
            "evidence": evidence,
            "kin": lineage.kin_of(self.quote, self.request.user),
            "may_edit": may_edit,
            "is_linked": self.quote.utterance_id is not None,
            "found": found and {"kind": found.kind, "label": Match(found.kind).label, "runs": found.runs},
            "around": _around(evidence.text, found.place) if found and found.place else None,
            "evidence_form": given.pop("evidence_form", EvidenceForm()) if may_edit else None,
            "choose_form": given.pop("choose_form", ChooseForm(article=self.article)) if has_evidence else None,
            "check_form": given.pop("check_form", CheckForm(quote=self.quote)) if may_edit else None,
            **given,
        }
        return TemplateResponse(self.request, "admin/articles/article/quote.html", context, status=status)


def _around(text: str, place: tuple[int, int]) -> dict[str, str]:
    """The passage with what stands before and after it."""
    start, end = place
    return {"before": text[max(start - AROUND, 0) : start], "words": text[start:end], "after": text[end : end + AROUND]}
