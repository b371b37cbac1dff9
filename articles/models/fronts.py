"""What stands where on the fronts that readers see: printed by `fronts` and `sections`, and printed again at will."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..paths import path_of
from .stories import Story


class StorySection(models.Model):
    """A section with stories in print: what the navigation names and what has a front."""

    slug = models.SlugField(_("slug"), max_length=80, primary_key=True, allow_unicode=True)
    name = models.CharField(_("name"), max_length=80)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("section in print")
        verbose_name_plural = _("sections in print")
        ordering = ["position", "name"]

    def __str__(self):
        return self.name

    def get_absolute_url(self) -> str:
        """Its front."""
        return path_of("section", self.slug)


class StoryPlacementQuerySet(models.QuerySet):
    """Ways to ask for placements."""

    def of(self, section: str):
        """Of the front of a section, by its slug; "" is the paper’s own front."""
        return self.filter(section=section)

    def shown_at(self, moment):
        """Those that have not expired and whose story is still in print."""
        lasting = self.filter(Q(shown_until__isnull=True) | Q(shown_until__gt=moment))
        return lasting.exclude(story__is_withdrawn=True).order_by("key")


class StoryPlacement(models.Model):
    """What stands in one slot of a front: a story in print, or a running story. `key` is "section/slot"."""

    key = models.CharField(max_length=120, primary_key=True)
    section = models.CharField(_("section's slug"), max_length=80, blank=True)
    slot = models.CharField(_("slot"), max_length=20)
    story = models.ForeignKey(Story, models.CASCADE, null=True, related_name="placements")
    package = models.ForeignKey("articles.StoryPackage", models.CASCADE, null=True, related_name="placements")
    headline = models.CharField(_("headline here"), max_length=300, blank=True)
    shown_until = models.DateTimeField(_("shown until"), null=True)

    objects = StoryPlacementQuerySet.as_manager()

    class Meta:
        verbose_name = _("placement in print")
        verbose_name_plural = _("placements in print")
        ordering = ["key"]
        indexes = [models.Index(fields=["section"], name="story_placement_section")]

    def __str__(self):
        return self.key
