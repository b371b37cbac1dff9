"""The number that a request goes by in the log, in the answer and in the logs of the proxies before it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from secrets import token_hex

from django.conf import settings
from django.http import HttpRequest

HEADER = "X-Request-ID"
FORM = re.compile(r"[A-Za-z0-9._-]{8,64}")

_current: ContextVar[str] = ContextVar("request_id", default="")


def current(request: object = None) -> str:
    """The number of the request at hand, or of the one that is given; "" outside one.

    Django logs some answers when the middleware is through with them, and then names the request.
    """
    return _current.get() or getattr(request, "number", "")


@contextmanager
def following(request: HttpRequest) -> Iterator[str]:
    """Within the block, the log names this request; gives its number.

    A proxy's number is taken only where one is known to stand before us, and only in a form that forges no line.
    """
    given = request.headers.get(HEADER, "") if settings.BEHIND_PROXY else ""
    token = _current.set(given if FORM.fullmatch(given) else token_hex(16))
    request.number = _current.get()
    try:
        yield request.number
    finally:
        _current.reset(token)
