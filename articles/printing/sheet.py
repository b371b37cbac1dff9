"""The sheet: one revision's document with the rows it refers to, and everything that is printed from it."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from .. import anchoring, markup, naming
from ..models.bylines import BylineRole
from ..models.sources import AnonymityReason, Basis, SourceKind
from ..models.tags import ActorKind
from . import cards, pieces, records
from .figures import figure
from .labels import label
from .receipt import receipt

WORDS_A_MINUTE = 230  # silent reading of English prose (Brysbaert 2019 gives 238 for non-fiction)
MOST_RELATING = 24  # actors, and as many topics, by which related stories are looked for
COPIED = ("headline", "standfirst", "kicker", "slug", "language", "dateline", "genre")


def _words(quote: dict[str, Any]) -> str:
    """The words of a quote, in all its parts."""
    return " … ".join([quote["text"], *(part["text"] for part in quote.get("segments", []))])


class Sheet:
    """The document of one revision, with what it refers to: {"actors", "topics", "images", "contributors"} → id → row,
    "names" → id of an actor → its other names.

    `notes` are marks that a proof has and no print: the words that the desk discusses. Its quotes have no address yet.
    """

    def __init__(
        self,
        document: dict[str, Any],
        references: dict[str, dict[int, Any]],
        notes: Iterable[markup.Mark] = (),
        *,
        is_proof: bool = False,
    ) -> None:
        self.notes, self.is_proof = tuple(notes), is_proof
        self.document = document
        self.rows = references
        self.attributions = {each["id"]: each for each in document["attributions"]}

    def fields(self) -> dict[str, Any]:
        """The values of the story's row, all but the edition's own."""
        document, lead = self.document, self.document["lead_image"]
        words = len(self.text.split())
        notes = pieces.Notes()
        body = self.body(notes)
        documents = notes.documents()
        return {
            **{name: document[name] for name in COPIED},
            "body": body,
            "documents": documents,
            "receipt": receipt(document, documents, [{"id": actor.pk, "name": actor.name} for actor in self._actors]),
            "related_by": {
                "actors": self.actor_ids()[:MOST_RELATING],
                "topics": [topic.pk for topic in self._topics][:MOST_RELATING],
            },
            "lead_image_id": lead["id"] if self._image(lead) else None,
            "picture": self._picture(lead),
            "section": document["desk"] and {name: document["desk"][name] for name in ("name", "slug")},
            "section_slug": document["desk"]["slug"] if document["desk"] else "",
            "bylines": [
                {
                    "name": byline["name"],
                    "slug": self._address_of(byline),
                    "role": byline["role"],
                    "role_label": label(BylineRole, byline["role"]),
                }
                for byline in document["bylines"]
            ],
            "actors": [
                {
                    "name": actor.name,
                    "slug": actor.slug,
                    "kind": actor.kind,
                    "kind_label": label(ActorKind, actor.kind),
                }
                for actor in self._actors
            ],
            "topics": [{"name": topic.name, "slug": topic.slug} for topic in self._topics],
            "sources": self.sources(),
            "word_count": words,
            "reading_minutes": max(1, round(words / WORDS_A_MINUTE)),
        }

    def _address_of(self, byline: dict[str, Any]) -> str:
        """The slug of the contributor's page by now; empty where there is none."""
        contributor = self.rows["contributors"].get(byline["contributor"])
        return contributor.slug if contributor else ""

    def contributor_rows(self) -> list[dict[str, Any]]:
        """The values of the `StoryContributor` rows: each contributor that still is one once, in the first role."""
        known = self.rows["contributors"]
        signed = [byline for byline in self.document["bylines"] if byline["contributor"] in known]
        return [
            {
                "contributor_id": byline["contributor"],
                "role": byline["role"],
                "role_label": label(BylineRole, byline["role"]),
            }
            for byline in {byline["contributor"]: byline for byline in reversed(signed)}.values()
        ]

    # --- tags and pictures ------------------------------------------------------------------------------------

    @cached_property
    def _actors(self) -> list[Any]:
        """Who the story is tagged with, then whoever speaks in it: a speaker's page leads to their words."""
        rows = self.rows["actors"]
        ids = [actor["id"] for actor in self.document["actors"]]
        ids += [quote["speaker"]["id"] for quote, _place in self._placed_quotes if quote["speaker"]]
        return list({rows[pk].pk: rows[pk] for pk in ids if pk in rows}.values())

    @cached_property
    def _topics(self) -> list[Any]:
        rows = self.rows["topics"]
        found = [rows[topic["id"]] for topic in self.document["topics"] if topic["id"] in rows]
        return list({topic.pk: topic for topic in found}.values())

    def actor_ids(self) -> list[int]:
        """The actors the story is about."""
        return [actor.pk for actor in self._actors]

    def named_in_quotes(self) -> dict[int, set[int]]:
        """Id of a quote → the actors of the story that its words name, the speaker not among them."""
        names = self.rows["names"]
        actors = [naming.Named(each.pk, each.kind, each.name, tuple(names.get(each.pk, ()))) for each in self._actors]
        quotes = [quote for quote, _place in self._placed_quotes]
        found = naming.named_in({quote["id"]: quote["text"] for quote in quotes}, actors)
        return {quote["id"]: found[quote["id"]] - {getattr(self._speaker(quote), "pk", None)} for quote in quotes}

    def topic_ids(self) -> dict[int, bool]:
        """The topics of the story and all above them → whether it is filed there itself."""
        found = {topic.pk: True for topic in self._topics}
        for topic in self._topics:
            for above in topic.ancestors():
                found.setdefault(above.pk, False)
        return found

    def images(self) -> dict[int, bool]:
        """The pictures of the page → whether it goes without, because the terms of the picture have ended."""
        shown = [self.document["lead_image"] and self.document["lead_image"]["id"]]
        shown += markup.figures(self.document["body"])
        return {pk: self.rows["images"][pk].is_expired for pk in shown if pk in self.rows["images"]}

    def pictures(self) -> list[dict[str, Any]]:
        """The pictures that the page shows, the lead first; each as in `Story.picture`."""
        lead = self.document["lead_image"]
        frozen = [*([lead] if lead else []), *self.document["images"]]
        by_id = {image["id"]: image for image in reversed(frozen)}
        return [shown for pk in self.images() if pk in by_id and (shown := self._picture(by_id[pk]))]

    def _image(self, frozen: dict[str, Any] | None) -> Any:
        image = self.rows["images"].get(frozen["id"]) if frozen else None
        return None if image is None or image.is_expired else image

    def _picture(self, frozen: dict[str, Any] | None) -> dict[str, Any] | None:
        image = self._image(frozen)
        return image and {
            "url": image.url,
            "width": image.width,
            "height": image.height,
            "alt": frozen["alt"],
            "caption": frozen["caption"],
            "credit": frozen["credit"],
            "focal_x": image.focal_x,
            "focal_y": image.focal_y,
            "tint": image.tint,
        }

    def _piece(self, piece: markup.Piece) -> str:
        """A figure of the body as readers get it; one that is nothing known is left out."""
        if piece.kind == markup.PULL:
            return pieces.pull_quote(piece.words, self._quote_values)
        if piece.kind == markup.EMBED:
            return pieces.link_card(piece)
        frozen = next((image for image in self.document["images"] if image["id"] == piece.image), None)
        picture = self._picture(frozen)
        if not picture:
            return ""
        picture["caption"] = piece.words or picture["caption"]
        return figure(picture, "body")

    # --- sourcing ---------------------------------------------------------------------------------------------

    def sources(self) -> list[dict[str, Any]]:
        """The ledger of sources as printed; deep background and off the record never appear."""
        return [
            {
                "wording": self._wording(each),
                "kind": each["source"]["kind"],
                "kind_label": label(SourceKind, each["source"]["kind"]),
                "basis": each["basis"],
                "basis_label": label(Basis, each["basis"]),
                "is_named": not each["is_anonymous"],
                "head_count": each["head_count"],
                "reason": each["anonymity_wording"] or label(AnonymityReason, each["anonymity_reason"]),
                "quotes": sum(1 for quote in self.document["quotes"] if quote["attribution"] == each["id"]),
            }
            for each in self.document["attributions"]
            if each["basis"] in (Basis.ON_RECORD, Basis.BACKGROUND)
        ]

    def _wording(self, attribution: dict[str, Any] | None) -> str:
        if attribution is None or attribution["basis"] in (Basis.DEEP_BACKGROUND, Basis.OFF_RECORD):
            return ""
        source = attribution["source"]
        named = source["actor"]["name"] if source["actor"] else source["label"]
        return attribution["wording"] or (_("an unnamed source") if attribution["is_anonymous"] else named)

    def quote_rows(self) -> list[dict[str, Any]]:
        """The values of the `StoryQuote` rows, in the order of the body."""
        return self._quote_values

    @cached_property
    def _quote_values(self) -> list[dict[str, Any]]:
        known = {quote["id"] for quote in self.document["quotes"]}
        return [
            {
                "id": quote["id"],
                "position": position,
                "kind": quote["kind"],
                "text": _words(quote),
                "speaker_id": getattr(self._speaker(quote), "pk", None),
                "speaker_name": self._speaker_name(quote),
                "role": quote["role"],
                "how": quote["obtained_via"],
                "said_on": quote["said_on"] and date.fromisoformat(quote["said_on"]),
                "wording": self._wording(self.attributions.get(quote["attribution"])),
                "verification": quote["verification"],
                "answers": quote.get("responds_to") if quote.get("responds_to") in known else None,
                "record": records.of_quote(quote, self._told(quote), self.document["language"]),
            }
            for position, (quote, _place) in enumerate(self._placed_quotes, start=1)
        ]

    def _told(self, quote: dict[str, Any]) -> dict[str, Any] | None:
        """The source of a quote as used here, where readers may know of it."""
        attribution = self.attributions.get(quote["attribution"])
        is_told = attribution and attribution["basis"] in (Basis.ON_RECORD, Basis.BACKGROUND)
        return attribution if is_told else None

    def shown_evidence(self) -> list[str]:
        """The addresses of the evidence that readers are told of."""
        shown = [quote.get("shown_evidence") or {} for quote in self.document["quotes"]]
        return sorted({each["url"] for each in shown if each.get("url")})

    def relation_rows(self) -> list[dict[str, Any]]:
        """The values of the `StoryRelation` rows: those a source may be named or described for, of actors in print."""
        rows, shown = self.rows["actors"], set(self.actor_ids())
        found = []
        for each in self.document.get("relations", ()):
            actor, other = (rows.get(each[side]["id"]) for side in ("actor", "other"))
            wording = self._wording(self.attributions.get(each["attribution"]))
            if wording and actor and other and actor.pk != other.pk and {actor.pk, other.pk} <= shown:
                days = {name: each[name] and date.fromisoformat(each[name]) for name in ("since", "until", "stated_on")}
                found.append(
                    {
                        **{name: each[name] for name in ("id", "kind", "is_denied")},
                        "actor_id": actor.pk,
                        "other_id": other.pk,
                        "wording": wording,
                        **days,
                    }
                )
        return found

    @cached_property
    def _placed_quotes(self) -> list[tuple[dict[str, Any], tuple[int, int] | None]]:
        placed = [(quote, self._find(quote)) for quote in self.document["quotes"]]
        return sorted(placed, key=lambda pair: (pair[1] or (len(self.text), 0), pair[0]["id"]))

    @cached_property
    def text(self) -> str:
        """The words of the body."""
        return markup.to_text(self.document["body"])

    def _find(self, record: dict[str, Any]) -> tuple[int, int] | None:
        """Where the words of a quote, or of a part of one, stand in the text."""
        return anchoring.find(self.text, anchoring.Anchor(record["text"], record["prefix"], record["suffix"]))

    def _speaker(self, quote: dict[str, Any]) -> Any:
        return self.rows["actors"].get(quote["speaker"]["id"]) if quote["speaker"] else None

    def _speaker_name(self, quote: dict[str, Any]) -> str:
        speaker = self._speaker(quote)
        if speaker:
            return speaker.name
        mention = quote["speaker_mention"] or self._wording(self.attributions.get(quote["attribution"]))
        return Truncator(mention or _("not known")).chars(200)

    # --- the body ---------------------------------------------------------------------------------------------

    def body(self, notes: pieces.Notes) -> str:
        """The body as readers get it: quoted words tied to their cards, figures with caption and credit.

        The documents that it refers to are put down in `notes`.
        """
        spoken = [(quote, place) for quote, place in self._placed_quotes if place and quote["kind"] != "indirect"]
        marks = [mark for quote, place in spoken for mark in self._marks(quote, place)]
        after: dict[int, str] = {}
        rows = {row["id"]: row for row in self._quote_values}
        for quote, (_start, end) in spoken:
            after[end] = after.get(end, "") + self._card(quote, rows)
        body = markup.sanitise(self.document["body"])
        if self.notes:
            body = markup.wrap(body, self.notes)
        return markup.wrap(body, marks, after, self._piece, notes.printed)

    def _marks(self, quote: dict[str, Any], place: tuple[int, int]) -> list[markup.Mark]:
        """The marks over the words of a quote; where its attribution splits it, over each part that still stands."""
        places = [self._find(segment) for segment in quote.get("segments") or ()]
        return [
            markup.Mark(
                *each,
                tag="a",
                attributes={"class": "quoted", "href": f"#card-{quote['id']}"},
                once={"id": f"q-{quote['id']}"} if number == 0 else {},
            )
            for number, each in enumerate([place, *places])
            if each
        ]

    def _card(self, quote: dict[str, Any], rows: dict[int, dict[str, Any]]) -> str:
        """`rows`: the values of all quotes by their key, for what this one answers and what answers it."""
        speaker, row = self._speaker(quote), rows[quote["id"]]
        exchange = {
            "answers": rows.get(row["answers"]),
            "answered_by": [each for each in rows.values() if each["answers"] == quote["id"]],
        }
        url = speaker.get_absolute_url() if speaker else ""
        return cards.card(records.card(row, row["record"], url, exchange), is_proof=self.is_proof)
