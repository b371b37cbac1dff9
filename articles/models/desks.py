"""Desks: who works on what together, and how many approvals their stories need."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from .. import permissions
from ..permissions import Scope


class DeskQuerySet(models.QuerySet):
    """Ways to ask for desks."""

    def open_to(self, user, action: str):
        """Those for which `user` may do `action`: their own, or all."""
        scopes = permissions.scopes(permissions.roles_of(user), action)
        if Scope.ALL in scopes:
            return self
        return self.filter(members=user) if Scope.DESK in scopes else self.none()


class Desk(models.Model):
    """A desk of the newsroom; its stories form the section of that name."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(_("slug"), max_length=80, unique=True, allow_unicode=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    approvals_needed = models.PositiveSmallIntegerField(
        _("approvals needed"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(2)],
        help_text=_("How many people have to approve a story of this desk: one or two."),
    )
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="desks", verbose_name=_("members")
    )

    objects = DeskQuerySet.as_manager()

    class Meta:
        verbose_name = _("desk")
        verbose_name_plural = _("desks")
        ordering = ["position", "name"]

    def __str__(self):
        return self.name


def may_act_for(user, action: str, desk_id: int | None) -> bool:
    """Whether `user` may do `action` for a desk; what is of no desk belongs to every one."""
    if Scope.ALL in permissions.scopes(permissions.roles_of(user), action):
        return True
    mine = Desk.objects.open_to(user, action)
    return (mine if desk_id is None else mine.filter(pk=desk_id)).exists()


class Priority(models.IntegerChoices):
    """How soon the desk wants it; the lower number goes first."""

    FLASH = 1, _("flash")
    URGENT = 2, _("urgent")
    NORMAL = 3, _("normal")
    LOW = 4, _("low")
