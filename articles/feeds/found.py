"""What answers a search, as a feed: a search that is kept."""

from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from articles import search
from articles.models import nameplates
from articles.models.stories import Story

from .listed import LENGTH, light
from .told import Told


class OfSearch(Told):
    """The newest stories that answer a search; `?q=` as on its page. For readers, not for search engines."""

    def __call__(self, request, *args, **kwargs):
        """Kept out of search engines, as the page is."""
        response = super().__call__(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex"
        return response

    def get_object(self, request) -> search.Query:
        """What is looked for; nothing is an error."""
        return search.parse(request.GET.get("q", ""))

    def own_address(self, request) -> str:
        """With the words in it."""
        words = search.parse(request.GET.get("q", "")).text
        return f"{super().own_address(request)}?{urlencode({'q': words})}"

    def link(self, obj: search.Query) -> str:
        """The page of the answer, newest first."""
        return f"{settings.NEWSROOM_URL}{reverse('search')}?{urlencode({'q': obj.text, 'order': search.NEWEST})}"

    def title(self, obj: search.Query) -> str:
        """The words, then the newsroom's name."""
        return f"{obj.text} | {nameplates.current().name}" if obj.text else nameplates.current().name

    def description(self, obj: search.Query) -> str:
        """What the feed holds."""
        return _("The newest stories from %(name)s for: %(words)s") % {
            "name": nameplates.current().name,
            "words": obj.text or "–",
        }

    def items(self, obj: search.Query):
        """The newest of those that hold all of it."""
        found = search.newest_stories(obj, LENGTH)
        if not settings.NEWSROOM_FULL_FEEDS:
            return found
        return light(Story.objects.published().filter(pk__in=[story.pk for story in found]))
