"""Copy as it came in."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class WireCopy(models.Model):
    """The file an article was made from, as it came in: imports recognise it by its digest."""

    article = models.OneToOneField("articles.Article", models.CASCADE, related_name="wire_copy")
    file_name = models.CharField(_("file name"), max_length=255)
    digest = models.CharField(
        _("digest"), max_length=64, unique=True, help_text=_("SHA-256 of the decoded text, in hex.")
    )
    text = models.TextField(_("text as decoded"))
    encoding = models.CharField(_("encoding"), max_length=20)
    share_count = models.PositiveIntegerField(_("share count on the copy"), null=True, blank=True)
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    imported_at = models.DateTimeField(_("imported"), auto_now_add=True)

    class Meta:
        verbose_name = _("wire copy")
        verbose_name_plural = _("wire copy")

    def __str__(self):
        return self.file_name
