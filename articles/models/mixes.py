"""Who spoke in each edition, counted once when it is printed; what each rests on, so that a source can be recalled."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EditionMix(models.Model):
    """The counts of `mix.count` for one edition. `at` is that of the edition."""

    edition = models.OneToOneField("articles.Edition", models.CASCADE, primary_key=True, related_name="mix")
    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="mixes", db_index=False)
    desk = models.ForeignKey("articles.Desk", models.SET_NULL, null=True, related_name="+", db_index=False)
    at = models.DateTimeField(_("at"))
    counts = models.JSONField(_("counts"))

    class Meta:
        verbose_name = _("mix of sources")
        verbose_name_plural = _("mixes of sources")
        ordering = ["-at"]
        indexes = [
            models.Index(fields=["at"], name="mix_at"),
            models.Index(fields=["desk", "at"], name="mix_desk_at"),
            models.Index(fields=["article", "at"], name="mix_article"),
        ]

    def __str__(self):
        return str(self.edition_id)


class EditionSource(models.Model):
    """A source that an edition rests on, whatever became of the working copy since."""

    edition = models.ForeignKey("articles.Edition", models.CASCADE, related_name="source_rows")
    source = models.ForeignKey("articles.Source", models.CASCADE, related_name="edition_rows", db_index=False)

    class Meta:
        verbose_name = _("source of an edition")
        verbose_name_plural = _("sources of editions")
        constraints = [models.UniqueConstraint(fields=["source", "edition"], name="edition_source_once")]

    def __str__(self):
        return f"{self.source_id} in {self.edition_id}"
