"""What memory has ready leaves before Django makes a request of it: a third of the time goes into that.

The middleware stays where it is, first of all: it makes what is not there, and serves where no door stands before it.
"""

from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from . import serving

STATUS = {status: f"{status} {HTTPStatus(status).phrase}" for status in (200, 304)}


def door(application: Callable) -> Callable:
    """The WSGI application, with the edge of its process before it."""

    def answer(environ: dict[str, Any], start_response: Callable) -> Iterable[bytes]:
        ready = serving.doors[0].at_once(environ, asks=False) if serving.doors else None
        if ready is None:
            return application(environ, start_response)
        start_response(STATUS[ready.status], list(ready.headers))
        return [ready.body]

    return answer
