"""What a review leaves behind: approvals, holds, and how far each reader of a draft has read."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .events import AppendOnly


class Approval(AppendOnly):
    """One person's yes to one revision in one round of review; a round begins with `submit`."""

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="approvals")
    revision = models.ForeignKey("articles.Revision", models.CASCADE, related_name="approvals")
    review_round = models.PositiveIntegerField(_("round"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), default=timezone.now)
    is_own_work = models.BooleanField(
        _("own work"), default=False, help_text=_("Approved by its own writer, where the newsroom allows that.")
    )

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["article", "revision", "review_round", "by"], name="approval_once")
        ]

    def __str__(self):
        return f"{self.by} {self.at:%Y-%m-%d %H:%M}"


class HoldKind(models.TextChoices):
    """Who has to settle it."""

    LEGAL = "legal", _("legal")
    STANDARDS = "standards", _("standards")


class Hold(models.Model):
    """Something that has to be settled before the story goes on: who, why, and how it was settled."""

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="holds")
    kind = models.CharField(_("kind"), max_length=12, choices=HoldKind)
    reason = models.TextField(_("reason"))
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    placed_at = models.DateTimeField(_("placed"), default=timezone.now)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    lifted_at = models.DateTimeField(_("lifted"), null=True, blank=True)
    settlement = models.TextField(_("how it was settled"), blank=True)

    class Meta:
        verbose_name = _("hold")
        verbose_name_plural = _("holds")
        ordering = ["placed_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "kind"], condition=Q(lifted_at__isnull=True), name="hold_open_once_a_kind"
            )
        ]

    def __str__(self):
        return str(self.get_kind_display())


class ReviewLook(models.Model):
    """The revision that a person last read on the review page: the page shows them what changed since."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="looks")
    revision = models.ForeignKey("articles.Revision", models.CASCADE, related_name="+")
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("look")
        verbose_name_plural = _("looks")
        constraints = [models.UniqueConstraint(fields=["user", "article"], name="look_once")]

    def __str__(self):
        return f"{self.user} {self.at:%Y-%m-%d %H:%M}"
