"""What somebody sees when there is no page, no permission, or no answer. None says whether something was ever there."""

from django.conf import settings
from django.http import HttpResponseForbidden, HttpResponseNotFound, HttpResponseServerError
from django.template.loader import render_to_string
from django.utils import translation

from .site import newsroom


def not_found(request, exception=None):
    """404."""
    with translation.override(settings.LANGUAGE_CODE):
        return HttpResponseNotFound(render_to_string("404.html", newsroom(request)))


def server_error(request):
    """500: without the request, so that nothing that failed is asked again."""
    with translation.override(settings.LANGUAGE_CODE):
        return HttpResponseServerError(render_to_string("500.html", newsroom(request)))


def forbidden(request, exception=None, *, has_expired=False):
    """403."""
    with translation.override(settings.LANGUAGE_CODE):
        page = render_to_string("403.html", {**newsroom(request), "has_expired": has_expired})
    return HttpResponseForbidden(page)


def form_expired(request, reason=""):
    """403 for a form whose token is not the browser's any more; `reason` is for the log alone."""
    return forbidden(request, has_expired=True)
