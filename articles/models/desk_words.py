"""What a story is found by on the desk."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DeskWords(models.Model):
    """The words of one working copy and the names of its people, for `desk_search` alone."""

    article = models.OneToOneField("articles.Article", models.CASCADE, primary_key=True, related_name="desk_words")
    words = models.TextField(_("words"))

    class Meta:
        verbose_name = _("words of an article")
        verbose_name_plural = _("words of articles")

    def __str__(self):
        return str(self.article_id)
