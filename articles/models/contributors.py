"""Contributors as readers know them: what their page tells, and the stories in print that they signed.

Nothing here points at the desk's `Contributor`, which knows an account.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .. import surrogates
from ..paths import path_of
from .stories import Story


class ProfileQuerySet(models.QuerySet):
    """Ways to ask for profiles."""

    def in_print(self):
        """Only those who signed a published story: the others do not exist for a reader."""
        return self.filter(models.Exists(StoryContributor.objects.filter(contributor=models.OuterRef("pk"))))


class Profile(surrogates.Shown):
    """What readers are told of a contributor. `id` is that of the desk's record, as a plain number."""

    surrogate = "contributor"

    id = models.PositiveBigIntegerField(primary_key=True)
    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("slug"), max_length=120, db_index=True, allow_unicode=True)
    title = models.CharField(_("position"), max_length=120, blank=True)
    bio = models.TextField(_("bio"), blank=True)
    contact = models.TextField(_("contact"), blank=True)
    image = models.ForeignKey(
        "articles.Image", models.SET_NULL, null=True, related_name="profile_rows", verbose_name=_("picture")
    )

    objects = ProfileQuerySet.as_manager()

    class Meta:
        verbose_name = _("profile of a contributor")
        verbose_name_plural = _("profiles of contributors")
        ordering = ["name", "id"]
        indexes = [models.Index(fields=["name", "id"], name="profile_name")]

    def __str__(self):
        return self.name

    def get_absolute_url(self) -> str:
        """The public page; 404 until a story they signed is published."""
        return path_of("contributor", self.slug)


class StoryContributor(models.Model):
    """Who signed a story in print, once, in the first of their roles. Repeats `published_at`, as `StoryActor` does."""

    story = models.ForeignKey(Story, models.CASCADE, related_name="contributor_rows")
    contributor = models.ForeignKey(Profile, models.CASCADE, related_name="story_rows", db_index=False)
    role = models.CharField(_("role"), max_length=12)
    role_label = models.CharField(_("role in words"), max_length=60)
    published_at = models.DateTimeField()

    class Meta:
        verbose_name = _("contributor of a story")
        verbose_name_plural = _("contributors of stories")
        ordering = ["-published_at", "-story_id"]
        constraints = [models.UniqueConstraint(fields=["story", "contributor"], name="story_contributor_once")]
        indexes = [models.Index(fields=["contributor", "-published_at", "-story"], name="story_contributor_latest")]

    def __str__(self):
        return f"{self.contributor_id} of {self.story_id}"


class FormerSlug(models.Model):
    """An address that an actor, a topic or a contributor had before it was changed; `key` is the one it belongs to."""

    kind = models.CharField(_("kind"), max_length=12)
    slug = models.SlugField(_("slug"), max_length=120, db_index=False, allow_unicode=True)
    key = models.PositiveBigIntegerField()

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")
        constraints = [models.UniqueConstraint(fields=["kind", "slug"], name="former_slug_once")]

    def __str__(self):
        return f"{self.kind}: {self.slug}"
