"""What the receipt under a story adds up, beside its sources."""

from collections.abc import Iterable
from typing import Any

from ..models.claims import Outcome
from ..models.quotes import Verification


def receipt(
    document: dict[str, Any], documents: Iterable[dict[str, Any]], shown: Iterable[dict[str, Any]]
) -> dict[str, Any]:
    """{documents, checked, unchecked, last_checked, asked, replies}; JSON.

    `documents`: those noted in the text, `shown`: actors that the story may name. `replies` [{outcome, label, names,
    others}]: who was asked, by what came of it; of people whom the story does not name only how many.
    """
    evidence = [quote.get("shown_evidence") for quote in document["quotes"]]
    held = {(each["title"], each["url"]) for each in documents}
    held |= {(each["title"], each["url"]) for each in evidence if each}
    replies = _replies(document.get("replies") or (), {actor["id"]: actor["name"] for actor in shown})
    checks = [quote for quote in document["quotes"] if quote["verification"] == Verification.VERIFIED]
    return {
        "documents": len(held),
        "checked": len(checks),
        "unchecked": len(document["quotes"]) - len(checks),
        "last_checked": max((quote["verified_at"] for quote in checks if quote["verified_at"]), default=None),
        "asked": sum(len(row["names"]) + row["others"] for row in replies),
        "replies": replies,
    }


def _replies(rows: Iterable[dict[str, Any]], known: dict[int, str]) -> list[dict[str, Any]]:
    """Each actor once, by the last thing that came of asking; nobody who was not asked yet."""
    asked = {row["actor"]["id"]: row["outcome"] for row in rows if row["asked_at"]}
    found = []
    for outcome in (Outcome.REPLIED, Outcome.DECLINED, Outcome.NO_RESPONSE, Outcome.UNREACHABLE, Outcome.WAITING):
        keys = [key for key, came in asked.items() if came == outcome]
        if keys:
            names = sorted(known[key] for key in keys if key in known)
            found.append(
                {
                    "outcome": outcome.value,
                    "label": str(outcome.label),
                    "names": names,
                    "others": len(keys) - len(names),
                }
            )
    return found
