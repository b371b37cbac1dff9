"""`manage.py reprint --all | ID…`: print stories again from their editions."""

from django.core.management.base import BaseCommand, CommandError

from articles import press


class Command(BaseCommand):
    """Prints the latest edition of the named articles, or of all."""

    help = "Print stories again from their editions; gives the same stories unless names in the vocabulary changed."

    def add_arguments(self, parser):
        """`ids` or `--all`, one of both."""
        parser.add_argument("ids", nargs="*", type=int, metavar="ID", help="article ids")
        parser.add_argument("--all", action="store_true", help="every story that has an edition")

    def handle(self, *args, ids, **options):
        """Print and say how many."""
        if bool(ids) == options["all"]:
            raise CommandError("Name the articles to print again, or say --all.")
        printed = press.reprint(None if options["all"] else ids)
        self.stdout.write(f"Printed {printed} {'story' if printed == 1 else 'stories'} again.")
