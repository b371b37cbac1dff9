"""`manage.py propose FILE…`: what the machine would propose of plain copy; nothing is written."""

import gc
import json
import multiprocessing
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connections
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from ...proposals import compose
from ...text import MAX_BYTES, UnreadableCopy, read

EXCERPT = 90
MANY = 48  # files from which on every core is put to work
AT_ONCE = 4  # files handed to a worker


class Command(BaseCommand):
    """Every file by itself; one that cannot be read does not stop the others."""

    help = "Show quotes, speakers, actors and topics found in plain copy. Exit status 1 if any file could not be read."
    requires_system_checks = ()  # they load every page of the site, and nothing is written

    def add_arguments(self, parser) -> None:
        """FILE… and the form of the answer."""
        parser.add_argument("files", nargs="+", metavar="FILE", help="plain text: UTF-8, UTF-16 or Windows-1252")
        parser.add_argument("--json", action="store_true", help="print one JSON object a line, one a file")

    def handle(self, *, files: list[str], **options) -> None:
        """Read, propose, print."""
        failed = 0
        for is_read, answer in _answers(files):
            if not is_read:
                failed += 1
                self.stderr.write(answer)
            elif options["json"]:
                self.stdout.write(answer)
            else:
                _show(json.loads(answer), Console(file=self.stdout, highlight=False))
        if failed:
            sys.exit(1)


def _answers(files: list[str]) -> Iterator[tuple[bool, str]]:
    """Of each file, in their order, what is proposed as JSON; or False and why it cannot be read."""
    global _vocabulary  # noqa: PLW0603  (what the workers are born with)
    _vocabulary = compose.vocabulary()
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
    if len(files) < MANY or cores < 2:
        yield from map(_answer, files)
        return
    for each in connections.all(initialized_only=True):  # nobody shares one; the vocabulary is read
        each.close()
        if each.vendor == "postgresql":
            each.close_pool()
    gc.freeze()  # it stays: no worker need look through it, and so copy it
    with multiprocessing.get_context("fork").Pool(cores, gc.disable) as pool:
        yield from pool.imap(_answer, files, AT_ONCE)


_vocabulary: Any = None


def _answer(name: str) -> tuple[bool, str]:
    try:
        copy = read(_bytes(Path(name)), name)
    except UnreadableCopy as error:
        return False, str(error)
    found = {"file": name, **compose.propose(copy, _vocabulary)}
    return True, json.dumps(found | compose.speech_apart(found["quotes"]), ensure_ascii=False)


def _bytes(path: Path) -> bytes:
    """What is in the file; not more of it than tells that it is too large."""
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UnreadableCopy(f"{path}: {error.strerror or error}.") from error


def _show(found: dict[str, Any], console: Console) -> None:
    console.print(f"[bold]{escape(found['headline'])}[/bold]  {escape(found['file'])}")
    about = [f"{label}: {found[key]}" for key, label in LABELS if found[key] not in (None, "")]
    if about:
        console.print(escape(" · ".join(about)))
    quotes = Table("Quote", "Who", "Rule", "Sure", title="Quotes", title_justify="left")
    for quote in found["quotes"]:
        words = quote["text"] if len(quote["text"]) <= EXCERPT else quote["text"][:EXCERPT].rstrip() + "…"
        quotes.add_row(
            escape(f"{quote['kind']}: {words}"), escape(_who(quote)), quote["rule"], f"{quote['confidence']:.2f}"
        )
    names = Table(
        "Actor or topic", "Kind", "Known", "Score", "Mentions", title="Actors and topics", title_justify="left"
    )
    for tag in [*found["actors"], *found["topics"]]:
        known = tag["slug"] or "new"
        names.add_row(escape(tag["name"]), tag["kind"], escape(known), str(tag["score"]), str(len(tag["mentions"])))
    console.print(quotes, names)


LABELS = (("share_count", "shares"), ("dateline", "dateline"), ("standfirst", "standfirst"))


def _who(quote: dict[str, Any]) -> str:
    speaker, source = quote["speaker"], quote["source"]
    if not speaker:
        return "nobody named"
    if source and source["start"] != speaker["start"]:
        return f"{speaker['text']} ({source['text']})"
    return speaker["text"]
