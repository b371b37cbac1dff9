"""Running stories as readers see them: printed by `packages`, thrown away and printed again."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .. import surrogates
from ..paths import path_of


class StoryPackage(surrogates.Shown):
    """A running story in print, ready to show; `id` is that of the desk's package.

    `parts` [{headline, standfirst, kicker, url, language, at, picture}] in reading order, and `moments`
    [{on, text, headline, url, language}] by date; `at` and `on` are ISO. Nothing that is not in print is in either.
    """

    surrogate = "package"

    id = models.PositiveBigIntegerField(primary_key=True)
    slug = models.SlugField(_("slug"), max_length=120, unique=True, allow_unicode=True)
    title = models.CharField(_("title"), max_length=160)
    intro = models.TextField(_("introduction"), blank=True)
    parts = models.JSONField(default=list)
    moments = models.JSONField(default=list)
    updated_at = models.DateTimeField(_("updated"))

    class Meta:
        verbose_name = _("running story in print")
        verbose_name_plural = _("running stories in print")
        ordering = ["-updated_at", "-id"]

    def __str__(self):
        return self.title

    def get_absolute_url(self) -> str:
        """Its page."""
        return path_of("package", self.slug)

    @property
    def newest(self) -> list[dict]:
        """The parts, the newest first."""
        return sorted(self.parts, key=lambda part: part["at"], reverse=True)
