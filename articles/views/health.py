"""Whether this process can answer readers, and all its parts work; for load balancers and monitors."""

from django.db import DatabaseError, connection
from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from articles import readiness


@never_cache
@require_safe
def healthz(request):
    """200 "ok" when the database answers, 503 otherwise. Says nothing else about the machine."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("database unreachable\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def readyz(request):
    """200 when every part works, 503 otherwise; a line for each part, and not a word of why: that is in the log."""
    failing = readiness.failing()
    lines = [f"{name}: {'failing' if name in failing else 'ok'}\n" for name in readiness.PARTS]
    return HttpResponse("".join(lines), status=503 if failing else 200, content_type="text/plain")
