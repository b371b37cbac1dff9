"""The page on which the desk makes, sees and revokes private previews of one story."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Max, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from ..forms.links import ShareForm
from ..models import Article, ShareLink, ShareVisit
from ..models.links import OPEN_STATES, last_end_of
from ..workflow import MoveNotAllowed

SHOWN = 100  # links of one story
VISITS = 12  # lines of the list of who came


class ShareAdminMixin:
    """Adds `admin:articles_article_share`, and making and revoking a link, to the admin of articles."""

    def get_urls(self) -> list:
        """One page and two acts."""
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/share/", wrap(never_cache(require_GET(self.share))), name="articles_article_share"),
            path(
                "<int:pk>/share/make/",
                wrap(never_cache(sensitive_post_parameters("passphrase")(require_POST(self.make_share)))),
                name="articles_article_share_make",
            ),
            path("<int:pk>/share/<int:link>/revoke/", wrap(require_POST(revoke)), name="articles_article_share_revoke"),
            *super().get_urls(),
        ]

    def share(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The links and the form."""
        article = shared_article(request, pk)
        return self.share_page(request, article, ShareForm(article=article, label_suffix=""))

    def make_share(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Make a link and show it on this answer, the only one that ever holds it: nothing keeps the token."""
        article = shared_article(request, pk)
        form = ShareForm(request.POST, article=article, label_suffix="")
        if not form.is_valid():
            return self.share_page(request, article, form, status=422)
        try:
            link, token = ShareLink.objects.make(article, by=request.user, **form.wanted())
        except MoveNotAllowed as reason:
            form.add_error(None, str(reason))
            return self.share_page(request, article, form, status=422)
        address = request.build_absolute_uri(reverse("preview", args=[token]))
        return self.share_page(
            request, article, ShareForm(article=article, label_suffix=""), made=link, address=address
        )

    def share_page(
        self, request: HttpRequest, article: Article, form: ShareForm, status: int = 200, **made: Any
    ) -> HttpResponse:
        """The page."""
        context = {
            **self.admin_site.each_context(request),
            "title": _("Preview links"),
            "opts": self.opts,
            "article": article,
            "form": form,
            "may_make": article.status in OPEN_STATES,
            "links": links_of(article),
            "visits": visits_of(article),
            **made,
        }
        response = TemplateResponse(request, "admin/articles/article/share.html", context, status=status)
        response["Referrer-Policy"] = "no-referrer" if made else "same-origin"
        return response


def shared_article(request: HttpRequest, pk: int) -> Article:
    """The article, where this person may share it; otherwise it does not exist."""
    return get_object_or_404(Article.objects.open_to(request.user, "share_preview"), pk=pk)


def revoke(request: HttpRequest, pk: int, link: int) -> HttpResponseRedirect:
    """Close a link at once."""
    article = shared_article(request, pk)
    found = get_object_or_404(article.share_links, pk=link)
    found.revoke(by=request.user)
    messages.success(request, _("“%(link)s” opens nothing any more.") % {"link": found})
    return redirect("admin:articles_article_share", article.pk)


def links_of(article: Article) -> list[ShareLink]:
    """The links, newest first, each with `visit_count`, `last_visit`, `wrong_tries` and `closed` (why, or empty)."""
    opened = Q(visits__was_refused=False)
    links = list(
        article.share_links.select_related("created_by", "revision")
        .defer("revision__document")
        .annotate(
            visit_count=Count("visits", filter=opened),
            last_visit=Max("visits__at", filter=opened),
            wrong_tries=Count("visits", filter=Q(visits__was_refused=True)),
        )[:SHOWN]
    )
    last_end = last_end_of(article)
    for link in links:
        link.article = article
        link.closed = link.why_closed(last_end)
    return links


def visits_of(article: Article) -> list[ShareVisit]:
    """Who came last, by any of its links."""
    visits = ShareVisit.objects.filter(link__article=article).select_related("link")
    return list(visits[:VISITS])
