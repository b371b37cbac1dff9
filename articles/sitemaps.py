"""What search engines are told to read: an index of sitemaps, the news of two days, robots.txt.

Sitemaps follow https://www.sitemaps.org/protocol.html: 5,000 addresses a file, each with when it last changed. A file
is cut by keys of stories, not by counting them, so that an old one stays as it is when new stories come.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from xml.etree import ElementTree

from django.conf import settings
from django.db.models import Max, OuterRef, Subquery
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from .models.stories import Story, StoryActor, StoryTopic
from .models.tags import Actor, Topic

SIZE = 5_000
NEWS_HOURS, NEWS_SIZE = 48, 1_000  # as Google News asks for: two days, a thousand at most
MAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
IMAGE = "http://www.google.com/schemas/sitemap-image/1.1"
ElementTree.register_namespace("", MAPS)
ElementTree.register_namespace("news", NEWS)
ElementTree.register_namespace("image", IMAGE)
Address = tuple[str, datetime | None, str]  # path, when it changed, path of its picture
TAGS = {"actors": Actor, "topics": Topic}
THROUGH = {Actor: StoryActor, Topic: StoryTopic}
PAGES = (
    *("front", "latest", "actors", "topics", "corrections", "about-sourcing"),
    *("about-masthead", "about-contact", "about-privacy", "about-accessibility"),
)


@require_safe
def index(request) -> HttpResponse:
    """`/sitemap.xml`: the files, with when the newest page in each last changed."""
    root = ElementTree.Element(f"{{{MAPS}}}sitemapindex")
    files = [("pages", 0), *_story_files(), *(file for kind in TAGS for file in _tag_files(kind))]
    for kind, number in files:
        entry = ElementTree.SubElement(root, f"{{{MAPS}}}sitemap")
        _text(entry, "loc", _absolute(reverse("sitemap-file", args=[kind, number])))
        latest = _changed(kind, number)
        _text(entry, "lastmod", latest and latest.isoformat())
    return _answer(root)


@require_safe
def file(request, kind: str, number: int) -> HttpResponse:
    """`/sitemap-<kind>-<number>.xml`: 404 where there is none."""
    addresses = list(_addresses(kind, number))
    if not addresses:
        raise Http404("No such sitemap.")
    root = ElementTree.Element(f"{{{MAPS}}}urlset")
    for path, changed, picture in addresses:
        entry = ElementTree.SubElement(root, f"{{{MAPS}}}url")
        _text(entry, "loc", _absolute(path))
        _text(entry, "lastmod", changed and changed.isoformat())
        if picture:
            shown = ElementTree.SubElement(entry, f"{{{IMAGE}}}image")
            ElementTree.SubElement(shown, f"{{{IMAGE}}}loc").text = _absolute(picture)
    return _answer(root)


@require_safe
def news(request) -> HttpResponse:
    """`/news-sitemap.xml`: what was published within two days."""
    since = timezone.now() - timedelta(hours=NEWS_HOURS)
    recent = Story.objects.published().filter(published_at__gte=since)
    root = ElementTree.Element(f"{{{MAPS}}}urlset")
    for story in recent.only("slug", "headline", "language", "published_at")[:NEWS_SIZE]:
        entry = ElementTree.SubElement(root, f"{{{MAPS}}}url")
        _text(entry, "loc", _absolute(story.get_absolute_url()))
        told = ElementTree.SubElement(entry, f"{{{NEWS}}}news")
        publication = ElementTree.SubElement(told, f"{{{NEWS}}}publication")
        ElementTree.SubElement(publication, f"{{{NEWS}}}name").text = settings.NEWSROOM_NAME
        ElementTree.SubElement(publication, f"{{{NEWS}}}language").text = story.language.split("-")[0]
        ElementTree.SubElement(told, f"{{{NEWS}}}publication_date").text = story.published_at.isoformat()
        ElementTree.SubElement(told, f"{{{NEWS}}}title").text = story.headline
    return _answer(root)


@require_safe
def robots(request) -> HttpResponse:
    """`/robots.txt`: the desk and previews are nobody's to crawl; where the sitemaps are."""
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in ("/admin/", "/preview/")),
        *(f"Sitemap: {_absolute(reverse(name))}" for name in ("sitemap", "news-sitemap")),
    ]
    return _kept(HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8"))


def _addresses(kind: str, number: int) -> Iterator[Address]:
    if kind == "pages" and number == 0:
        for name in PAGES:
            yield reverse(name), None, ""
    elif kind == "stories":
        for story in _stories_in(number).only("slug", "published_at", "updated_at", "picture").order_by("pk"):
            yield story.get_absolute_url(), story.updated_at, (story.picture or {}).get("url", "")
    elif kind in TAGS:
        for tag in _tags_in(TAGS[kind], number).only("slug").annotate(latest=_latest(TAGS[kind])).order_by("pk"):
            yield tag.get_absolute_url(), tag.latest, ""


def _changed(kind: str, number: int) -> datetime | None:
    """When the newest of a file's pages changed; None for the pages about the newsroom."""
    if kind == "stories":
        return _stories_in(number).aggregate(latest=Max("updated_at"))["latest"]
    if kind in TAGS:
        tags = _tags_in(TAGS[kind], number).annotate(latest=_latest(TAGS[kind]))
        return tags.aggregate(newest=Max("latest"))["newest"]
    return None


def _stories_in(number: int) -> Any:
    return Story.objects.filter(is_withdrawn=False, pk__gte=number * SIZE, pk__lt=(number + 1) * SIZE)


def _story_files() -> Iterator[tuple[str, int]]:
    highest = Story.objects.aggregate(highest=Max("pk"))["highest"] or 0
    yield from (("stories", number) for number in range(highest // SIZE + 1) if _stories_in(number).exists())


def _tags_in(model: Any, number: int) -> Any:
    return model.objects.in_print().filter(pk__gte=number * SIZE, pk__lt=(number + 1) * SIZE)


def _latest(model: Any) -> Subquery:
    """When a tag's newest story went out, by the index of its through rows."""
    rows = THROUGH[model].objects.filter(tag=OuterRef("pk")).order_by("-published_at", "-story")
    return Subquery(rows.values("published_at")[:1])


def _tag_files(kind: str) -> Iterator[tuple[str, int]]:
    highest = TAGS[kind].objects.aggregate(highest=Max("pk"))["highest"] or 0
    yield from ((kind, number) for number in range(highest // SIZE + 1) if _tags_in(TAGS[kind], number).exists())


def _absolute(path: str) -> str:
    return f"{settings.NEWSROOM_URL}{path}"


def _text(entry: ElementTree.Element, name: str, value: str | None) -> None:
    if value:
        ElementTree.SubElement(entry, f"{{{MAPS}}}{name}").text = value


def _answer(root: ElementTree.Element) -> HttpResponse:
    body = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return _kept(HttpResponse(body, content_type="application/xml; charset=utf-8"))


def _kept(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
    return response
