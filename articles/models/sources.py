"""Where information comes from, and on what terms one article uses it."""

import json
from hashlib import sha256

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class SourceKind(models.TextChoices):
    """What a source is."""

    PERSON = "person", _("person")
    ORGANISATION = "organisation", _("organisation")
    STATEMENT = "statement", _("official statement")
    DOCUMENT = "document", _("document")
    DATA = "data", _("data")
    RECORDING = "recording", _("recording")
    SOCIAL_POST = "social_post", _("social post")
    OUTLET = "outlet", _("other outlet or agency")


class Standing(models.TextChoices):
    """In what capacity a source speaks: what the report on the mix of sources counts."""

    OFFICIAL = "official", _("official")
    AFFECTED = "affected", _("affected by it")
    EXPERT = "expert", _("expert")
    WITNESS = "witness", _("witness")
    ADVOCATE = "advocate", _("speaks for a cause or a company")


class SourceQuerySet(models.QuerySet):
    """Ways to ask for sources."""

    def visible_to(self, user):
        """All but the confidential ones, and of those the person's own and those of stories they may read.

        `user` may be None: nobody's. The working label of a confidential source is told to nobody else on the desk.
        """
        if user is None or not user.is_authenticated:
            return self.filter(is_confidential=False)
        articles = self.model._meta.apps.get_model("articles", "Article").objects.visible_to(user)
        used = Attribution.objects.filter(source=models.OuterRef("pk"), article__in=articles)
        is_open = models.Q(is_confidential=False) | models.Q(recorded_by=user)
        return self.filter(is_open | models.Exists(used))


class Source(models.Model):
    """Who or what information comes from.

    `label` is the desk's working label and the only name of a confidential source that is kept here. `origin` is the
    source this one got it from: sources of one origin are not independent of each other.
    """

    label = models.CharField(
        _("working label"), max_length=160, help_text=_("What the desk calls it. Never a confidential name.")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=SourceKind, default=SourceKind.PERSON)
    actor = models.ForeignKey(
        "articles.Actor",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sources",
        verbose_name=_("actor"),
        help_text=_("Who it is, if that may be said."),
    )
    url = models.URLField(_("address"), max_length=500, blank=True, help_text=_("Of the statement, document, post."))
    origin = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="derived", verbose_name=_("origin")
    )
    is_confidential = models.BooleanField(_("confidential"), default=False)
    standing = models.CharField(
        _("speaks as"),
        max_length=12,
        choices=Standing,
        blank=True,
        help_text=_("For the report on the mix of sources."),
    )
    declared = models.JSONField(
        _("said of themselves"),
        default=dict,
        blank=True,
        help_text=_("What a source said of themselves for the report, and only with their consent."),
    )
    declared_consent_at = models.DateTimeField(_("consent to count that"), null=True, blank=True, editable=False)
    recalled_at = models.DateTimeField(_("recalled"), null=True, blank=True, editable=False)
    recalled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    recall_reason = models.TextField(_("why it is unreliable"), blank=True, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(_("recorded"), auto_now_add=True)

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["label", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_confidential=False) | models.Q(actor=None),
                name="confidential_source_has_no_actor",
            ),
            models.CheckConstraint(
                condition=~models.Q(origin=models.F("id")) | models.Q(origin=None), name="source_is_not_its_own_origin"
            ),
        ]

    def __str__(self):
        return self.label

    def clean(self):
        """Raises `ValidationError` where its origin goes back to itself."""
        seen, origin = {self.pk}, self.origin
        while origin is not None:
            if origin.pk in seen:
                raise ValidationError({"origin": gettext("These sources would go back to each other.")})
            seen.add(origin.pk)
            origin = origin.origin

    @property
    def counted_standing(self) -> str:
        """In what capacity it speaks, for counting: of a person only what they said and agreed to have counted."""
        return self.standing if self.kind != SourceKind.PERSON or self.declared_consent_at else ""

    @property
    def root_id(self) -> int:
        """The source at the beginning of the chain of origins: sources with one root are not independent."""
        source, seen = self, set()
        while source.origin_id is not None and source.pk not in seen:
            seen.add(source.pk)
            source = source.origin
        return source.pk


class Basis(models.TextChoices):
    """The terms of use agreed with a source (`docs/sourcing.md` has the definitions)."""

    ON_RECORD = "on_record", _("on the record")
    BACKGROUND = "background", _("on background")
    DEEP_BACKGROUND = "deep_background", _("deep background")
    OFF_RECORD = "off_record", _("off the record")


class AnonymityReason(models.TextChoices):
    """Why a source is not named."""

    SAFETY = "safety", _("fear for their safety")
    EMPLOYMENT = "employment", _("risk to their job")
    LEGAL = "legal", _("legal risk")
    NOT_AUTHORISED = "not_authorised", _("not authorised to speak publicly")
    PRIVACY = "privacy", _("privacy")
    NEGOTIATION = "negotiation", _("talks still under way")


class Attribution(models.Model):
    """One source as used in one article."""

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="attributions")
    source = models.ForeignKey(Source, models.PROTECT, related_name="attributions", verbose_name=_("source"))
    wording = models.CharField(
        _("wording as printed"), max_length=240, blank=True, help_text=_("“two diplomats”, “the customs office”")
    )
    basis = models.CharField(_("basis"), max_length=16, choices=Basis, default=Basis.ON_RECORD)
    head_count = models.PositiveSmallIntegerField(
        _("how many people"), null=True, blank=True, help_text=_("Needed where the wording is plural.")
    )
    anonymity_reason = models.CharField(_("why unnamed"), max_length=16, choices=AnonymityReason, blank=True)
    anonymity_wording = models.CharField(
        _("why unnamed, as printed"), max_length=240, blank=True, help_text=_("“because they fear for their jobs”")
    )
    basis_of_knowledge = models.CharField(
        _("how they know"), max_length=240, blank=True, help_text=_("“was in the room”, “has read the report”")
    )
    is_second_hand = models.BooleanField(_("knows it from others"), default=False)
    motive = models.CharField(
        _("why they speak"), max_length=240, blank=True, help_text=_("For the desk alone: never printed.")
    )
    known_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("editor who knows who it is"),
    )
    known_at = models.DateTimeField(_("knows since"), null=True, blank=True, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("anonymity approved by"),
    )
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True, editable=False)
    approved_terms = models.CharField(max_length=64, blank=True, editable=False)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("attribution")
        verbose_name_plural = _("attributions")
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(head_count=None) | models.Q(head_count__gte=1), name="head_count_is_at_least_one"
            )
        ]

    def __str__(self):
        return self.wording or str(self.source)

    @property
    def is_anonymous(self) -> bool:
        """Whether readers are not told who the source is."""
        return self.basis != Basis.ON_RECORD or self.source.is_confidential

    def terms(self) -> str:
        """A digest of everything that the approval of anonymity was given for."""
        agreed = [getattr(self, name) for name in TERMS]
        return sha256(json.dumps(agreed, ensure_ascii=False).encode()).hexdigest()

    @property
    def is_approved(self) -> bool:
        """Whether leaving the source unnamed was approved, and nothing of it was changed since."""
        return self.approved_by_id is not None and self.approved_terms == self.terms()

    def note_known(self, *, by) -> None:
        """`by` says that they know who the source is. Rights are the caller's to check (`sourcing.know`)."""
        self.known_by, self.known_at = by, timezone.now()
        self.save(update_fields=["known_by", "known_at"])

    def approve(self, *, by) -> None:
        """`by` agrees to leave the source unnamed on these terms."""
        self.approved_by, self.approved_at, self.approved_terms = by, timezone.now(), self.terms()
        self.save(update_fields=["approved_by", "approved_at", "approved_terms"])


TERMS = (
    *("source_id", "wording", "basis", "head_count", "anonymity_reason", "anonymity_wording"),
    *("basis_of_knowledge", "is_second_hand", "motive"),
)
"""What the approval of anonymity is given for."""
