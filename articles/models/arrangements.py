"""Who arranged a front how, and when: every arrangement is kept. Readers read `fronts.StoryPlacement`.

The verbs are in `articles.fronts`.
"""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from .. import slots
from .desks import Desk
from .packages import Package


class ArrangementQuerySet(models.QuerySet):
    """Ways to ask for arrangements."""

    def of(self, desk):
        """Of the front of a desk's section; of the paper's own front for None."""
        return self.filter(desk=desk) if desk else self.filter(desk__isnull=True)

    def live(self):
        """Those that readers have or had, the newest first: the first one of a front is what they have."""
        return self.filter(live_at__isnull=False).order_by("-live_at", "-number")

    def planned(self):
        """Those that wait for their moment, the next one first."""
        return self.filter(live_at__isnull=True, discarded_at__isnull=True).order_by("goes_live_at", "number")

    def due(self, at: datetime):
        """Those whose moment has come."""
        return self.planned().filter(goes_live_at__lte=at)


class Arrangement(models.Model):
    """One arrangement of a front: put live at once, or planned for `goes_live_at`, or discarded before that."""

    desk = models.ForeignKey(
        Desk, models.CASCADE, null=True, blank=True, related_name="arrangements", verbose_name=_("section")
    )
    number = models.PositiveIntegerField(_("number"))
    package = models.ForeignKey(
        Package, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("running story")
    )
    note = models.CharField(_("note"), max_length=200, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("arranged"), default=timezone.now)
    goes_live_at = models.DateTimeField(_("goes live"), null=True, blank=True)
    live_at = models.DateTimeField(_("live since"), null=True, blank=True)
    discarded_at = models.DateTimeField(_("discarded"), null=True, blank=True)
    discarded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = ArrangementQuerySet.as_manager()

    class Meta:
        verbose_name = _("arrangement of a front")
        verbose_name_plural = _("arrangements of fronts")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["desk", "number"], condition=Q(desk__isnull=False), name="arrangement_of_desk_once"
            ),
            models.UniqueConstraint(
                fields=["number"], condition=Q(desk__isnull=True), name="arrangement_of_paper_once"
            ),
            models.CheckConstraint(
                condition=Q(goes_live_at__isnull=False) | Q(live_at__isnull=False), name="arrangement_has_a_moment"
            ),
        ]
        indexes = [
            models.Index(fields=["desk", "-live_at"], name="arrangement_live"),
            models.Index(
                fields=["goes_live_at"],
                condition=Q(live_at__isnull=True, discarded_at__isnull=True),
                name="arrangement_planned",
            ),
        ]

    def __str__(self):
        front = self.desk.name if self.desk_id else _t("front page")
        return _t("%(front)s, arrangement %(number)s") % {"front": front, "number": self.number}

    @property
    def is_planned(self) -> bool:
        """Whether it still waits for its moment."""
        return self.live_at is None and self.discarded_at is None


class Placement(models.Model):
    """A story in a slot of an arrangement; the story need not be in print yet."""

    arrangement = models.ForeignKey(Arrangement, models.CASCADE, related_name="placements")
    slot = models.CharField(_("slot"), max_length=20, choices=[(slot.name, slot.label) for slot in slots.SLOTS])
    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="placements")
    headline = models.CharField(_("headline here"), max_length=300, blank=True)
    is_pinned = models.BooleanField(_("pinned"), default=False)
    until = models.DateTimeField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("placement")
        verbose_name_plural = _("placements")
        ordering = ["arrangement", "id"]
        constraints = [
            models.UniqueConstraint(fields=["arrangement", "slot"], name="placement_slot_once"),
            models.UniqueConstraint(fields=["arrangement", "article"], name="placement_story_once"),
        ]

    def __str__(self):
        return f"{self.arrangement_id}/{self.slot}"
