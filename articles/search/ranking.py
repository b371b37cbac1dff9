"""How well rows answer: by how often they hold what was looked for, and where. The same on every database. Pure.

The form is that of BM25. But an engine's own BM25 counts, for each word, all the rows of the archive that hold it, and
so takes seconds for a few common words in a large one. Here a word weighs by how much more often a row holds it than
the rows it is ranked with, all of which hold every word.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

SATURATION, BY_LENGTH = 1.2, 0.75  # what BM25 calls k1 and b


@dataclass(frozen=True)
class Wanted:
    """A word or run: any of `pieces` (of texts with a space around each word), in columns by their weight."""

    pieces: tuple[str, ...]
    columns: tuple[tuple[int, float], ...]

    def weigh(self, texts: Sequence[str]) -> float:
        """How often these texts, a row's columns, hold it, by weight."""
        return sum(weight * texts[column].count(piece) for piece in self.pieces for column, weight in self.columns)


def wanted(forms: Iterable[Sequence[str]], beginning: Sequence[str], columns: Iterable[tuple[int, float]]) -> Wanted:
    """Of the forms of a word or run, and the run whose last word is open, if there is one."""
    pieces = [f" {' '.join(form)} " for form in forms]
    if beginning:
        opened = f" {' '.join(beginning)}"
        pieces = [piece for piece in pieces if not piece.startswith(opened)] + [opened]
    return Wanted(tuple(pieces), tuple(columns))


def best_first(rows: Iterable[tuple], words: Sequence[Wanted], told: int) -> list[tuple[Any, ...]]:
    """Rows of `told` columns and their texts → the columns and a score, the lower the better; the newest first of like.

    The first of the columns is the place.
    """
    kept, weights, lengths = [], [], []
    for row in rows:
        texts = [f" {text} " for text in row[told:]]
        kept.append(row[:told])
        weights.append([each.weigh(texts) for each in words])
        lengths.append(sum(map(len, texts)))
    usual = [sum(column) / len(kept) or 1 for column in zip(*weights, strict=True)]
    length = sum(lengths) / max(len(lengths), 1) / BY_LENGTH
    scored = []
    for row, held, size in zip(kept, weights, lengths, strict=True):
        room = SATURATION * (1 - BY_LENGTH + size / length)
        shares = [weight / mean for weight, mean in zip(held, usual, strict=True)]
        scored.append((*row, -round(sum(share / (share + room) for share in shares), 6)))
    return sorted(scored, key=lambda row: (row[-1], -row[0]))
