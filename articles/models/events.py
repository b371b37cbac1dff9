"""The log of every move: who, what, when, from where to where. Rows are added and never touched again."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AppendOnlyError(Exception):
    """Somebody tried to change or delete a row of a record that only grows."""


class AppendOnlyQuerySet(models.QuerySet):
    """Refuses what would rewrite history."""

    def update(self, **values):
        """Never."""
        raise AppendOnlyError(f"{self.model._meta.verbose_name} rows are never changed")

    def delete(self):
        """Never."""
        raise AppendOnlyError(f"{self.model._meta.verbose_name} rows are never deleted")


class AppendOnly(models.Model):
    """A row that is written once."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        """Insert; a second save is an error."""
        if not self._state.adding:
            raise AppendOnlyError(f"{self._meta.verbose_name} {self.pk} is never changed")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        """Never."""
        raise AppendOnlyError(f"{self._meta.verbose_name} {self.pk} is never deleted")


class Event(AppendOnly):
    """One move of one article. The row outlives the article, so the key is not enforced."""

    article = models.ForeignKey(
        "articles.Article", models.DO_NOTHING, db_constraint=False, related_name="events", verbose_name=_("article")
    )
    verb = models.CharField(_("move"), max_length=32)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), default=timezone.now)
    before = models.CharField(_("from"), max_length=12, blank=True)
    after = models.CharField(_("to"), max_length=12, blank=True)
    note = models.TextField(_("note"), blank=True)
    revision = models.ForeignKey(
        "articles.Revision", models.DO_NOTHING, db_constraint=False, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["article", "-at"], name="event_article_at")]

    def __str__(self):
        return f"{self.verb} {self.at:%Y-%m-%d %H:%M}"
