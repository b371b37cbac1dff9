"""What the machine proposes of a text, and what a person decided: kept, so that it can be learnt from."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ProposalKind(models.TextChoices):
    """What an accepted proposal becomes."""

    QUOTE = "quote", _("quote")
    ACTOR = "actor", _("actor")
    TOPIC = "topic", _("topic")


class ProposalState(models.TextChoices):
    """What a person said to it."""

    OPEN = "open", _("open")
    ACCEPTED = "accepted", _("accepted")
    REJECTED = "rejected", _("rejected")


class Proposal(models.Model):
    """One proposal on one article.

    `start` and `end` are offsets in the text of the body as it was when proposed; `payload` is the object of the
    `propose` format; `digest` tells the same proposal again when the text is read anew.
    """

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="proposals")
    kind = models.CharField(_("kind"), max_length=8, choices=ProposalKind)
    start = models.PositiveIntegerField(_("from character"))
    end = models.PositiveIntegerField(_("to character"))
    payload = models.JSONField(_("what is proposed"))
    rule = models.CharField(_("rule"), max_length=60, blank=True)
    confidence = models.FloatField(_("confidence"), default=0)
    digest = models.CharField(max_length=64, editable=False)
    state = models.CharField(_("decision"), max_length=8, choices=ProposalState, default=ProposalState.OPEN)
    reason = models.CharField(_("reason"), max_length=40, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["kind", "start", "id"]
        constraints = [models.UniqueConstraint(fields=["article", "kind", "digest"], name="proposal_once")]

    def __str__(self):
        return f"{self.get_kind_display()} {self.start}-{self.end}"
