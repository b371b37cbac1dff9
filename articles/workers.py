"""Processes of our own for work that takes a processor and no answer: printing an archive. Knows no model.

A process begins with this module, before Django is set up in it, and so may import nothing that needs that.
"""

import gc
import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any

import django
from django.conf import settings
from django.db import connections

AHEAD = 2  # jobs that a process does ahead of what was taken
MADE = 100_000  # objects more than before, upon which memory is searched for circles; Python’s 700 are one story


class Workers:
    """`number` processes with Django set up, on the databases of this one. A context; not within a transaction."""

    def __init__(self, number: int) -> None:
        self.number = number
        names = {alias: connections[alias].settings_dict["NAME"] for alias in connections}
        self.pool = ProcessPoolExecutor(
            number,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_begin,
            initargs=(names, settings.DEBUG),
        )

    def each(self, job: Callable[[Any], Any], values: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
        """(value, what the job made of it), in the order of the values; memory holds a few, however many there are."""
        waiting: deque[tuple[Any, Future]] = deque()
        for value in values:
            waiting.append((value, self.pool.submit(job, value)))
            if len(waiting) > AHEAD * self.number:
                yield _done(waiting)
        while waiting:
            yield _done(waiting)

    def __enter__(self):
        return self

    def __exit__(self, *error) -> None:
        self.pool.shutdown(cancel_futures=True)


@contextmanager
def searched_seldom() -> Iterator[None]:
    """Within the block memory is searched for circles of objects after `MADE` of them: a third of a print was that."""
    before = gc.get_threshold()
    gc.set_threshold(MADE, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _done(waiting: deque[tuple[Any, Future]]) -> tuple[Any, Any]:
    value, made = waiting.popleft()
    return value, made.result()


def _begin(names: dict[str, Any], is_debug: bool) -> None:
    """In each process, once: a test has another database than the settings say, and keeps no log of its queries."""
    django.setup()
    gc.freeze()  # what is there now stays: it is not looked through again and again
    gc.set_threshold(MADE, *gc.get_threshold()[1:])
    settings.DEBUG = is_debug
    for alias, name in names.items():
        connections[alias].settings_dict["NAME"] = name
