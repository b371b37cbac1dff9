"""Where the next page of an answer begins: the score and the place of the last row, sealed into one word.

A key that never was opens the first page: what a reader asked for is answered whatever stands behind it.
"""

import math
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64

from .engines import HIGHEST, LOWEST

LONGEST = 80


def closed(order: str, score: float, place: int) -> str:
    """The key after a row."""
    return urlsafe_b64encode(f"{order[0]}|{score!r}|{place}".encode()).decode().rstrip("=")


def opened(key: str, order: str) -> tuple[float, int] | None:
    """(score, place) of the last row seen; None for the first page."""
    if not key or len(key) > LONGEST:
        return None
    try:
        letter, score, place = urlsafe_b64decode(key.encode() + b"=" * (-len(key) % 4)).decode().split("|")
        after = float(score), int(place)
    except (NotBase64, ValueError):
        return None
    is_ours = letter == order[0] and math.isfinite(after[0]) and LOWEST <= after[1] <= HIGHEST
    return after if is_ours else None
