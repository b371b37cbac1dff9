"""The acts of publishing."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..workflow import MoveNotAllowed, Reason
from .events import AppendOnly


class EditionKind(models.TextChoices):
    """Why an edition was printed; readers see it beside the date."""

    FIRST = "first", _("first published")
    UPDATE = "update", _("update")
    CORRECTION = "correction", _("correction")
    CLARIFICATION = "clarification", _("clarification")
    EDITORS_NOTE = "editors_note", _("editor’s note")
    FIX = "fix", _("minor fix")
    WITHDRAWAL = "withdrawal", _("withdrawal")
    RESTORATION = "restoration", _("restoration")


NOTED = (EditionKind.CORRECTION, EditionKind.CLARIFICATION, EditionKind.EDITORS_NOTE)
"""Editions that say something of the ones before them."""


def kind_after(latest: "Edition | None", wanted: str | None) -> EditionKind:
    """What the next edition is, where `wanted` is one of `NOTED` or "update"."""
    if latest is None:
        return EditionKind.FIRST
    if latest.kind == EditionKind.WITHDRAWAL:
        return EditionKind.RESTORATION
    return EditionKind(wanted) if wanted in NOTED else EditionKind.UPDATE


def require_public_words(kind: EditionKind, *, note: str, wrong: str, right: str) -> None:
    """Raises `MoveNotAllowed` where an edition of this kind would not tell readers what they have to know."""
    if kind == EditionKind.CORRECTION and not (wrong.strip() and right.strip()):
        sentence = gettext("A correction tells readers what was wrong and what is right: write both.")
        raise MoveNotAllowed([Reason(sentence)])
    if kind in (EditionKind.CLARIFICATION, EditionKind.EDITORS_NOTE) and not (note.strip() or right.strip()):
        raise MoveNotAllowed([Reason(gettext("Write the public note: readers see it with the story."))])


class Edition(AppendOnly):
    """One revision, frozen and put before readers: never changed, never deleted.

    `note`, `wrong` and `right` are public.
    """

    article = models.ForeignKey("articles.Article", models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=13, choices=EditionKind)
    note = models.TextField(_("public note"), blank=True)
    wrong = models.TextField(_("what was wrong"), blank=True)
    right = models.TextField(_("what is right"), blank=True)
    is_self_approved = models.BooleanField(
        _("self-approved"), default=False, help_text=_("Nobody but its own writer approved it.")
    )
    waivers = models.JSONField(_("rules waived"), default=list, blank=True)
    revision = models.ForeignKey("articles.Revision", models.PROTECT, related_name="editions")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["article_id", "number"]
        constraints = [models.UniqueConstraint(fields=["article", "number"], name="edition_number_once")]

    def __str__(self):
        return str(_("Edition %(number)s")) % {"number": self.number}
