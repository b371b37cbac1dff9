"""Words of a body put in place of others, the markup around them kept."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from html import escape

from .cleaning import sanitise
from .reading import BLOCKS, VOID, Token, to_text, tokens

SPACE = re.compile(r"\s+")
TOUCHED = object()
"""Stands in a row of pieces where words were taken out: what holds nothing else then goes too."""


def replace_text(html: str, start: int, end: int, words: str) -> str:
    """`html` with the plain `words` for what stands from `start` to `end` of its text; safe HTML.

    Words that run over several elements: the first one gets the new words. Over several blocks: what remains of the
    last is joined to the first, pictures between them stay. Elements left without any words go. Offsets beyond the
    text are cut to it; `start` and `end` may be the same, to put words in.
    """
    row = list(tokens(html))
    texts = [at for at, token in enumerate(row) if token.is_text and not token.in_figure]
    words = SPACE.sub(" ", words)
    if not texts:
        return sanitise(f"{html}<p>{escape(words, quote=False)}</p>" if words.strip() else html)
    length = row[texts[-1]].start + len(row[texts[-1]].text)
    start, end = max(0, min(start, length)), max(0, min(end, length))
    end = max(start, end)
    first, last, start, end = _ends(row, texts, start, end)
    head = row[first].text[: start - row[first].start]
    tail = row[last].text[end - row[last].start :]
    text = to_text(html)
    if not words and text[start - 1 : start] == " " == text[end : end + 1]:
        head, tail = (head, tail[1:]) if tail else (head[:-1], tail)
    is_joined = any(token.tag in BLOCKS and not token.in_figure for token in row[first:last])
    middle = (_joined if is_joined else _within)(row, first, last, head + words, tail)
    return sanitise("".join(_pruned([*row[:first], *middle])))


def _ends(row: list[Token], texts: list[int], start: int, end: int) -> tuple[int, int, int, int]:
    """The runs of text that the words begin and end in, and the offsets moved out of the break between two blocks."""
    stops = [row[at].start + len(row[at].text) for at in texts]
    last = bisect_left(stops, end)
    first = last
    if start < end:
        first = bisect_right(stops, start)
        if first and start < row[texts[first]].start:
            first -= 1
    start = min(max(start, row[texts[first]].start), stops[first])
    return texts[first], texts[last], start, max(end, row[texts[last]].start)


def _within(row: list[Token], first: int, last: int, head: str, tail: str) -> list:
    """The rest of the row where the words stand in one block: tags stay, words and line breaks between them go."""
    if first == last:
        return [head, TOUCHED, tail, *row[first + 1 :]]
    between = [TOUCHED if token.is_text else token for token in row[first + 1 : last] if token.tag != "br"]
    return [head, TOUCHED, *between, TOUCHED, tail, *row[last + 1 :]]


def _joined(row: list[Token], first: int, last: int, head: str, tail: str) -> list:
    """The rest of the row where a later block's remainder is joined to the first."""
    stop = next((at for at in range(last + 1, len(row)) if row[at].tag in BLOCKS), len(row))
    skipped = [_stands(token) for token in row[first + 1 : last]]
    closing = [Token(f"</{token.tag}>", token.tag) for token in reversed(_open_inline(row[:first]))]
    opening = _open_inline(row[:last])
    between = [piece for piece in skipped if piece is not None]
    return [head, TOUCHED, *closing, *opening, tail, *row[last + 1 : stop], *between, TOUCHED, *row[stop:]]


def _stands(token: Token):
    """What remains of a token between two joined blocks: the blocks, to be emptied, and pictures."""
    if token.in_figure or token.tag in BLOCKS - {"hr"}:
        return token
    return TOUCHED if token.is_text else None


def _open_inline(row: list[Token]) -> list[Token]:
    """The elements inside the innermost block that are open at the end of `row`."""
    found: list[Token] = []
    closed = 0
    for token in reversed(row):
        if token.tag in BLOCKS:
            break
        if not token.tag or token.tag in VOID:
            continue
        if not token.opens:
            closed += 1
        elif closed:
            closed -= 1
        else:
            found.append(token)
    return found[::-1]


def _pruned(pieces: Iterable) -> list[str]:
    """The HTML of the pieces without the elements whose words were all taken out."""
    out: list[str] = []
    open_elements: list[list] = []  # [where it opened in `out`, holds something, lost something]

    def fill() -> None:
        if open_elements:
            open_elements[-1][1] = True

    for piece in pieces:
        if piece is TOUCHED:
            if open_elements:
                open_elements[-1][2] = True
        elif isinstance(piece, str):
            out.append(escape(piece, quote=False))
            if piece.strip():
                fill()
        elif piece.opens:
            open_elements.append([len(out), False, False])
            out.append(piece.raw)
        else:
            out.append(piece.html())
            if piece.is_text or piece.tag in VOID:
                fill()
            else:
                _close(out, open_elements, fill)
    return out


def _close(out: list[str], open_elements: list[list], fill) -> None:
    """End the innermost element, or drop it where it holds nothing and lost something."""
    if not open_elements:
        return
    at, holds, lost = open_elements.pop()
    if holds or not lost:
        fill()
        return
    del out[at:]
    if open_elements:
        open_elements[-1][2] = True
