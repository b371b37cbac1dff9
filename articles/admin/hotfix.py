"""The page on which a publisher mends a typo on the live text: written, looked at as a difference, published."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from js_asset import Media

from .. import hotfix
from ..forms.hotfix import TEXTS, HotfixForm
from ..models import Article, Edition
from ..models.people import name_of
from ..workflow import MoveNotAllowed
from .compare import compare_documents, readable

TEMPLATE = "admin/articles/article/hotfix.html"


class HotfixAdminMixin:
    """Adds `admin:articles_article_hotfix` to the admin of articles."""

    def get_urls(self) -> list:
        """One page: GET is the form, POST shows the difference, POST with `publish` puts it before readers."""
        view = self.admin_site.admin_view(never_cache(require_http_methods(["GET", "HEAD", "POST"])(self.hotfix_view)))
        return [path("<int:pk>/hotfix/", view, name="articles_article_hotfix"), *super().get_urls()]

    def hotfix_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """404 for who may not read the story, 403 for who may not correct it."""
        article = readable(request, pk)
        if not article.allows("correct", request.user):
            raise PermissionDenied("correct is not for this person")
        live = hotfix.live_edition(article)
        if live is None:
            messages.error(request, _("Readers cannot see this story: there is no live text to fix."))
            return redirect("admin:articles_article_change", pk)
        if request.method != "POST":
            values = {name: live.revision.document[name] for name in TEXTS}
            return self._hotfix_page(
                request, article, live, HotfixForm(initial={**values, "seen_edition": live.number})
            )
        form = HotfixForm(request.POST)
        if not form.is_valid() or "edit" in request.POST:
            return self._hotfix_page(request, article, live, form, status=200 if form.is_valid() else 422)
        if form.cleaned_data["seen_edition"] != live.number:
            return self._hotfix_overtaken(request, article, live, form)
        try:
            fix = hotfix.prepare(article, form.texts(), by=request.user)
            if "publish" in request.POST:
                return self._hotfix_done(request, article, form)
        except MoveNotAllowed as refusal:
            for reason in refusal.reasons:
                form.add_error(None, str(reason))
            return self._hotfix_page(request, article, live, form, status=422)
        return self._hotfix_page(request, article, live, form, difference=(fix.before, fix.document))

    def _hotfix_done(self, request: HttpRequest, article: Article, form: HotfixForm) -> HttpResponse:
        edition = hotfix.publish(article, by=request.user, **form.cleaned_data)
        messages.success(request, _("Fixed: readers have it as edition %(number)d.") % {"number": edition.number})
        rebased = article.events.filter(verb="rebase", at=edition.at).first()
        if rebased and rebased.details["kept"][1]:
            messages.warning(
                request,
                _("The draft reads otherwise there and kept its own words; a note on them says what was fixed."),
            )
        elif rebased:
            messages.info(request, _("The draft that waits took the fix in."))
        return redirect("admin:articles_article_change", article.pk)

    def _hotfix_overtaken(
        self, request: HttpRequest, article: Article, live: Edition, form: HotfixForm
    ) -> HttpResponse:
        """Somebody published meanwhile: what was typed is kept, and shown against what readers have now."""
        form.data = form.data.copy()
        form.data["seen_edition"] = live.number
        form.add_error(
            None,
            _(
                "%(who)s published edition %(number)d while you were writing. What you typed is below, and how it "
                "differs from the live text now: take out what is not yours, and look at the difference again."
            )
            % {"who": name_of(live.by), "number": live.number},
        )
        before = live.revision.document
        return self._hotfix_page(
            request, article, live, form, status=409, overtaken=(before, {**before, **form.texts()})
        )

    def _hotfix_page(
        self, request: HttpRequest, article: Article, live: Edition, form: HotfixForm, *, status: int = 200, **pairs
    ) -> HttpResponse:
        """The form; with `difference` (before, after) the question whether to publish it instead."""
        pair = pairs.get("difference") or pairs.get("overtaken")
        context = {
            **self.admin_site.each_context(request),
            "title": _("Fix the live text"),
            "subtitle": str(article),
            "opts": self.opts,
            "article": article,
            "live": live,
            "form": form,
            "comparison": compare_documents(*pair) if pair else None,
            "is_preview": "difference" in pairs,
            "waits": hotfix.has_draft(article, live),
            "most_words": hotfix.MOST_WORDS,
            "media": Media.from_media(self.media + form.media, nonce=str(request.csp_nonce)),
        }
        return TemplateResponse(request, TEMPLATE, context, status=status)
