"""The log of every move: who, what, when, from where to where. Rows are added and never touched again."""

from django.conf import settings
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import permissions
from ..permissions import Scope


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


class EventQuerySet(AppendOnlyQuerySet):
    """Ways to ask for events."""

    def of_articles(self, articles):
        """What happened to these working copies."""
        return self.filter(article__in=articles)

    def visible_to(self, user):
        """What `user` may know of: acts on stories that they may read, and those on their own account.

        Who may delete tags also sees acts on the vocabulary, pictures and sources that they may see themselves; who
        manages accounts sees those on accounts, roles and desks; who arranges every front those on fronts and
        running stories, other editors their own. A source that is gone or became confidential is named to nobody by
        its log.
        """
        roles = permissions.roles_of(user)
        if not roles:
            return self.none()
        apps = self.model._meta.apps
        readable = permissions.scopes(roles, "read_draft")
        if Scope.ALL in readable:
            wanted = Q(article__isnull=False)
        else:
            wanted = Q(article__in=apps.get_model("articles", "Article").objects.visible_to(user).values("pk"))
        wanted |= Q(subject=f"user:{user.pk}")
        kinds = []
        if permissions.scopes(roles, "delete_tags"):
            kinds += ["actor", "topic", "contributor"] + (["image"] if readable else [])
            sources = apps.get_model("articles", "Source").objects.visible_to(user)
            named = sources.annotate(name_in_log=Concat(Value("source:"), Cast("pk", models.CharField())))
            wanted |= Q(subject__startswith="source:", by=user) | Q(subject__in=named.values("name_in_log"))
        arranges = permissions.scopes(roles, "arrange_front")
        if Scope.ALL in arranges:
            kinds += ["arrangement", "package"]
        elif arranges:
            wanted |= Q(subject__startswith="arrangement:", by=user) | Q(subject__startswith="package:", by=user)
        if permissions.scopes(roles, "manage_users"):
            kinds += ["user", "group", "desk"]
        for kind in kinds:
            wanted |= Q(subject__startswith=f"{kind}:")
        return self.filter(wanted)


class Event(AppendOnly):
    """One act: a move of an article, a change of somebody's rights, a deletion, a merge.

    The row outlives what it tells of, so no key of it is enforced: `subject` names it ("user:4", "actor:19") where it
    is no article, `label` says what it was called. `before` and `after` are states; `details` holds what else changed,
    field → [before, after]. `channel` is the door: page, api, command, release. `by` is empty for the machine itself.
    """

    article = models.ForeignKey(
        "articles.Article",
        models.DO_NOTHING,
        db_constraint=False,
        null=True,
        related_name="events",
        verbose_name=_("article"),
    )
    subject = models.CharField(_("what"), max_length=60, blank=True)
    label = models.CharField(_("called"), max_length=300, blank=True)
    verb = models.CharField(_("act"), max_length=32)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), default=timezone.now)
    before = models.CharField(_("from"), max_length=13, blank=True)
    after = models.CharField(_("to"), max_length=13, blank=True)
    note = models.TextField(_("note"), blank=True)
    details = models.JSONField(_("what changed"), default=dict, blank=True)
    channel = models.CharField(_("by way of"), max_length=8, blank=True)
    revision = models.ForeignKey(
        "articles.Revision", models.DO_NOTHING, db_constraint=False, null=True, related_name="+"
    )

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["article", "-at"], name="event_article_at"),
            models.Index(fields=["-at", "-id"], name="event_at"),
            models.Index(fields=["by", "-at"], name="event_by_at"),
            models.Index(fields=["subject", "-at"], condition=~models.Q(subject=""), name="event_subject_at"),
        ]

    def __str__(self):
        return f"{self.verb} {self.at:%Y-%m-%d %H:%M}"
