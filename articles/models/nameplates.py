"""What the newsroom is called and looks like: set in the admin, over what the server's settings say.

Every page asks for it, so each process keeps it in memory and looks again once a second: a page costs no query of its
own, and a change is before readers within that second whoever made it and wherever.
"""

from dataclasses import dataclass
from hashlib import sha256
from uuid import uuid4

from django.conf import settings
from django.core.cache import caches
from django.db import DatabaseError, models
from django.utils import timezone
from django.utils.connection import ConnectionProxy
from django.utils.translation import gettext_lazy as _

from .. import colours

THE_ONE = 1
FRESH = 1
"""Seconds for which a process believes what it knows: others may change it."""
KEY, LAST = "nameplate", "nameplate:last"
KEPT = ("name", "strapline", "accent", "accent_dark", "logo", "logo_width", "logo_height")

cache = ConnectionProxy(caches, "process")


def logo_name(_plate: models.Model, filename: str) -> str:
    """A name that no logo had before: what is under it never changes."""
    return f"nameplate/{uuid4().hex}.{filename.rpartition('.')[2]}"


class Nameplate(models.Model):
    """Name, strapline, colours and logo of the newsroom: one row at most. What is empty is as the settings have it."""

    name = models.CharField(
        _("name"), max_length=80, blank=True, help_text=_("Empty: as the server’s settings have it (NEWSROOM_NAME).")
    )
    strapline = models.CharField(
        _("strapline"),
        max_length=160,
        blank=True,
        help_text=_("The line beside the name. Empty: as the server’s settings have it (NEWSROOM_STRAPLINE)."),
    )
    accent = models.CharField(
        _("accent colour"),
        max_length=7,
        blank=True,
        help_text=_("For kickers, marks and links, as #rrggbb. Empty: the printer’s red that comes with the program."),
    )
    accent_dark = models.CharField(
        _("accent colour by night"),
        max_length=7,
        blank=True,
        help_text=_("On dark paper, as #rrggbb. Empty: the accent colour, lightened until it reads."),
    )
    logo = models.FileField(
        _("logo"),
        upload_to=logo_name,
        max_length=200,
        blank=True,
        help_text=_("A picture of the name, shown in its place: JPEG, PNG, WebP, AVIF or GIF, no SVG."),
    )
    logo_width = models.PositiveIntegerField(default=0, editable=False)
    logo_height = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(_("changed"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("nameplate")
        verbose_name_plural = _("nameplate")
        constraints = [models.CheckConstraint(condition=models.Q(pk=THE_ONE), name="nameplate_the_one")]

    def __str__(self):
        return self.name or settings.NEWSROOM_NAME

    def save(self, *args, **kwargs):
        """There is the one."""
        self.pk = THE_ONE
        self.changed_at = timezone.now()
        super().save(*args, **kwargs)


@dataclass(frozen=True)
class Plate:
    """The nameplate as pages show it. `accent` is "" for the one of the style sheets; `logo` is a file's name or ""."""

    name: str
    strapline: str
    accent: str = ""
    accent_dark: str = ""
    logo: str = ""
    logo_width: int = 0
    logo_height: int = 0

    @property
    def stylesheet(self) -> str:
        """What is laid over the tokens; nothing where the accent is the program's own."""
        if not self.accent:
            return ""
        dark = self.accent_dark or colours.lifted(self.accent)
        return f"@layer tokens{{:root{{--accent:light-dark({self.accent},{dark});--focus:var(--accent)}}}}\n"

    @property
    def look_version(self) -> str:
        """Changes with the style sheet; empty where there is none."""
        return sha256(self.stylesheet.encode()).hexdigest()[:10] if self.accent else ""

    @property
    def logo_version(self) -> str:
        """Changes with the logo: no two files have one name."""
        return sha256(self.logo.encode()).hexdigest()[:10] if self.logo else ""


def current() -> Plate:
    """The nameplate now, at most `FRESH` seconds old; as it was last known while the database does not answer."""
    row = cache.get(KEY)
    if row is None:
        row = _read()
        cache.set(KEY, row, FRESH)
        cache.set(LAST, row, None)
    values = {name: value for name, value in row.items() if value}
    return Plate(**{"name": settings.NEWSROOM_NAME, "strapline": settings.NEWSROOM_STRAPLINE, **values})


def _read() -> dict:
    try:
        return Nameplate.objects.values(*KEPT).first() or {}
    except DatabaseError:
        return cache.get(LAST) or {}


def forget() -> None:
    """It has changed: look again."""
    cache.delete(KEY)
