"""The middleware that stands first: answers readers from memory, and keeps what the rest of the stack made for them."""

import time
from collections import Counter, deque
from collections.abc import Iterable
from datetime import datetime
from datetime import time as clock
from functools import lru_cache
from itertools import starmap
from sys import intern
from threading import Event, Lock
from typing import Any, NamedTuple

import brotli
from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.http.response import ResponseHeaders
from django.utils import timezone
from django.utils.cache import patch_cache_control

from .. import encodings, metrics, releasing, routing, sections, surrogates, withholding
from ..models import nameplates
from .memory import Address, Header, Memory, Page
from .pages import lists_at
from .purges import Hearing, log

LIFE = 300
"""Seconds after which a page is made anew though nothing purged it: what depends on the clock, or was missed."""
BLIND_LIFE = 1
"""The same while purges cannot be heard."""
ASK = 1
"""Seconds for which the next scheduled moment is believed."""
PATIENCE = 10
"""Seconds for which a request waits for another one that makes the same page."""
STALE = 30
"""Seconds for which a cache before the site may send what has grown old while it asks: a purge takes it away before."""
OF_ONE_ANSWER = {"content-length", "date", "etag", "x-request-id", "server-timing"}
"""Headers that are not kept with a page."""
ON_304 = ("Cache-Control", "Last-Modified", "Vary", "Surrogate-Key")
VARIED = {"accept-encoding"}

tally: Counter[str] = Counter()
"""Of this process: `hits`, `unchanged` (304), `misses`, `waits` for a page in the making, `purged` pages, `shared`:
pages that another machine had made."""

encoding_for = lru_cache(256)(encodings.preferred)
doors: deque["EdgeMiddleware"] = deque(maxlen=1)
"""The edge of this process: the latest that was set up."""


@lru_cache(1024)
def _header(name: str, value: str) -> Header:
    """One object for all pages that have it, as most have."""
    return name, value


class Headers(ResponseHeaders):
    """Headers that another answer had before, and was held to what may stand in one."""

    def __init__(self, told: Iterable[Header]) -> None:
        self._store = {each[0].lower(): each for each in told}


class Answer(NamedTuple):
    """What is sent; the headers are shared by all answers of a form, and are not to be changed."""

    body: bytes
    headers: tuple[Header, ...]
    status: int


class Ready(HttpResponse):
    """An answer with headers made before; nothing stands above the edge that would change them."""

    def __init__(self, body: bytes, headers: Iterable[Header], status: int) -> None:
        super().__init__(body, content_type="", status=status)
        self.headers = Headers(headers)


class EdgeMiddleware:
    """Anonymous GET and HEAD of the pages in `pages.PAGES`; everything else goes through untouched."""

    def __init__(self, get_response) -> None:
        if not settings.EDGE_MEGABYTES:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.memory = Memory(settings.EDGE_MEGABYTES * 1024 * 1024)
        self.hearing = Hearing(log())
        self.due = self.ask_at = 0.0
        self._reported: Counter[str] = Counter()
        self._making: dict[Address, Event] = {}
        self._guard = Lock()
        self._scheme_header = (settings.SECURE_PROXY_SSL_HEADER or ("",))[0]
        self._session_cookie = settings.SESSION_COOKIE_NAME
        doors.append(self)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """From memory where the page is there, good and nothing is due; else as the stack makes it."""
        answer = self.at_once(request.META)
        if answer is not None:
            return Ready(*answer)
        lists = None
        if request.method == "GET" and self._is_anonymous(request.META):
            lists = lists_at(request.path_info, request.META.get("QUERY_STRING", ""))
        if lists is None:
            return self.get_response(request)
        return self._make_once(request, self._address(request.META), lists)

    def at_once(self, meta: dict[str, Any], *, asks: bool = True) -> Answer | None:
        """What memory has for a request, by its WSGI environment; None where the stack is to answer.

        `asks`: whether the database may be asked what is due. Outside a request nobody would put its connection right.
        """
        if meta["REQUEST_METHOD"] not in ("GET", "HEAD") or not self._is_anonymous(meta):
            return None
        now = time.time()
        if now >= self.ask_at and not asks:
            return None
        self._hear()
        if self._is_due(now):
            return None
        address = self._address(meta)
        page = self.memory.get(address)
        if page is None or now >= page.good_until:
            return None
        return self._answer(meta, address, page)

    def _is_anonymous(self, meta: dict[str, Any]) -> bool:
        return "HTTP_AUTHORIZATION" not in meta and self._session_cookie not in meta.get("HTTP_COOKIE", "")

    def _address(self, meta: dict[str, Any]) -> Address:
        return (
            meta.get(self._scheme_header) or meta.get("wsgi.url_scheme", ""),
            meta.get("HTTP_HOST", ""),
            meta.get("PATH_INFO", ""),
            meta.get("QUERY_STRING", ""),
        )

    def _hear(self) -> None:
        """Drop what was purged since."""
        keys = frozenset().union(*self.hearing.news())
        if not keys:
            return
        tally["purged"] += self.memory.purge(keys)
        routing.hold_off()
        if surrogates.SCHEDULE in keys:
            releasing.forget()
            withholding.forget()
            self.ask_at = 0.0
        if not keys.isdisjoint((surrogates.SETTINGS, surrogates.EVERYTHING)):
            nameplates.forget()
            sections.forget()

    def _is_due(self, now: float) -> bool:
        """Whether something is to be released or withheld first, which the stack below does."""
        if now >= self.ask_at:
            self.due, self.ask_at = next_moment(), now + ASK
            self._report()
        return now >= self.due

    def _report(self) -> None:
        """Tell the monitors what was counted since: once in a while, for a count costs as much as an answer."""
        for outcome, times in (tally - self._reported).items():
            metrics.at_the_edge(outcome, times)
        self._reported = tally.copy()

    def _make_once(self, request: HttpRequest, address: Address, lists: tuple[str, ...]) -> HttpResponse:
        """One request makes the page, others that want it wait for it."""
        with self._guard:
            made = self._making.get(address)
            if made is None:
                mine = self._making[address] = Event()
        if made is not None:
            tally["waits"] += 1
            made.wait(PATIENCE)
            page = self.memory.get(address)
            return self.get_response(request) if page is None else Ready(*self._answer(request.META, address, page))
        try:
            return self._make(request, address, lists)
        finally:
            with self._guard:
                del self._making[address]
            mine.set()

    def _make(self, request: HttpRequest, address: Address, lists: tuple[str, ...]) -> HttpResponse:
        """What the stack answers, kept where it is for everybody; or what another machine had made."""
        shared, since = self.hearing.log.shared, self.hearing.count
        count = shared and shared.count()
        if shared and (page := shared.get(address)) is not None and not self._is_due(time.time()):
            tally["shared"] += 1
            self.memory.put(address, page)
            return Ready(*self._answer(request.META, address, page, is_hit=False))
        tally["misses"] += 1
        asked = {
            name: request.META.pop(name)
            for name in ("HTTP_ACCEPT_ENCODING", "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE")
            if name in request.META
        }
        with surrogates.noting() as noted:
            response = self.get_response(request)
        request.META.update(asked)
        if not is_for_everybody(response):
            return encodings.compressed(response, asked.get("HTTP_ACCEPT_ENCODING", ""))
        keys = tuple(sorted(map(intern, {*noted, *lists, surrogates.SETTINGS})))
        page = page_of(response, keys, BLIND_LIFE if self.hearing.log.is_blind else LIFE)
        self._hear()
        if not self.hearing.has_changed(keys, since):
            self.memory.put(address, page)
            if shared:
                shared.put(address, page, count)
        return Ready(*self._answer(request.META, address, page, is_hit=False))

    def _answer(self, meta: dict[str, Any], address: Address, page: Page, *, is_hit: bool = True) -> Answer:
        """The page in the form the browser takes, or 304."""
        known = meta.get("HTTP_IF_NONE_MATCH")
        if known is None:
            since = meta.get("HTTP_IF_MODIFIED_SINCE")
            is_known = since is not None and since == page.headers.get("Last-Modified")
        else:
            is_known = page.etag in known or known.strip() == "*"
        encoding = encoding_for(meta.get("HTTP_ACCEPT_ENCODING", ""))
        etag = f"W/{page.etag}" if encoding else page.etag
        if is_hit:
            tally["unchanged" if is_known else "hits"] += 1
        if is_known:
            return Answer(b"", self._headers(page, encoding, etag, None), 304)
        body = page.bodies.get(encoding)
        if body is None:
            whole = brotli.decompress(page.bodies["br"])
            body = encodings.ENCODE[encoding](whole) if encoding else whole
            self.memory.grow(address, page, encoding, body)
        sent = b"" if meta["REQUEST_METHOD"] == "HEAD" else body
        return Answer(sent, self._headers(page, encoding, etag, body), 200)

    @staticmethod
    def _headers(page: Page, encoding: str, etag: str, body: bytes | None) -> tuple[Header, ...]:
        """Those of the answer in this form; without a body those of a 304."""
        form = (encoding, body is None)
        headers = page.sent.get(form)
        if headers is None:
            if body is None:
                told = {name: page.headers[name] for name in ON_304 if name in page.headers}
            else:
                told = {**page.headers, "Content-Length": str(len(body))}
                told |= {"Content-Encoding": encoding} if encoding else {}
            headers = page.sent[form] = tuple(starmap(_header, {**told, "ETag": etag}.items()))
        return headers


def is_for_everybody(response: HttpResponse) -> bool:
    """Whether an answer may be kept: a whole page, the same whoever asks, that says so itself."""
    if response.status_code != 200 or response.streaming or response.cookies:
        return False
    varied = {name.strip().lower() for name in response.get("Vary", "").split(",")} - {""}
    return (
        "public" in response.get("Cache-Control", "")
        and "ETag" in response
        and "Content-Encoding" not in response
        and varied <= VARIED
        and "'nonce-" not in response.get("Content-Security-Policy", "")
    )


def page_of(response: HttpResponse, keys: tuple[str, ...], life: float) -> Page:
    """The answer ready to be sent again for `life` seconds; caches before the site are told its keys."""
    if settings.EDGE_SHARED_SECONDS:
        patch_cache_control(
            response,
            s_maxage=settings.EDGE_SHARED_SECONDS,
            stale_while_revalidate=STALE,
            stale_if_error=settings.EDGE_SHARED_SECONDS,
        )
        response["Cache-Control"] = response["Cache-Control"].replace("must-revalidate, ", "")
        response["Surrogate-Key"] = " ".join(keys)
        if settings.EDGE_CACHE_TAGS:
            response["Cache-Tag"] = ",".join(keys)
    headers = {intern(name): intern(value) for name, value in response.items() if name.lower() not in OF_ONE_ANSWER}
    headers["Vary"] = "Accept-Encoding"
    bodies = {"br": encodings.ENCODE["br"](response.content)}
    return Page(headers, response["ETag"].removeprefix("W/"), bodies, keys, time.time() + life)


def next_moment() -> float:
    """When something is due next, in seconds since 1970: a release, or the end of a picture's terms; else never."""
    try:
        due, end = releasing.next_due(), withholding.next_end()
    except DatabaseError:  # what is kept is still good
        return float("inf")
    moments = [due.timestamp()] if due else []
    if end:
        after = datetime.combine(end, clock.max, timezone.get_current_timezone())
        moments.append(after.timestamp())
    return min(moments, default=float("inf"))
