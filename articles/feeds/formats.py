"""The three forms of a feed. What an item holds beyond Django's own: see `Told.item_extra_kwargs`."""

import json
from datetime import UTC, datetime
from mimetypes import guess_type
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed, rfc3339_date
from django.views.decorators.http import require_safe

from articles.models import nameplates


class DatedMixin:
    """A feed without items is of today, not of this second: it is the same when it is asked for again."""

    def latest_post_date(self) -> datetime:
        """When the newest item was published or updated."""
        if self.items:
            return super().latest_post_date()
        return datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


class StoryRss(DatedMixin, Rss201rev2Feed):
    """RSS 2.0 with what it has no words for.

    From Atom the self link and when an item was updated, from Dublin Core the authors, who may be several and need no
    address, from Media RSS the picture, from the content module the whole text.
    """

    def rss_attributes(self) -> dict:
        """Names the vocabularies."""
        return {
            **super().rss_attributes(),
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
            "xmlns:media": "http://search.yahoo.com/mrss/",
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
        }

    def add_item_elements(self, handler, item) -> None:
        """What stands in the other vocabularies."""
        super().add_item_elements(handler, item)
        for name in item["creators"]:
            handler.addQuickElement("dc:creator", name)
        if item["updateddate"]:
            handler.addQuickElement("atom:updated", rfc3339_date(item["updateddate"]))
        if item["content"]:
            handler.addQuickElement("content:encoded", item["content"])
        if item["picture"]:
            self._add_picture(handler, item["picture"])

    @staticmethod
    def _add_picture(handler, picture: dict[str, Any]) -> None:
        shown = {"url": picture["url"], "type": type_of(picture), "medium": "image"}
        sizes = {name: str(picture[name]) for name in ("width", "height") if picture[name]}
        handler.startElement("media:content", {**shown, **sizes})
        if picture["caption"]:
            handler.addQuickElement("media:description", picture["caption"], {"type": "plain"})
        if picture["credit"]:
            handler.addQuickElement("media:credit", picture["credit"])
        handler.endElement("media:content")


class StoryAtom(DatedMixin, Atom1Feed):
    """Atom 1.0 (RFC 4287) with several authors; an entry without one is the newsroom's."""

    def add_root_elements(self, handler) -> None:
        """The newsroom as the author of what has none (RFC 4287, 4.1.1)."""
        super().add_root_elements(handler)
        self._add_author(handler, nameplates.current().name)

    def add_item_elements(self, handler, item) -> None:
        """Each author as an element of its own, the picture as an enclosure, the whole text as content."""
        super().add_item_elements(handler, item)
        for name in item["creators"]:
            self._add_author(handler, name)
        if picture := item["picture"]:
            link = {"rel": "enclosure", "href": picture["url"], "type": type_of(picture)}
            handler.addQuickElement(
                "link", "", {**link, **({"title": picture["caption"]} if picture["caption"] else {})}
            )
        if item["content"]:
            handler.addQuickElement("content", item["content"], {"type": "html", "xml:lang": item["language"]})

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
            "icon": f"{settings.NEWSROOM_URL}{static('img/apple-touch-icon.png')}",
            "favicon": f"{settings.NEWSROOM_URL}{static('img/favicon.png')}",
            "authors": [{"name": nameplates.current().name, "url": f"{settings.NEWSROOM_URL}/"}],
            "language": self.feed["language"],
        }
        told = {key: value for key, value in told.items() if value}
        outfile.write(json.dumps({**told, "items": [self._item(item) for item in self.items]}, ensure_ascii=False))

    @staticmethod
    def _item(item: dict[str, Any]) -> dict[str, Any]:
        picture = item["picture"]
        told = {
            "id": item["unique_id"] or item["link"],
            "url": item["link"],
            "title": item["title"],
            "summary": item["description"],
            "content_html": item["content"],
            "content_text": "" if item["content"] else item["description"] or item["title"],
            "image": picture and picture["url"],
            "date_published": rfc3339_date(item["pubdate"]),
            "date_modified": rfc3339_date(item["updateddate"]),
            "authors": [{"name": name} for name in item["creators"]],
            "tags": list(item["categories"]),
            "language": item["language"],
            "attachments": [{"url": picture["url"], "mime_type": type_of(picture)}] if picture else [],
        }
        return {key: value for key, value in told.items() if value}


def type_of(picture: dict[str, Any]) -> str:
    """The media type of a picture, by the ending of its address."""
    return guess_type(picture["url"])[0] or "application/octet-stream"


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


def formats(told: type) -> list[tuple[str, Any]]:
    """(ending of the address, view) in each form of a feed that is a subclass of `Told`."""
    return [
        (ending, require_safe(type(f"{told.__name__}As{ending.title()}", (form, told), {})()))
        for ending, form in FORMATS.items()
    ]
