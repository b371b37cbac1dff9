"""Pictures: what they show, whose they are, and who may fetch the file."""

from pathlib import PurePosixPath
from uuid import uuid4

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


def file_path(image: "Image", name: str) -> str:
    """A name nobody can guess, so that a picture of an unpublished story is not found by trying."""
    return f"images/{uuid4().hex}{PurePosixPath(name).suffix.lower()}"


class ImageQuerySet(models.QuerySet):
    """Ways to ask for images."""

    def in_print(self):
        """Only pictures that a published story shows, or an actor in print."""
        apps = self.model._meta.apps
        shown = apps.get_model("articles", "StoryImage").objects.filter(image=models.OuterRef("pk"))
        portraits = apps.get_model("articles", "Actor").objects.in_print().filter(image=models.OuterRef("pk"))
        return self.filter(models.Exists(shown) | models.Exists(portraits))

    def settled(self):
        """Pictures that a second person has agreed to: in print, or of an approved story."""
        article = self.model._meta.apps.get_model("articles", "Article")
        approved = article.objects.agreed()
        own = approved.filter(image_items__image=models.OuterRef("pk"))
        lead = approved.filter(lead_image=models.OuterRef("pk"))
        return self.filter(models.Q(pk__in=self.in_print().values("pk")) | models.Exists(own) | models.Exists(lead))

    def visible_to(self, user):
        """Staff who work with copy see all pictures; everybody else those in print."""
        if user.is_active and user.is_staff and user.has_perm("articles.view_image"):
            return self
        return self.in_print()


class Image(models.Model):
    """A picture with what a reader and a lawyer need to know of it. The file holds no metadata of the camera's."""

    file = models.ImageField(_("file"), upload_to=file_path, width_field="width", height_field="height", max_length=200)
    alt = models.CharField(_("alt text"), max_length=400, help_text=_("What the picture shows, for who cannot see it."))
    caption = models.TextField(_("caption"), blank=True)
    credit = models.CharField(_("credit"), max_length=200, blank=True, help_text=_("Whose picture it is."))
    usage_terms = models.TextField(_("usage terms"), blank=True, help_text=_("Licence, fee, until when."))
    focal_x = models.FloatField(
        _("focal point, across"), default=0.5, validators=[MinValueValidator(0), MaxValueValidator(1)]
    )
    focal_y = models.FloatField(
        _("focal point, down"), default=0.5, validators=[MinValueValidator(0), MaxValueValidator(1)]
    )
    width = models.PositiveIntegerField(_("width in pixels"), editable=False, default=0)
    height = models.PositiveIntegerField(_("height in pixels"), editable=False, default=0)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(_("uploaded"), auto_now_add=True)

    objects = ImageQuerySet.as_manager()

    class Meta:
        verbose_name = _("image")
        verbose_name_plural = _("images")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(focal_x__range=(0, 1), focal_y__range=(0, 1)), name="focal_point_inside_image"
            )
        ]

    def __str__(self):
        return self.alt or PurePosixPath(self.file.name).name

    @property
    def url(self) -> str:
        """The address of the file; `views.media` decides who gets it."""
        return reverse("media", args=[self.file.name])
