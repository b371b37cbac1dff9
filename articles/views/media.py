"""Picture files and their renditions: to everyone when in print and within terms, to staff otherwise."""

import logging
from mimetypes import guess_type
from re import Match

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import File
from django.http import FileResponse, Http404, HttpResponse
from django.utils.cache import patch_cache_control
from django.views import View

from articles import offering
from articles.models.images import Image

logger = logging.getLogger(__name__)
WEEK = 7 * 24 * 60 * 60
TYPES = {"image/jpeg", "image/png", "image/webp", "image/avif", "image/gif"}
GONE = (FileNotFoundError, IsADirectoryError, SuspiciousFileOperation)


def file_response(image: Image, wanted: Match | None = None) -> HttpResponse:
    """The file, as a picture or as bytes to keep and never as a page; 404 where it is gone, 503 where storage is away.

    `wanted` asks for a rendition: the stored file stands in for one that is not made yet, and then the response has
    `is_stand_in` set. It does so too for a focal point that the picture no longer has: the current crop is given.
    """
    name, is_exact = _rendition(image, wanted) if wanted else ("", True)
    try:
        file = _opened(image, image.rendition_path(name)) if name else None
        is_stand_in = file is None and wanted is not None
        file = file or _opened(image, image.file.name)
    except OSError:
        logger.exception("a picture could not be read")
        response = HttpResponse(status=503, headers={"Retry-After": "30"})
        response.is_stand_in = True
        return response
    if file is None:
        raise Http404("No such picture.")
    content_type = guess_type(name)[0] if name and not is_stand_in else guess_type(image.file.name)[0]
    response = FileResponse(file, content_type=content_type if content_type in TYPES else "application/octet-stream")
    response["X-Content-Type-Options"] = "nosniff"
    response.is_stand_in = is_stand_in or not is_exact
    return response


def _rendition(image: Image, wanted: Match) -> tuple[str, bool]:
    """The name of the one that is made and shows it; whether that is just what was asked for. 404 for a size none has.

    The widths that pages name are a picture's own, so that nobody can have files made, or caches filled, at will.
    """
    width, crop, ending = wanted["width"], wanted["crop"], wanted["ending"]
    name = f"{width}-{crop}-f{image.focus}.{ending}" if crop else f"{width}.{ending}"
    if name not in offering.every_name(image.width, image.height, image.focus):
        raise Http404("No such rendition.")
    is_exact = not crop or wanted["focus"] == image.focus
    return (name if name in image.renditions.get("files", {}) else ""), is_exact


def _opened(image: Image, path: str) -> File | None:
    try:
        return image.file.storage.open(path, "rb")
    except GONE:
        return None


class MediaFile(View):
    """One file of an `Image`. Who asks is looked at only when the picture is not for everyone."""

    def get(self, request, name):
        """The file; 404 alike for one that may not be seen and one that never was."""
        file, wanted = offering.split(name)
        image = Image.objects.in_print().filter(file=file).first()
        in_print = image is not None
        if not in_print:
            image = Image.objects.visible_to(request.user).filter(file=file).first()
        if image is None:
            raise Http404("No such picture.")
        response = file_response(image, wanted)
        if not in_print:
            patch_cache_control(response, private=True, no_store=True)
        elif response.is_stand_in:
            patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
        elif image.expires_on:
            patch_cache_control(response, public=True, max_age=image.seconds_left(WEEK))
        else:
            # A file's name is never used again, so what is under it never changes.
            patch_cache_control(response, public=True, max_age=WEEK, immutable=True)
        return response
