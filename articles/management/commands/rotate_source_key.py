"""`manage.py rotate_source_key`: seals every identity anew under the first key of NEWSROOM_SOURCE_KEY."""

from django.core.management.base import BaseCommand, CommandError

from articles import identities


class Command(BaseCommand):
    """A row a transaction: it may be stopped at any time and run again."""

    help = "Put the new key first in NEWSROOM_SOURCE_KEY, the old one after it, run this, then take the old one away."

    def handle(self, *args, **options):
        """Exit status 1 where something does not open."""
        try:
            done, failed = identities.rotate()
        except identities.VaultIsClosed as closed:
            raise CommandError(str(closed)) from None
        self.stdout.write(f"{done} sealed anew.")
        if failed:
            raise CommandError(f"{failed} do not open with any key that is here: keep the old ones.")
