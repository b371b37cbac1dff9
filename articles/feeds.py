"""Feeds of stories: latest, a section's, an actor's, a topic's, a search's; as RSS 2.0, Atom 1.0 and JSON Feed 1.1.

`Told` knows how a story is told in a feed, the classes below which stories, `formats` in which form.
"""

import json
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed, rfc3339_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from . import search
from .models.stories import Story, StoryActor, StoryTopic
from .models.tags import Actor, Topic

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


class StoryAtom(Atom1Feed):
    """Atom 1.0 (RFC 4287) with several authors; an entry without one is the newsroom's."""

    def add_root_elements(self, handler) -> None:
        """The newsroom as the author of what has none (RFC 4287, 4.1.1)."""
        super().add_root_elements(handler)
        self._add_author(handler, settings.NEWSROOM_NAME)

    def add_item_elements(self, handler, item) -> None:
        """Each author as an element of its own."""
        super().add_item_elements(handler, item)
        for name in item["creators"]:
            self._add_author(handler, name)

    @staticmethod
    def _add_author(handler, name: str) -> None:
        handler.startElement("author", {})
        handler.addQuickElement("name", name)
        handler.endElement("author")


class StoryJson(SyndicationFeed):
    """JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

    content_type = "application/feed+json; charset=utf-8"

    def write(self, outfile, encoding: str) -> None:
        """The whole feed as one object."""
        told = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": self.feed["title"],
            "home_page_url": self.feed["link"],
            "feed_url": self.feed["feed_url"],
            "description": self.feed["description"],
            "language": self.feed["language"],
            "items": [self._item(item) for item in self.items],
        }
        kept = {key: value for key, value in told.items() if value or key == "items"}
        outfile.write(json.dumps(kept, ensure_ascii=False))

    @staticmethod
    def _item(item: dict[str, Any]) -> dict[str, Any]:
        told = {
            "id": item["unique_id"] or item["link"],
            "url": item["link"],
            "title": item["title"],
            "summary": item["description"],
            "content_text": item["description"] or item["title"],
            "image": item["picture"],
            "date_published": rfc3339_date(item["pubdate"]),
            "date_modified": rfc3339_date(item["updateddate"]),
            "authors": [{"name": name} for name in item["creators"]],
            "tags": list(item["categories"]),
            "language": item["language"],
        }
        return {key: value for key, value in told.items() if value}


class Told(Feed):
    """Base: items are `Story` rows that `published()` lets through."""

    item_guid_is_permalink = True
    name: str  # of the address

    def __call__(self, request, *args, **kwargs):
        """In the newsroom's language; kept only if confirmed, like the pages."""
        with translation.override(settings.LANGUAGE_CODE):
            response = super().__call__(request, *args, **kwargs)
        response["Cache-Control"] = "public, max-age=0, must-revalidate"
        return response

    def get_feed(self, obj, request):
        """With its own address in it, whatever host was asked: the newsroom's."""
        self.feed_url = f"{settings.NEWSROOM_URL}{request.path}"
        return super().get_feed(obj, request)

    def link(self, obj: Any) -> str:
        """The page that the feed follows."""
        return f"{settings.NEWSROOM_URL}{obj.get_absolute_url() if obj else reverse('latest')}"

    def title(self, obj: Any) -> str:
        """The newsroom's name, after that of what the feed follows."""
        return f"{obj} | {settings.NEWSROOM_NAME}" if obj else settings.NEWSROOM_NAME

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
        """Authors by name, the picture's address, the story's language."""
        return {
            "creators": [byline["name"] for byline in item.bylines if byline["role"] == "by"],
            "picture": f"{settings.NEWSROOM_URL}{item.picture['url']}" if item.picture else "",
            "language": item.language,
        }


def _light(stories: Any) -> Any:
    return stories.defer("body", "sources", "notes")[:LENGTH]


class Latest(Told):
    """The latest stories."""

    def description(self, obj: None) -> str:
        """What the feed holds."""
        return _("The latest stories from %(name)s.") % {"name": settings.NEWSROOM_NAME}

    def items(self, obj: None):
        """The newest, without their bodies."""
        return _light(Story.objects.published())


class OfTag(Told):
    """Base: the stories that carry one tag, by its through rows."""

    through: Any
    model: Any

    def get_object(self, request, slug: str):
        """404 for one of unpublished work alone, as for one that never was."""
        return get_object_or_404(self.model.objects.in_print(), slug=slug)

    def items(self, obj: Any):
        """The newest, along the index of the through rows."""
        rows = self.through.objects.filter(tag=obj).order_by("-published_at", "-story_id").select_related("story")
        return [row.story for row in rows.defer("story__body", "story__sources", "story__notes")[:LENGTH]]

    def description(self, obj: Any) -> str:
        """What the feed holds."""
        return _("Stories about %(tag)s from %(name)s.") % {"tag": obj.name, "name": settings.NEWSROOM_NAME}


class OfActor(OfTag):
    """The stories of an actor."""

    through, model = StoryActor, Actor


class OfTopic(OfTag):
    """The stories of a topic and of all below it."""

    through, model = StoryTopic, Topic


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

    def get_feed(self, obj, request):
        """Asks `feed_url` for its own address: one view answers many searches at once."""
        return super(Told, self).get_feed(obj, request)

    def feed_url(self, obj: search.Query) -> str:
        """Its own address, with the words in it."""
        ending = next(ending for ending, form in FORMATS.items() if isinstance(self, form))
        return f"{settings.NEWSROOM_URL}{reverse(f'feed-search-{ending}')}?{urlencode({'q': obj.text})}"

    def link(self, obj: search.Query) -> str:
        """The page of the answer, newest first."""
        return f"{settings.NEWSROOM_URL}{reverse('search')}?{urlencode({'q': obj.text, 'order': search.NEWEST})}"

    def title(self, obj: search.Query) -> str:
        """The words, then the newsroom's name."""
        return f"{obj.text} | {settings.NEWSROOM_NAME}" if obj.text else settings.NEWSROOM_NAME

    def description(self, obj: search.Query) -> str:
        """What the feed holds."""
        return _("The newest stories from %(name)s for: %(words)s") % {
            "name": settings.NEWSROOM_NAME,
            "words": obj.text or "–",
        }

    def items(self, obj: search.Query):
        """The newest of those that hold all of it."""
        return search.newest_stories(obj, LENGTH)


class RssMixin:
    """RSS 2.0."""

    feed_type = StoryRss


class AtomMixin:
    """Atom 1.0."""

    feed_type = StoryAtom

    def subtitle(self, obj: Any) -> str:
        """What the feed holds."""
        return self.description(obj)


class JsonMixin:
    """JSON Feed 1.1."""

    feed_type = StoryJson


FORMATS = {"rss": RssMixin, "atom": AtomMixin, "json": JsonMixin}


def formats(told: type[Told]) -> list[tuple[str, Any]]:
    """(ending of the address, view) in each form."""
    return [
        (ending, require_safe(type(f"{told.__name__}As{ending.title()}", (form, told), {})()))
        for ending, form in FORMATS.items()
    ]
