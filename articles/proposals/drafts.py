"""What a proposed quote would become: every value of its records, filled in from the copy, before a person decides."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from .. import anchoring
from ..models import Actor, Article, Proposal
from ..models.proposals import ProposalKind
from ..models.quotes import ObtainedVia, QuoteKind
from ..models.sources import Basis, SourceKind
from ..quoting import words
from . import mentions
from .tags import KnownActors, in_world

CONTEXT = 160  # characters around the cue in which the copy says how the words were obtained


@dataclass(frozen=True)
class QuoteDraft:
    """The values of a Quote with its Attribution and Source.

    `speaker` is the name of an actor, known or to be made with `speaker_kind`; empty where nobody is named.
    """

    kind: str = QuoteKind.DIRECT
    speaker: str = ""
    speaker_kind: str = ""
    speaker_is_known: bool = False
    speaker_mention: str = ""
    speaker_unknown_because: str = ""
    role: str = ""
    wording: str = ""
    source_kind: str = SourceKind.PERSON
    basis: str = Basis.ON_RECORD
    head_count: int | None = None
    obtained_via: str = ""
    said_on: date | None = None

    def changed(self, changes: dict[str, Any] | None) -> "QuoteDraft":
        """With what a person put in their place; raises TypeError for a name that is no value of a draft."""
        return replace(self, **(changes or {}))


class Drafts:
    """Drafts of all quote proposals of one article. Asks for the actors by name once, in three queries."""

    def __init__(self, article: Article, proposals: Iterable[Proposal], *, is_wire: bool | None = None) -> None:
        self.article, self.proposals = article, list(proposals)
        self.text = article.text()
        self.is_wire = hasattr(article, "wire_copy") if is_wire is None else is_wire

    @cached_property
    def _actors(self) -> list[dict[str, Any]]:
        return [row.payload for row in self.proposals if row.kind == ProposalKind.ACTOR]

    @cached_property
    def known(self) -> KnownActors:
        """Every actor that a proposal names."""
        names = {payload["name"] for payload in self._actors}
        for row in self.proposals:
            if row.kind == ProposalKind.QUOTE and (who := _who(row.payload)):
                names |= {who["text"], mentions.bare(who["text"])}
        return KnownActors((payload.get("slug") or "" for payload in self._actors), names)

    def place(self, proposal: Proposal) -> tuple[int, int] | None:
        """Where its words stand now; None when the copy no longer has them."""
        start, end, wanted = proposal.start, proposal.end, proposal.payload["text"]
        if self.text[start:end] == wanted:
            return start, end
        return anchoring.find(self.text, anchoring.Anchor(wanted), start)

    def of(self, proposal: Proposal) -> QuoteDraft:
        """The draft for one quote."""
        payload = proposal.payload
        who = _who(payload)
        kind = payload["kind"] if payload["kind"] in QuoteKind.values else QuoteKind.DIRECT
        if not who:
            mention = (payload.get("speaker") or {}).get("text", "")
            return QuoteDraft(kind=kind, speaker_mention=mention, obtained_via=ObtainedVia.WIRE if self.is_wire else "")
        source = payload.get("source") or who
        # "the statement said": the wording of the record is that of its issuer.
        wording = who["text"] if payload.get("speaker") and mentions.is_document(source["text"]) else source["text"]
        obtained = mentions.obtained_via(self._context(payload), source["text"], is_wire=self.is_wire)
        if mentions.is_unnamed(who["text"]):
            return QuoteDraft(
                kind=kind,
                speaker_mention=who["text"],
                wording=wording,
                basis=Basis.BACKGROUND,
                head_count=mentions.head_count(wording),
                obtained_via=obtained,
            )
        named = self._named(who)
        return QuoteDraft(
            kind=kind,
            speaker=named["name"] if named else "",
            speaker_kind=named["kind"] if named else "",
            speaker_is_known=bool(named and named["is_known"]),
            speaker_mention=who["text"],
            role=self._role(who, named),
            wording=wording,
            source_kind=mentions.source_kind(who["text"], obtained, named["kind"] if named else ""),
            obtained_via=obtained,
        )

    def _context(self, payload: dict[str, Any]) -> str:
        """The story's own words around the cue, without what is quoted."""
        cue = payload.get("cue")
        if not cue:
            return ""
        start = max(cue["start"] - CONTEXT, self.text.rfind("\n", 0, cue["start"]) + 1)
        end = self.text.find("\n", cue["end"])
        end = min(cue["end"] + CONTEXT, end if end >= 0 else len(self.text))
        if payload["start"] < cue["start"]:
            start = max(start, min(payload["end"] + 1, cue["start"]))
        else:
            end = max(min(end, payload["start"] - 1), cue["end"])
        return self.text[start:end]

    def _named(self, who: dict[str, Any]) -> dict[str, Any] | None:
        """Name and kind of the actor that the mention `who` stands for; None where it names nobody."""
        actor = self.known.get(name=who["text"]) or self.known.get(name=mentions.bare(who["text"]))
        if actor:
            return _found(actor)
        if payload := self._overlapping(who):
            actor = self.known.get(slug=payload.get("slug"), name=payload["name"])
            if actor is None:
                return {"name": payload["name"], "kind": payload["kind"], "is_known": in_world(payload) is not None}
            return _found(actor)
        name = mentions.bare(who["text"])
        noun = mentions.head(who["text"])
        if mentions.is_document(who["text"]) or not noun[:1].isupper():
            return None
        return {"name": name, "kind": "organisation" if mentions.looks_like_body(name) else "person", "is_known": False}

    def _overlapping(self, who: dict[str, Any]) -> dict[str, Any] | None:
        """The proposed actor whose name ends the mention, the longest; any in it where somebody speaks for a body."""
        start, end = who["start"], who["end"]
        best, length = None, 0
        for payload in self._actors:
            for left, right in payload["mentions"]:
                ends_it = right >= end - SHORT_END and payload["kind"] != "place"
                fits = start <= left < right <= end + SHORT_END and (ends_it or mentions.is_voice(who["text"]))
                if fits and right - left > length:
                    best, length = payload, right - left
        return best

    def _role(self, who: dict[str, Any], named: dict[str, Any] | None) -> str:
        """The role the copy gives with the name."""
        if self.text[who["start"] : who["end"]] != who["text"] or not named or named["kind"] != "person":
            return ""
        if after := mentions.role_after(self.text, who["end"]):
            return after
        for payload in self._actors:
            for left, right in payload["mentions"]:
                if who["start"] < left and right >= who["end"] - SHORT_END and right <= who["end"]:
                    return mentions.role_before(self.text[who["start"] : left])
        return ""


SHORT_END = 2  # a possessive after the name


def _who(payload: dict[str, Any]) -> dict[str, Any] | None:
    """Whoever says it: the person a pronoun stands for, the speaker, or the source that is named.

    A pronoun that stands for nobody found names no source: a person has to say.
    """
    who = payload.get("antecedent") or payload.get("speaker") or payload.get("source")
    return who if who and who["text"].lower() not in words.PRONOUNS else None


def _found(actor: Actor) -> dict[str, Any]:
    return {"name": actor.name, "kind": actor.kind, "is_known": True}
