"""`manage.py import_archive FILE…`: published stories of another system, by the thousand."""

import os
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError

from ...importers.archive import BATCH, Archivist, Record, UnreadableRecord, parse
from ..progress import Bar
from .import_story import USAGE, importer
from .reprint import FEW


class Command(BaseCommand):
    """Batch by batch, each in a transaction: a run that was stopped goes on where it was when it is called again."""

    help = (
        "Bring in published stories, JSON Lines as docs/archive.md describes; a story that came in before is left "
        "alone. Exit status 1 if a line could not be read."
    )

    def add_arguments(self, parser) -> None:
        """FILE… and on whose account."""
        parser.add_argument("files", nargs="+", metavar="FILE", help="JSON Lines, one story a line")
        parser.add_argument("--by", metavar="USERNAME", help="a publisher; without it the first active superuser")

        parser.add_argument(
            "--workers",
            type=int,
            default=os.cpu_count() or 1,
            metavar="N",
            help="processes that print; without it one for each processor",
        )

    def handle(self, *args, files, **options) -> None:
        """Take them in, and say how many."""
        try:
            archivist = Archivist(importer(options["by"]))
        except PermissionDenied as error:
            raise CommandError(f"That account may not publish: {error}.", returncode=USAGE) from error
        self.unread = 0
        made = known = lost = 0
        total = self._lines(files)
        options["workers"] = min(options["workers"], total // FEW)
        with Bar("Stories", total, self.stderr) as advance:
            records = (record for name in files for record in self._read(Path(name)))
            batches = iter(lambda: list(islice(records, BATCH)), [])
            for taken in archivist.take_in_all(batches, workers=options["workers"]):
                made, known, lost = made + len(taken.articles), known + taken.known, lost + taken.lost_quotes
                advance(len(taken.articles) + taken.known)
            archivist.settle()
        self.stdout.write(f"{made:,} brought in, {known:,} were here before, {self.unread:,} could not be read.")
        if lost:
            self.stdout.write(f"{lost:,} quotes do not stand in their story word for word and were left out.")
        if self.unread:
            sys.exit(1)

    def _lines(self, files: list[str]) -> int:
        """How many lines there are; a file that is not there stops everything before it begins."""
        try:
            return sum(sum(1 for _line in _open(Path(name))) for name in files)
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}.", returncode=USAGE) from error

    def _read(self, path: Path) -> Iterator[Record]:
        for number, line in enumerate(_open(path), start=1):
            if not line.strip():
                continue
            try:
                yield parse(line)
            except UnreadableRecord as error:
                self.unread += 1
                self.stderr.write(f"{path}, line {number}: {error}")


def _open(path: Path) -> Iterator[Any]:
    with path.open("rb") as file:
        yield from file
