"""What is found: quoted or paraphrased words with who said them."""

from dataclasses import dataclass
from typing import NamedTuple


class Span(NamedTuple):
    """`text` is the story's `text[start:end]`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class FoundQuote:
    """One proposal.

    `start` and `end` are of the words: without their marks where they are quoted. `speaker` is who says them, as
    mentioned there ("he"), or the issuer where a statement "said"; `antecedent` is whom a pronoun seems to stand for;
    `source` is the wording that names where the words come from; `confidence` is the measured precision of `rule`.
    """

    start: int
    end: int
    text: str
    kind: str
    rule: str
    confidence: float
    speaker: Span | None = None
    source: Span | None = None
    cue: Span | None = None
    antecedent: Span | None = None
