"""What a reader sees when there is no page, or no answer. Neither says whether something was ever there."""

from django.conf import settings
from django.http import HttpResponseNotFound, HttpResponseServerError
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
