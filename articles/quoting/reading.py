"""A text as the rules see it: paragraphs, sentences, quoted passages, and the text with quoted words blanked out."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from . import marks
from .marks import Passage

BOUNDARY = re.compile(r"[.?!…][”\"’')\]]*\s+(?=[“\"‘'(\[]?[^\W_a-z])")
ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Col|Lt|Maj|Capt|Sgt|Prof|Rev|Hon|St|No|vs|Jr|Sr|Jan|Feb|Mar|Apr|Aug|Sept?"
    r"|Oct|Nov|Dec|Ala|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ga|Ill|Ind|Kan|Ky|La|Mass|Md|Mich|Minn|Miss|Mo|Mont|Neb|Nev"
    r"|Okla|Ore|Pa|Tenn|Tex|Va|Vt|Wash|Wis|Wyo)|\b[A-Z](?:\.[A-Z])*)$"
)


@dataclass
class Paragraph:
    """One paragraph; `sentences` are spans that cover it, found in the blanked text."""

    start: int
    end: int
    passages: list[Passage]
    sentences: list[tuple[int, int]] = field(default_factory=list)
    number: int = 0

    def sentence_at(self, at: int) -> tuple[int, int]:
        """The sentence that holds the character at `at`."""
        index = bisect_right(self.sentences, (at, float("inf"))) - 1
        return self.sentences[max(index, 0)]


class Reading:
    """The text, its blanked twin (`blank`, same offsets) and its paragraphs."""

    def __init__(self, text: str, spans: Sequence[tuple[int, int]] | None = None):
        self.text = text
        spans = marks.paragraph_spans(text) if spans is None else spans
        self.paragraphs = [Paragraph(start, end, marks.in_paragraph(text, start, end)) for start, end in spans]
        self.blank = marks.blanked(text, [passage for block in self.paragraphs for passage in block.passages])
        for number, paragraph in enumerate(self.paragraphs):
            paragraph.sentences, paragraph.number = self._sentences(paragraph), number

    def _sentences(self, paragraph: Paragraph) -> list[tuple[int, int]]:
        found, start = [], paragraph.start
        for match in BOUNDARY.finditer(self.blank, paragraph.start, paragraph.end):
            stop = match.start()
            if self.blank[stop] == "." and _is_abbreviation(self.blank[self.blank.rfind(" ", start, stop) + 1 : stop]):
                continue
            found.append((start, match.end()))
            start = match.end()
        found.append((start, paragraph.end))
        return found


@lru_cache(maxsize=1 << 12)
def _is_abbreviation(word: str) -> bool:
    return bool(ABBREVIATION.search(word))
