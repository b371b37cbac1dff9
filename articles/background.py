"""What is done off the request: the one door to the framework of tasks, so that Django's own can take its place."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Case, Count, Min, When
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

__all__ = ["Waiting", "add_to_waiting", "task", "waiting"]


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


@transaction.atomic
def add_to_waiting(ordered, first: str, more: Collection[str], *, most: int, instead: str) -> bool:
    """Add to the set of a task that waits already: `ordered(first, set)`. False where none does, or there is no queue.

    A set that would grow past `most` becomes `[instead]`.
    """
    rows = DBTaskResult.objects.ready().filter(task_path=ordered.module_path, args_kwargs__args__0=first)
    row = rows.get_locked()
    if row is None:
        return False
    known = set(row.args_kwargs["args"][1])
    together = known | set(more)
    if instead in together or len(together) > most:
        together = {instead}
    if together != known:
        row.args_kwargs["args"][1] = sorted(together)
        row.save(update_fields=["args_kwargs"])
    return True
