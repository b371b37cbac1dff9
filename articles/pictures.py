"""Pictures made ready for readers, off the request: renditions, and the pages that name them."""

import logging
from collections.abc import Iterable
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from . import press, renditions, rights
from .background import task
from .models import Image, StoryImage

logger = logging.getLogger(__name__)
AT_ONCE = 25  # stories that are printed anew within a request; of more the worker does the rest
PRINTED = ("file", "focal_x", "focal_y", "expires_on", "tint")
"""What of a picture stands on pages: a change of it has them printed anew. Words are frozen in the edition."""


@task
def make(image_id: int) -> None:
    """Make what is missing of a picture's renditions."""
    if image := Image.objects.filter(pk=image_id).first():
        make_renditions(image)


@task
def print_anew(image_id: int) -> None:
    """Print every story anew that holds the picture."""
    press.reprint(stories_of([image_id]))


def order(image: Image) -> None:
    """Have the worker make the renditions, once this transaction has come about."""
    if image.missing_renditions():
        make.enqueue(image.pk)


def make_renditions(image: Image) -> bool:
    """Make every rendition of a picture and keep them beside it; whether that went well.

    Files are there before the row says so, and those of an earlier focal point go after it. Where the stored file
    cannot be read, the row says why, and readers get that file as it is.
    """
    before = set(image.renditions.get("files", {}))
    try:
        with image.file.storage.open(image.file.name) as stored:
            content = stored.read()
        sizes = {}
        for name, encoded in renditions.render(content, image.focus, rights.exif(image.rights)):
            _keep(image, name, encoded)
            sizes[name] = len(encoded)
    except (renditions.NotRendered, OSError) as error:
        logger.warning("no renditions of image %s: %s", image.pk, error)
        _note(image, {"error": str(error)[:300], "at": _now().isoformat(timespec="seconds")})
        return False
    _note(image, {"focus": image.focus, "at": _now().isoformat(timespec="seconds"), "files": sizes})
    for name in sorted(before - set(sizes)):
        image.file.storage.delete(image.rendition_path(name))
    return True


def _keep(image: Image, name: str, encoded: bytes) -> None:
    path, storage = image.rendition_path(name), image.file.storage
    storage.delete(path)  # a storage gives a name that is taken another one
    storage.save(path, ContentFile(encoded))


def _note(image: Image, state: dict) -> None:
    """On the row, unless the file was swapped meanwhile: then they are renditions of another picture."""
    image.renditions = state
    Image.objects.filter(pk=image.pk, file=image.file.name).update(renditions=state)


def _now() -> datetime:
    return timezone.localtime()


def changed(image: Image, fields: Iterable[str]) -> int:
    """A picture was saved with these fields changed: have its renditions made, and the stories that hold it printed.

    Returns how many stories readers have anew by now; where there are more, the worker prints all of them.
    """
    if "file" in fields:
        image.renditions = {}
        Image.objects.filter(pk=image.pk).update(renditions={})
    order(image)
    if not set(PRINTED) & set(fields):
        return 0
    stories = stories_of([image.pk])
    if len(stories) > AT_ONCE:
        transaction.on_commit(lambda: print_anew.enqueue(image.pk))
    return press.reprint(stories[:AT_ONCE])


def stories_of(images: Iterable[int]) -> list[int]:
    """The keys of the stories in print that hold one of these pictures, shown or withheld; the newest first."""
    rows = StoryImage.objects.filter(image__in=list(images))
    return list(dict.fromkeys(rows.order_by("-story__published_at", "-story_id").values_list("story", flat=True)))
