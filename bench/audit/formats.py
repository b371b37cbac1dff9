"""Feeds and sitemaps against their formats, and what a reader of them saves by asking again."""

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urljoin
from xml.etree import ElementTree

from bench.audit.figures import Figure, none_of
from bench.audit.pages import Page, fetch
from tests import machines

FEED = re.compile(r'<link rel="alternate" type="application/(?:rss\+xml|atom\+xml|feed\+json)"[^>]* href="([^"]+)"')
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def audit(base: str, pages: dict[str, Page]) -> Iterator[Figure]:
    """Every feed that a page names, every file of the sitemaps."""
    feeds = sorted({urljoin(base, unescape(address)) for page in pages.values() for address in FEED.findall(page.body)})
    answers = {address: fetch(address) for address in feeds}
    wrong = [f"{address}: {status}" for address, (status, _headers, _body) in answers.items() if status != 200]
    faults = [
        f"{address}: {fault}"
        for address, (status, _headers, body) in answers.items()
        if status == 200
        for fault in machines.feed_faults(address, body)
    ]
    yield none_of("faults in feeds (RSS, Atom, JSON Feed)", wrong + faults, len(feeds))
    yield none_of("feeds that are sent again though unchanged", _sent_again(answers), len(feeds))
    yield none_of(*_sitemaps(base))
    yield none_of("pages and feeds that come neither by br nor by gzip", _uncompressed(base, pages, feeds), len(feeds))


def _sent_again(answers: dict[str, tuple[int, dict[str, str], bytes]]) -> list[str]:
    found = []
    for address, (_status, headers, _body) in answers.items():
        for asked, kept in (("If-None-Match", "etag"), ("If-Modified-Since", "last-modified")):
            status = fetch(address, **{asked: headers.get(kept, "")})[0]
            if status != 304:
                found.append(f"{address} by {asked}: {status}")
    return found


def _sitemaps(base: str) -> tuple[str, list[str], int]:
    _status, _headers, index = fetch(f"{base}/sitemap.xml")
    files = [each.text for each in ElementTree.fromstring(index).iter(LOC)]  # noqa: S314  (our own answer)
    addresses = [f"{base}/sitemap.xml", f"{base}/news-sitemap.xml", *files]
    found = [f"{address}: {fault}" for address in addresses for fault in machines.sitemap_faults(fetch(address)[2])]
    return "faults in sitemaps, by their schemas", found, len(addresses)


def _uncompressed(base: str, pages: dict[str, Page], feeds: list[str]) -> list[str]:
    addresses = [*(f"{base}{page.path}" for page in pages.values()), *feeds]
    return [
        f"{address} by {encoding}"
        for address in addresses
        for encoding in ("br", "gzip")
        if fetch(address, **{"Accept-Encoding": encoding})[1].get("content-encoding") != encoding
    ]
