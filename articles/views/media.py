"""Picture files: to everyone when in print, to staff before."""

from mimetypes import guess_type

from django.core.exceptions import SuspiciousFileOperation
from django.http import FileResponse, Http404
from django.utils.cache import patch_cache_control
from django.views import View

from articles.models.images import Image

WEEK = 7 * 24 * 60 * 60
TYPES = {"image/jpeg", "image/png", "image/webp", "image/avif", "image/gif"}


def file_response(image: Image) -> FileResponse:
    """The file, as a picture or as bytes to keep and never as a page; 404 where it is gone."""
    content_type = guess_type(image.file.name)[0]
    try:
        file = image.file.open("rb")
    except (FileNotFoundError, IsADirectoryError, SuspiciousFileOperation) as error:
        raise Http404("No such picture.") from error
    response = FileResponse(file, content_type=content_type if content_type in TYPES else "application/octet-stream")
    response["X-Content-Type-Options"] = "nosniff"
    return response


class MediaFile(View):
    """One file of an `Image`. Who asks is looked at only when the picture is not in print."""

    def get(self, request, name):
        """The file; 404 alike for one that may not be seen and one that never was."""
        image = Image.objects.in_print().filter(file=name).first()
        in_print = image is not None
        if not in_print:
            image = Image.objects.visible_to(request.user).filter(file=name).first()
        if image is None:
            raise Http404("No such picture.")
        response = file_response(image)
        if in_print:
            # A file's name is never used again, so what is under it never changes.
            patch_cache_control(response, public=True, max_age=WEEK, immutable=True)
        else:
            patch_cache_control(response, private=True, no_store=True)
        return response
