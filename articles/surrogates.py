"""Surrogate keys: the names of what a page is made of, by which every kept copy of it is found again and dropped.

A page is filed under each row that was read for it, without its view saying so: the models that readers see note
themselves as they come from the database (`Shown`). What a page would also show, were it there — the newest stories of
a list — is named by the list's own key, which the table of pages gives it.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from sys import intern
from urllib.parse import quote

from django.db import models, transaction

from .signals import pages_changed

EVERYTHING = "*"
SETTINGS = "settings"
"""What every page shows: the nameplate, the sections."""
FRONT, STORIES, ACTORS, TOPICS, CONTRIBUTORS = "front", "stories", "actors", "topics", "contributors"
CORRECTIONS = "corrections"
SCHEDULE = "schedule"
"""No page's: what is due next has changed."""

_noted: ContextVar[set[str] | None] = ContextVar("surrogates", default=None)


def key(kind: str, pk: object) -> str:
    """Of one row, fit for a header: "story-12"."""
    return f"{kind}-{quote(str(pk))}"


def keys(kind: str, pks: Iterable[object]) -> list[str]:
    """Of several."""
    return [key(kind, pk) for pk in pks]


@contextmanager
def noting() -> Iterator[set[str]]:
    """The keys of all that is read for readers while it lasts."""
    found: set[str] = set()
    token = _noted.set(found)
    try:
        yield found
    finally:
        _noted.reset(token)


def changed(*names: str) -> None:
    """Once this is committed, the pages filed under these keys are no longer what readers should have."""
    if names:
        transaction.on_commit(lambda: pages_changed.send(None, keys=frozenset(names)))


def note(kind: str, pks: Iterable[object]) -> None:
    """These rows are shown: for who reads them without their model (`statements`)."""
    found = _noted.get()
    if found is not None:
        found.update(intern(f"{kind}-{pk}") for pk in pks)  # one string, under however many pages it is filed


class Shown(models.Model):
    """A row that readers see: a page that read it is filed under `surrogate` and the column `surrogate_pk`."""

    surrogate = ""
    surrogate_pk = "id"

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, db, field_names, values):
        """The row, noted where anybody takes note."""
        row = super().from_db(db, field_names, values)
        if (pk := row.__dict__.get(cls.surrogate_pk)) is not None:
            note(cls.surrogate, [pk])
        return row
