"""A front before anybody has it: as on a phone and as on a desk, side by side.

What is shown is kept in the session of whoever asked, under a token: nobody else can open it.
"""

from secrets import token_urlsafe
from typing import Any

from csp.constants import SELF
from csp.decorators import csp_replace
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from .. import fronts, press, slots, teasers
from ..fronts import Placed
from ..models import Article, Desk, Package, Story, StoryPackage, StoryPlacement, StorySection
from ..views import sections, stories
from .site import site

KEY, KEPT = "front_previews", 5


def keep_preview(request: HttpRequest, desk: Desk | None, placed: list[Placed], package: Package | None) -> str:
    """Keep what is to be shown; returns the address of the preview."""
    token = token_urlsafe(9)
    kept = list(request.session.get(KEY, {}).items())[1 - KEPT :]
    told = {
        "desk": desk.pk if desk else None,
        "placed": [[each.slot, each.article, each.headline] for each in placed],
        "package": package.pk if package else None,
    }
    request.session[KEY] = {**dict(kept), token: told}
    return reverse("admin:front_preview", args=[token])


def _kept(request: HttpRequest, token: str) -> dict[str, Any]:
    told = request.session.get(KEY, {}).get(token)
    if told is None:
        raise Http404
    return told


@never_cache
@require_safe
@csp_replace({"frame-src": [SELF]})
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """Both widths side by side, and each by itself."""
    told = _kept(request, token)
    context = {
        **site.each_context(request),
        "title": _("Preview"),
        "page_url": reverse("admin:front_preview_page", args=[token]),
        "back_url": _back(told["desk"]),
    }
    return TemplateResponse(request, "admin/fronts/preview.html", context)


def _back(desk: int | None) -> str:
    return reverse("admin:articles_desk_front", args=[desk]) if desk else reverse("admin:front")


@never_cache
@require_safe
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF]})
def page(request: HttpRequest, token: str) -> HttpResponse:
    """The front as readers would have it now, with drafts that whoever asked may read."""
    told = _kept(request, token)
    desk = get_object_or_404(Desk, pk=told["desk"]) if told["desk"] else None
    if not fronts.may_arrange(request.user, desk):
        raise Http404
    with translation.override(settings.LANGUAGE_CODE):
        rows = list(_placements(told, request.user))
        if desk is None:
            response = HttpResponse(stories.preview(request, rows))
        else:
            section = StorySection.objects.filter(pk=desk.slug).first() or StorySection(slug=desk.slug, name=desk.name)
            response = HttpResponse(sections.preview(request, section, rows))
    response["X-Robots-Tag"] = "noindex"
    return response


def _placements(told: dict[str, Any], user: Any):
    """As they would be printed, and of what is not in print yet what this person may read of it."""
    wanted = {article: (slot, headline) for slot, article, headline in told["placed"]}
    stories = Story.objects.published().select_related("teaser").in_bulk(list(wanted))
    drafts = Article.objects.visible_to(user).filter(pk__in=set(wanted) - set(stories))
    proofs = {draft.pk: press.proof(revision) for draft in drafts if (revision := draft.latest_revision())}
    for proof in proofs.values():
        teasers.teaser_of(proof)  # which it then has
    stories |= proofs
    for pk, (slot, headline) in wanted.items():
        if pk in stories:
            yield StoryPlacement(slot=slot, story=stories[pk], headline=headline)
    if package := StoryPackage.objects.filter(pk=told["package"]).first():
        yield StoryPlacement(slot=slots.PACKAGE, package=package)


site.add_page("front/preview/<str:token>/", preview, name="front_preview")
site.add_page("front/preview/<str:token>/page/", page, name="front_preview_page")
