"""Which compressed form of an answer a browser takes, and making it."""

import gzip

import brotli
from django.http import HttpResponseBase
from django.utils.cache import has_vary_header, patch_vary_headers

LEAST = 300  # bytes; less is not worth it
TYPES = ("text/", "application/json", "application/xml", "image/svg+xml")
ENDINGS = ("+xml", "+json")

ENCODE = {
    "br": lambda content: brotli.compress(content, quality=5),
    "gzip": lambda content: gzip.compress(content, compresslevel=6, mtime=0),
}
"""By the name that HTTP has for it; for what is made once for many readers."""


def preferred(accepted: str) -> str:
    """ "br", "gzip" or "": the first that `Accept-Encoding` allows (RFC 9110, 12.5.3)."""
    weights = {}
    for part in accepted.lower().split(","):
        name, _semicolon, parameter = (piece.strip() for piece in part.partition(";"))
        weight = parameter.removeprefix("q=").strip() if parameter.startswith("q=") else "1"
        try:
            weights[name] = float(weight)
        except ValueError:
            weights[name] = 0.0
    offered = {name: weights.get(name, weights.get("*", 0.0)) for name in ("br", "gzip")}
    best = max(offered, key=offered.__getitem__)  # br where they weigh the same
    return best if offered[best] > 0 else ""


def compressed(response: HttpResponseBase, accepted: str) -> HttpResponseBase:
    """The answer, smaller where that is safe and `accepted` (`Accept-Encoding`) allows it; its ETag is then a weak one.

    Never a page that has to do with a session: where a secret and somebody else's words are compressed together, the
    length tells of the secret (BREACH). Such a page varies by cookie or sets one.
    """
    if response.streaming or response.has_header("Content-Encoding") or not _is_for_everyone(response):
        return response
    kind = response.get("Content-Type", "").partition(";")[0].strip()
    if not kind.startswith(TYPES) and not kind.endswith(ENDINGS) and response.status_code != 304:
        return response
    patch_vary_headers(response, ("Accept-Encoding",))
    encoding = preferred(accepted)
    if encoding and len(response.content) >= LEAST:
        response.content = ENCODE[encoding](response.content)
        response["Content-Encoding"] = encoding
        response["Content-Length"] = str(len(response.content))
        if (etag := response.get("ETag", "")).startswith('"'):
            response["ETag"] = f"W/{etag}"
    return response


def _is_for_everyone(response: HttpResponseBase) -> bool:
    return not response.cookies and not has_vary_header(response, "Cookie")
