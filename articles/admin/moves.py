"""The one address by which the desk moves a story: a verb, a note, a redirect."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from .. import press, workflow
from ..models import Article
from ..workflow import MoveNotAllowed


@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """POST `verb`, `note`, `version` and, to publish again, `kind`. A story one may not read is not there."""
    article = get_object_or_404(Article.objects.visible_to(request.user), pk=pk)
    verb = request.POST.get("verb", "")
    if verb not in workflow.MOVES:
        raise Http404
    if request.POST.get("version", "") != str(article.version):
        messages.error(request, _("The story was saved since you opened it. Look at it again, then decide."))
        return redirect("admin:articles_article_change", pk)
    try:
        _make(verb, article, request)
    except MoveNotAllowed as refusal:
        messages.error(request, " ".join(str(reason) for reason in refusal.reasons))
    else:
        label = workflow.MOVES[verb].label
        status = workflow.Status(article.status).label
        messages.success(
            request, _("%(move)s: done. The story is now “%(status)s”.") % {"move": label, "status": status}
        )
    if Article.objects.visible_to(request.user).filter(pk=pk).exists():
        return redirect("admin:articles_article_change", pk)
    return redirect("admin:index")


def _make(verb: str, article: Article, request: HttpRequest) -> None:
    note = request.POST.get("note", "")
    if verb == "publish":
        press.publish(article, by=request.user, note=note, kind=request.POST.get("kind") or None)
    elif verb == "withdraw":
        press.withdraw(article, by=request.user, note=note)
    else:
        getattr(article, verb)(by=request.user, note=note)
