"""What monitors read: counts for Prometheus, to nobody but staff and the addresses that are named."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from articles import background, metrics
from articles.proxies import client_address, is_among


class Queue(Collector):
    """What waits for a worker, asked of the database when somebody wants to know."""

    def collect(self):
        """Two gauges."""
        waiting = background.waiting()
        yield GaugeMetricFamily("newsroom_tasks_waiting", "Tasks that no worker has begun.", value=waiting.count)
        yield GaugeMetricFamily(
            "newsroom_oldest_task_seconds", "How long the oldest of them waits.", value=waiting.seconds
        )


@never_cache
@require_safe
def exposition(request):
    """The text form of Prometheus; to a stranger there is no such page."""
    if not may_read(request):
        raise Http404
    return HttpResponse(metrics.exposition(Queue()), content_type=CONTENT_TYPE_PLAIN_0_0_4)


def may_read(request: HttpRequest) -> bool:
    """Staff, and who comes from `METRICS_ALLOWED`.

    Behind a proxy that nobody told us of, every stranger would come from its address: then no address counts.
    """
    if request.user.is_active and request.user.is_staff:
        return True
    if not settings.BEHIND_PROXY and "X-Forwarded-For" in request.headers:
        return False
    return is_among(client_address(request), settings.METRICS_ALLOWED)
