"""`manage.py load_demo`: an invented newspaper to look at and to try things in."""

import os
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from rich.console import Console
from rich.table import Table

from ...demo.load import NotTheDemo, Report, load
from ...workflow import Status


class Command(BaseCommand):
    """Loads what is missing and prints one login per role."""

    help = "Load the demo newsroom (needs NEWSROOM_DEMO=1); safe to run again."

    def handle(self, *args, **options):
        """Print what was made, who can sign in, and what to try."""
        try:
            report = load()
        except NotTheDemo as error:
            raise CommandError(str(error)) from error
        for line in told(report):
            self.stdout.write(line)
        console = Console(file=self.stdout, width=None if self.stdout.isatty() else 100)
        console.print(table_of(report))
        self.stdout.write(f"Sign in at {settings.NEWSROOM_URL}{reverse('admin:index')}")
        self.stdout.write(f"A wire story to import: manage.py import_story {_short(report.wire_file)}")


def told(report: Report) -> list[str]:
    """What the run did, a sentence a line."""
    lines = [f"Made {number} {name}." for name, number in report.made.items() if number]
    if report.stories:
        numbers = ", ".join(f"{report.stories[status]} {status.label}" for status in Status if report.stories[status])
        lines.append(f"Wrote {report.stories.total()} stories: {numbers}.")
    if report.kept:
        lines.append(f"Left {report.kept} stories as they are.")
    return lines


def table_of(report: Report) -> Table:
    """The logins, a row each."""
    table = Table(title=f"{settings.NEWSROOM_NAME}: who can sign in", title_justify="left")
    for heading in ("Role", "User name", "Password", "Name"):
        table.add_column(heading, no_wrap=True)
    for login in report.logins:
        table.add_row(login.role, login.username, login.password, login.name)
    return table


def _short(path: Path) -> str:
    return os.path.relpath(path)
