"""`manage.py import_story FILE…`: wire copy in, drafts with proposals out."""

import json
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import Progress

from ...importers.base import Imported, read_file
from ...importers.plain import import_copy
from ...models import Desk
from ...permissions import Role
from ...proposals import compose
from ...text import UnreadableCopy

USAGE = 2  # exit status for a wrong call; 1 is for files that could not be imported
MANY = 3  # files from which progress is shown on a terminal


class Command(BaseCommand):
    """Every file by itself: one that fails leaves nothing, and the others are imported."""

    help = "Make draft articles of plain wire copy; the same copy twice makes one. Exit status 1 if any file failed."

    def add_arguments(self, parser) -> None:
        """FILE… and how to go about it."""
        parser.add_argument("files", nargs="+", metavar="FILE", help="plain text: UTF-8, UTF-16 or Windows-1252")
        parser.add_argument("--json", action="store_true", help="print one JSON object a line, one a file")
        parser.add_argument("--dry-run", action="store_true", help="say what would be made, and write nothing")
        parser.add_argument("--by", metavar="USERNAME", help="who imports; without it the first active superuser")
        parser.add_argument("--desk", metavar="SLUG", help="the desk the drafts go to")

    def handle(self, *args, **options) -> None:
        """Import, a line a file."""
        by, desk = importer(options["by"]), desk_of(options["desk"])
        vocabulary = compose.vocabulary()
        failed = 0
        with self._progress(options) as advance:
            for name in options["files"]:
                try:
                    made = import_copy(
                        read_file(Path(name)),
                        name,
                        by=by,
                        desk=desk,
                        dry_run=options["dry_run"],
                        vocabulary=vocabulary,
                    )
                except UnreadableCopy as error:
                    failed += 1
                    self._fail(name, str(error), as_json=options["json"])
                except PermissionDenied as error:
                    raise CommandError(f"{by} may not start drafts: {error}.", returncode=USAGE) from error
                else:
                    self._tell(name, made, options)
                advance()
        if failed:
            sys.exit(1)

    def _progress(self, options: dict[str, Any]) -> Any:
        """A context that gives a function to call after each file; on a terminal with many files it draws a bar."""
        if options["json"] or len(options["files"]) < MANY or not self.stderr.isatty():
            return nullcontext(lambda: None)
        return Bar(len(options["files"]), Console(file=self.stderr))

    def _fail(self, name: str, sentence: str, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps({"file": name, "error": sentence}, ensure_ascii=False))
        else:
            self.stderr.write(sentence)

    def _tell(self, name: str, made: Imported, options: dict[str, Any]) -> None:
        if options["json"]:
            self.stdout.write(json.dumps(described(name, made), ensure_ascii=False))
            return
        self.stdout.write(" ".join(sentences(name, made, is_dry=options["dry_run"])))


class Bar:
    """A progress bar as a context; entering gives the function that moves it on by one file."""

    def __init__(self, total: int, console: Console) -> None:
        self.progress, self.total = Progress(console=console, transient=True), total

    def __enter__(self):
        self.progress.start()
        task = self.progress.add_task("Importing", total=self.total)
        return lambda: self.progress.advance(task)

    def __exit__(self, *error) -> None:
        self.progress.stop()


def described(name: str, made: Imported) -> dict[str, Any]:
    """The line of `--json`: "article" is null where nothing was saved."""
    return {
        "file": name,
        "article": made.article.pk,
        "created": made.created,
        "headline": made.article.headline,
        "share_count": made.copy.share_count,
        "quotes": made.quotes,
        "actors": sum(1 for proposal in made.proposals if proposal.kind == "actor"),
        "topics": sum(1 for proposal in made.proposals if proposal.kind == "topic"),
    }


def sentences(name: str, made: Imported, *, is_dry: bool) -> Iterator[str]:
    """The same in words."""
    if not made.created:
        yield f"{name}: came in before, as article {made.article.pk}, “{made.article.headline}”."
        return
    verb = "would become a draft" if is_dry else f"is article {made.article.pk}"
    quotes = f"{made.quotes} {'quote' if made.quotes == 1 else 'quotes'}"
    yield f"{name}: {verb}, “{made.article.headline}”, with {quotes} proposed."
    if made.copy.share_count is not None:
        yield f"The share count {made.copy.share_count} was kept apart."


def importer(username: str | None) -> Any:
    """The account of `--by`; without it the first active superuser, else the only active publisher."""
    accounts = get_user_model().objects.filter(is_active=True).order_by("pk")
    if username:
        account = accounts.filter(username=username).first()
        if account is None:
            raise CommandError(f"There is no active account “{username}”.", returncode=USAGE)
        return account
    if superuser := accounts.filter(is_superuser=True).first():
        return superuser
    publishers = list(accounts.filter(is_staff=True, groups__name=Role.PUBLISHER)[:2])
    if len(publishers) == 1:
        return publishers[0]
    raise CommandError("Say who imports with --by USERNAME.", returncode=USAGE)


def desk_of(slug: str | None) -> Desk | None:
    """The desk of `--desk`."""
    if not slug:
        return None
    desk = Desk.objects.filter(slug=slug).first()
    if desk is None:
        known = ", ".join(Desk.objects.values_list("slug", flat=True)) or "none yet"
        raise CommandError(f"There is no desk “{slug}”. Desks: {known}.", returncode=USAGE)
    return desk
