"""The format of an archive: JSON Lines, one published story a line. `docs/archive.md` describes it.

Pure: a line in, a `Record` out, or `UnreadableRecord` with a sentence that says what is wrong.
"""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import PurePosixPath
from typing import Any

from ...models.copy import Genre
from ...models.editions import NOTED, EditionKind
from ...models.quotes import ObtainedVia, QuoteKind
from ...models.tags import ActorKind
from ...text import MAX_BYTES

LENGTHS = {"key": 200, "headline": 300, "kicker": 80, "slug": 120, "language": 12, "dateline": 120, "section": 80}
NAME, SIGNER, WORDS = 100, 120, 200  # characters of a tag's name, of a byline's, of a role or a mention
NOTES = (EditionKind.UPDATE, *NOTED)


class UnreadableRecord(ValueError):  # noqa: N818  (reads as the newsroom says it)
    """A line that is no story; the message is a sentence."""


@dataclass(frozen=True)
class Actor:
    """Who acts in the story, by name; `kind` counts where the name is new."""

    name: str
    kind: str = ActorKind.PERSON


@dataclass(frozen=True)
class Topic:
    """What it is about; `under` is the topic above it, which counts where the name is new."""

    name: str
    under: str = ""


@dataclass(frozen=True)
class Said:
    """Words of the body between quotation marks, exactly as they stand there, and who said them."""

    text: str
    speaker: Actor | None = None
    mention: str = ""
    role: str = ""
    kind: str = QuoteKind.DIRECT
    how: str = ""
    said_on: date | None = None


@dataclass(frozen=True)
class Picture:
    """A picture by reference: `file` is its path in the media storage, where it has to stand already."""

    file: str
    alt: str
    caption: str = ""
    credit: str = ""
    width: int = 0
    height: int = 0


@dataclass(frozen=True)
class Note:
    """What readers were told after the first edition: an edition of this kind."""

    kind: str
    at: datetime
    note: str = ""
    wrong: str = ""
    right: str = ""


@dataclass(frozen=True)
class Record:
    """One story as it was published. `key` names it in the archive for good; `body` is HTML."""

    key: str
    published_at: datetime
    headline: str
    body: str
    standfirst: str = ""
    kicker: str = ""
    slug: str = ""
    language: str = "en"
    dateline: str = ""
    genre: str = Genre.NEWS
    section: str = ""
    bylines: tuple[str, ...] = ()
    actors: tuple[Actor, ...] = ()
    topics: tuple[Topic, ...] = ()
    quotes: tuple[Said, ...] = ()
    picture: Picture | None = None
    notes: tuple[Note, ...] = ()


def parse(line: str | bytes) -> Record:
    """The story of one line. Raises `UnreadableRecord`."""
    if len(line) > MAX_BYTES:
        raise UnreadableRecord("The line is too long for a story.")
    try:
        told = json.loads(line)
    except ValueError as error:
        raise UnreadableRecord(f"This is not JSON: {error}.") from error
    return record_of(told)


def record_of(told: Any) -> Record:
    """The story of one object. Raises `UnreadableRecord`."""
    if not isinstance(told, dict):
        raise UnreadableRecord("A line holds one object.")
    if unknown := set(told) - set(Record.__dataclass_fields__):
        raise UnreadableRecord(f"There is no field “{min(unknown)}”.")
    if missing := [name for name in ("key", "published_at", "headline", "body") if not told.get(name)]:
        raise UnreadableRecord(f"The field “{missing[0]}” is missing.")
    texts = {name: _text(told, name, LENGTHS.get(name)) for name in _TEXTS if name in told}
    return Record(
        **{"language": "en", **{name: value for name, value in texts.items() if value or name != "language"}},
        published_at=_moment(told["published_at"]),
        genre=_choice(told.get("genre") or Genre.NEWS, Genre.values, "genre"),
        bylines=tuple(dict.fromkeys(_words(name, SIGNER, "bylines") for name in _list(told, "bylines"))),
        actors=tuple(dict.fromkeys(_actor(each) for each in _list(told, "actors"))),
        topics=tuple(dict.fromkeys(_topic(each) for each in _list(told, "topics"))),
        quotes=tuple(_said(each) for each in _list(told, "quotes")),
        picture=_picture(told["picture"]) if told.get("picture") else None,
        notes=tuple(sorted((_note(each) for each in _list(told, "notes")), key=lambda note: note.at)),
    )


_TEXTS = ("key", "headline", "body", "standfirst", "kicker", "slug", "language", "dateline", "section")


def _text(told: dict[str, Any], name: str, length: int | None = None) -> str:
    return _words(told[name] or "", length, name, is_folded=name != "body")


def _words(value: Any, length: int | None, name: str, *, is_folded: bool = True) -> str:
    if not isinstance(value, str):
        raise UnreadableRecord(f"The field “{name}” is no text.")
    text = " ".join(value.replace("\x00", " ").split()) if is_folded else value.replace("\x00", "")
    if length and len(text) > length:
        raise UnreadableRecord(f"The field “{name}” has {len(text)} characters; the limit is {length}.")
    return text


def _list(told: dict[str, Any], name: str) -> list[Any]:
    value = told.get(name) or []
    if not isinstance(value, list):
        raise UnreadableRecord(f"The field “{name}” is no list.")
    return value


def _object(value: Any, name: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise UnreadableRecord(f"What stands in “{name}” is no object.")
    return value


def _choice(value: Any, known: list[str], name: str) -> str:
    if value not in known:
        raise UnreadableRecord(f"The field “{name}” is one of {', '.join(known)}.")
    return value


def _moment(value: Any) -> datetime:
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise UnreadableRecord(f"“{value}” is no moment: write it as 2019-05-03T09:30:00+00:00.") from error
    if moment.tzinfo is None:
        raise UnreadableRecord(f"“{value}” does not say its distance from UTC.")
    return moment.astimezone(UTC)


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except (TypeError, ValueError) as error:
        raise UnreadableRecord(f"“{value}” is no day: write it as 2019-05-03.") from error


def _actor(value: Any) -> Actor:
    told = {"name": value} if isinstance(value, str) else _object(value, "actors")
    name = _words(told.get("name"), NAME, "actors")
    if not name:
        raise UnreadableRecord("An actor has no name.")
    return Actor(name, _choice(told.get("kind") or ActorKind.PERSON, ActorKind.values, "kind"))


def _topic(value: Any) -> Topic:
    told = {"name": value} if isinstance(value, str) else _object(value, "topics")
    name = _words(told.get("name"), NAME, "topics")
    if not name:
        raise UnreadableRecord("A topic has no name.")
    return Topic(name, _words(told.get("under") or "", NAME, "under"))


def _said(value: Any) -> Said:
    told = _object(value, "quotes")
    text = _words(told.get("text"), None, "text").strip(' “”"„«»')
    if not text:
        raise UnreadableRecord("A quote has no words.")
    return Said(
        text,
        speaker=_actor(told["speaker"]) if told.get("speaker") else None,
        mention=_words(told.get("mention") or "", WORDS, "mention"),
        role=_words(told.get("role") or "", WORDS, "role"),
        kind=_choice(told.get("kind") or QuoteKind.DIRECT, QuoteKind.values, "kind"),
        how=_choice(told["how"], ObtainedVia.values, "how") if told.get("how") else "",
        said_on=_day(told.get("said_on")),
    )


def _picture(value: Any) -> Picture:
    told = _object(value, "picture")
    file = PurePosixPath(_words(told.get("file"), WORDS, "file"))
    if file.is_absolute() or ".." in file.parts or not file.suffix:
        raise UnreadableRecord("The file of a picture is a path within the media storage.")
    sides = [told.get(name) or 0 for name in ("width", "height")]
    if not all(isinstance(side, int) and 0 <= side < 100_000 for side in sides):
        raise UnreadableRecord("Width and height of a picture are numbers of pixels.")
    alt, caption, credit = (
        _words(told.get(name) or "", length, name)
        for name, length in (("alt", 400), ("caption", None), ("credit", 200))
    )
    return Picture(str(file), alt, caption, credit, *sides)


def _note(value: Any) -> Note:
    told = _object(value, "notes")
    kind = _choice(told.get("kind"), [str(each) for each in NOTES], "kind")
    note, wrong, right = (_words(told.get(name) or "", None, name) for name in ("note", "wrong", "right"))
    if kind == EditionKind.CORRECTION and not (wrong and right):
        raise UnreadableRecord("A correction says what was wrong and what is right.")
    return Note(kind, _moment(told.get("at")), note, wrong, right)
