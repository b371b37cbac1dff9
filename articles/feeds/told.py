"""How a story is told in a feed."""

from copy import copy
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils import translation

from articles.models import nameplates
from articles.models.stories import Story

from .text import whole_text


class Told(Feed):
    """Base: items are `Story` rows that `published()` lets through."""

    item_guid_is_permalink = True

    def __call__(self, request, *args, **kwargs):
        """In the newsroom's language; kept only if confirmed, like the pages."""
        answering = copy(self)  # one view answers many requests at once, each with an address of its own
        answering.feed_url = self.own_address(request)
        with translation.override(settings.LANGUAGE_CODE):
            response = super(Told, answering).__call__(request, *args, **kwargs)
        response["Cache-Control"] = "public, max-age=0, must-revalidate"
        return response

    def own_address(self, request) -> str:
        """Where the feed itself is, whatever host was asked: the newsroom's."""
        return f"{settings.NEWSROOM_URL}{request.path}"

    def link(self, obj: Any) -> str:
        """The page that the feed follows."""
        return f"{settings.NEWSROOM_URL}{obj.get_absolute_url() if obj else reverse('latest')}"

    def title(self, obj: Any) -> str:
        """The newsroom's name, after that of what the feed follows."""
        return f"{obj} | {nameplates.current().name}" if obj else nameplates.current().name

    def item_title(self, item: Story) -> str:
        """The headline, unescaped: the feed escapes it once."""
        return item.headline

    def item_description(self, item: Story) -> str:
        """The standfirst."""
        return item.standfirst

    def item_link(self, item: Story) -> str:
        """The permanent address."""
        return f"{settings.NEWSROOM_URL}{item.get_absolute_url()}"

    def item_guid(self, item: Story) -> str:
        """The same."""
        return self.item_link(item)

    def item_pubdate(self, item: Story) -> datetime:
        """First publication."""
        return item.published_at

    def item_updateddate(self, item: Story) -> datetime:
        """The latest edition."""
        return item.updated_at

    def item_categories(self, item: Story) -> list[str]:
        """Topics, then actors."""
        return [tag["name"] for tag in (*item.topics, *item.actors)]

    def item_extra_kwargs(self, item: Story) -> dict[str, Any]:
        """Authors by name; the picture {url, width, height, caption, credit}; the story's language; its whole text.

        The text is empty where the newsroom's feeds hold summaries.
        """
        return {
            "creators": [byline["name"] for byline in item.bylines if byline["role"] == "by"],
            "picture": picture_of(item),
            "language": item.language,
            "content": whole_text(item) if settings.NEWSROOM_FULL_FEEDS else "",
        }


def picture_of(story: Story) -> dict[str, Any] | None:
    """The lead picture with its whole address, or None."""
    if not story.picture:
        return None
    shown = {name: story.picture.get(name) for name in ("width", "height", "caption", "credit")}
    return {"url": f"{settings.NEWSROOM_URL}{story.picture['url']}", **shown}
