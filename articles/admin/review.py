"""The review page: the story as readers will see it, what is said of it, and the decision."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from .. import commenting
from ..anchoring import Anchor
from ..commenting import CannotComment
from ..models import Article, Comment
from ..models.comments import CommentKind
from .facts import with_facts
from .moves import kept_input
from .review_page import Page, look_at, revisions_of

TEMPLATE = "admin/articles/article/review.html"
FIELDS = ("kind", "text", "field", "exact", "prefix", "suffix", "replacement", "thread")
OFFERED = 8  # names offered while somebody types one
SETTLE = {
    "accept": (commenting.accept, gettext_lazy("Accepted: the new words stand in the copy.")),
    "reject": (commenting.reject, gettext_lazy("Rejected: the words stay as they are.")),
    "resolve": (commenting.resolve, gettext_lazy("Resolved.")),
    "reopen": (commenting.reopen, gettext_lazy("Open again.")),
}


class ReviewAdminMixin:
    """Adds `admin:articles_article_review` and what is done on it to the admin of articles."""

    def get_urls(self) -> list:
        """One page, and one address for each thing that can be done on it."""
        wrap = self.admin_site.admin_view
        views = {
            "": ("articles_article_review", never_cache(require_GET(self.review))),
            "note/": ("articles_article_note", never_cache(require_POST(self.note))),
            "note/<int:comment>/": ("articles_article_note_settle", require_POST(settle)),
            "read/": ("articles_article_review_read", require_POST(mark_read)),
            "people/": ("articles_article_people", never_cache(require_GET(people))),
        }
        return [
            *(path(f"<int:pk>/review/{route}", wrap(view), name=name) for route, (name, view) in views.items()),
            *super().get_urls(),
        ]

    def review(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The page; the first time, it remembers what was read."""
        article = article_of(request, pk)
        read = revisions_of(article, request.user)
        if read[0] is None:
            messages.info(request, _("There is no copy to review yet."))
            return redirect("admin:articles_article_change", pk)
        page = Page(article, read, request.user, {}, kept_input(request, pk))
        page.keep_first_look()
        return self._review_page(request, page)

    def note(self, request: HttpRequest, pk: int) -> HttpResponse:
        """POST a note; one that is refused comes back with its words still there."""
        article = article_of(request, pk)
        posted = {name: request.POST.get(name, "") for name in FIELDS}
        try:
            comment = add(request, article, posted)
        except CannotComment as reason:
            read, draft = revisions_of(article, request.user), {**posted, "error": str(reason)}
            return self._review_page(request, Page(article, read, request.user, draft, {}))
        return back(pk, f"#note-{comment.thread_id or comment.pk}")

    def _review_page(self, request: HttpRequest, page: Page) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("Review: %(story)s") % {"story": page.article},
            "opts": self.opts,
            "article": page.article,
            "original": page.article,
            "page": page,
        }
        return TemplateResponse(request, TEMPLATE, context, status=422 if page.draft else 200)


def article_of(request: HttpRequest, pk: int) -> Article:
    """The article, where this person may read it; otherwise it does not exist."""
    articles = Article.objects.visible_to(request.user).select_related("desk", "writer", "assignee", "reviewer")
    return get_object_or_404(with_facts(articles, request.user), pk=pk)


def add(request: HttpRequest, article: Article, posted: dict[str, str]) -> Comment:
    """The note that these fields make. Raises `CannotComment`, `PermissionDenied` or `Http404`."""
    if posted["kind"] not in CommentKind:
        raise Http404
    anchor = Anchor(posted["exact"], posted["prefix"][-64:], posted["suffix"][:64])
    thread = None
    if posted["thread"]:
        thread = get_object_or_404(article.comments, pk=posted["thread"] if posted["thread"].isdecimal() else 0)
    return commenting.add(
        article,
        author=request.user,
        kind=posted["kind"],
        text=posted["text"],
        field=posted["field"],
        anchor=anchor if anchor.exact.strip() else None,
        replacement=posted["replacement"],
        thread=thread,
    )


def settle(request: HttpRequest, pk: int, comment: int) -> HttpResponseRedirect:
    """POST `decision`, one of `SETTLE`, and `back=desk` to return to the writing desk."""
    article = article_of(request, pk)
    row = get_object_or_404(article.comments.filter(thread__isnull=True), pk=comment)
    row.article = article
    verb, done = SETTLE.get(request.POST.get("decision", ""), (None, ""))
    if verb is None:
        raise Http404
    try:
        verb(row, by=request.user)
    except CannotComment as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, done)
    if request.POST.get("back") == "desk":
        return redirect("admin:articles_article_change", pk)
    return back(pk, f"#note-{comment}")


def mark_read(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """POST `revision`: what was on the page, not what was saved meanwhile."""
    article = article_of(request, pk)
    number = request.POST.get("revision", "")
    revision = get_object_or_404(article.revisions.defer("document"), number=number if number.isdecimal() else 0)
    look_at(revision, request.user)
    messages.success(request, _("Noted: the next changes are shown from here on."))
    return back(pk)


def people(request: HttpRequest, pk: int) -> JsonResponse:
    """GET `q`, from who may write notes: `{"results": [{"username", "name"}]}`, readers of this story called so."""
    article = article_of(request, pk)
    if not article.allows("comment", request.user):
        raise PermissionDenied
    found = commenting.called(article, request.GET.get("q", ""))[:OFFERED]
    return JsonResponse({"results": [{"username": one.get_username(), "name": one.get_full_name()} for one in found]})


def back(pk: int, at: str = "") -> HttpResponseRedirect:
    """To the page."""
    return redirect(reverse("admin:articles_article_review", args=[pk]) + at)
