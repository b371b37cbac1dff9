"""What one save was: the whole copy as one JSON document. `docs/revision.md` has its schema."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..statements import Given, Statement
from .copy import Copy
from .evidence import Evidence
from .relations import ActorRelation
from .sources import Source
from .tags import Actor, ActorAlias

SCHEMA = 2
COPY_FIELDS = [field.name for field in Copy._meta.local_fields if field.name != "lead_image"]
QUOTE_FIELDS = [
    *("kind", "text", "prefix", "suffix", "speaker_mention", "speaker_unknown_because", "role", "obtained_via"),
    *("is_undated", "original_text", "original_language", "verification", "verification_method", "verified_what"),
    *("segments", "is_opinion", "match"),
]
WORDS = ("headline", "standfirst", "kicker", "dateline", "body")
ATTRIBUTION_FIELDS = [
    *("wording", "basis", "head_count", "anonymity_reason", "anonymity_wording", "basis_of_knowledge"),
    "is_second_hand",
]

ACTORS = Given("actors", Actor._meta.pk, several=True)
ALIASES = Statement(lambda: ActorAlias.objects.filter(actor__in=ACTORS).order_by("pk").values_list("actor", "name"))
RELATIONS = Statement(
    lambda: (
        ActorRelation.objects.filter(attribution__article=Given("article", models.BigIntegerField()))
        .select_related("actor", "other")
        .order_by("pk")
    )
)
DISPUTES = Statement(
    lambda: ActorRelation.objects.disputes().filter(actor__in=ACTORS, other__in=ACTORS).select_related("actor", "other")
)


class Revision(models.Model):
    """One save of one article. `base` is the revision it was made on; the desk compares and restores by `document`."""

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField(_("number"))
    document = models.JSONField(_("document"))
    base = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    is_text_change = models.BooleanField(_("changes the words"), default=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("saved by")
    )
    created_at = models.DateTimeField(_("saved"), default=timezone.now)

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["article", "number"], name="revision_number_once")]

    def __str__(self):
        return str(_("Revision %(number)s")) % {"number": self.number}

    def changes_text(self, document: dict[str, Any]) -> bool:
        """Whether `document` has other words of its own to print than this revision: those that four eyes see."""
        return any(self.document.get(name) != document.get(name) for name in WORDS)

    def names_confidential_source(self) -> bool:
        """Whether a source that it names, as one could when it was saved, was made confidential since."""
        sources = [each["source"] for each in self.document["attributions"]]
        named = [source["id"] for source in sources if not source["is_confidential"]]
        return bool(named) and Source.objects.filter(pk__in=named, is_confidential=True).exists()


def document_of(article: Any) -> dict[str, Any]:
    """The whole copy of `article`: what is restored, compared, checked, frozen and printed.

    Holds no name of a confidential source: of those only the row's id.
    """
    actors = [_actor(item.tag) for item in article.rows("actor_items", "tag")]
    return {
        "schema": SCHEMA,
        **{name: getattr(article, name) for name in COPY_FIELDS},
        "slugline": article.slugline,
        "writer": article.writer_id,
        "desk": _desk(article.desk),
        "lead_image": _image(article.lead_image),
        "translation_of": _original(article),
        "images": [_image(item.image) for item in article.rows("image_items", "image")],
        "bylines": [
            {
                "contributor": byline.contributor_id,
                "name": byline.contributor.name,
                "slug": byline.contributor.slug,
                "role": byline.role,
                "user": byline.contributor.user_id,
            }
            for byline in article.rows("bylines", "contributor")
        ],
        "actors": actors,
        "topics": [
            {"id": item.tag_id, "name": item.tag.name, "slug": item.tag.slug}
            for item in article.rows("topic_items", "tag")
        ],
        "attributions": _attributions(article),
        "quotes": _quotes(article),
        "claims": [_claim(claim) for claim in article.rows("claims", many=("actors", "attributions"))],
        "replies": _replies(article),
        "relations": article.fact("relations", lambda: _relations(article)),
        "disputes": article.fact("disputes", lambda: disputes_among([actor["id"] for actor in actors])),
    }


def _desk(desk: Any) -> dict[str, Any] | None:
    return desk and {"id": desk.pk, "name": desk.name, "slug": desk.slug}


def pictures_of(document: dict[str, Any]) -> list[int]:
    """The ids of the images that a document speaks of, each once."""
    return list(dict.fromkeys(image["id"] for image in (document["lead_image"], *document["images"]) if image))


def _original(article: Any) -> dict[str, Any] | None:
    """The story that this one is a translation of, by the name that does not change while it is in print."""
    original = article.translation_of
    return original and {"id": original.pk, "name": original.slug or str(original.pk)}


def _image(image: Any) -> dict[str, Any] | None:
    return image and {"id": image.pk, "alt": image.alt, "caption": image.caption, "credit": image.credit}


def _actor(actor: Any) -> dict[str, Any] | None:
    return actor and {"id": actor.pk, "name": actor.name, "slug": actor.slug, "kind": actor.kind}


def _attributions(article: Any) -> list[dict[str, Any]]:
    """The sources as used here; the open ones with every name of theirs, which a wording may not hold."""
    rows = list(article.rows("attributions", "source__actor", "source__origin__origin"))
    known = [row.source.actor_id for row in rows if row.source.actor_id and not row.source.is_confidential]
    names: dict[int, list[str]] = defaultdict(list)
    for actor, name in article.fact("aliases", lambda: ALIASES.rows(actors=known)):
        names[actor].append(name)
    return [_attribution(row, names[row.source.actor_id]) for row in rows]


def _attribution(attribution: Any, names: list[str]) -> dict[str, Any]:
    source = attribution.source
    return {
        "id": attribution.pk,
        **{name: getattr(attribution, name) for name in ATTRIBUTION_FIELDS},
        "is_anonymous": attribution.is_anonymous,
        "known_by": attribution.known_by_id,
        "is_approved": attribution.is_approved,
        "source": {
            "id": source.pk,
            "kind": source.kind,
            "is_confidential": source.is_confidential,
            "root": source.root_id,
            "is_recalled": source.recalled_at is not None,
            "standing": source.counted_standing,
            "label": "" if source.is_confidential else source.label,
            "url": "" if source.is_confidential else source.url,
            "actor": None if source.is_confidential else _actor(source.actor),
            "names": [] if source.is_confidential else names,
        },
    }


def _claim(claim: Any) -> dict[str, Any]:
    return {
        "id": claim.pk,
        **{name: getattr(claim, name) for name in ("text", "prefix", "suffix", "is_serious")},
        "actors": [_actor(actor) for actor in claim.actors.all()],
        "attributions": [attribution.pk for attribution in claim.attributions.all()],
        "is_known_to_desk": claim.known_to_desk_id is not None,
        "is_approved": claim.is_approved,
    }


def _replies(article: Any) -> list[dict[str, Any]]:
    return [
        {
            "id": reply.pk,
            "actor": _actor(reply.actor),
            "claims": [claim.pk for claim in reply.claims.all()],
            "asked_at": reply.asked_at and reply.asked_at.isoformat(),
            "how": reply.how,
            "asked_by": reply.asked_by_id,
            "deadline": reply.deadline and reply.deadline.isoformat(),
            "outcome": reply.outcome,
            "outcome_label": reply.get_outcome_display(),
            "quote": reply.quote_id,
        }
        for reply in article.rows("replies", "actor", many=["claims"])
    ]


def _relations(article: Any) -> list[dict[str, Any]]:
    """How actors stand to each other, as this story has it from a source; one query."""
    return [
        {
            "id": row.pk,
            "actor": _actor(row.actor),
            "kind": row.kind,
            "other": _actor(row.other),
            "is_denied": row.is_denied,
            "attribution": row.attribution_id,
            **{name: (day := getattr(row, name)) and day.isoformat() for name in ("since", "until", "stated_on")},
        }
        for row in RELATIONS.instances(article=article.pk)
    ]


def disputes_among(actors: list[int]) -> list[list[dict[str, Any]]]:
    """The pairs of these actors that oppose each other, as the newsroom knows; one query."""
    if len(actors) < 2:
        return []
    found = {}
    for relation in DISPUTES.instances(actors=actors):
        sides = sorted((relation.actor, relation.other), key=lambda side: side.pk)
        found[tuple(side.pk for side in sides)] = [_actor(side) for side in sides]
    return list(found.values())


def _quotes(article: Any) -> list[dict[str, Any]]:
    """The quotes in their order; of the evidence only what readers may know of."""
    rows = list(article.rows("quotes", "speaker"))
    held = {row.evidence_id for row in rows} - {None}
    shown = article.fact("shown_evidence", lambda: shown_evidence(held)) if held else {}
    return [_quote(row) | {"shown_evidence": shown.get(row.evidence_id)} for row in rows]


def shown_evidence(keys: Iterable[int]) -> dict[int, dict[str, str]]:
    """Row id → {title, url, locator} of the evidence that readers are told of."""
    found = Evidence.objects.filter(pk__in=keys, is_public=True).values("pk", "title", "url", "locator")
    return {row.pop("pk"): row for row in found}


def _quote(quote: Any) -> dict[str, Any]:
    return {
        "id": quote.pk,
        **{name: getattr(quote, name) for name in QUOTE_FIELDS},
        "said_on": quote.said_on and quote.said_on.isoformat(),
        "verified_at": quote.verified_at and quote.verified_at.isoformat(),
        "verified_by": quote.verified_by_id,
        "evidence": quote.evidence_id,
        "speaker": _actor(quote.speaker),
        "attribution": quote.attribution_id,
        "responds_to": quote.responds_to_id,
    }
