"""Who a confidential source is: sealed, in a table of its own. `docs/confidential-sources.md` says what that is worth.

Nothing here opens anything: `articles.identities` seals, reveals, grants and purges, and writes the log first.
"""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .events import AppendOnly
from .sources import Source


class Withheld(models.Manager):
    """Finds nothing: what exports, fixtures and lists ask. Those who mean it ask `sealed`."""

    def get_queryset(self):
        """Nothing."""
        return super().get_queryset().none()


class SourceIdentity(models.Model):
    """The real name and contact of one confidential source, as AES-GCM made it of them.

    `nonce` and `ciphertext` are bytes; `key_id` tells the key without holding it; the associated data binds table,
    column and row, so that a ciphertext put into another row does not open.
    """

    source = models.OneToOneField(Source, models.PROTECT, related_name="identity", verbose_name=_("source"))
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("promised by"))
    nonce = models.BinaryField(editable=False)
    ciphertext = models.BinaryField(editable=False)
    key_id = models.CharField(max_length=16, editable=False)
    keep_until = models.DateField(_("to be deleted on"), null=True, blank=True)
    created_at = models.DateTimeField(_("sealed"), default=timezone.now, editable=False)

    sealed = models.Manager()
    objects = Withheld()

    class Meta:
        verbose_name = _("sealed identity")
        verbose_name_plural = _("sealed identities")
        base_manager_name = "sealed"
        default_manager_name = "objects"
        default_permissions = ()

    def __str__(self):
        return str(_("Sealed identity"))


class IdentityGrant(models.Model):
    """One person who may know of one confidential source, and reveal who it is, until it is taken back."""

    identity = models.ForeignKey(SourceIdentity, models.CASCADE, related_name="grants")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("person"))
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("granted by")
    )
    granted_at = models.DateTimeField(_("granted"), default=timezone.now)

    class Meta:
        verbose_name = _("grant")
        verbose_name_plural = _("grants")
        ordering = ["identity", "granted_at"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["identity", "user"], name="identity_granted_once")]

    def __str__(self):
        return str(self.user)


class IdentityAct(models.TextChoices):
    """What was done, or tried."""

    SEAL = "seal", _("sealed")
    REPLACE = "replace", _("sealed anew")
    REVEAL = "reveal", _("revealed")
    REFUSE = "refuse", _("refused")
    GRANT = "grant", _("access granted")
    REVOKE = "revoke", _("access taken back")
    ROTATE = "rotate", _("sealed under a new key")
    PURGE = "purge", _("deleted")


class IdentityAccess(AppendOnly):
    """One line of the access log. `hash` is of everything else on the line and of the line before it.

    `source` is the row's id as a number: the line outlives what it speaks of.
    """

    number = models.PositiveBigIntegerField(_("line"), unique=True)
    at = models.DateTimeField(_("at"))
    act = models.CharField(_("act"), max_length=8, choices=IdentityAct)
    source = models.PositiveBigIntegerField(_("source"), db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    reason = models.TextField(_("reason"), blank=True)
    channel = models.CharField(_("from where"), max_length=40, blank=True)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("access to an identity")
        verbose_name_plural = _("access to identities")
        ordering = ["number"]
        default_permissions = ()

    def __str__(self):
        return f"{self.number}: {self.get_act_display()}"
