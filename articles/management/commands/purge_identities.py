"""`manage.py purge_identities`: deletes the identities whose date has come."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from articles import identities


class Command(BaseCommand):
    """For a daily job."""

    help = "Delete for good the sealed identities that were to be kept until yesterday or before."

    def handle(self, *args, **options):
        """Say how many."""
        self.stdout.write(f"{identities.purge_outdated(timezone.localdate())} deleted.")
