"""How far a long job of the press is, so that it goes on where it was stopped."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PressRun(models.Model):
    """One that has begun and not ended: the last article it printed, and how many."""

    name = models.CharField(_("name"), max_length=40, primary_key=True)
    last = models.PositiveBigIntegerField(_("last article"), default=0)
    done = models.PositiveIntegerField(_("printed"), default=0)
    began_at = models.DateTimeField(_("began"), auto_now_add=True)

    class Meta:
        verbose_name = _("run of the press")
        verbose_name_plural = _("runs of the press")

    def __str__(self):
        return self.name
