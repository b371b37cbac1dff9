"""What is done off the request: the one door to the framework of tasks, so that Django's own can take its place."""

from dataclasses import dataclass

from django.db.models import Case, Count, Min, When
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

__all__ = ["Waiting", "task", "waiting"]


@dataclass(frozen=True)
class Waiting:
    """How many tasks wait for a worker, and for how many seconds the oldest of them does."""

    count: int
    seconds: float


def waiting() -> Waiting:
    """The tasks whose turn it is and that no worker has begun."""
    now = timezone.now()
    turn = Case(When(run_after__lte=now, then="run_after"), default="enqueued_at")
    found = DBTaskResult.objects.ready().aggregate(count=Count("pk"), since=Min(turn))
    return Waiting(found["count"], (now - found["since"]).total_seconds() if found["since"] else 0.0)
