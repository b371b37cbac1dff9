"""Caches before the site are told which pages have changed, off the request: Varnish, Fastly, Cloudflare.

`PURGE_URLS` names them, each with its kind before the scheme and its token, where it wants one, as the password:
`varnish+http://10.0.0.7:6081`, `fastly+https://:TOKEN@api.fastly.com/service/ID`,
`cloudflare+https://:TOKEN@api.cloudflare.com/client/v4/zones/ID`.
"""

import json
import logging
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from http.client import HTTPException
from urllib.parse import unquote, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone

from . import background, metrics, surrogates
from .background import task

logger = logging.getLogger(__name__)
PATIENCE = 5  # seconds for one answer
ATTEMPTS = 12
"""Tries with pauses of 1, 2, 4 … 300 seconds, together half an hour: by then copies are old by themselves."""
LONGEST_PAUSE = 300
URGENT = 90
"""Before pictures, which wait longer: the highest is 100."""
MOST = 2_000
"""Keys that wait at once; of more than these everything is purged, as after `reprint --all`."""
NOBODYS = {surrogates.SCHEDULE}  # no page is filed under it
"""Keys that no page has."""


class PurgeFailedError(Exception):
    """A cache did not say that it has dropped the pages."""


class _NoRedirects(HTTPRedirectHandler):
    """A token goes to nobody but whom it is for."""

    def redirect_request(self, *args, **kwargs):
        return None


_opener = build_opener(_NoRedirects)


@dataclass(frozen=True)
class Cache:
    """One cache before the site. `name` is its address without the token: it stands in tasks and logs."""

    kind: str
    address: str
    token: str = field(default="", repr=False)

    @property
    def name(self) -> str:
        """ "varnish http://10.0.0.7:6081"."""
        return f"{self.kind} {self.address}"

    def requests(self, keys: Collection[str]) -> Iterator[Request]:
        """What to send, in batches as the cache takes them."""
        kind = KINDS[self.kind]
        if surrogates.EVERYTHING in keys:
            yield kind.everything(self)
            return
        for batch in batched_keys(sorted(keys), kind.batch):
            yield kind.keys(self, batch)


def batched_keys(keys: Collection[str], most: int, longest: int = 4000) -> Iterator[list[str]]:
    """At most so many keys at once, and so many characters: a header has an end."""
    batch, length = [], 0
    for key in keys:
        if batch and (len(batch) == most or length + len(key) + 1 > longest):
            yield batch
            batch, length = [], 0
        batch.append(key)
        length += len(key) + 1
    if batch:
        yield batch


class Varnish:
    """`PURGE /` with the keys as `Surrogate-Key`; what `deploy/varnish/newsroom.vcl` makes of it is a ban."""

    batch = 256

    @staticmethod
    def keys(cache: Cache, keys: list[str]) -> Request:
        """Some."""
        return Request(f"{cache.address}/", method="PURGE", headers={"Surrogate-Key": " ".join(keys)})  # noqa: S310

    @staticmethod
    def everything(cache: Cache) -> Request:
        """All."""
        return Varnish.keys(cache, [surrogates.EVERYTHING])


class Fastly:
    """https://www.fastly.com/documentation/reference/api/purging/: at most 256 keys at once.

    A hard purge: a soft one would show a withdrawn story once more while it asks.
    """

    batch = 256

    @staticmethod
    def keys(cache: Cache, keys: list[str]) -> Request:
        """Some."""
        headers = {"Fastly-Key": cache.token, "Surrogate-Key": " ".join(keys), "Accept": "application/json"}
        return Request(f"{cache.address}/purge", method="POST", headers=headers)  # noqa: S310

    @staticmethod
    def everything(cache: Cache) -> Request:
        """All."""
        headers = {"Fastly-Key": cache.token, "Accept": "application/json"}
        return Request(f"{cache.address}/purge_all", method="POST", headers=headers)  # noqa: S310


class Cloudflare:
    """https://developers.cloudflare.com/api/resources/cache/methods/purge/: at most 30 tags at once, with every plan.

    It files pages by `Cache-Tag`, which they carry where such a cache is named.
    """

    batch = 30

    @staticmethod
    def keys(cache: Cache, keys: list[str]) -> Request:
        """Some."""
        return Cloudflare._request(cache, {"tags": keys})

    @staticmethod
    def everything(cache: Cache) -> Request:
        """All."""
        return Cloudflare._request(cache, {"purge_everything": True})

    @staticmethod
    def _request(cache: Cache, what: dict) -> Request:
        headers = {"Authorization": f"Bearer {cache.token}", "Content-Type": "application/json"}
        data = json.dumps(what).encode()
        return Request(f"{cache.address}/purge_cache", data, headers, method="POST")  # noqa: S310


KINDS = {"varnish": Varnish, "fastly": Fastly, "cloudflare": Cloudflare}


def cache_at(url: str) -> Cache:
    """The cache that an entry of `PURGE_URLS` names. Raises `ValueError` for one that is none."""
    kind, plus, address = url.partition("+")
    parts = urlsplit(address)
    if not plus or kind not in KINDS or parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"PURGE_URLS has an entry that is not {', '.join(KINDS)}+http(s)://…")
    host = parts.netloc.rpartition("@")[2]
    return Cache(kind, f"{parts.scheme}://{host}{parts.path}".rstrip("/"), unquote(parts.password or ""))


def caches() -> list[Cache]:
    """Those of the settings."""
    return [cache_at(url) for url in settings.PURGE_URLS]


def purge(keys: Collection[str]) -> None:
    """Have the worker tell every cache before the site. Never raises for the database: what is printed stays printed.

    Keys join those that wait already, so that a thousand stories printed at once are a few requests.
    """
    wanted = set(keys) - NOBODYS
    if not wanted or not settings.PURGE_URLS:
        return
    for cache in caches():
        try:
            if not background.add_to_waiting(send, cache.name, wanted, most=MOST, instead=surrogates.EVERYTHING):
                send.enqueue(cache.name, sorted(wanted))
        except DatabaseError:
            logger.exception("%s is not told of %s keys", cache.name, len(wanted))


@task(priority=URGENT)
def send(name: str, keys: list[str], attempt: int = 1) -> None:
    """Tell one cache; where it does not answer, again after a while."""
    cache = next((each for each in caches() if each.name == name), None)
    if cache is None:  # taken out of the settings meanwhile
        return
    try:
        tell(cache, keys)
    except (OSError, HTTPException, PurgeFailedError) as error:
        metrics.PURGES.labels("failed").inc()
        logger.warning("%s was not told of %s keys: %s", name, len(keys), error)
        _try_again(name, keys, attempt)


def tell(cache: Cache, keys: Collection[str]) -> None:
    """Send all batches. Raises `OSError`, `HTTPException` or `PurgeFailedError`."""
    for request in cache.requests(keys):
        with _opener.open(request, timeout=PATIENCE) as answer:  # an answer of 400 and more is an `OSError`
            if not 200 <= answer.status < 300:
                raise PurgeFailedError(f"it answered {answer.status}")
            body = answer.read(100_000)
        if cache.kind == "cloudflare" and not _is_success(body):
            raise PurgeFailedError("it says that it did not succeed")
        metrics.PURGES.labels("sent").inc()


def _is_success(body: bytes) -> bool:
    try:
        told = json.loads(body)
    except ValueError:
        return False
    return isinstance(told, dict) and told.get("success") is True


def _try_again(name: str, keys: list[str], attempt: int) -> None:
    if attempt >= ATTEMPTS or not send.get_backend().supports_defer:
        logger.error("%s is not told any more of %s keys: its copies go when they are old", name, len(keys))
        return
    pause = timedelta(seconds=min(2 ** (attempt - 1), LONGEST_PAUSE))
    send.using(run_after=timezone.now() + pause).enqueue(name, keys, attempt + 1)
