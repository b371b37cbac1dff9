"""What belongs to the copy beside its words, read so that two states of it can be laid side by side.

Each part is a list of records; a record is known by its identity and read as fields: what is compared, what is shown.
Of a confidential source a revision holds no name, so none is shown.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

Document = Mapping[str, Any]
Record = Mapping[str, Any]
Known = Mapping[tuple[str, Any], Record]
"""The records of a document that others refer to, by part and id."""

FIELDS = {
    "headline": gettext_lazy("headline"),
    "standfirst": gettext_lazy("standfirst"),
    "kicker": gettext_lazy("kicker"),
    "dateline": gettext_lazy("dateline"),
    "slug": gettext_lazy("slug"),
    "slugline": gettext_lazy("slugline"),
    "genre": gettext_lazy("genre"),
    "language": gettext_lazy("language"),
}
LABELS = {
    "name": gettext_lazy("name"),
    "kind": gettext_lazy("kind"),
    "alt": gettext_lazy("alt text"),
    "caption": gettext_lazy("caption"),
    "credit": gettext_lazy("credit"),
    "source": gettext_lazy("source"),
    "source_kind": gettext_lazy("kind of source"),
    "source_url": gettext_lazy("address of the source"),
    "source_actor": gettext_lazy("who the source is"),
    "wording": gettext_lazy("wording as printed"),
    "basis": gettext_lazy("basis"),
    "head_count": gettext_lazy("how many people"),
    "anonymity_reason": gettext_lazy("why unnamed"),
    "anonymity_wording": gettext_lazy("why unnamed, as printed"),
    "basis_of_knowledge": gettext_lazy("how they know"),
    "text": gettext_lazy("words"),
    "speaker": gettext_lazy("speaker"),
    "speaker_mention": gettext_lazy("speaker as mentioned"),
    "speaker_unknown_because": gettext_lazy("speaker unknown, because"),
    "role": gettext_lazy("role"),
    "attribution": gettext_lazy("attribution"),
    "obtained_via": gettext_lazy("obtained"),
    "said_on": gettext_lazy("said on"),
    "is_undated": gettext_lazy("undated"),
    "original_text": gettext_lazy("original words"),
    "original_language": gettext_lazy("original language"),
    "verification": gettext_lazy("check"),
    "verification_method": gettext_lazy("how checked"),
    "verified_at": gettext_lazy("checked at"),
    "verified_by": gettext_lazy("checked by"),
    "responds_to": gettext_lazy("responds to"),
}
WORDED = {
    *("standfirst", "headline", "kicker", "dateline", "alt", "caption", "credit", "wording", "anonymity_wording"),
    *("basis_of_knowledge", "text", "speaker_mention", "speaker_unknown_because", "original_text"),
    *("verification_method", "slugline"),
}
"""Fields that people write: compared word by word. Of the others one value comes in place of another."""


@dataclass(frozen=True)
class Value:
    """One field of a record: what tells it from another, and what people are shown (a word of `choices`, a date)."""

    identity: Any
    shown: Any

    def __bool__(self) -> bool:
        return self.shown not in (None, "", False)


@dataclass(frozen=True)
class Part:
    """How the records of one key of a document are known, called and read."""

    label: Any
    identity: Callable[[Record], Any]
    name: Callable[[Record, Known], str]
    read: Callable[[Record, Known], dict[str, Value]]
    has_order: bool = True


def _plain(*names: str) -> Callable[[Record, Known], dict[str, Value]]:
    return lambda record, _known: {name: Value(record.get(name), record.get(name)) for name in names}


def _id(record: Record) -> Any:
    return record.get("id")


def _name(record: Record, _known: Known) -> str:
    return record.get("name") or ""


def _picture(record: Record, _known: Known) -> str:
    return record.get("alt") or record.get("caption") or _("picture without a description")


def source_name(source: Record) -> str:
    """What a source may be called here."""
    return _("a confidential source") if source.get("is_confidential") else source.get("label") or ""


def attribution_name(record: Record, _known: Known | None = None) -> str:
    """As it is printed, else its source."""
    return record.get("wording") or source_name(record.get("source") or {})


def quote_name(record: Record, _known: Known | None = None) -> str:
    """Who said what."""
    words = f"“{Truncator(record.get('text') or '').chars(60)}”"
    speaker = (record.get("speaker") or {}).get("name") or record.get("speaker_mention")
    return f"{speaker}: {words}" if speaker else words


def _attribution(record: Record, known: Known) -> dict[str, Value]:
    source = record.get("source") or {}
    actor = source.get("actor") or {}
    names = ("wording", "basis", "head_count", "anonymity_reason", "anonymity_wording", "basis_of_knowledge")
    return {
        "source": Value((source.get("id"), source_name(source)), source_name(source)),
        "source_kind": Value(source.get("kind"), source.get("kind")),
        "source_url": Value(source.get("url"), source.get("url")),
        "source_actor": Value(actor.get("id"), actor.get("name")),
        **_plain(*names)(record, known),
    }


def _quote(record: Record, known: Known) -> dict[str, Value]:
    speaker = record.get("speaker") or {}
    plain = _plain(
        *("kind", "speaker_mention", "speaker_unknown_because", "role", "obtained_via", "said_on", "is_undated"),
        *("original_text", "original_language", "verification", "verification_method", "verified_at"),
    )
    checker = record.get("verified_by")
    return {
        "text": Value(record.get("text"), record.get("text")),
        "speaker": Value((speaker.get("id"), speaker.get("name")), speaker.get("name")),
        "attribution": _reference(known, "attributions", record.get("attribution"), attribution_name),
        "responds_to": _reference(known, "quotes", record.get("responds_to"), quote_name),
        **plain(record, known),
        "verified_by": Value(checker, checker and _("a person of the desk")),
    }


def _reference(known: Known, part: str, key: Any, name: Callable[[Record], str]) -> Value:
    found = known.get((part, key))
    return Value(key, name(found) if found else key and _("one that is gone"))


PARTS = {
    "desk": Part(gettext_lazy("desk"), _id, _name, _plain("name")),
    "lead_image": Part(gettext_lazy("lead picture"), _id, _picture, _plain("alt", "caption", "credit")),
    "translation_of": Part(gettext_lazy("translation of"), _id, _name, _plain("name")),
    "images": Part(gettext_lazy("pictures"), _id, _picture, _plain("alt", "caption", "credit")),
    "bylines": Part(gettext_lazy("bylines"), lambda record: record.get("contributor"), _name, _plain("name", "role")),
    "actors": Part(gettext_lazy("actors"), _id, _name, _plain("name", "kind")),
    "topics": Part(gettext_lazy("topics"), _id, _name, _plain("name")),
    "attributions": Part(gettext_lazy("sources, as used"), _id, attribution_name, _attribution),
    "quotes": Part(gettext_lazy("quotes"), _id, quote_name, _quote, has_order=False),
}


def records(document: Document, name: str) -> list[Record]:
    """The records of one part; of a part that is one record or none, a list of it."""
    value = document.get(name)
    return [value] if isinstance(value, Mapping) else list(value or ())


def known_in(document: Document) -> Known:
    """What quotes may refer to."""
    return {
        (name, record["id"]): record
        for name in ("attributions", "quotes")
        for record in document.get(name) or ()
        if record.get("id")
    }


def identified(part: Part, found: Iterable[Record]) -> dict[Any, Record]:
    """The records by identity. One without an id is told by its whole; twice the same (two roles) by its turn."""
    known: dict[Any, Record] = {}
    turns: dict[Any, int] = {}
    for record in found:
        identity = part.identity(record)
        if identity is None:
            identity = repr(sorted(record.items(), key=lambda item: item[0]))
        turns[identity] = turns.get(identity, 0) + 1
        known[identity, turns[identity]] = record
    return known
