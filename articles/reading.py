"""Readers' requests read from a replica, where there is one and its answer would be the primary's."""

import logging

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError

from . import routing
from .replicas import replicas

logger = logging.getLogger(__name__)
COOKIE = "newsroom_primary"
NOT_READERS = ("/admin/", "/preview/", "/calendar/", "/healthz", "/readyz", "/metrics")


class ReplicaMiddleware:
    """Last in the stack: what stands before it, the release of what is due too, goes to the primary.

    Whoever has just changed something on the desk is remembered by a cookie and reads from the primary for some
    seconds. It holds no secret: who forges it is served as everybody was before there were replicas.
    """

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request):
        """The answer; to somebody's act on the desk, with the cookie."""
        response = self.get_response(request)
        is_act = request.method not in ("GET", "HEAD", "OPTIONS")
        if replicas.aliases and is_act and settings.SESSION_COOKIE_NAME in request.COOKIES:
            response.set_cookie(
                COOKIE,
                "1",
                max_age=routing.primary_seconds(),
                httponly=True,
                secure=settings.SESSION_COOKIE_SECURE,
                samesite="Lax",
            )
        return response

    def process_view(self, request, view, arguments, keywords):
        """Answer from a replica; where that fails, from the primary, and the replica is left out."""
        alias = self._alias_for(request)
        if alias == DEFAULT_DB_ALIAS:
            return None
        try:
            with routing.reading(alias):
                response = view(request, *arguments, **keywords)
                if hasattr(response, "render"):
                    response = response.render()
                return response
        except (OperationalError, InterfaceError):
            replicas.leave_out(alias)
            return None

    @staticmethod
    def _alias_for(request) -> str:
        is_reader = request.method in ("GET", "HEAD") and not request.path_info.startswith(NOT_READERS)
        if not replicas.aliases or not is_reader or COOKIE in request.COOKIES or routing.is_held_off():
            return DEFAULT_DB_ALIAS
        return replicas.pick()
