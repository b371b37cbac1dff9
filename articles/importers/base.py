"""What every import shares: reading a file within limits, and making one draft of a story that was read.

Importing is idempotent: the digest of the decoded text tells copy that came in before.
"""

import hashlib
import os
import stat
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.text import slugify

from .. import auditing, markup, permissions
from ..models import Article, Byline, Contributor, Desk, Proposal, Story, WireCopy
from ..proposals import reading
from ..text import MAX_BYTES, PlainCopy, UnreadableCopy

HEADLINE_LENGTH = 300
SLUG_LENGTH = 120
SLUGLINE_WORDS = 4
SMALL_WORDS = frozenset(
    {
        *("a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "into", "is", "it", "of", "on", "or"),
        *("over", "the", "to", "up", "with", "after"),
    }
)


@dataclass(frozen=True)
class Imported:
    """One file's outcome.

    `article` is not saved in a dry run of copy that is new; `created` is False where the copy came in before, and
    then `article` is the one made of it, as it stands now. `proposals` are those of the article.
    """

    article: Article
    created: bool
    copy: PlainCopy
    proposals: list[Proposal] = field(default_factory=list)

    @property
    def quotes(self) -> int:
        """How many of the proposals are quotes."""
        return sum(1 for proposal in self.proposals if proposal.kind == "quote")


def read_file(path: Path) -> bytes:
    """The bytes of `path`; raises UnreadableCopy with a sentence naming it. A file too large is never read."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise UnreadableCopy(f"{path}: this is a directory, not a file.")
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableCopy(f"{path}: this is not a regular file.")
        check_size(status.st_size, str(path))
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise UnreadableCopy(f"{path}: there is no such file.") from error
    except PermissionError as error:
        raise UnreadableCopy(f"{path}: this file may not be read.") from error
    except (OSError, ValueError) as error:
        if isinstance(error, UnreadableCopy):
            raise
        raise UnreadableCopy(f"{path}: the file cannot be read ({_why(error)}).") from error
    check_size(len(data), str(path))
    return data


def _why(error: OSError | ValueError) -> str:
    return os.strerror(error.errno) if isinstance(error, OSError) and error.errno else str(error)


def check_size(size: int, name: str) -> None:
    """Raises UnreadableCopy where `size` bytes are more than a story has."""
    if size > MAX_BYTES:
        megabytes, limit = size / 1024 / 1024, MAX_BYTES // 1024 // 1024
        raise UnreadableCopy(f"{name}: {megabytes:.1f} MB is too large for a story; the limit is {limit} MB.")


def digest_of(text: str) -> str:
    """SHA-256, in hex, of the decoded text whatever its line ends: the same copy saved elsewhere is the same copy."""
    normal = text.replace("\r\n", "\n").replace("\r", "\n")
    return hashlib.sha256(normal.strip().encode()).hexdigest()


def import_read(
    copy: PlainCopy, name: str, *, by: Any, desk: Desk | None = None, dry_run: bool = False, vocabulary: Any = None
) -> Imported:
    """Make a draft of `copy`, or find the one made of it before, in one transaction.

    Raises `PermissionDenied` where `by` starts no drafts, and UnreadableCopy with a sentence naming the file `name`.
    """
    if not permissions.scopes(permissions.roles_of(by), "create_draft"):
        raise PermissionDenied("drafts are not for this person to start")
    if len(copy.headline) > HEADLINE_LENGTH:
        raise UnreadableCopy(
            f"{name}: its first line has {len(copy.headline)} characters, too long for a headline; "
            f"the limit is {HEADLINE_LENGTH}."
        )
    digest = digest_of(copy.text)
    if known := _known(digest, copy):
        return known
    draft = _draft(copy, by, desk)
    if dry_run:
        return Imported(draft, True, copy, reading.read(draft.headline, draft.text(), vocabulary))
    try:
        return _make(draft, copy, digest, name, by, vocabulary)
    except IntegrityError:
        if known := _known(digest, copy):  # somebody brought in the same copy at the same moment
            return known
        raise


def _known(digest: str, copy: PlainCopy) -> Imported | None:
    wire = WireCopy.objects.filter(digest=digest).select_related("article").first()
    return wire and Imported(wire.article, False, copy, list(wire.article.proposals.all()))


def _draft(copy: PlainCopy, by: Any, desk: Desk | None) -> Article:
    """The article as it would be saved."""
    headline = " ".join(copy.headline.split())
    return Article(
        headline=headline,
        standfirst=" ".join(copy.standfirst.split()),
        dateline=copy.dateline[:120],
        body=markup.from_paragraphs(paragraph.text for paragraph in copy.paragraphs),
        slug=free_slug(headline),
        slugline=slugline_of(headline),
        desk=desk or _desk_of(copy, by),
        writer=by,
    )


def _desk_of(copy: PlainCopy, by: Any) -> Desk | None:
    """The desk the copy names as its section, else the only one the person belongs to."""
    if copy.section and (desk := Desk.objects.filter(name__iexact=copy.section).first()):
        return desk
    own = list(by.desks.all()[:2])
    return own[0] if len(own) == 1 else None


@transaction.atomic
def _make(draft: Article, copy: PlainCopy, digest: str, name: str, by: Any, vocabulary: Any) -> Imported:
    draft.save(force_insert=True)
    auditing.record("import", draft, by=by, note=Path(name).name[-255:])
    WireCopy.objects.create(
        article=draft,
        file_name=Path(name).name[-255:],
        digest=digest,
        text=copy.text,
        encoding=copy.encoding,
        share_count=copy.share_count,
        imported_by=by,
    )
    _sign(draft, copy.bylines)
    draft.record_revision(by=by)
    reading.refresh(draft, vocabulary)
    return Imported(draft, True, copy, list(draft.proposals.all()))


def _sign(article: Article, names: Iterable[str]) -> None:
    """Bylines in the order of the copy; whoever is not known yet becomes a contributor."""
    for position, name in enumerate(dict.fromkeys(name[:120] for name in names)):
        contributor = Contributor.objects.filter(name__iexact=name).first() or Contributor.objects.create(
            name=name, slug=_free(slugify(name, allow_unicode=True) or "contributor", [Contributor.objects])
        )
        Byline.objects.get_or_create(article=article, contributor=contributor, defaults={"position": position})


def free_slug(headline: str) -> str:
    """A slug of `headline` that no article and no story has."""
    return _free(slugify(headline, allow_unicode=True) or "story", [Article.objects, Story.objects])


def _free(slug: str, places: list[Any]) -> str:
    """`slug`, or the first of slug-2, slug-3 … that none of the rows in `places` has."""
    slug = slug[:SLUG_LENGTH].strip("-_")
    stem = slug[: SLUG_LENGTH - 6]
    taken = {row for rows in places for row in rows.filter(slug__startswith=stem).values_list("slug", flat=True)}
    number = 2
    found = slug
    while found in taken:
        found = f"{stem}-{number}"
        number += 1
    return found


def slugline_of(headline: str) -> str:
    """The desk's name for the story: its first words that say something, in capitals."""
    said = [word for word in slugify(headline, allow_unicode=True).split("-") if word and word not in SMALL_WORDS]
    return "-".join(said[:SLUGLINE_WORDS]).upper()[:120]
