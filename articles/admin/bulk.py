"""One move on several stories, or one that asks something first: a page that says what it would do, then does it.

Each story is moved by its own verb in its own transaction: what one refuses keeps none of the others back.
"""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from .. import permissions, workflow
from ..forms.moves import MoveForm
from ..models import Article
from ..workflow import Move, MoveNotAllowed
from .moves import ELSEWHERE, make
from .rail import place_of
from .site import site

MOST = 50  # stories at a time
NOT_YOURS = gettext_lazy("This move is not yours to make here.")


def address_of(verb: str, keys: Iterable[int], back: str = "") -> str:
    """The page on which `verb` is decided for these stories."""
    asked = [("verb", verb), *(("story", key) for key in keys), *([("next", back)] if back else [])]
    return f"{reverse('admin:articles_article_moves')}?{urlencode(asked)}"


class BulkAdminMixin(admin.ModelAdmin):
    """The actions of the list: a move each, for whoever may make it on some story."""

    def get_urls(self) -> list:
        """With the page of a move."""
        view = self.admin_site.admin_view(make_moves)
        return [path("moves/", view, name="articles_article_moves"), *super().get_urls()]

    def get_actions(self, request: HttpRequest) -> dict[str, tuple]:
        """By the table of moves and the table of roles. Nothing is deleted from here."""
        if IS_POPUP_VAR in request.GET:
            return {}
        roles = permissions.roles_of(request.user)
        return {
            verb: (_action, verb, f"{move.label}…")
            for verb, move in workflow.MOVES.items()
            if verb not in ELSEWHERE and permissions.scopes(roles, move.action)
        }


def _action(model_admin: admin.ModelAdmin, request: HttpRequest, chosen: Any) -> HttpResponseRedirect | None:
    """From the list to the page of the move, with what was ticked there."""
    keys = list(chosen.order_by().values_list("pk", flat=True)[: MOST + 1])
    if len(keys) > MOST:
        messages.error(request, _("At most %(n)d stories at a time: tick fewer.") % {"n": MOST})
        return None
    return HttpResponseRedirect(address_of(request.POST["action"], keys, request.get_full_path()))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def make_moves(request: HttpRequest) -> HttpResponse:
    """GET or POST `verb`, `story` (several), `next`; POST also `version-<story>` and what the verb takes."""
    given = request.POST if request.method == "POST" else request.GET
    verb = given.get("verb", "")
    if verb not in workflow.MOVES or verb in ELSEWHERE:
        raise Http404
    move = workflow.MOVES[verb]
    if not permissions.scopes(permissions.roles_of(request.user), move.action):
        raise PermissionDenied
    articles = _stories(given.getlist("story"), request.user)
    if not articles:
        messages.error(request, _("There is nothing to move: tick the stories first."))
        return HttpResponseRedirect(_back(request, given))
    if request.method != "POST":
        return _page(request, move, articles, _reasons(move, articles, request.user))
    form = MoveForm.of_several(move, articles, request.POST)
    if not form.is_valid() or _lacks_note(form):
        return _page(request, move, articles, _reasons(move, articles, request.user), form)
    refused = _make_each(request, move, articles)
    if refused:
        left = [article for article in articles if article.pk in refused]
        return _page(request, move, left, refused, form)
    return HttpResponseRedirect(_back(request, given))


def _stories(keys: list[str], user: Any) -> list[Article]:
    """Those that the person may read, in the order given."""
    wanted = list(dict.fromkeys(int(key) for key in keys if key.isascii() and key.isdecimal() and len(key) < 19))[:MOST]
    found = Article.objects.visible_to(user).select_related("desk", "writer").in_bulk(wanted)
    return [found[key] for key in wanted if key in found]


def _reasons(move: Move, articles: list[Article], user: Any) -> dict[int, list]:
    """Key → what keeps the move from happening to that story, for those where something does."""
    found = {article.pk: _against(move, article, user) for article in articles}
    return {key: reasons for key, reasons in found.items() if reasons}


def _against(move: Move, article: Article, user: Any) -> list:
    if not article.allows(move.action, user):
        return [NOT_YOURS]
    return workflow.reasons_against(move.verb, article, user)


def _lacks_note(form: MoveForm) -> bool:
    """With the error noted: the same for every story, so none is tried."""
    if form.move.note and not form.cleaned_data.get("note", "").strip():
        form.add_error("note", _("This needs a note."))
        return True
    return False


def _make_each(request: HttpRequest, move: Move, articles: list[Article]) -> dict[int, list]:
    """Make them, say how many were made; returns what was refused, with the reasons."""
    refused = {}
    for article in articles:
        try:
            with transaction.atomic():
                _make_one(request, move, article.locked())
        except MoveNotAllowed as refusal:
            refused[article.pk] = refusal.reasons
        except PermissionDenied:
            refused[article.pk] = [NOT_YOURS]
    if made := len(articles) - len(refused):
        words = ngettext("%(move)s: done for %(n)d story.", "%(move)s: done for %(n)d stories.", made)
        messages.success(request, words % {"move": move.label, "n": made})
    return refused


def _make_one(request: HttpRequest, move: Move, article: Article) -> None:
    """The one verb on a locked story, if it is still what the page showed."""
    if request.POST.get(f"version-{article.pk}", "") != str(article.version):
        raise MoveNotAllowed([_("The story was saved since you opened it. Look at it again, then decide.")])
    make(move.verb, article, MoveForm(move, article, request.POST), request.user)


def _page(
    request: HttpRequest, move: Move, articles: list[Article], reasons: dict[int, list], form: MoveForm | None = None
) -> HttpResponse:
    """The stories with what keeps some of them back, and what the move asks for."""
    given = request.POST if request.method == "POST" else request.GET
    open_to = [article for article in articles if article.pk not in reasons]
    is_retry = request.method == "POST" and not open_to and bool(articles)
    context = {
        **site.each_context(request),
        "title": move.label,
        "move": move,
        "rows": [
            {
                "article": article,
                "reasons": [{"sentence": each, "url": place_of(each, article)} for each in reasons.get(article.pk, [])],
            }
            for article in articles
        ],
        "open": len(articles) if is_retry else len(open_to),
        "is_retry": is_retry,
        "form": form or (MoveForm.of_several(move, open_to) if open_to else None),
        "back": _back(request, given),
    }
    return TemplateResponse(request, "admin/articles/article/moves.html", context)


def _back(request: HttpRequest, given: Any) -> str:
    """Where the person came from; the list where that is not known."""
    place = given.get("next", "")
    if place and url_has_allowed_host_and_scheme(place, {request.get_host()}, require_https=request.is_secure()):
        return place
    return reverse("admin:articles_article_changelist")
