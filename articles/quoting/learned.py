"""Which verbs attribute what without quotation marks, by weights learned from annotated stories.

`articles/data/attributions.json` holds the verbs, the weights of their features and what a score is worth;
`bench/train_attributions.py` makes it.
"""

import json
from functools import cache
from itertools import repeat
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent.parent / "data" / "attributions.json"


@cache
def document() -> dict[str, Any]:
    """{"verbs": […], "weights": {feature: weight}, "least": score, "precision": [[score, precision] …]}."""
    return json.loads(FILE.read_text(encoding="utf-8"))


@cache
def cues() -> frozenset[str]:
    """The verbs."""
    return frozenset(document()["verbs"])


def lowest() -> float:
    """The precision of those that are only just proposed."""
    return document()["precision"][0][1]


def confidence(features: tuple[str, ...]) -> float | None:
    """What was measured of attributions with about this score; None where it is too low to be proposed."""
    known = document()["weights"]
    score = sum(map(known.get, features, repeat(0.0)))
    if score < document()["least"]:
        return None
    value = 0.0
    for least, precision in document()["precision"]:
        if score >= least:
            value = precision
    return value
