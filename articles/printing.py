"""One revision's document set for print: the values of a story's row and of the rows beside it.

No queries here: the press hands over the vocabulary and the pictures the document speaks of.
"""

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any

from django.template.loader import render_to_string
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from . import anchoring, markup
from .models.bylines import BylineRole
from .models.quotes import ObtainedVia, Verification
from .models.sources import AnonymityReason, Basis, SourceKind
from .models.tags import ActorKind

WORDS_A_MINUTE = 230  # silent reading of English prose (Brysbaert 2019 gives 238 for non-fiction)
COPIED = ("headline", "standfirst", "kicker", "slug", "language", "dateline", "genre")


def _label(choices: Any, value: str) -> str:
    return str(choices(value).label) if value else ""


def _anchor(part: dict[str, Any]) -> anchoring.Anchor:
    return anchoring.Anchor(part["text"], part["prefix"], part["suffix"])


def _words(quote: dict[str, Any]) -> str:
    """The words of a quote, in all its parts."""
    return " … ".join([quote["text"], *(part["text"] for part in quote.get("segments", []))])


class Sheet:
    """The document of one revision, with the rows it refers to: {"actors", "topics", "images"} → id → row.

    `notes` are marks that a proof has and no print: the words that the desk discusses.
    """

    def __init__(
        self, document: dict[str, Any], references: dict[str, dict[int, Any]], notes: Iterable[markup.Mark] = ()
    ) -> None:
        self.notes = notes
        self.document = document
        self.rows = references
        self.attributions = {each["id"]: each for each in document["attributions"]}

    def fields(self) -> dict[str, Any]:
        """The values of the story's row, all but the edition's own."""
        document, lead = self.document, self.document["lead_image"]
        words = markup.word_count(document["body"])
        return {
            **{name: document[name] for name in COPIED},
            "body": self.body(),
            "lead_image_id": lead["id"] if self._image(lead) else None,
            "picture": self._picture(lead),
            "section": document["desk"] and {name: document["desk"][name] for name in ("name", "slug")},
            "section_slug": document["desk"]["slug"] if document["desk"] else "",
            "bylines": [
                {
                    "name": byline["name"],
                    "slug": byline["slug"],
                    "role": byline["role"],
                    "role_label": _label(BylineRole, byline["role"]),
                }
                for byline in document["bylines"]
            ],
            "actors": [
                {
                    "name": actor.name,
                    "slug": actor.slug,
                    "kind": actor.kind,
                    "kind_label": _label(ActorKind, actor.kind),
                }
                for actor in self._actors
            ],
            "topics": [{"name": topic.name, "slug": topic.slug} for topic in self._topics],
            "sources": self.sources(),
            "word_count": words,
            "reading_minutes": max(1, round(words / WORDS_A_MINUTE)),
        }

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

    def _figure(self, image_id: int) -> str:
        frozen = next((image for image in self.document["images"] if image["id"] == image_id), None)
        picture = self._picture(frozen)
        return render_to_string("components/figure.html", {"picture": picture, "place": "body"}) if picture else ""

    # --- sourcing ---------------------------------------------------------------------------------------------

    def sources(self) -> list[dict[str, Any]]:
        """The ledger of sources as printed; deep background and off the record never appear."""
        return [
            {
                "wording": self._wording(each),
                "kind": each["source"]["kind"],
                "kind_label": _label(SourceKind, each["source"]["kind"]),
                "basis": each["basis"],
                "basis_label": _label(Basis, each["basis"]),
                "is_named": not each["is_anonymous"],
                "head_count": each["head_count"],
                "reason": each["anonymity_wording"] or _label(AnonymityReason, each["anonymity_reason"]),
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
            }
            for position, (quote, _place) in enumerate(self._placed_quotes, start=1)
        ]

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
        text = markup.to_text(self.document["body"])
        placed = [(quote, anchoring.find(text, _anchor(quote))) for quote in self.document["quotes"]]
        return sorted(placed, key=lambda pair: (pair[1] or (len(text), 0), pair[0]["id"]))

    def _speaker(self, quote: dict[str, Any]) -> Any:
        return self.rows["actors"].get(quote["speaker"]["id"]) if quote["speaker"] else None

    def _speaker_name(self, quote: dict[str, Any]) -> str:
        speaker = self._speaker(quote)
        if speaker:
            return speaker.name
        mention = quote["speaker_mention"] or self._wording(self.attributions.get(quote["attribution"]))
        return Truncator(mention or _("not known")).chars(200)

    # --- the body ---------------------------------------------------------------------------------------------

    def body(self) -> str:
        """The body as readers get it: quoted words tied to their cards, figures with caption and credit."""
        spoken = [(quote, place) for quote, place in self._placed_quotes if place and quote["kind"] != "indirect"]
        text = markup.to_text(self.document["body"])
        marks = []
        for quote, place in spoken:
            attributes = {"class": "quoted", "href": f"#card-{quote['id']}"}
            marks.append(markup.Mark(*place, tag="a", attributes=attributes, once={"id": f"q-{quote['id']}"}))
            further = (anchoring.find(text, _anchor(part)) for part in quote.get("segments", []))
            marks += [markup.Mark(*part, tag="a", attributes=attributes) for part in further if part]
        cards: dict[int, str] = {}
        for quote, (_start, end) in spoken:
            cards[end] = cards.get(end, "") + self._card(quote)
        body = markup.wrap(markup.sanitise(self.document["body"]), self.notes)
        return markup.wrap(body, marks, cards, self._figure)

    def _card(self, quote: dict[str, Any]) -> str:
        attribution = self.attributions.get(quote["attribution"])
        speaker = self._speaker(quote)
        return render_to_string(
            "components/quote_card.html",
            {
                "quote": {
                    "id": quote["id"],
                    "kind": quote["kind"],
                    "text": _words(quote),
                    "speaker_name": self._speaker_name(quote),
                    "speaker_url": speaker.get_absolute_url() if speaker else "",
                    "role": quote["role"],
                    "how": _label(ObtainedVia, quote["obtained_via"]),
                    "said_on": quote["said_on"] and date.fromisoformat(quote["said_on"]),
                    "wording": self._wording(attribution),
                    "verification": quote["verification"],
                    "evidence": quote.get("shown_evidence"),
                    "verification_label": _label(Verification, quote["verification"]),
                    "source_kind_label": _label(SourceKind, attribution["source"]["kind"]) if attribution else "",
                    "basis_label": _label(Basis, attribution["basis"]) if attribution else "",
                }
            },
        ).strip()
