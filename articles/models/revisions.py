"""What one save was: the whole copy as one JSON document. `docs/revision.md` has its schema."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .copy import Copy
from .sources import Source

SCHEMA = 1
COPY_FIELDS = [field.name for field in Copy._meta.local_fields if field.name != "lead_image"]
QUOTE_FIELDS = [
    *("kind", "text", "prefix", "suffix", "speaker_mention", "speaker_unknown_because", "role", "obtained_via"),
    *("is_undated", "original_text", "original_language", "verification", "verification_method"),
]
WORDS = ("headline", "standfirst", "kicker", "dateline", "body")
ATTRIBUTION_FIELDS = [
    *("wording", "basis", "head_count", "anonymity_reason", "anonymity_wording", "basis_of_knowledge"),
]


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
    return {
        "schema": SCHEMA,
        **{name: getattr(article, name) for name in COPY_FIELDS},
        "slugline": article.slugline,
        "desk": _desk(article.desk),
        "lead_image": _image(article.lead_image),
        "images": [_image(item.image) for item in article.image_items.select_related("image")],
        "bylines": [
            {
                "contributor": byline.contributor_id,
                "name": byline.contributor.name,
                "slug": byline.contributor.slug,
                "role": byline.role,
            }
            for byline in article.bylines.select_related("contributor")
        ],
        "actors": [_actor(item.tag) for item in article.actor_items.select_related("tag")],
        "topics": [
            {"id": item.tag_id, "name": item.tag.name, "slug": item.tag.slug}
            for item in article.topic_items.select_related("tag")
        ],
        "attributions": [
            _attribution(attribution) for attribution in article.attributions.select_related("source__actor")
        ],
        "quotes": [_quote(quote) for quote in article.quotes.select_related("speaker")],
    }


def _desk(desk: Any) -> dict[str, Any] | None:
    return desk and {"id": desk.pk, "name": desk.name, "slug": desk.slug}


def _image(image: Any) -> dict[str, Any] | None:
    return image and {"id": image.pk, "alt": image.alt, "caption": image.caption, "credit": image.credit}


def _actor(actor: Any) -> dict[str, Any] | None:
    return actor and {"id": actor.pk, "name": actor.name, "slug": actor.slug, "kind": actor.kind}


def _attribution(attribution: Any) -> dict[str, Any]:
    source = attribution.source
    return {
        "id": attribution.pk,
        **{name: getattr(attribution, name) for name in ATTRIBUTION_FIELDS},
        "is_anonymous": attribution.is_anonymous,
        "source": {
            "id": source.pk,
            "kind": source.kind,
            "is_confidential": source.is_confidential,
            "label": "" if source.is_confidential else source.label,
            "url": "" if source.is_confidential else source.url,
            "actor": None if source.is_confidential else _actor(source.actor),
        },
    }


def _quote(quote: Any) -> dict[str, Any]:
    return {
        "id": quote.pk,
        **{name: getattr(quote, name) for name in QUOTE_FIELDS},
        "said_on": quote.said_on and quote.said_on.isoformat(),
        "verified_at": quote.verified_at and quote.verified_at.isoformat(),
        "verified_by": quote.verified_by_id,
        "speaker": _actor(quote.speaker),
        "attribution": quote.attribution_id,
        "responds_to": quote.responds_to_id,
    }
