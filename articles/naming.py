"""Names as readers look for them: folded for order and search, and found in quoted words. Pure."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .gazetteer import Entry, Gazetteer
from .gazetteer.names import TOPIC, surname

LENGTH = 120  # characters that are kept of a folded name
PERSON = "person"


@dataclass(frozen=True)
class Named:
    """An actor of a story, under its key, with the names it goes by besides its own."""

    key: int
    kind: str
    name: str
    others: tuple[str, ...] = ()


def fold(name: str) -> str:
    """Without case, accents, points and doubled spaces: "Émile  d’Arc" and "emile d'arc" are the same."""
    bare = "".join(each for each in unicodedata.normalize("NFKD", name) if not unicodedata.combining(each))
    kept = "".join(each if each.isalnum() else "'" if each in "'’" else " " for each in bare.casefold())
    return " ".join(kept.split())[:LENGTH]


def initial(name: str) -> str:
    """The letter under which a name stands in a register: "É" and "e" under E; "#" for a figure or nothing."""
    first = next((each for each in fold(name) if each.isalnum()), "")
    return first.upper()[:4] if first.isalpha() else "#"


def tails(name: str) -> list[str]:
    """The folded name from each of its words on: ["ilse maran", "maran"]."""
    words = fold(name).split()
    return [" ".join(words[start:]) for start in range(len(words))]


def named_in(texts: Mapping[int, str], actors: Iterable[Named]) -> dict[int, set[int]]:
    """Key of a text → keys of the actors its words name: by a name, or by a surname that one of them alone has."""
    entries = {}
    shared = _surnames(actors := list(actors))
    for each in actors:
        alone = surname(each.name) if each.kind == PERSON and shared.get(surname(each.name)) == 1 else ""
        plain = [name for name in each.others if name[:1].islower()]  # "highland forces": found as it is written
        proper = [name for name in (*each.others, alone) if name and name not in plain]
        entries[Entry(each.name, each.kind, str(each.key), tuple(proper))] = each.key
        if plain:
            entries[Entry(plain[0], TOPIC, str(each.key), tuple(plain[1:]))] = each.key
    gazetteer = Gazetteer(entries)
    return {key: {entries[found.entry] for found in gazetteer.find(text)} for key, text in texts.items()}


def _surnames(actors: Iterable[Named]) -> dict[str, int]:
    """How many of the actors have each word as the last of a name: two Marans, a person and a firm, share it."""
    counted: dict[str, int] = {}
    for each in actors:
        last = surname(each.name) if each.kind == PERSON else each.name
        if last:
            counted[last] = counted.get(last, 0) + 1
    return counted
