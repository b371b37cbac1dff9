"""HTML: html-validate's rules of the standard, and html5lib's strict parse."""

import json
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import html5lib

from bench.audit.figures import Figure, none_of
from bench.audit.node import Tools
from bench.audit.pages import Page

# The standard's own rules; what is a matter of style (case, quotes, order, spaces) is djade's and ours.
CONFIG = {"root": True, "extends": ["html-validate:standard"], "rules": {"no-trailing-whitespace": "off"}}


def audit(base: str, pages: dict[str, Page], tools: Tools) -> Iterator[Figure]:
    """Both checkers on one page of each kind."""
    yield none_of(
        "errors of html5lib, strict", [fault for page in pages.values() for fault in _strict(page)], len(pages)
    )
    if tools.folder is None:
        yield Figure("errors of html-validate", "0", "Node is not installed", is_met=False)
        return
    yield none_of("errors of html-validate", _validated(pages, tools), len(pages))


def _strict(page: Page) -> list[str]:
    try:
        html5lib.HTMLParser(strict=True).parse(page.body)
    except html5lib.html5parser.ParseError as error:
        return [f"{page.path}: {error}"]
    return []


def _validated(pages: dict[str, Page], tools: Tools) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        files = {}
        for number, page in enumerate(pages.values()):
            file = Path(folder) / f"{number}-{re.sub('[^a-z]+', '-', page.kind)}.html"
            file.write_text(page.body, encoding="utf-8")
            files[str(file)] = page.path
        config = Path(folder) / "config.json"
        config.write_text(json.dumps(CONFIG))
        run = tools.run("html-validate", "--config", str(config), "--formatter", "json", *files)
    if not run.stdout.startswith("["):
        return [f"html-validate did not run: {run.stderr[:500]}"]
    return [
        f"{files[result['filePath']]}:{message['line']} {message['ruleId']}: {message['message']}"
        for result in json.loads(run.stdout)
        for message in result["messages"]
    ]
