"""A form with a token that is not this browser's any more: the desk keeps what was written, the paper says sorry."""

from django.http import HttpRequest, HttpResponse

from articles.admin import session
from articles.views import errors


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """`CSRF_FAILURE_VIEW`."""
    return session.token_failed(request) or errors.form_expired(request, reason)
