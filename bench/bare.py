"""A Django with one view and no middleware that answers 30 kB: what there is to reach."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

PAGE = b"x" * 30_000  # bytes, about a story page


def page(request) -> HttpResponse:
    """What Django answers when there is nothing to do."""
    return HttpResponse(PAGE)


urlpatterns = [path("", page)]
settings.configure(ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, MIDDLEWARE=[], SECRET_KEY="of a bench")  # noqa: S106
application = get_wsgi_application()
