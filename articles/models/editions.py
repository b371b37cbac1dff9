"""The acts of publishing."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .events import AppendOnly


class EditionKind(models.TextChoices):
    """Why an edition was printed; readers see it beside the date."""

    FIRST = "first", _("first published")
    UPDATE = "update", _("update")
    CORRECTION = "correction", _("correction")
    WITHDRAWAL = "withdrawal", _("withdrawal")
    RESTORATION = "restoration", _("restoration")


class Edition(AppendOnly):
    """One revision, frozen and put before readers: never changed, never deleted. `note` is public."""

    article = models.ForeignKey("articles.Article", models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=12, choices=EditionKind)
    note = models.TextField(_("public note"), blank=True)
    revision = models.ForeignKey("articles.Revision", models.PROTECT, related_name="editions")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["article", "number"]
        constraints = [models.UniqueConstraint(fields=["article", "number"], name="edition_number_once")]

    def __str__(self):
        return str(_("Edition %(number)s")) % {"number": self.number}
