"""The record behind a quote as readers get it: who, when, how obtained, how checked, what it answers."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from ..models.quotes import ObtainedVia, Verification
from ..models.sources import Basis, SourceKind
from .labels import label


def of_quote(quote: dict[str, Any], attribution: dict[str, Any] | None, language: str) -> dict[str, Any]:
    """What of a quote's record is no column of `StoryQuote`; JSON. `attribution`: its source as used in the story.

    The original words are told where the story has them in translation; where the desk altered them they are its own.
    """
    original = quote.get("original_language") or ""
    is_translated = bool(original) and original != language and bool(quote.get("original_text"))
    checked = quote["verified_at"] if quote["verification"] == Verification.VERIFIED else None
    return {
        "source_kind": label(SourceKind, attribution["source"]["kind"]) if attribution else "",
        "basis": label(Basis, attribution["basis"]) if attribution else "",
        "method": quote["verification_method"] if checked else "",
        "checked_on": _day(checked),
        "original": {"text": quote["original_text"], "language": original} if is_translated else None,
        "evidence": quote.get("shown_evidence"),
    }


def card(row: dict[str, Any], record: dict[str, Any], speaker_url: str, exchange: dict[str, Any]) -> dict[str, Any]:
    """What `cards.card` shows. `row`: the columns; `exchange`: {answers, answered_by} of `Sheet`."""
    return {
        **{name: row[name] for name in ("id", "kind", "text", "speaker_name", "role", "said_on", "wording")},
        **record,
        **exchange,
        "speaker_url": speaker_url,
        "how": label(ObtainedVia, row["how"]),
        "verification": row["verification"],
        "verification_label": label(Verification, row["verification"]),
        "checked_on": record["checked_on"] and date.fromisoformat(record["checked_on"]),
    }


def _day(moment: str | None) -> str | None:
    """The day of an ISO moment in the newsroom's zone, as ISO."""
    return moment and timezone.localtime(datetime.fromisoformat(moment)).date().isoformat()
