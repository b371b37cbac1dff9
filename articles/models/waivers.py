"""Rules that somebody answers for by name."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Waiver(models.Model):
    """One problem of one article that may be printed all the same, because `by` says so, and why.

    `key` is that of the finding: other words are another problem, which the waiver does not cover.
    """

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="waivers")
    code = models.CharField(_("rule"), max_length=4)
    key = models.CharField(max_length=80, editable=False)
    sentence = models.TextField(_("problem"), editable=False)
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("waiver")
        verbose_name_plural = _("waivers")
        ordering = ["article_id", "at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["article", "key"], name="waiver_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="waiver_has_a_reason"),
        ]

    def __str__(self):
        return f"{self.code}: {self.reason}"

    def as_record(self) -> dict:
        """What an edition keeps of it."""
        return {
            "code": self.code,
            "key": self.key,
            "sentence": self.sentence,
            "reason": self.reason,
            "by": self.by.get_full_name() or self.by.get_username(),
            "at": self.at.isoformat(),
        }
