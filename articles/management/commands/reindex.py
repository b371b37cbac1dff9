"""`manage.py reindex [--abandon]`: build the full-text indexes of readers' search anew, while they are searched."""

from django.core.management.base import BaseCommand

from articles import search

from ..progress import Bar


class Command(BaseCommand):
    """Builds beside what is in use and puts it in its place; a build that was stopped goes on."""

    help = "Build the full-text indexes of readers' search anew; readers and the press notice nothing."

    def add_arguments(self, parser):
        """`--abandon`."""
        parser.add_argument("--abandon", action="store_true", help="let go of what a stopped build has made")

    def handle(self, *args, **options):
        """Build, and say how many rows."""
        if options["abandon"]:
            search.abandon()
            return
        done, total = search.left_to_index()
        if done:
            self.stderr.write(f"Going on where a build was stopped, after {done:,} rows.")
        with Bar("Rows", total - done, self.stderr) as advance:
            rows = search.reindex(advance=advance)
        self.stdout.write(f"Built anew: {rows:,} rows.")
