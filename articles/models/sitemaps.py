"""What the index of sitemaps lists: kept by the press, so that no page is looked at when it is asked for."""

from django.db import models
from django.utils.translation import gettext_lazy as _

SIZE = 5_000
"""Keys that one file holds: file 0 those below it, and so on."""


class SitemapFile(models.Model):
    """One file with something in it, and when the newest of its pages changed. `kind` as in its address."""

    kind = models.CharField(_("kind"), max_length=12)
    number = models.PositiveIntegerField(_("number"))
    newest = models.DateTimeField(_("newest change"))

    class Meta:
        verbose_name = _("file of sitemaps")
        verbose_name_plural = _("files of sitemaps")
        ordering = ["kind", "number"]
        constraints = [models.UniqueConstraint(fields=["kind", "number"], name="sitemap_file_once")]

    def __str__(self):
        return f"{self.kind} {self.number}"
