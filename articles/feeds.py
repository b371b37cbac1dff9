"""Feeds of published stories. One base knows how a story is told in a feed; each feed says which stories."""

from datetime import datetime

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.urls import reverse_lazy
from django.utils import translation
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import gettext as _

from .models.stories import Story

LENGTH = 50


class StoryRss(Rss201rev2Feed):
    """RSS 2.0 with Atom's self link and Dublin Core's authors, which may be several and need no address."""

    def rss_attributes(self) -> dict:
        """Names the two vocabularies."""
        return {**super().rss_attributes(), "xmlns:dc": "http://purl.org/dc/elements/1.1/"}

    def add_item_elements(self, handler, item) -> None:
        """Each author as a `dc:creator`."""
        super().add_item_elements(handler, item)
        for name in item["creators"]:
            handler.addQuickElement("dc:creator", name)


class StoryFeed(Feed):
    """Base: items are `Story` rows that `published()` lets through."""

    feed_type = StoryRss
    item_guid_is_permalink = True

    def __call__(self, request, *args, **kwargs):
        """In the newsroom's language; kept only if confirmed, like the pages."""
        with translation.override(settings.LANGUAGE_CODE):
            response = super().__call__(request, *args, **kwargs)
        response["Cache-Control"] = "public, max-age=0, must-revalidate"
        return response

    def item_title(self, item: Story) -> str:
        """The headline, unescaped: the feed escapes it once."""
        return item.headline

    def item_description(self, item: Story) -> str:
        """The standfirst."""
        return item.standfirst

    def item_link(self, item: Story) -> str:
        """The permanent address."""
        return f"{settings.NEWSROOM_URL}{item.get_absolute_url()}"

    def item_pubdate(self, item: Story) -> datetime:
        """First publication."""
        return item.published_at

    def item_updateddate(self, item: Story) -> datetime:
        """The latest edition."""
        return item.updated_at

    def item_categories(self, item: Story) -> list[str]:
        """Topics, then actors."""
        return [tag["name"] for tag in (*item.topics, *item.actors)]

    def item_extra_kwargs(self, item: Story) -> dict:
        """Authors by name."""
        return {"creators": [byline["name"] for byline in item.bylines if byline["role"] == "by"]}


class LatestRss(StoryFeed):
    """The latest stories."""

    link = reverse_lazy("latest")
    feed_url = reverse_lazy("feed-latest")

    def title(self) -> str:
        """The newsroom's name."""
        return settings.NEWSROOM_NAME

    def description(self) -> str:
        """What the feed holds."""
        return _("The latest stories from %(name)s.") % {"name": settings.NEWSROOM_NAME}

    def items(self):
        """The newest, without their bodies."""
        return Story.objects.published().defer("body", "sources", "notes")[:LENGTH]
