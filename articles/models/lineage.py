"""What was said once and stands in several stories; what was merged, so that it can be taken apart again."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Utterance(models.Model):
    """Words that were said once: the quotes of several stories, or takes of one, that give them point here."""

    created_at = models.DateTimeField(_("linked"), default=timezone.now)

    class Meta:
        verbose_name = _("utterance")
        verbose_name_plural = _("utterances")

    def __str__(self):
        return str(_("Utterance %(id)s")) % {"id": self.pk}


class TagMerge(models.Model):
    """One merge of two actors or topics, with everything that taking it back needs.

    `record` is {"tag": the fields of the one that went, "aliases": …, "moved": {table: {column: [row ids]}}}.
    """

    vocabulary = models.CharField(_("vocabulary"), max_length=5, choices={"actor": _("actors"), "topic": _("topics")})
    kept = models.PositiveBigIntegerField(_("the one that stayed"), db_index=True)
    gone = models.PositiveBigIntegerField(_("the one that went"))
    record = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), default=timezone.now)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("taken back by")
    )
    undone_at = models.DateTimeField(_("taken back"), null=True)

    class Meta:
        verbose_name = _("merge of tags")
        verbose_name_plural = _("merges of tags")
        ordering = ["-at", "-id"]

    def __str__(self):
        return f"{self.gone} → {self.kept}"
