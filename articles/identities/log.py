"""The log of access: each line has a hash of itself and of the line before, so that none can go or change unseen."""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from .. import channels
from ..models import IdentityAccess

START = "0" * 64
TRIES = 20


def write(act: str, source: int, *, by: Any, reason: str = "") -> IdentityAccess:
    """Add a line; two at once are put one after the other."""
    for _try in range(TRIES):
        last = IdentityAccess.objects.order_by("-number").first()
        line = IdentityAccess(
            number=last.number + 1 if last else 1,
            at=timezone.now(),
            act=act,
            source=source,
            by=by,
            reason=reason,
            channel=channels.current(),
            previous=last.hash if last else START,
        )
        line.hash = hash_of(line)
        try:
            with transaction.atomic():
                line.save(force_insert=True)
        except IntegrityError:
            continue  # somebody else wrote that line just now
        return line
    raise RuntimeError("The log of access is too busy to be written.")


def lines_of(source: int) -> Any:
    """What was done to the identity of one source."""
    return IdentityAccess.objects.filter(source=source)


def hash_of(line: IdentityAccess) -> str:
    """Of everything on the line, and of the line before."""
    parts = (
        *(line.previous, str(line.number), line.at.isoformat(), line.act, str(line.source)),
        *(str(line.by_id or ""), line.reason, line.channel),
    )
    return sha256("\x1f".join(parts).encode()).hexdigest()


def verify() -> Iterator[str]:
    """A sentence for each break of the chain; none where it is whole."""
    previous, number = START, 0
    for line in IdentityAccess.objects.order_by("number").iterator(chunk_size=1000):
        number += 1
        if line.number != number:
            yield f"Line {number} is missing."
            number = line.number
        elif line.previous != previous:
            yield f"Line {line.number} does not follow the line before it."
        if line.hash != hash_of(line):
            yield f"Line {line.number} was changed."
        previous = line.hash
