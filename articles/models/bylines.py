"""Who wrote, reported, photographed or translated a story."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Contributor(models.Model):
    """A person or agency that can stand in a byline; not every one has an account."""

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("slug"), max_length=120, unique=True, allow_unicode=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="contributor",
        verbose_name=_("account"),
    )
    title = models.CharField(
        _("position"), max_length=120, blank=True, help_text=_("What they do here, for example Courts correspondent.")
    )
    bio = models.TextField(_("bio"), blank=True, help_text=_("What readers should know of them, in a few sentences."))
    contact = models.TextField(
        _("contact"),
        blank=True,
        help_text=_("How readers reach them, and what becomes of what they say. Printed as it stands."),
    )
    image = models.ForeignKey(
        "articles.Image", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )

    class Meta:
        verbose_name = _("contributor")
        verbose_name_plural = _("contributors")
        ordering = ["name"]

    def __str__(self):
        return self.name


class BylineRole(models.TextChoices):
    """What a contributor did."""

    BY = "by", pgettext_lazy("role in a byline", "by")
    REPORTING = "reporting", _("additional reporting by")
    PHOTOGRAPHS = "photographs", _("photographs by")
    TRANSLATION = "translation", _("translated by")


class Byline(models.Model):
    """One contributor of one article, in the order of print."""

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="bylines")
    contributor = models.ForeignKey(Contributor, models.PROTECT, related_name="bylines", verbose_name=_("contributor"))
    role = models.CharField(_("role"), max_length=12, choices=BylineRole, default=BylineRole.BY)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("byline")
        verbose_name_plural = _("bylines")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["article", "contributor", "role"], name="contributor_once_per_role")
        ]

    def __str__(self):
        return f"{self.get_role_display()} {self.contributor}"
