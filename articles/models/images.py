"""Pictures: what they show, whose they are, and who may fetch the file."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from pathlib import PurePosixPath
from uuid import uuid4

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import offering
from ..paths import path_of
from ..rights import Rights

WARNED = 14  # days before its terms end that the desk is told


def file_path(image: "Image", name: str) -> str:
    """A name nobody can guess, so that a picture of an unpublished story is not found by trying."""
    return f"images/{uuid4().hex}{PurePosixPath(name).suffix.lower()}"


class ImageQuerySet(models.QuerySet):
    """Ways to ask for images."""

    def in_terms(self, on: date | None = None):
        """Only pictures that may be shown on that day (today)."""
        return self.exclude(expires_on__lt=on or timezone.localdate())

    def ending(self, ids, known: Mapping[int, date | None]) -> dict[int, date]:
        """id → last day, of those among `ids` whose terms have ended or end within the days of `WARNED`.

        The last days in `known` are not asked for again.
        """
        soon = timezone.localdate() + timedelta(days=WARNED)
        days = {pk: known[pk] for pk in ids if known.get(pk)}
        if asked := [pk for pk in ids if pk not in known]:
            days |= self.filter(pk__in=asked, expires_on__lte=soon).values_list("pk", "expires_on")
        return {pk: day for pk, day in days.items() if day <= soon}

    def in_print(self):
        """Only pictures that readers may see: of a published story or an actor in print, while their terms last."""
        return self.printed().in_terms()

    def printed(self):
        """Only pictures that a published story, or the page of an actor or signer in print, holds, even if withheld."""
        apps = self.model._meta.apps
        shown = apps.get_model("articles", "StoryImage").objects.filter(image=models.OuterRef("pk"))
        portraits = apps.get_model("articles", "Actor").objects.in_print().filter(image=models.OuterRef("pk"))
        signed = apps.get_model("articles", "Profile").objects.in_print().filter(image=models.OuterRef("pk"))
        return self.filter(models.Exists(shown) | models.Exists(portraits) | models.Exists(signed))

    def settled(self):
        """Pictures that a second person has agreed to: in print, or of an approved story."""
        article = self.model._meta.apps.get_model("articles", "Article")
        approved = article.objects.agreed()
        own = approved.filter(image_items__image=models.OuterRef("pk"))
        lead = approved.filter(lead_image=models.OuterRef("pk"))
        return self.filter(models.Q(pk__in=self.printed().values("pk")) | models.Exists(own) | models.Exists(lead))

    def visible_to(self, user):
        """Staff who work with copy see all pictures; everybody else those in print."""
        if user.is_active and user.is_staff and user.has_perm("articles.view_image"):
            return self
        return self.in_print()


class Image(models.Model):
    """A picture with what a reader and a lawyer need to know of it.

    The file holds no metadata of the camera's, only credit and copyright notice. `renditions` is what was made of it:
    {focus, at, files: {name: bytes}} or, where that failed, {error, at}.
    """

    file = models.ImageField(
        *(_("file"), None, "width", "height"),
        upload_to=file_path,
        max_length=200,
        db_index=True,  # `views.media` looks a picture up by it
    )
    alt = models.CharField(_("alt text"), max_length=400, help_text=_("What the picture shows, for who cannot see it."))
    caption = models.TextField(_("caption"), blank=True)
    credit = models.CharField(_("credit"), max_length=200, blank=True, help_text=_("Whose picture it is."))
    copyright = models.CharField(
        _("copyright notice"), max_length=200, blank=True, help_text=_("Written into the file with the credit.")
    )
    usage_terms = models.TextField(_("usage terms"), blank=True, help_text=_("Licence, fee, what it may be used for."))
    expires_on = models.DateField(
        _("may be shown until"),
        null=True,
        blank=True,
        help_text=_("The last day. Then readers do not get it any more, wherever it stands. Empty: no end."),
    )
    focal_x = models.FloatField(
        _("focal point, across"), default=0.5, validators=[MinValueValidator(0), MaxValueValidator(1)]
    )
    focal_y = models.FloatField(
        _("focal point, down"), default=0.5, validators=[MinValueValidator(0), MaxValueValidator(1)]
    )
    width = models.PositiveIntegerField(_("width in pixels"), editable=False, default=0)
    height = models.PositiveIntegerField(_("height in pixels"), editable=False, default=0)
    tint = models.CharField(_("colour before it is loaded"), max_length=8, blank=True, editable=False)
    renditions = models.JSONField(_("renditions"), default=dict, blank=True, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(_("uploaded"), auto_now_add=True)

    objects = ImageQuerySet.as_manager()

    class Meta:
        verbose_name = _("image")
        verbose_name_plural = _("images")
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["expires_on"], condition=models.Q(expires_on__isnull=False), name="image_expires")
        ]
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
        return path_of("media", self.file.name)

    @property
    def ends_soon(self) -> bool:
        """Whether its terms end within the days of `WARNED`."""
        return self.expires_on is not None and self.expires_on <= timezone.localdate() + timedelta(days=WARNED)

    @property
    def focus(self) -> str:
        """The focal point as the addresses of crops have it."""
        return offering.focus(self.focal_x, self.focal_y)

    @property
    def rights(self) -> Rights:
        """What is written into its files."""
        return Rights(self.credit, self.copyright)

    @property
    def is_expired(self) -> bool:
        """Whether its terms have ended: readers do not get it."""
        return self.expires_on is not None and self.expires_on < timezone.localdate()

    def seconds_left(self, most: int) -> int:
        """How long a copy of it may be kept: until the end of its last day, at most so long."""
        day = self.expires_on + timedelta(days=1)
        end = timezone.make_aware(datetime.combine(day, time()))
        return max(0, min(most, int((end - timezone.now()).total_seconds())))

    def rendition_path(self, name: str) -> str:
        """Where the storage keeps a rendition: it goes where its picture goes, and no other has its folder."""
        return f"renditions/{PurePosixPath(self.file.name).stem}/{name}"

    def missing_renditions(self) -> list[str]:
        """The names of those that a page may ask for and that are not made yet."""
        made = self.renditions.get("files", {})
        return [name for name in offering.every_name(self.width, self.height, self.focus) if name not in made]
