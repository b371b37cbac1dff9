"""The page on which a person decides what the machine proposes: the copy with every proposal marked, and the list."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from ..forms.proposals import changes_form
from ..models import Article, Proposal
from ..models.proposals import ProposalKind
from ..proposals import compose, decisions, reading
from ..proposals.decisions import CannotDecide
from ..proposals.drafts import Drafts
from .proposal_items import Page

TEMPLATE = "admin/articles/article/proposals.html"


class ProposalsAdminMixin:
    """Adds `admin:articles_article_proposals` and its decisions to the admin of articles; a save reads anew."""

    def get_urls(self) -> list:
        """One page, and one address for each thing that can be done on it."""
        wrap = self.admin_site.admin_view
        return [
            path(
                "<int:pk>/proposals/", wrap(never_cache(require_GET(self.proposals))), name="articles_article_proposals"
            ),
            path(
                "<int:pk>/proposals/accept/", wrap(require_POST(accept_many)), name="articles_article_proposals_accept"
            ),
            path("<int:pk>/proposals/read/", wrap(require_POST(read_again)), name="articles_article_proposals_read"),
            path(
                "<int:pk>/proposals/<int:proposal>/",
                wrap(never_cache(require_POST(self.decide))),
                name="articles_article_proposal",
            ),
            *super().get_urls(),
        ]

    def save_related(self, request: HttpRequest, form, formsets, change: bool) -> None:
        """Other words, other proposals."""
        super().save_related(request, form, formsets, change)
        if not change or {"headline", "body", "actors", "topics"} & set(form.changed_data):
            reading.refresh(form.instance)

    def proposals(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The page."""
        return self.proposals_page(request, article_of(request, pk))

    def proposals_page(self, request: HttpRequest, article: Article, bound: dict | None = None) -> HttpResponse:
        """The page; `bound` holds the form of a proposal, by its key, that has to be filled in again."""
        page = Page(article, request.user, bound or {})
        context = {
            **self.admin_site.each_context(request),
            "title": _("Proposals"),
            "opts": self.opts,
            "article": article,
            "page": page,
        }
        return TemplateResponse(request, TEMPLATE, context, status=422 if bound else 200)

    def decide(self, request: HttpRequest, pk: int, proposal: int) -> HttpResponse:
        """POST `decision`: accept, change (with the fields of its form), reject (with `reason`) or reopen."""
        article = article_of(request, pk)
        row = get_object_or_404(article.proposals, pk=proposal)
        decision = request.POST.get("decision", "")
        if decision == "change":
            if not decisions.may_decide(article, request.user):
                raise PermissionDenied
            form = changes_form(row, draft_of(row), request.POST)
            if not form.is_valid():
                return self.proposals_page(request, article, {row.pk: form})
            _tell(request, row, lambda: decisions.accept(row, by=request.user, changes=form.changes()), _("Accepted"))
        elif decision == "accept":
            _tell(request, row, lambda: decisions.accept(row, by=request.user), _("Accepted"))
        elif decision == "reject":
            reason = request.POST.get("reason", decisions.WRONG)
            _tell(request, row, lambda: decisions.reject(row, by=request.user, reason=reason), _("Rejected"))
        elif decision == "reopen":
            _tell(request, row, lambda: decisions.reopen(row, by=request.user), _("Open again"))
        else:
            raise Http404
        return back(pk, f"#proposal-{row.pk}")


def article_of(request: HttpRequest, pk: int) -> Article:
    """The article, where this person may read it; otherwise it does not exist."""
    articles = Article.objects.visible_to(request.user).select_related("wire_copy", "desk")
    return get_object_or_404(articles, pk=pk)


def draft_of(row: Proposal):
    """The draft that the form starts from; None for a tag."""
    if row.kind != ProposalKind.QUOTE:
        return None
    return Drafts(row.article, row.article.proposals.all()).of(row)


def back(pk: int, anchor: str = "") -> HttpResponseRedirect:
    """To the page."""
    return redirect(reverse("admin:articles_article_proposals", args=[pk]) + anchor)


def _tell(request: HttpRequest, row: Proposal, decide, done: str) -> None:
    """Decide, and say what became of it."""
    words = Truncator(row.payload.get("name") or row.payload["text"]).chars(70)
    try:
        decide()
    except CannotDecide as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, f"{done}: {words}")


def accept_many(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """POST `which`: the confident quotes, or the actors and topics that the vocabulary has."""
    article = article_of(request, pk)
    page = Page(article, request.user, {})
    which = request.POST.get("which", "")
    if which not in page.bulk:
        raise Http404
    made, left = decisions.accept_all(article, page.bulk[which], by=request.user)
    messages.success(
        request, ngettext("%(n)d proposal accepted.", "%(n)d proposals accepted.", len(made)) % {"n": len(made)}
    )
    for sentence in left:
        messages.warning(request, sentence)
    return back(pk)


def read_again(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """Read the copy anew, for proposals of the words as they stand now."""
    article = article_of(request, pk)
    if not decisions.may_decide(article, request.user):
        raise PermissionDenied
    reading.refresh(article, compose.vocabulary())
    messages.success(request, _("Read again. What was decided stays decided."))
    return back(pk)
