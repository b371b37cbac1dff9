"""What a story asserts and somebody may contest, whom it is about, and whether they were asked."""

import json
from hashlib import sha256

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import anchoring
from ..anchoring import Anchor


class Claim(models.Model):
    """A passage of the body that asserts something of somebody. Anchored like a quote."""

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="claims")
    text = models.TextField(_("passage"), help_text=_("Exactly as it stands in the body."))
    prefix = models.CharField(max_length=64, blank=True, editable=False)
    suffix = models.CharField(max_length=64, blank=True, editable=False)
    is_serious = models.BooleanField(
        _("serious"), default=False, help_text=_("An accusation, or what would harm somebody if it were not so.")
    )
    actors = models.ManyToManyField(
        "articles.Actor", blank=True, related_name="claims", verbose_name=_("whom it is about")
    )
    attributions = models.ManyToManyField(
        "articles.Attribution", blank=True, related_name="claims", verbose_name=_("rests on")
    )
    known_to_desk = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("knows that it rests on one source"),
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True, editable=False)
    approved_what = models.CharField(max_length=64, blank=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(_("marked"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering = ["article_id", "id"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="claim_has_words")]

    def __str__(self):
        return self.text if len(self.text) <= 60 else f"{self.text[:57]}…"

    @property
    def anchor(self) -> Anchor:
        """Where the words belong in the text of the body."""
        return Anchor(self.text, self.prefix, self.suffix)

    def is_in(self, text: str) -> bool:
        """Whether the passage stands in this text of the body as it was marked."""
        return anchoring.find(text, self.anchor) is not None

    def digest(self) -> str:
        """Of what an approval of it was given for: the words, and what it rests on."""
        rests_on = sorted((each.pk, each.source_id, each.basis) for each in self.attributions.all())
        return sha256(json.dumps([self.text, self.is_serious, rests_on]).encode()).hexdigest()

    @property
    def is_approved(self) -> bool:
        """Whether a senior person agreed to print it on what it rests on now."""
        return self.approved_by_id is not None and self.approved_what == self.digest()

    def approve(self, *, by) -> None:
        """`by` agrees to print it on one source. Rights are the caller's to check (`sourcing`)."""
        self.approved_by, self.approved_at, self.approved_what = by, timezone.now(), self.digest()
        self.save(update_fields=["approved_by", "approved_at", "approved_what"])


def anchor_claims(article) -> None:
    """Tie every claim to the place of its words as the body now stands; one whose words are gone keeps its anchor."""
    text = article.text()
    for claim in article.claims.all():
        place = anchoring.find(text, claim.anchor)
        if place is None:
            continue
        now = anchoring.make(text, *place)
        if (now.prefix, now.suffix) != (claim.prefix, claim.suffix):
            claim.prefix, claim.suffix = now.prefix, now.suffix
            claim.save(update_fields=["prefix", "suffix"])


class AskedHow(models.TextChoices):
    """How somebody was asked."""

    PHONE = "phone", _("by telephone")
    EMAIL = "email", _("by e-mail")
    MESSAGE = "message", _("by message")
    LETTER = "letter", _("by letter")
    IN_PERSON = "in_person", _("in person")
    SPOKESPERSON = "spokesperson", _("through a spokesperson")


class Outcome(models.TextChoices):
    """What came of asking."""

    WAITING = "", _("not yet known")
    REPLIED = "replied", _("replied")
    DECLINED = "declined", _("declined to comment")
    NO_RESPONSE = "no_response", _("did not respond")
    UNREACHABLE = "unreachable", _("could not be reached")


class RightOfReply(models.Model):
    """One line of the ledger: whom the newsroom asked about which claims, and what they said to it."""

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="replies")
    actor = models.ForeignKey(
        "articles.Actor", models.PROTECT, related_name="reply_requests", verbose_name=_("who was asked")
    )
    claims = models.ManyToManyField(
        Claim,
        blank=True,
        related_name="replies",
        verbose_name=_("about"),
        help_text=_("All of them, if none is chosen."),
    )
    asked_at = models.DateTimeField(_("asked"), null=True, blank=True)
    how = models.CharField(_("how"), max_length=12, choices=AskedHow, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("asked by"),
    )
    questions = models.TextField(_("questions put"), blank=True)
    deadline = models.DateTimeField(_("reply wanted by"), null=True, blank=True)
    outcome = models.CharField(
        _("what came of it"), max_length=12, choices=Outcome, default=Outcome.WAITING, blank=True
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    quote = models.ForeignKey(
        "articles.Quote",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="reply_requests",
        verbose_name=_("the reply, as a quote"),
    )

    class Meta:
        verbose_name = _("request for a reply")
        verbose_name_plural = _("right of reply")
        ordering = ["article_id", "asked_at", "id"]

    def __str__(self):
        return str(self.actor)
