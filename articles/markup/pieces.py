"""What stands in a body beside its text: pictures, words drawn out of it, links to elsewhere, notes on documents.

Of none of them do the words count as text of the body: nothing is anchored in them, and no quote is counted twice.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from urllib.parse import urlsplit

from .reading import Token, tokens

PICTURE, PULL, EMBED = "image", "pull", "embed"


@dataclass(frozen=True)
class Piece:
    """A figure of the body. `words`: the caption; of a pull quote what it draws out of the text.

    `kind` is one of the three above, or empty for a figure that is none of them and is printed nowhere.
    """

    kind: str
    words: str = ""
    image: int | None = None
    href: str = ""

    @property
    def host(self) -> str:
        """Whose site a link leads to; empty where the address names none."""
        return host_of(self.href)


@dataclass(frozen=True)
class Note:
    """A document that a place in the text refers to: what it is, with page or line, and its address if it has one."""

    title: str
    href: str = ""

    @property
    def host(self) -> str:
        """Whose site the document stands on."""
        return host_of(self.href)


def host_of(address: str) -> str:
    """The host of a web address without "www."; empty for anything else."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.") if parts.scheme in ("http", "https") else ""


def piece_of(row: Iterable[Token]) -> Piece:
    """The figure that these tokens are, from its opening tag on."""
    words, href, kind, image = [], "", "", None
    for number, token in enumerate(row):
        if number == 0:
            kind, image = token.kind, token.image
        elif token.is_text:
            words.append(token.text)
        elif token.tag in ("p", "br", "blockquote"):
            words.append(" ")
        href = href or token.href
    said = " ".join("".join(words).split())
    return Piece(kind if image is None else PICTURE, said, image, href)


def pieces(html: str) -> list[Piece]:
    """Every figure of a body, in order."""
    return [piece_of(row) for is_figure, row in in_stretches(tokens(html)) if is_figure]


def notes(html: str) -> list[Note]:
    """Every note on a document, in order; the same document may be named again."""
    return [Note(token.document, token.href) for token in tokens(html) if token.document]


def in_stretches(row: Iterable[Token]) -> Iterator[tuple[bool, list[Token]]]:
    """The tokens of each figure together, any other alone: (is a figure, tokens)."""
    held: list[Token] = []
    depth = 0
    for token in row:
        if token.tag == "figure":
            depth = depth + 1 if token.opens else max(0, depth - 1)
        if not held and (token.tag != "figure" or not depth):
            yield False, [token]
            continue
        held.append(token)
        if not depth:
            yield True, held
            held = []
    if held:
        yield True, held


def written(row: Iterable[Token]) -> str:
    """HTML of tokens that were sanitised, with figures and notes in the one form in which a body keeps them.

    A heading within an aside is of the second level, so that none is passed over, wherever the aside stands.
    """
    out: list[str] = []
    in_note, asides = False, 0
    for is_figure, held in in_stretches(row):
        token = held[0]
        if is_figure:
            out.append(_figure(held))
        elif token.document:
            out.append(_note(Note(token.document, token.href)))
            in_note = True
        elif in_note and token.tag == "a":
            in_note = False  # whatever it held stands beside it now
        elif asides and token.tag == "h3":
            out.append("<h2>" if token.opens else "</h2>")
        else:
            asides += (1 if token.opens else -1) if token.tag == "aside" else 0
            out.append(token.html())
    return "".join(out)


def _figure(row: list[Token]) -> str:
    piece = piece_of(row)
    words = escape(piece.words, quote=False)
    if piece.kind == PULL:
        return f'<figure data-kind="pull"><blockquote>{words}</blockquote></figure>' if words else ""
    if piece.kind == EMBED:
        link = f'<a href="{escape(piece.href)}" rel="noopener">{words or escape(piece.host)}</a>'
        return f'<figure data-kind="embed">{link}</figure>' if piece.host else ""
    if words or piece.kind != PICTURE:
        return "".join(token.html() for token in row)
    return "".join(token.html() for token in row if token.tag != "figcaption")


def _note(note: Note) -> str:
    href = f' href="{escape(note.href)}" rel="noopener"' if note.host else ""
    return f'<a data-document="{escape(note.title)}"{href}></a>'
