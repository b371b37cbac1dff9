"""Publishes what is scheduled and due; with --watch, to the second until it is told to stop."""

import signal
import threading

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone

from articles import fronts, press, releasing, withholding


class Command(BaseCommand):
    help = "Publish stories and put fronts live whose moment has come; take out pictures whose terms have ended."

    def add_arguments(self, parser) -> None:
        """`--watch`."""
        parser.add_argument("--watch", action="store_true", help="stay, and publish each story at its second")

    def handle(self, *args, watch: bool = False, **options) -> None:
        """Exit status 1 where a story could not go out."""
        if watch:
            self._watch()
        elif self._release():
            raise CommandError("Not everything could go out; the desk shows why.")

    def _release(self) -> int:
        """One line a story; returns how many could not go out."""
        done = press.release_due()
        arranged = fronts.release_due()
        releasing.forget()
        withholding.withhold_if_due()
        for edition in done.editions:
            self.stdout.write(f"published: article {edition.article_id}, edition {edition.number}")
        for event in arranged:
            words = "is live" if event.verb == "front_live" else f"not put live: {event.note}"
            self.stdout.write(f"{event.label}: {words}")
        for event in done.failures:
            self.stderr.write(f"not published: article {event.article_id}: {event.note}")
        for pk in done.waiting:
            self.stderr.write(f"not published yet: article {pk}: the database failed")
        return len(done.failures) + len(done.waiting)

    def _watch(self) -> None:
        """Until SIGTERM or SIGINT; a database that is away for a while is asked again."""
        stop = threading.Event()
        before = {name: signal.signal(name, lambda *_: stop.set()) for name in (signal.SIGTERM, signal.SIGINT)}
        self.stdout.write(f"watching the schedule since {timezone.localtime():%H:%M:%S %Z}")
        try:
            self._release_until(stop)
        finally:
            for name, handler in before.items():
                signal.signal(name, handler)
        self.stdout.write("stopped")

    def _release_until(self, stop: threading.Event) -> None:
        while not stop.is_set():
            try:
                close_old_connections()
                self._release()
            except DatabaseError as error:
                connection.close()
                self.stderr.write(f"the database does not answer ({type(error).__name__}); trying again")
            stop.wait(1)
