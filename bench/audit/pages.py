"""The pages that a reader can come to: found by following links from the front, one of each kind."""

import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from urllib.error import HTTPError
from urllib.parse import urljoin, urlsplit
from urllib.request import Request, urlopen

from django.urls import Resolver404, get_resolver, resolve

from bench.audit.figures import Figure, none_of

HREF = re.compile(r'<a\b[^>]*?\shref="([^"#]+)', re.IGNORECASE)
MOST = 250  # pages that are asked for
CLOSED = re.compile(
    r"admin|preview|calendar|media|healthz|readyz|metrics|styleguide"
)  # not pages for readers, or theirs who hold a link
MACHINES = re.compile(r"feed|sitemap|robots|suggest|openapi|api-|poster|logo|look")
ASKED = {
    "search": "/search/",
    "search, asked": "/search/?q=harbour",
    "corrections-of-a-year": "/corrections/?kind=correction",
}
ABSENT = {"absent": "/no/such/page/"}


@dataclass(frozen=True)
class Page:
    """One answer."""

    kind: str
    path: str
    status: int
    content_type: str
    body: str
    headers: dict[str, str]


def fetch(address: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """(status, headers by lower-case name, body) of a GET, whatever the status; redirects are followed."""
    try:
        with urlopen(Request(address, headers=headers), timeout=60) as answer:  # noqa: S310  (our own server)
            return answer.status, {name.lower(): value for name, value in answer.headers.items()}, answer.read()
    except HTTPError as error:
        return error.code, {name.lower(): value for name, value in error.headers.items()}, error.read()


def found(base: str) -> dict[str, Page]:
    """Name of the address → the first page of it that the walk came to; and some that are only asked for."""
    walked: dict[str, Page] = {}
    waiting, seen, asked = {"front": deque(["/"])}, {"/"}, Counter()
    while any(waiting.values()) and asked.total() < MOST:
        kind = min((kind for kind, paths in waiting.items() if paths), key=asked.__getitem__)  # the rarest goes first
        page = _page(base, kind, waiting[kind].popleft())
        asked[kind] += 1
        if not page.content_type.startswith("text/html"):
            continue
        walked.setdefault(_told_apart(page), page)
        for path in _links(base, page):
            if path not in seen and (kind := kind_of(path)):
                seen.add(path)
                waiting.setdefault(kind, deque()).append(path)
    asked_for = ASKED | ABSENT
    if "actor" in walked:  # linked only where there are more than a page of an actor shows
        asked_for |= {"actor-mentions": f"{walked['actor'].path.partition('?')[0]}mentions/"}
    for kind, path in asked_for.items():
        page = _page(base, kind, path)
        if kind not in walked and (page.status == 200 or kind in ABSENT):
            walked[kind] = page
    return walked


def _links(base: str, page: Page) -> Iterator[str]:
    for link in HREF.findall(page.body) if "?" not in page.path else ():  # what is chosen in a list has no end
        target = urlsplit(urljoin(f"{base}{page.path}", unescape(link)))
        if f"{target.scheme}://{target.netloc}" == base:
            yield target.path + (f"?{target.query}" if target.query else "")


def kind_of(path: str) -> str | None:
    """The name of the address; None for what is no reader's page."""
    try:
        name = resolve(urlsplit(path).path).view_name
    except Resolver404:
        return None
    return None if CLOSED.search(name) or MACHINES.search(name) else name


def audit(pages: dict[str, Page]) -> Iterator[Figure]:
    """Whether the walk came to every kind, and what holds of each answer."""
    names = {name for name in _public_names() if not CLOSED.search(name) and not MACHINES.search(name)}
    yield none_of("kinds of page without an example", sorted(names - set(pages)), len(names))
    cookies = [f"{page.path}: {page.headers['set-cookie']}" for page in pages.values() if "set-cookie" in page.headers]
    yield none_of("pages that set a cookie", cookies, len(pages))
    kept = {kind: page for kind, page in pages.items() if page.status == 200}
    loose = [page.path for page in kept.values() if not {"etag", "last-modified"} <= set(page.headers)]
    yield none_of("pages without ETag and Last-Modified", loose, len(kept))


def _page(base: str, kind: str, path: str) -> Page:
    status, headers, body = fetch(f"{base}{path}")
    return Page(kind, path, status, headers.get("content-type", ""), body.decode("utf-8", "replace"), headers)


def _told_apart(page: Page) -> str:
    """A withdrawn story, and a list that is narrowed or turned over, are kinds of their own."""
    if page.status == 410:
        return f"{page.kind}, withdrawn"
    query = urlsplit(page.path).query
    return f"{page.kind}, {query.partition('=')[0]}" if query else page.kind


def _public_names() -> set[str]:
    return {pattern.name for pattern in _patterns(get_resolver()) if pattern.name}


def _patterns(resolver) -> Iterator:
    for pattern in resolver.url_patterns:
        if not hasattr(pattern, "url_patterns"):
            yield pattern
        elif getattr(pattern, "namespace", None) is None:
            yield from _patterns(pattern)
