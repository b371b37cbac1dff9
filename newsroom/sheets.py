"""Style sheets as readers get them: parts joined where one `@import`s another, and without what only we read.

The files in `static/css/` are the whole truth, and a browser reads them as they are while `DEBUG` is on. When static
files are collected, each of them is written anew: an imported part stands where it was asked for, and comments and
spaces go. Only `css/` is touched, never what libraries bring. `docs/decisions/0022-style-sheets.md` says why.
"""

import re
from collections.abc import Callable
from functools import cached_property
from posixpath import dirname, join, normpath

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

OURS = "css/"
IMPORT = re.compile(r'@import\s+url\("([^"]+)"\)\s*([^;]*);')
STRING = r'("(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\')'
COMMENT = re.compile(rf"{STRING}|/\*.*?\*/", re.DOTALL)
SPACE = re.compile(rf"{STRING}|\s*;?\s*(\}})\s*|\s*([{{;,])\s*|\s+")


def joined(name: str, read: Callable[[str], str]) -> str:
    """The sheet `name` with its imports in place; `read(name)` gives one as it was written.

    An import for a medium becomes a block of it. Raises what `read` raises where a part is missing.
    """

    def part(match: re.Match) -> str:
        text = joined(normpath(join(dirname(name), match[1])), read)
        return f"@media {match[2]}{{{text}}}" if match[2] else text

    return IMPORT.sub(part, read(name))


def small(text: str) -> str:
    """The same rules without comments, and without spaces beside braces, commas and semicolons; strings stay.

    A space before a colon stays too: it is what tells `.a :is(b)` from `.a:is(b)`.
    """
    text = COMMENT.sub(lambda match: match[1] or "", text)
    return SPACE.sub(lambda match: match[1] or match[2] or match[3] or " ", text).strip()


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Named by what they hold, compressed once; our style sheets joined and made small before that."""

    def post_process(self, paths, dry_run=False, **options):
        """As in Django: yields (name, name with hash, whether it was processed)."""
        self._addresses.clear()
        if not dry_run:
            paths = paths | {name: (self, name) for name in self._made_small(paths)}
        yield from super().post_process(paths, dry_run=dry_run, **options)

    def url(self, name, force=False):
        """As in Django, remembered: a page asks for five, and none changes while the process lives."""
        if (name, force) not in self._addresses:
            self._addresses[name, force] = super().url(name, force)
        return self._addresses[name, force]

    @cached_property
    def _addresses(self) -> dict[tuple[str, bool], str]:
        return {}

    def _made_small(self, paths) -> list[str]:
        def read(name: str) -> str:
            storage, path = paths[name]
            with storage.open(path) as file:
                return file.read().decode()

        sheets = {name: small(joined(name, read)) for name in paths if name.startswith(OURS) and name.endswith(".css")}
        for name, text in sheets.items():
            self.delete(name)
            self._save(name, ContentFile(text.encode()))
        return list(sheets)
