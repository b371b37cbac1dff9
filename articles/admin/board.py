"""The board: a column a state, a card a story. A card is moved by the verb of its button, however it is pushed."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .. import permissions
from ..board import Card, Column, columns
from ..forms.board import BoardForm
from ..models import Article, Priority
from ..models.people import name_of
from .bulk import address_of
from .saved_filters import kept
from .site import site


@never_cache
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """GET `desk`, `person`, `topic`, `actor`, `closed`; what cannot be read counts as not given."""
    user = request.user
    if not permissions.scopes(permissions.roles_of(user), "read_draft"):
        raise PermissionDenied
    form = BoardForm(request.GET)
    articles = form.narrow(Article.objects.visible_to(user))
    found = columns(articles, user, with_closed=bool(form.value("closed")))
    here = form.address()
    context = {
        **site.each_context(request),
        "title": _("Board"),
        "form": form,
        "columns": [_column(column, form, here) for column in found],
        "is_empty": not any(column.cards for column in found),
        "saved_filters": kept(user, "board", form.query()),
    }
    return TemplateResponse(request, "admin/board/board.html", context)


def _column(column: Column, form: BoardForm, here: str) -> dict[str, Any]:
    listed = form.query(closed=None, status=column.status.value)
    return {
        "status": column.status.value,
        "label": column.status.label,
        "cards": [_card(card, here) for card in column.cards],
        "count": f"{len(column.cards)}+" if column.has_more else len(column.cards),
        "all_url": f"{reverse('admin:articles_article_changelist')}?{listed}" if column.has_more else "",
    }


def _card(card: Card, here: str) -> dict[str, Any]:
    """What stands on a card, and its menu: buttons for what is done at once, links for what asks something first."""
    article = card.article
    place = f"{here}#story-{article.pk}"
    is_open = article.is_editable()
    return {
        "article": article,
        "title": str(article),
        "url": reverse("admin:articles_article_change", args=[article.pk]),
        "person": name_of(article.assignee or article.writer),
        "reviewer": name_of(article.reviewer) if article.status == "in_review" else "",
        "is_urgent": is_open and article.priority <= Priority.URGENT,
        "is_overdue": bool(is_open and article.due_at and article.due_at < timezone.now()),
        "is_rewrite": is_open and article.is_in_print,
        "goes_out": article.publish_at if article.status == "scheduled" else None,
        "embargo": article.embargo_in_force() if is_open else "",
        "next": place,
        "choices": [
            {"choice": each, "url": address_of(each.verb, [article.pk], place) if each.asks else ""}
            for each in card.choices
        ],
    }


site.add_page("board/", board, name="board")
