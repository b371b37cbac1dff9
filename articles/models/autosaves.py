"""What is being typed and who has what open. None of it is the working copy."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Autosave(models.Model):
    """What one person has typed into one writing desk and not saved yet. `article` is empty for a new story.

    `data` is the form as it would be posted: name → list of values. `base_version` is the article's version the
    person had before them.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    article = models.ForeignKey("articles.Article", models.CASCADE, null=True, blank=True, related_name="autosaves")
    data = models.JSONField(_("form"))
    base_version = models.PositiveIntegerField(_("version written on"), default=0)
    saved_at = models.DateTimeField(_("saved"), default=timezone.now)

    class Meta:
        verbose_name = _("unsaved text")
        verbose_name_plural = _("unsaved texts")
        constraints = [
            models.UniqueConstraint(fields=["user", "article"], name="autosave_once"),
            models.UniqueConstraint(fields=["user"], condition=Q(article__isnull=True), name="autosave_new_once"),
        ]

    def __str__(self):
        return f"{self.saved_at:%Y-%m-%d %H:%M}"


class Presence(models.Model):
    """Somebody has the writing desk or the review page of an article open."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="presences")
    is_writing = models.BooleanField(_("writing"), default=False)
    seen_at = models.DateTimeField(_("seen"), default=timezone.now)

    class Meta:
        verbose_name = _("presence")
        verbose_name_plural = _("presences")
        constraints = [models.UniqueConstraint(fields=["user", "article"], name="presence_once")]

    def __str__(self):
        return f"{self.user} {self.seen_at:%Y-%m-%d %H:%M}"
