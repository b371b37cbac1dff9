"""What a quote is checked against."""

from hashlib import sha256

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class EvidenceKind(models.TextChoices):
    """What the newsroom holds."""

    TRANSCRIPT = "transcript", _("transcript")
    NOTES = "notes", _("notes")
    DOCUMENT = "document", _("document")
    RECORDING = "recording", _("recording")
    WIRE = "wire", _("wire copy")
    LINK = "link", _("web page or post")


class Evidence(models.Model):
    """A transcript, a page of a document, a place in a recording: private, unless the desk says otherwise.

    `text` is what a quote is compared with; `locator` says where in it: "page 12", "00:14:30". A file is handed out to
    those who may read the story, and to nobody else.
    """

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="evidence")
    kind = models.CharField(_("kind"), max_length=12, choices=EvidenceKind, default=EvidenceKind.TRANSCRIPT)
    title = models.CharField(_("what it is"), max_length=200, help_text=_("“Press conference, Port Selm, 4 March”"))
    text = models.TextField(_("words"), blank=True, help_text=_("Paste the passage, or the whole of it."))
    url = models.URLField(_("address"), max_length=500, blank=True)
    locator = models.CharField(_("where in it"), max_length=120, blank=True, help_text=_("“page 12”, “00:14:30”"))
    file = models.FileField(_("file"), upload_to="evidence/%Y/%m", blank=True)
    is_public = models.BooleanField(
        _("readers may know of it"), default=False, help_text=_("Its title and address are printed with the quote.")
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    added_at = models.DateTimeField(_("added"), auto_now_add=True)

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["article_id", "id"]

    def __str__(self):
        return self.title

    @property
    def file_name(self) -> str:
        """What the file is called, without the folder it is kept in."""
        return self.file.name.rsplit("/", 1)[-1] if self.file else ""

    def digest(self) -> str:
        """Of everything that a check rests on."""
        parts = (self.kind, self.text, self.url, self.locator, self.file.name or "")
        return sha256("\0".join(parts).encode()).hexdigest()
