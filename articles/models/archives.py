"""Stories that were published before the newsroom had this program."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ArchivedStory(models.Model):
    """The name that a story had where it came from: an archive that is brought in again knows it by that."""

    article = models.OneToOneField("articles.Article", models.CASCADE, primary_key=True, related_name="archived")
    key = models.CharField(_("key in the archive"), max_length=200, unique=True)

    class Meta:
        verbose_name = _("story from an archive")
        verbose_name_plural = _("stories from an archive")

    def __str__(self):
        return self.key
