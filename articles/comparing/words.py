"""Two texts word by word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from .sequences import Work, hunks, pairs

PUNCTUATION = (
    r"!-/:-@\[-`{-~\u00a1-\u00bf\u00d7\u00f7\u2010-\u2027\u2030-\u205e\u3000-\u303f"
    r"\u060c\u061b\u061f\u06d4\u0964\u0965\uff01-\uff0f\uff1a-\uff20"
)
LONE = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # written without spaces
LETTER = rf"[^\s{PUNCTUATION}{LONE}]"
WORD = re.compile(
    rf"\s*(?:\d+(?:[.,:]\d+)+|{LETTER}+(?:['’\-‑]{LETTER}+)*|[{LONE}][\u3099\u309a\ufe00-\ufe0f]*|\S)|\s+"
)

FEW = 3
"""So few words that stand alike between two changes read as part of the change, where those are twice as long."""


@dataclass(frozen=True)
class Run:
    """Words that are the `same`, `gone`, `new`, or `marked`: the same with other marks (a `bodies.Mark` each)."""

    kind: str
    text: str
    marks: tuple = ()
    added: tuple = ()
    removed: tuple = ()

    @property
    def gap(self) -> str:
        """The space before the words, which is not struck out or underlined with them."""
        return self.text[: len(self.text) - len(self.text.lstrip())]

    @property
    def words(self) -> str:
        """The words without the space before them."""
        return self.text.lstrip()


class Stretch(NamedTuple):
    """Words from `old` to `old_end` and from `new` to `new_end`, alike or not."""

    is_same: bool
    old: int
    old_end: int
    new: int
    new_end: int


def split(text: str) -> list[str]:
    """The words and marks of `text`, each with the space before it; the first as if a space stood before it too."""
    return pieces(f" {text}") if text else []


def pieces(text: str) -> list[str]:
    """The same, with the first as it stands."""
    return WORD.findall(text)


def join(words: Sequence[str]) -> str:
    """The text of words that `split` gave, in whatever order."""
    return "".join(words).removeprefix(" ")


def is_word(item: str) -> bool:
    """Whether it is more than punctuation."""
    return any(character.isalnum() for character in item)


def stretches(old: Sequence[str], new: Sequence[str], work: Work) -> list[Stretch]:
    """The whole of both sides, alike and changed in turn; a few words between two long changes belong to them."""
    found = pairs(old, new, work)
    row: list[Stretch] = []
    i = j = 0
    for hunk in hunks(found, len(old), len(new)):
        if i < hunk.old:
            _put(row, Stretch(True, i, hunk.old, j, hunk.new), old, new)
        _put(row, Stretch(False, *hunk), old, new)
        i, j = hunk.old_end, hunk.new_end
    if i < len(old):
        _put(row, Stretch(True, i, len(old), j, len(new)), old, new)
    return row


def _put(row: list[Stretch], stretch: Stretch, old: Sequence[str], new: Sequence[str]) -> None:
    row.append(stretch)
    while len(row) >= 3 and not row[-1].is_same and _is_noise(row[-3:], old, new):
        first, _same, last = row[-3:]
        row[-3:] = [Stretch(False, first.old, last.old_end, first.new, last.new_end)]


def _is_noise(row: list[Stretch], old: Sequence[str], new: Sequence[str]) -> bool:
    before, same, after = row
    words = old[same.old : same.old_end]
    if len(words) > 2 * FEW or sum(map(is_word, words)) > FEW:
        return False
    return 2 * _letters(words) <= min(_length(before, old, new), _length(after, old, new))


def _length(stretch: Stretch, old: Sequence[str], new: Sequence[str]) -> int:
    return max(_letters(old[stretch.old : stretch.old_end]), _letters(new[stretch.new : stretch.new_end]))


def _letters(words: Sequence[str]) -> int:
    return sum(len(word.strip()) for word in words)


def runs(old: str, new: str, work: Work) -> tuple[Run, ...]:
    """Two plain texts as runs: the same and new ones make up `new`, the same and gone ones `old`."""
    left, right = split(old), split(new)
    return flush(list(_runs(left, right, stretches(left, right, work))))


def _runs(old: list[str], new: list[str], row: list[Stretch]) -> Iterator[Run]:
    for stretch in row:
        if stretch.is_same:
            yield Run("same", "".join(new[stretch.new : stretch.new_end]))
            continue
        if stretch.old < stretch.old_end:
            yield Run("gone", "".join(old[stretch.old : stretch.old_end]))
        if stretch.new < stretch.new_end:
            yield Run("new", "".join(new[stretch.new : stretch.new_end]))


def flush(row: list[Run]) -> tuple[Run, ...]:
    """The runs without the space that `split` put before the first word."""
    return tuple(replace(run, text=run.text.removeprefix(" ")) if at == 0 else run for at, run in enumerate(row))
