"""Who else has a story open: one row a person and story, renewed while the page is open, and no log of it."""

from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods

from ..models import Article, Presence
from .compare import readable

OPEN_FOR = timedelta(seconds=45)  # three beats of `static/js/presence.js`
KEPT_FOR = timedelta(days=1)  # rows of pages that were never closed


class PresenceAdminMixin:
    """Adds `admin:articles_article_presence`, and who else is there to the writing desk."""

    def get_urls(self) -> list:
        """One address for the beat of an open page."""
        view = csrf_protect(never_cache(require_http_methods(["GET", "POST"])(self.presence_view)))
        return [path("<int:pk>/presence/", view, name="articles_article_presence"), *super().get_urls()]

    def presence_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """POST says that the page is open (`writing=1`: with words not saved; `gone=1`: closed); both answer who else.

        The answer is `{"others": sentence, "is_writing": bool}`, 401 without a session.
        """
        if not self.admin_site.has_permission(request):
            return JsonResponse({"error": _("You are logged out.")}, status=401)
        if request.method == "POST" and "gone" in request.POST:
            leave(request.user, pk)
            return HttpResponse(status=204)
        article = readable(request, pk)
        if request.method == "POST":
            is_writing = "writing" in request.POST and self.has_change_permission(request, article)
            stay(request.user, article, is_writing=is_writing)
        found = others(request.user, article)
        return JsonResponse({"others": found["sentence"], "is_writing": found["is_writing"]})

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, obj: Article | None = None, **kwargs):
        """With who else has it open."""
        if obj is not None:
            context["presence"] = others(request.user, obj)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)


def stay(user: Any, article: Article, *, is_writing: bool) -> None:
    """Renew the row; one statement, however many pages and workers ask at once."""
    row = Presence(user=user, article=article, is_writing=is_writing, seen_at=timezone.now())
    try:
        with transaction.atomic():
            Presence.objects.bulk_create(
                [row],
                update_conflicts=True,
                unique_fields=["user", "article"],
                update_fields=["is_writing", "seen_at"],
            )
    except IntegrityError as error:  # the story was deleted since it was read
        raise Http404 from error


def leave(user: Any, pk: int) -> None:
    """The page of the story is closed, perhaps because they may not read it any more; rows of long ago go too."""
    long_ago = timezone.now() - KEPT_FOR
    Presence.objects.filter(Q(user=user, article=pk) | Q(seen_at__lt=long_ago)).delete()


def others(user: Any, article: Article) -> dict[str, Any]:
    """What the line on the page says of everybody else, and where it asks anew; one query."""
    seen = Presence.objects.filter(article=article, seen_at__gte=timezone.now() - OPEN_FOR).exclude(user=user)
    found = seen.select_related("user").order_by("-is_writing", "user__last_name", "user__username")
    rows = article.fact("company", lambda: list(found))
    parts = [
        (_("%(who)s is writing") if row.is_writing else _("%(who)s is reading"))
        % {"who": row.user.get_full_name() or row.user.get_username()}
        for row in rows
    ]
    is_writing = any(row.is_writing for row in rows)
    sentence = _("Also open: %(people)s.") % {"people": ", ".join(parts)} if parts else ""
    if is_writing:
        sentence += " " + _("Ask before you write: what both of you save has to be merged.")
    return {
        "sentence": sentence,
        "is_writing": is_writing,
        "url": reverse("admin:articles_article_presence", args=[article.pk]),
    }
