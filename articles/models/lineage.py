"""What was said once and stands in several stories; what was merged, split or found to be two."""

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

    `record` is {"tag": the fields of the one that went, "moved": {"table.column": [row ids]}, "dropped":
    {"table.column": [fields of a row that could not go over]}, "carried": {field: value}, "alias": row id or null,
    "stories": [ids of stories in print]}.
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


class SplitActor(models.Model):
    """The revisions of a story up to one, in which an actor's key means another actor, who was told apart later."""

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="+")
    was = models.PositiveBigIntegerField(_("key as it was saved"))
    upto = models.PositiveBigIntegerField(_("last revision saved with it"))
    actor = models.ForeignKey("articles.Actor", models.CASCADE, related_name="splits", verbose_name=_("means now"))

    class Meta:
        verbose_name = _("actor told apart")
        verbose_name_plural = _("actors told apart")
        constraints = [models.UniqueConstraint(fields=["article", "was", "upto"], name="split_actor_once")]

    def __str__(self):
        return f"{self.was} → {self.actor_id}"


class TagsApart(models.Model):
    """Two of like names that somebody said are two: they are not proposed for a merge again. `one` is the lower key."""

    vocabulary = models.CharField(_("vocabulary"), max_length=5, choices={"actor": _("actors"), "topic": _("topics")})
    one = models.PositiveBigIntegerField(_("one"))
    other = models.PositiveBigIntegerField(_("the other"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("tags of like names")
        verbose_name_plural = _("tags of like names")
        constraints = [models.UniqueConstraint(fields=["vocabulary", "one", "other"], name="tags_apart_once")]

    def __str__(self):
        return f"{self.one} ≠ {self.other}"
