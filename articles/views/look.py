"""The newsroom's own look: its colours as a style sheet, and its logo."""

from mimetypes import guess_type

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from articles.models.nameplates import current

YEAR = 365 * 24 * 60 * 60
PICTURES = {"image/jpeg", "image/png", "image/webp"}


@require_safe
def stylesheet(request: HttpRequest) -> HttpResponse:
    """The accent laid over the tokens. Kept for a year under its version, asked about each time under another."""
    plate = current()
    return _kept(HttpResponse(plate.stylesheet, content_type="text/css"), request, plate.look_version)


@require_safe
def logo(request: HttpRequest) -> HttpResponse:
    """The picture of the name; 404 where there is none."""
    plate = current()
    if not plate.logo:
        raise Http404("No logo.")
    try:
        file = default_storage.open(plate.logo, "rb")
    except (FileNotFoundError, IsADirectoryError, SuspiciousFileOperation) as error:
        raise Http404("No logo.") from error
    kind = guess_type(plate.logo)[0]
    response = FileResponse(file, content_type=kind if kind in PICTURES else "application/octet-stream")
    return _kept(response, request, plate.logo_version)


def _kept(response: HttpResponse, request: HttpRequest, version: str) -> HttpResponse:
    is_this = bool(version) and request.GET.get("v") == version
    if is_this:
        patch_cache_control(response, public=True, max_age=YEAR, immutable=True)
    else:
        patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
    return response
