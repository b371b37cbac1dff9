"""What is told of each request: its number in answer and log, and what it took, to monitors."""

import logging
import time

from django.http import HttpRequest

from . import metrics, tracing

logger = logging.getLogger(__name__)
NOWHERE = "none"  # a request that no address of ours answers


class WatchingMiddleware:
    """Numbers each request, counts it, and logs it (level INFO) by the name of its address: a path may be a secret."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request):
        """The answer, with its number."""
        started = time.perf_counter()
        with tracing.following(request) as number, metrics.counting_queries() as queries:
            response = self.get_response(request)
            response[tracing.HEADER] = number
            route, seconds = route_of(request), time.perf_counter() - started
            metrics.answered(route, request.method, response.status_code, seconds, queries)
            if logger.isEnabledFor(logging.INFO):
                told = {
                    "route": route,
                    "method": request.method,
                    "status": response.status_code,
                    "milliseconds": round(seconds * 1000, 1),
                    "queries": queries.total(),
                }
                logger.info("%s %s", route, response.status_code, extra=told)
        return response


def route_of(request: HttpRequest) -> str:
    """The full name of the address that answered."""
    match = getattr(request, "resolver_match", None)
    return match.view_name if match else NOWHERE
