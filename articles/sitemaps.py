"""What search engines are told to read: an index of sitemaps, the news of two days, robots.txt.

Sitemaps follow https://www.sitemaps.org/protocol.html: 5,000 addresses a file, each with when it last changed. A file
is cut by keys of stories, not by counting them, so that an old one stays as it is when new stories come.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from xml.etree import ElementTree

from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from .models import nameplates
from .models import sitemaps as files
from .models.contributors import Profile, StoryContributor
from .models.fronts import StorySection
from .models.running import StoryPackage
from .models.stories import Story, StoryActor, StoryTopic
from .models.tags import Actor, Topic
from .standing import piece
from .statements import Statement

NEWS_HOURS, NEWS_SIZE = 48, 1_000  # as Google News asks for: two days, a thousand at most
MAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
IMAGE = "http://www.google.com/schemas/sitemap-image/1.1"
ElementTree.register_namespace("", MAPS)
ElementTree.register_namespace("news", NEWS)
ElementTree.register_namespace("image", IMAGE)
Address = tuple[str, datetime | None, str]  # path, when it changed, path of its picture
MODELS = {"stories": Story, "packages": StoryPackage, "actors": Actor, "topics": Topic, "contributors": Profile}
THROUGH = {Actor: (StoryActor, "tag"), Topic: (StoryTopic, "tag"), Profile: (StoryContributor, "contributor")}
FILES = Statement(lambda: files.SitemapFile.objects.values_list("kind", "number", "newest"))
PAGES = (
    *("front", "latest", "actors", "topics", "contributors", "corrections", "about-sourcing"),
    *("about-masthead", "about-contact", "about-privacy", "about-accessibility"),
)


@require_safe
def index(request) -> HttpResponse:
    """`/sitemap.xml`: the files, with when the newest page in each last changed."""
    packages, others = _of_packages(), FILES.read()

    def make() -> str:
        root = ElementTree.Element(f"{{{MAPS}}}sitemapindex")
        for kind, number, latest in [("pages", 0, None), *packages, *FILES.converted(others)]:
            entry = ElementTree.SubElement(root, f"{{{MAPS}}}sitemap")
            _text(entry, "loc", _absolute(reverse("sitemap-file", args=[kind, number])))
            _text(entry, "lastmod", latest and latest.isoformat())
        return _xml(root).decode()

    return _sent(piece("sitemap", (settings.NEWSROOM_URL, packages, others), make))


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
        ElementTree.SubElement(publication, f"{{{NEWS}}}name").text = nameplates.current().name
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
        yield from ((reverse(name), None, "") for name in PAGES)
        yield from ((section.get_absolute_url(), None, "") for section in StorySection.objects.all())
    elif kind == "stories":
        for story in _rows_in(kind, number).only("slug", "published_at", "updated_at", "picture").order_by("pk"):
            yield story.get_absolute_url(), story.updated_at, (story.picture or {}).get("url", "")
    elif kind == "packages":
        for package in _rows_in(kind, number).only("slug", "updated_at").order_by("pk"):
            yield package.get_absolute_url(), package.updated_at, ""
    elif kind in MODELS:
        for tag in _rows_in(kind, number).only("slug").annotate(latest=_latest(MODELS[kind])).order_by("pk"):
            yield tag.get_absolute_url(), tag.latest, ""


def _rows_in(kind: str, number: int) -> Any:
    """What readers have of a kind, in the keys of one file."""
    rows = MODELS[kind].objects.filter(pk__gte=number * files.SIZE, pk__lt=(number + 1) * files.SIZE)
    if kind == "stories":
        return rows.filter(is_withdrawn=False)
    return rows if kind == "packages" else rows.in_print()


def _of_packages() -> list[tuple[str, int, datetime]]:
    """(kind, number, when the newest of its pages changed) of each file of packages."""
    found: dict[int, datetime] = {}
    for key, at in StoryPackage.objects.order_by().values_list("pk", "updated_at"):
        number = key // files.SIZE
        found[number] = max(at, found.get(number, at))
    return [("packages", number, at) for number, at in sorted(found.items())]


def _latest(model: Any) -> Subquery:
    """When a tag's newest story went out, by the index of its through rows."""
    through, column = THROUGH[model]
    rows = through.objects.filter(**{column: OuterRef("pk")}).order_by("-published_at", "-story_id")
    return Subquery(rows.values("published_at")[:1])


def _absolute(path: str) -> str:
    return f"{settings.NEWSROOM_URL}{path}"


def _text(entry: ElementTree.Element, name: str, value: str | None) -> None:
    if value:
        ElementTree.SubElement(entry, f"{{{MAPS}}}{name}").text = value


def _answer(root: ElementTree.Element) -> HttpResponse:
    return _sent(_xml(root))


def _xml(root: ElementTree.Element) -> bytes:
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def _sent(body: bytes | str) -> HttpResponse:
    return _kept(HttpResponse(body, content_type="application/xml; charset=utf-8"))


def _kept(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
    return response
