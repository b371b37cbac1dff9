"""What people are told, how they want to be told, and the searches they keep."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .articles import Article


class NoticeKind(models.TextChoices):
    """What happened that somebody should know."""

    ASSIGNED = "assigned", _("assigned to you")
    REVIEW = "review", _("asked to review")
    RETURNED = "returned", _("returned to you")
    DECIDED = "decided", _("your story moved on")
    MENTION = "mention", _("mentioned")
    COMMENT = "comment", _("a comment on your story")
    HOLD = "hold", _("held or let go")
    RELEASE_FAILED = "release_failed", _("not published as scheduled")
    PROPOSAL = "proposal", _("a correction was proposed")
    REBASED = "rebased", _("your draft took in a fix")


class NotificationQuerySet(models.QuerySet):
    """Ways to ask for notices."""

    def of(self, user):
        """Their own, of stories that they may read now."""
        readable = Article.objects.visible_to(user).filter(pk=models.OuterRef("article_id"))
        return self.filter(models.Exists(readable), recipient=user)

    def unread(self):
        """Not yet marked as read."""
        return self.filter(read_at__isnull=True)


class Notification(models.Model):
    """One thing one person is told. It names rows, never words: what is shown is asked for when it is shown."""

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications")
    kind = models.CharField(_("kind"), max_length=16, choices=NoticeKind)
    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="notifications")
    event = models.ForeignKey("articles.Event", models.DO_NOTHING, db_constraint=False, null=True, related_name="+")
    comment = models.ForeignKey("articles.Comment", models.CASCADE, null=True, blank=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("at"), default=timezone.now)
    read_at = models.DateTimeField(_("read"), null=True, blank=True)
    mailed_at = models.DateTimeField(_("mailed"), null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["recipient", "-at", "-id"], name="notification_recipient"),
            models.Index(fields=["recipient"], condition=models.Q(read_at__isnull=True), name="notification_unread"),
            models.Index(fields=["at"], condition=models.Q(mailed_at__isnull=True), name="notification_to_mail"),
        ]

    def __str__(self):
        return str(self.get_kind_display())


class MailPace(models.TextChoices):
    """When a person's notifications are mailed."""

    AT_ONCE = "at_once", _("at once")
    HOURLY = "hourly", _("gathered, once an hour")
    DAILY = "daily", _("gathered, once a day")
    NEVER = "never", _("never: only here")


class NotificationSetting(models.Model):
    """How one person wants to be told. `muted` lists the kinds they do not want at all."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notification_setting")
    pace = models.CharField(_("mail"), max_length=8, choices=MailPace, default=MailPace.HOURLY)
    muted = models.JSONField(_("not wanted"), default=list, blank=True)
    mailed_at = models.DateTimeField(_("last mail"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("notification setting")
        verbose_name_plural = _("notification settings")

    def __str__(self):
        return str(self.get_pace_display())


class SavedFilter(models.Model):
    """A search of the desk that a person keeps: `page` is "list", "board" or "calendar", `query` its query string."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_filters")
    name = models.CharField(_("name"), max_length=60)
    page = models.CharField(_("page"), max_length=12)
    query = models.CharField(_("query"), max_length=1000)
    created_at = models.DateTimeField(_("made"), default=timezone.now)

    class Meta:
        verbose_name = _("saved filter")
        verbose_name_plural = _("saved filters")
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["user", "page", "name"], name="saved_filter_name_once")]

    def __str__(self):
        return self.name
