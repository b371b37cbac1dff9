"""`manage.py policy [R16=B R28=-] [--dry-run]`: the rules in force, or what another policy would have stopped."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from articles import policy
from articles.preflight import CHECKS, level_of, problems_of_policy

LEVELS = {"B": "blocks", "W": "warns", "I": "informs", "-": "off"}


class Command(BaseCommand):
    """Without changes, lists the rules; with `--dry-run`, reads what is in print by the changed ones."""

    help = "List the sourcing rules in force; --dry-run says which stories in print another policy would have stopped."

    def add_arguments(self, parser):
        """Changes as CODE=LEVEL."""
        parser.add_argument("changes", nargs="*", metavar="CODE=LEVEL", help="B blocks, W warns, I informs, - is off")
        parser.add_argument("--dry-run", action="store_true", help="change nothing; say what it would have stopped")

    def handle(self, *args, changes, dry_run, **options):
        """Exit status 1 for a change that cannot be made."""
        wanted = dict(self._read(change) for change in changes)
        if problems := problems_of_policy(wanted):
            raise CommandError(" ".join(problems))
        if not dry_run:
            if wanted:
                raise CommandError("The policy is a setting, NEWSROOM_POLICY: try a change with --dry-run first.")
            self._list()
            return
        in_force = settings.NEWSROOM_POLICY
        stopped = total = 0
        for article, findings in policy.stopped_by(in_force | wanted, instead_of=in_force):
            total += 1
            if not findings:
                continue
            stopped += 1
            self.stdout.write(f"{article['id']}\t{article['headline']}")
            for finding in findings:
                self.stdout.write(f"\t{finding.code}: {finding.sentence}")
        self.stdout.write(
            f"{stopped} of {total} {'story' if total == 1 else 'stories'} in print would have been stopped."
        )

    def _read(self, change):
        code, equals, level = change.partition("=")
        if not equals:
            raise CommandError(f"A change is CODE=LEVEL, such as R16=B, not {change!r}.")
        return code.upper(), level

    def _list(self):
        for check in CHECKS:
            level = level_of(check, settings.NEWSROOM_POLICY)
            mark = " (fixed)" if check.is_fixed else " (changed here)" if level != check.level else ""
            self.stdout.write(f"{check.code:<4} {LEVELS[level]:<8} {check.title}{mark}")
