"""What stands beside the text of a story, as readers get it: pull quotes, link cards, notes on documents."""

from collections.abc import Iterable
from typing import Any

from django.template.loader import render_to_string

from .. import anchoring, markup


class Notes:
    """The notes on documents of one body, numbered as they come; a document named again keeps its number."""

    def __init__(self) -> None:
        self.found: dict[markup.Note, list[str]] = {}

    def printed(self, note: markup.Note) -> str:
        """The number at the words, which leads to the document at the foot."""
        places = self.found.setdefault(note, [])
        number = list(self.found).index(note) + 1
        places.append(f"ref-{number}" if not places else f"ref-{number}-{len(places) + 1}")
        context = {"number": number, "place": places[-1], "title": note.title}
        return render_to_string("components/note_ref.html", context).strip()

    def documents(self) -> list[dict[str, Any]]:
        """[{number, title, url, host, places}]: what the foot of the story lists; `places` are ids in the body."""
        return [
            {"number": number, "title": note.title, "url": note.href, "host": note.host, "places": places}
            for number, (note, places) in enumerate(self.found.items(), start=1)
        ]


def pull_quote(words: str, records: Iterable[dict[str, Any]]) -> str:
    """Words drawn out of the text; whose they are is known where a record holds them."""
    told = bare(words)
    wanted = anchoring.normalise(told)
    record = next((each for each in records if wanted in anchoring.normalise(each["text"])), None)
    return render_to_string("components/pull_quote.html", {"words": told, "quote": record}).strip()


def link_card(piece: markup.Piece) -> str:
    """What stands elsewhere, as a link that says so; nothing of it is fetched."""
    context = {"url": piece.href, "host": piece.host, "words": piece.words}
    return render_to_string("components/link_card.html", context).strip()


def bare(words: str) -> str:
    """Words without the quotation marks they stand in."""
    return words.strip(" \"“”„«»‹›‘’'")
