"""`manage.py reprint --all | ID…`: print stories again from their editions."""

import os

from django.core.management.base import BaseCommand, CommandError

from articles import press
from articles.models import PressRun
from articles.press.reprinting import REPRINT, left_to_reprint

from ..progress import Bar

FEW = 500  # stories for which another process is begun


class Command(BaseCommand):
    """Prints the latest edition of the named articles, or of all. A run over all that was stopped goes on."""

    help = "Print stories again from their editions; gives the same stories unless names in the vocabulary changed."

    def add_arguments(self, parser):
        """`ids` or `--all`, one of both."""
        parser.add_argument("ids", nargs="*", type=int, metavar="ID", help="article ids")
        parser.add_argument("--all", action="store_true", help="every story that has an edition")
        parser.add_argument("--anew", action="store_true", help="begin at the first, whatever a stopped run has done")
        parser.add_argument(
            "--workers",
            type=int,
            default=os.cpu_count() or 1,
            metavar="N",
            help="processes that print, with --all; without it one for each processor",
        )

    def handle(self, *args, ids, workers, **options):
        """Print and say how many."""
        if bool(ids) == options["all"]:
            raise CommandError("Name the articles to print again, or say --all.")
        if options["anew"]:
            PressRun.objects.filter(name=REPRINT).delete()
        if ids:
            printed = press.reprint(ids)
        else:
            done, total = left_to_reprint()
            if done:
                self.stderr.write(f"Going on where a run was stopped, after {done:,}.")
            with Bar("Stories", total - done, self.stderr) as advance:
                printed = press.reprint(workers=min(workers, total // FEW), advance=advance)
        self.stdout.write(f"Printed {printed} {'story' if printed == 1 else 'stories'} again.")
