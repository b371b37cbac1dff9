"""Running stories as the desk keeps them; readers read `running.StoryPackage`. The verbs are in `packages`."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import permissions
from ..permissions import Scope
from .desks import Desk


class PackageQuerySet(models.QuerySet):
    """Ways to ask for packages."""

    def open_to(self, user):
        """Those that `user` may edit: of their desks, and of no desk for whoever belongs to one."""
        if Scope.ALL in permissions.scopes(permissions.roles_of(user), "edit_package"):
            return self
        desks = list(Desk.objects.open_to(user, "edit_package").values_list("pk", flat=True))
        return self.filter(Q(desk__in=desks) | Q(desk__isnull=True)) if desks else self.none()


class Package(models.Model):
    """A running story: parts in order, a title, an introduction, and what its timeline says."""

    title = models.CharField(_("title"), max_length=160)
    slug = models.SlugField(_("slug"), max_length=120, unique=True, allow_unicode=True)
    intro = models.TextField(_("introduction"), blank=True)
    desk = models.ForeignKey(Desk, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("desk"))
    is_public = models.BooleanField(_("readers see it"), default=False)
    version = models.PositiveIntegerField(_("version"), default=1)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    changed_at = models.DateTimeField(_("changed"), default=timezone.now)

    objects = PackageQuerySet.as_manager()

    class Meta:
        verbose_name = _("running story")
        verbose_name_plural = _("running stories")
        ordering = ["-changed_at", "-id"]

    def __str__(self):
        return self.title


class PackagePart(models.Model):
    """A part: a story, or an entry of the timeline alone. A story may have words and a date of its own there."""

    package = models.ForeignKey(Package, models.CASCADE, related_name="parts")
    position = models.PositiveSmallIntegerField(_("order"))
    article = models.ForeignKey("articles.Article", models.CASCADE, null=True, related_name="package_parts")
    on = models.DateField(_("happened on"), null=True, blank=True)
    text = models.CharField(_("what happened"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("part of a running story")
        verbose_name_plural = _("parts of running stories")
        ordering = ["package", "position"]
        constraints = [
            models.UniqueConstraint(fields=["package", "article"], name="package_story_once"),
            models.CheckConstraint(
                condition=Q(article__isnull=False) | (Q(on__isnull=False) & ~Q(text="")),
                name="package_part_says_something",
            ),
        ]

    def __str__(self):
        return f"{self.package_id}/{self.position}"
