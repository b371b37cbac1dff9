"""Desks: who works on what together, and how many approvals their stories need."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class Desk(models.Model):
    """A desk of the newsroom; its stories form the section of that name."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(_("slug"), max_length=80, unique=True, allow_unicode=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    approvals_needed = models.PositiveSmallIntegerField(
        _("approvals needed"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(2)],
        help_text=_("How many people have to approve a story of this desk: one or two."),
    )
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="desks", verbose_name=_("members")
    )

    class Meta:
        verbose_name = _("desk")
        verbose_name_plural = _("desks")
        ordering = ["position", "name"]

    def __str__(self):
        return self.name


class Priority(models.IntegerChoices):
    """How soon the desk wants it; the lower number goes first."""

    FLASH = 1, _("flash")
    URGENT = 2, _("urgent")
    NORMAL = 3, _("normal")
    LOW = 4, _("low")
