"""`manage.py send_notifications [--watch]`: mail people what they were told and have not read."""

import sys
import time

from django.core.management.base import BaseCommand
from django.db import OperationalError, close_old_connections

from articles import notifications

EVERY = 30  # seconds between two runs of --watch


class Command(BaseCommand):
    """Thin over `notifications.send_due`. Any number of senders may run at once."""

    help = "Mail notices as each person wants them. Exit status 1 if a mail could not be sent."

    def add_arguments(self, parser):
        """Once, or until stopped."""
        parser.add_argument("--watch", action="store_true", help=f"go on, every {EVERY} seconds, until stopped")

    def handle(self, *args, watch, **options):
        """Send and say how many."""
        if not watch:
            if self._send().failed:
                sys.exit(1)
            return
        try:
            while True:
                self._try_to_send()
                time.sleep(EVERY)
        except KeyboardInterrupt:
            self.stdout.write("Stopped.")

    def _try_to_send(self):
        close_old_connections()
        try:
            self._send()
        except OperationalError as error:
            self.stderr.write(f"The database does not answer ({type(error).__name__}); trying again.")

    def _send(self):
        sent = notifications.send_due()
        if sent.mails or sent.failed:
            self.stdout.write(f"Mails: {sent.mails}, with notices: {sent.notices}; not sent: {sent.failed}.")
        return sent
