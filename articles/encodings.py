"""Which compressed form of an answer a browser takes, and making it."""

import gzip

import brotli

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
