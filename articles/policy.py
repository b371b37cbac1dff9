"""What another policy would have meant for the stories in print."""

from collections.abc import Iterator
from typing import Any

from django.db.models import OuterRef, Subquery

from . import preflight
from .models import Edition, Story, nameplates
from .preflight import Facts, Finding

BATCH = 200


def stopped_by(wanted: dict[str, str], *, instead_of: dict[str, str]) -> Iterator[tuple[dict[str, Any], list[Finding]]]:
    """({id, headline}, what would have kept it back and did not) of each story in print, by id; reads in batches.

    Each edition is read as of its own moment, with what was waived for it. R31 asks for the edition before and R33 for
    other stories' addresses: of them, what the document alone shows.
    """
    live = Story.objects.published().order_by("pk").values_list("pk", flat=True)
    batch = []
    for key in live.iterator(chunk_size=BATCH):
        batch.append(key)
        if len(batch) == BATCH:
            yield from _of(batch, wanted, instead_of)
            batch = []
    yield from _of(batch, wanted, instead_of)


def _of(
    batch: list[int], wanted: dict[str, str], instead_of: dict[str, str]
) -> Iterator[tuple[dict[str, Any], list[Finding]]]:
    in_print = Story.objects.filter(pk=OuterRef("article_id")).values("edition_number")
    editions = Edition.objects.filter(article__in=batch, number=Subquery(in_print))
    for edition in editions.select_related("revision").order_by("article_id"):
        document = edition.revision.document
        before = {finding.key for finding in _blocking(document, edition, instead_of)}
        found = [finding for finding in _blocking(document, edition, wanted) if finding.key not in before]
        yield {"id": edition.article_id, "headline": document["headline"]}, found


def _blocking(document: dict[str, Any], edition: Edition, policy: dict[str, str]) -> list[Finding]:
    facts = Facts(
        now=edition.at,
        newsroom=nameplates.current().name,
        policy=policy,
        waived=frozenset(waiver.get("key", "") for waiver in edition.waivers),
    )
    return [finding for finding in preflight.run(document, facts) if finding.blocks]
