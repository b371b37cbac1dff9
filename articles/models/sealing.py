"""Documents of revisions as they may be shown now."""

from collections.abc import Sequence
from typing import Any

from .sources import Source
from .tags import Actor


def sealed(documents: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The documents without the name of any source that was made confidential after they were saved; one query."""
    named = {
        record["source"]["id"]
        for document in documents
        for record in document.get("attributions", ())
        if not record["source"]["is_confidential"]
    }
    hidden = set(Source.objects.filter(pk__in=named, is_confidential=True).values_list("pk", flat=True))
    return [_sealed(document, hidden) for document in documents]


def _sealed(document: dict[str, Any], hidden: set[int]) -> dict[str, Any]:
    if not any(record["source"]["id"] in hidden for record in document.get("attributions", ())):
        return document
    closed = {"is_confidential": True, "label": "", "url": "", "actor": None}
    return document | {
        "attributions": [
            record | {"source": record["source"] | closed} if record["source"]["id"] in hidden else record
            for record in document["attributions"]
        ]
    }


def with_standing_speakers(document: dict[str, Any], *, article: int, revision: int) -> dict[str, Any]:
    """The document of a revision with those who speak in it as the vocabulary has them: merged or told apart since."""
    speakers = {quote["speaker"]["id"] for quote in document["quotes"] if quote["speaker"]}
    if not speakers:
        return document
    standing = Actor.objects.standing_for(speakers, article=article, revision=revision)
    moved = {key: actor for key, actor in standing.items() if actor.pk != key}
    if not moved:
        return document
    return document | {"quotes": [_with_speaker(quote, moved) for quote in document["quotes"]]}


def _with_speaker(quote: dict[str, Any], moved: dict[int, Any]) -> dict[str, Any]:
    actor = moved.get(quote["speaker"]["id"]) if quote["speaker"] else None
    return quote | {"speaker": quote["speaker"] | {"id": actor.pk, "name": actor.name}} if actor else quote
