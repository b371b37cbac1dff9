"""`manage.py verify_access_log`: whether the log of access to identities is whole."""

from django.core.management.base import BaseCommand, CommandError

from articles import identities
from articles.models import IdentityAccess


class Command(BaseCommand):
    """One line a break."""

    help = "Check the hash chain of the log of access to confidential identities."

    def handle(self, *args, **options):
        """Exit status 1 where a line is missing, changed or out of place."""
        faults = list(identities.verify())
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            raise CommandError("The log of access was tampered with, or damaged.")
        self.stdout.write(f"{IdentityAccess.objects.count()} lines, each as it was written.")
