"""What is done off the request: the one door to the framework of tasks, so that Django's own can take its place."""

from django_tasks import task

__all__ = ["task"]
