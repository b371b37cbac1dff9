"""What stands between the server and the pages."""

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string

from . import channels, releasing, withholding

MEGABYTE = 1024 * 1024
BESIDE = 12 * MEGABYTE  # what a form may hold beside its file
PIECE = 256 * 1024


class UploadMiddleware:
    """A body that is too large is refused before anything reads it, and keeps nothing of it."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request):
        """413 with a sentence; the rest of the body is let go by, so that the browser reads the answer."""
        most = settings.NEWSROOM_UPLOAD_MEGABYTES
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length) <= most * MEGABYTE + BESIDE:
            return self.get_response(request)
        known = settings.SESSION_COOKIE_NAME in request.COOKIES  # a stranger’s is not even waited for
        left = min(int(length), 40 * most * MEGABYTE) if known else 0
        while left > 0 and (piece := request.read(min(PIECE, left))):
            left -= len(piece)
        return HttpResponse(render_to_string("413.html", {"most": most}), status=413)


class ChannelMiddleware:
    """Acts that come in by HTTP are logged as done on a page."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request):
        """Name the channel, and who is signed in, for the length of the request."""

        def person():
            user = getattr(request, "user", None)
            return user if user is not None and user.is_authenticated else None

        with channels.acting_through(channels.PAGE, person):
            return self.get_response(request)


class ReleaseMiddleware:
    """What is due goes out, and pictures past their terms go, before a reader's page is answered."""

    STAFF = ("/admin/", "/static/", "/media/", "/healthz", "/preview/", "/calendar/")

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request):
        """Only where somebody reads: GET and HEAD of public pages."""
        if request.method in ("GET", "HEAD") and not request.path_info.startswith(self.STAFF):
            releasing.release_if_due()
            withholding.withhold_if_due()
        return self.get_response(request)
