"""Share pictures of stories, actors and quotes in print, drawn when they are first asked for and kept.

What is drawn lies in the storage under what it shows: another headline, picture or name makes another file, and the
one before goes.
"""

import logging
from abc import ABC, abstractmethod
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.views import View

from articles import posters
from articles.languages import direction
from articles.models import nameplates
from articles.models.images import Image
from articles.models.quotes import QuoteKind
from articles.models.stories import Story, StoryQuote
from articles.models.tags import Actor
from articles.printing.cards import spoken

logger = logging.getLogger(__name__)
BESIDE = "1200.jpg"  # the rendition that a picture is drawn from, if it is made


class PosterView(ABC, View):
    """Base: `poster` gives what stands on it and the picture beside, or 404 for what is not in print."""

    folder: str

    def get(self, request, **key) -> HttpResponse:
        """The JPEG; 304 where the asker has it, without drawing or opening anything."""
        with translation.override(settings.LANGUAGE_CODE):
            poster, image = self.poster(**key)
        tag = f'"{poster.fingerprint}"'
        response = get_conditional_response(request, etag=tag)
        if response is None:
            content = kept(f"posters/{self.folder}/{next(iter(key.values()))}", poster, image)
            response = HttpResponse(content, content_type="image/jpeg", headers={"ETag": tag})
        patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
        response["X-Content-Type-Options"] = "nosniff"
        return response

    @abstractmethod
    def poster(self, **key) -> tuple[posters.Poster, Image | None]:
        """What stands on it, and the picture beside; one query."""


class OfStory(PosterView):
    """Its headline, with its lead picture while the terms of that last."""

    folder = "stories"

    def poster(self, pk: int) -> tuple[posters.Poster, Image | None]:
        """404 for one that was withdrawn, as for one that never was."""
        stories = Story.objects.published().select_related("lead_image")
        story = get_object_or_404(stories.defer("body", "structured", "sources", "notes", "setting"), pk=pk)
        label = story.kicker or (story.section or {}).get("name", "")
        shown = _shown(story.lead_image)
        return _poster(story.headline, shown, label=label, direction=direction(story.language)), shown


class OfActor(PosterView):
    """The name, with the portrait."""

    folder = "actors"

    def poster(self, slug: str) -> tuple[posters.Poster, Image | None]:
        """404 for an actor of unpublished work alone."""
        actor = get_object_or_404(Actor.objects.in_print().select_related("image"), slug=slug)
        words = {"label": capfirst(actor.get_kind_display()), "foot": actor.description}
        shown = _shown(actor.image)
        return _poster(actor.name, shown, direction=direction(settings.LANGUAGE_CODE), **words), shown


class OfQuote(PosterView):
    """The words, with who said them, how we have them and when."""

    folder = "quotes"

    def poster(self, pk: int) -> tuple[posters.Poster, Image | None]:
        """404 for one of a story that was withdrawn."""
        quotes = StoryQuote.objects.filter(story__is_withdrawn=False).select_related("story")
        quote = get_object_or_404(quotes.only(*QUOTED), pk=pk)
        words = spoken(quote.text)
        words = words if quote.kind == QuoteKind.INDIRECT else f"“{words}”"
        how = [capfirst(quote.get_how_display())] if quote.how else []
        how += [date_format(quote.said_on, "j F Y")] if quote.said_on else []
        who = ", ".join(each for each in (quote.speaker_name, quote.role) if each)
        told = _poster(words, None, foot=who, note=", ".join(how), direction=direction(quote.story.language))
        return told, None


QUOTED = ("kind", "text", "speaker_name", "role", "how", "said_on", "story__language", "story__is_withdrawn")


def _poster(words: str, image: Image | None, **told: Any) -> posters.Poster:
    beside = {"picture": image.file.name, "focus": image.focus} if image else {}
    return posters.Poster(newsroom=nameplates.current().name, words=words, **told, **beside)


def _shown(image: Image | None) -> Image | None:
    return None if image is None or image.is_expired else image


def kept(folder: str, poster: posters.Poster, image: Image | None) -> bytes:
    """The drawn poster out of the storage, drawn now if it is not there; given too where it cannot be kept."""
    path = f"{folder}/{poster.fingerprint}.jpg"
    try:
        with default_storage.open(path, "rb") as file:
            return file.read()
    except OSError:
        pass  # it was never drawn
    drawn = posters.draw(poster, _content(image) if image else b"")
    try:
        for old in _files(folder):
            default_storage.delete(f"{folder}/{old}")
        default_storage.save(path, ContentFile(drawn))
    except OSError:
        logger.exception("the share picture %s could not be kept", path)
    return drawn


def _files(folder: str) -> list[str]:
    try:
        return default_storage.listdir(folder)[1]
    except FileNotFoundError:
        return []


def _content(image: Image) -> bytes:
    """A rendition that is large enough, else the stored file; nothing where both are lost."""
    made = [image.rendition_path(BESIDE)] if BESIDE in image.renditions.get("files", {}) else []
    for path in (*made, image.file.name):
        try:
            with image.file.storage.open(path, "rb") as file:
                return file.read()
        except OSError:
            continue
    return b""
