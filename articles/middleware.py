"""What stands between the server and the pages."""

import time
from hashlib import blake2b

from csp.constants import HEADER
from csp.middleware import CheckableLazyObject, CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponse
from django.middleware.http import ConditionalGetMiddleware
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response, set_response_etag
from django.utils.functional import cached_property
from django.utils.http import http_date, parse_http_date_safe

from . import channels, encodings, releasing, withholding

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

    STAFF = ("/admin/", "/static/", "/media/", "/healthz", "/readyz", "/metrics", "/preview/", "/calendar/")

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request):
        """Only where somebody reads: GET and HEAD of public pages."""
        if request.method in ("GET", "HEAD") and not request.path_info.startswith(self.STAFF):
            releasing.release_if_due()
            withholding.withhold_if_due()
        return self.get_response(request)


class ConditionalMiddleware(ConditionalGetMiddleware):
    """ETag and Last-Modified on every page for readers, and 304 where the browser has it already.

    Last-Modified is since when just this content is known to stand at its address, kept in the cache. The newest
    story of a page would not do: a withdrawal takes it away, and a page that grew older would be told to be unchanged.
    For the same reason `If-Modified-Since` counts only where it names exactly that moment.
    """

    KEPT, KEPT_BRIEFLY = 30 * 24 * 3600, 3600  # seconds; of an address with a query there is no end

    def process_response(self, request, response):
        """Pages that are kept by nobody but one person go Django's way."""
        is_public = "public" in response.get("Cache-Control", "") and not response.streaming and response.content
        if not is_public or request.method not in ("GET", "HEAD") or response.status_code != 200:
            return super().process_response(request, response)
        set_response_etag(response)
        moment = self._known_since(request, response["ETag"])
        response["Last-Modified"] = http_date(moment)
        if "If-None-Match" in request.headers:
            return get_conditional_response(request, etag=response["ETag"], response=response)
        if parse_http_date_safe(request.headers.get("If-Modified-Since", "")) == moment:
            return get_conditional_response(request, last_modified=moment, response=response)
        return response

    def _known_since(self, request, etag: str) -> int:
        key = f"since:{blake2b(request.build_absolute_uri().encode(), digest_size=16).hexdigest()}"
        known, moment = cache.get(key, ("", 0))
        if known != etag:
            moment = int(time.time())
            cache.set(key, (etag, moment), self.KEPT_BRIEFLY if request.META.get("QUERY_STRING") else self.KEPT)
        return moment


class PolicyMiddleware(CSPMiddleware):
    """The policy of most answers is that of the settings, word for word: it is put together once."""

    ASKED = tuple(f"_csp_{what}{ro}" for what in ("config", "update", "replace", "exempt") for ro in ("", "_ro"))

    def process_response(self, request, response):
        """As it was put together, unless the view or a nonce asks for another."""
        asked = response.__dict__.keys() & self.ASKED or hasattr(request, "_csp_nonce")
        if asked or settings.DEBUG or HEADER in response or self._is_more:
            return super().process_response(request, response)
        response[HEADER] = self._plain
        request.csp_nonce = CheckableLazyObject(self._csp_nonce_post_response)
        return response

    @cached_property
    def _plain(self) -> str:
        return build_policy()

    @cached_property
    def _is_more(self) -> bool:
        """Whether the settings ask for what the library decides for each answer."""
        report_only = getattr(settings, "CONTENT_SECURITY_POLICY_REPORT_ONLY", None)
        return bool(report_only or settings.CONTENT_SECURITY_POLICY.get("EXCLUDE_URL_PREFIXES"))


class CompressionMiddleware:
    """Brotli or gzip for what is made for the request, whichever the browser prefers."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request):
        """The answer as `encodings` sends it."""
        return encodings.compressed(self.get_response(request), request.headers.get("Accept-Encoding", ""))
