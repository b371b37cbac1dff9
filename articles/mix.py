"""Who speaks in a story, counted: officials, affected people, experts, papers, named and unnamed, sides of a dispute.

Pure: a document of `docs/revision.md` in, plain counts out, without a name of anybody who is not an actor of a dispute.
In what capacity a person speaks counts only where they said so and agreed to it; else they count as undeclared.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any

PAPERS = ("document", "data", "recording")
VOICES = ("official", "affected", "expert", "witness", "advocate", "document", "undeclared")
UNUSED = ("deep_background", "off_record")


def count(document: dict[str, Any]) -> dict[str, Any]:
    """{"sources": {voice: n}, "quotes": {voice: n}, "named": n, "unnamed": n, "sides": [[{"name", "quotes"}, …] …]}."""
    used = {each["id"]: each for each in document["attributions"] if each["basis"] not in UNUSED}
    quotes = Counter(quote["attribution"] for quote in document["quotes"] if quote["attribution"] in used)
    sources, spoken = Counter(), Counter()
    for key, each in used.items():
        sources[voice_of(each["source"])] += 1
        spoken[voice_of(each["source"])] += quotes[key]
    unnamed = sum(1 for each in used.values() if each.get("is_anonymous"))
    return {
        "sources": dict(sources),
        "quotes": {voice: n for voice, n in spoken.items() if n},
        "named": len(used) - unnamed,
        "unnamed": unnamed,
        "sides": [[_side(side, document) for side in dispute] for dispute in document.get("disputes", [])],
    }


def voice_of(source: dict[str, Any]) -> str:
    """One of `VOICES`."""
    return "document" if source["kind"] in PAPERS else source.get("standing") or "undeclared"


def _side(side: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
    said = sum(1 for quote in document["quotes"] if quote["speaker"] and quote["speaker"]["id"] == side["id"])
    return {"name": side["name"], "quotes": said}


def total(counts: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """The same of several stories together; each dispute with the quotes of either side, those of most quotes first."""
    sources, quotes, named, unnamed = Counter(), Counter(), 0, 0
    disputes: dict[tuple[str, ...], Counter] = {}
    for each in counts:
        for sides in each.get("sides", []):
            between = tuple(sorted(side["name"] for side in sides))
            disputes.setdefault(between, Counter(dict.fromkeys(between, 0))).update(
                {side["name"]: side["quotes"] for side in sides}
            )
        sources.update(each["sources"])
        quotes.update(each["quotes"])
        named, unnamed = named + each["named"], unnamed + each["unnamed"]
    ordered = sorted(disputes.items(), key=lambda dispute: (-dispute[1].total(), dispute[0]))
    sides = [[{"name": name, "quotes": said[name]} for name in between] for between, said in ordered]
    return {"sources": dict(sources), "quotes": dict(quotes), "named": named, "unnamed": unnamed, "sides": sides}
