"""The one address by which the desk moves a story: a verb, a note, a redirect."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from .. import press, workflow
from ..forms.moves import MoveForm
from ..models import Article, ReviewLook
from ..workflow import MoveNotAllowed

PRINTS = ("publish", "withdraw")
ELSEWHERE = ("hotfix",)  # verbs with a page of their own
KEPT, MAX_KEPT = "refused_move", 5000


@require_POST
@transaction.atomic
def move(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """POST `verb`, `note`, `version` and, to publish again, `kind`. A story one may not read is not there.

    Locked before its version is compared: nobody decides on words that were saved in between.
    """
    verb = request.POST.get("verb", "")
    if verb not in workflow.MOVES:
        raise Http404
    article = Article.objects.visible_to(request.user).filter(pk=pk).first()
    if article is None:
        return _gone(request, pk)
    article = article.locked()
    if request.POST.get("version", "") != str(article.version):
        messages.error(request, _("The story was saved since you opened it. Look at it again, then decide."))
        return redirect("admin:articles_article_change", pk)
    form = MoveForm(workflow.MOVES[verb], article, request.POST)
    try:
        make(verb, article, form, request.user)
    except MoveNotAllowed as refusal:
        keep_input(request, pk, verb)
        messages.error(request, " ".join(str(reason) for reason in refusal.reasons))
    else:
        label = workflow.MOVES[verb].label
        status = workflow.Status(article.status).label
        messages.success(
            request, _("%(move)s: done. The story is now “%(status)s”.") % {"move": label, "status": status}
        )
    return _back(request, pk)


def _gone(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """Somebody else decided first, and with that took it from the reviewers: who read it is told, nobody else is."""
    if not ReviewLook.objects.filter(article=pk, user=request.user).exists():
        raise Http404
    messages.error(request, _("Somebody decided on that story before you: it is no longer with the reviewers."))
    return redirect("admin:index")


def _back(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """To where the button stood, while the person may still read the story."""
    place = request.POST.get("next", "")
    is_readable = Article.objects.visible_to(request.user).filter(pk=pk).exists()
    is_safe = url_has_allowed_host_and_scheme(place, {request.get_host()}, require_https=request.is_secure())
    if place and is_safe and (is_readable or f"/{pk}/" not in place):
        return redirect(place)
    if is_readable:
        return redirect("admin:articles_article_change", pk)
    return redirect("admin:index")


def make(verb: str, article: Article, form: MoveForm, by: Any) -> None:
    """The one verb. Who may not make the move is told so before anything of the form is."""
    move = workflow.MOVES[verb]
    if not article.allows(move.action, by):
        raise PermissionDenied
    if verb in ELSEWHERE:
        raise Http404
    if not form.is_valid():
        raise MoveNotAllowed([error for errors in form.errors.values() for error in errors])
    if verb in PRINTS:
        getattr(press, verb)(article, by=by, **form.arguments())
    else:
        getattr(article, verb)(by=by, **form.arguments())


def keep_input(request: HttpRequest, pk: int, verb: str) -> None:
    """What was typed into a move that was refused, for the next page that shows its button; of one move only."""
    typed = {name: value[:MAX_KEPT] for name, value in request.POST.items() if name != "csrfmiddlewaretoken"}
    request.session[KEPT] = {"pk": pk, "verb": verb, "typed": typed}


def kept_input(request: HttpRequest, pk: int) -> dict[str, dict[str, str]]:
    """{verb: what was typed} of the story's last refused move, once."""
    kept = request.session.get(KEPT)
    if not kept or kept["pk"] != pk:
        return {}
    del request.session[KEPT]
    return {kept["verb"]: kept["typed"]}
