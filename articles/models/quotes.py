"""Words that somebody said, tied to the words in the body."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .. import anchoring
from ..anchoring import Anchor


class QuoteKind(models.TextChoices):
    """How the body gives the words."""

    DIRECT = "direct", _("direct")
    MIXED = "mixed", _("partly quoted")
    INDIRECT = "indirect", _("paraphrased")


class ObtainedVia(models.TextChoices):
    """How the words came to the newsroom."""

    INTERVIEW = "interview", _("in an interview")
    PHONE = "phone", _("by telephone")
    EMAIL = "email", _("by e-mail")
    MESSAGE = "message", _("by message")
    STATEMENT = "statement", _("in a statement")
    PRESS_CONFERENCE = "press_conference", _("at a press conference")
    SPEECH = "speech", _("in a speech")
    COURT = "court", _("in court")
    DOCUMENT = "document", _("in a document")
    BROADCAST = "broadcast", _("in a broadcast")
    SOCIAL_POST = "social_post", _("in a social post")
    OUTLET = "outlet", _("to another outlet")
    WIRE = "wire", _("through a news agency")


class Verification(models.TextChoices):
    """Whether a person has held the words against the evidence."""

    UNVERIFIED = "unverified", _("not yet checked")
    VERIFIED = "verified", _("checked")
    DISPUTED = "disputed", _("disputed")
    FABRICATED = "fabricated", _("fabricated")


class Quote(models.Model):
    """Words in the body of an article, who said them, and how the newsroom knows.

    `text` with `prefix` and `suffix` is the anchor of W3C's TextQuoteSelector: the exact words of the body's text
    between the quotation marks, and up to 32 characters on each side.
    """

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="quotes")
    position = models.PositiveIntegerField(_("order"), default=0, editable=False)
    kind = models.CharField(_("kind"), max_length=8, choices=QuoteKind, default=QuoteKind.DIRECT)
    text = models.TextField(_("words"), help_text=_("Exactly as they stand in the body, without the outer marks."))
    prefix = models.CharField(max_length=64, blank=True, editable=False)
    suffix = models.CharField(max_length=64, blank=True, editable=False)

    speaker = models.ForeignKey(
        "articles.Actor", models.PROTECT, null=True, blank=True, related_name="quotes", verbose_name=_("speaker")
    )
    speaker_mention = models.CharField(
        _("speaker as mentioned"), max_length=200, blank=True, help_text=_("“the foreign minister”, “two diplomats”")
    )
    speaker_unknown_because = models.CharField(_("speaker unknown, because"), max_length=200, blank=True)
    role = models.CharField(_("role as given"), max_length=200, blank=True)
    attribution = models.ForeignKey(
        "articles.Attribution",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="quotes",
        verbose_name=_("attribution"),
    )
    obtained_via = models.CharField(_("obtained"), max_length=16, choices=ObtainedVia, blank=True)
    said_on = models.DateField(_("said on"), null=True, blank=True)
    is_undated = models.BooleanField(_("undated"), default=False, help_text=_("The day is not known."))
    original_text = models.TextField(_("original words"), blank=True, help_text=_("Where translated or altered."))
    original_language = models.CharField(_("original language"), max_length=12, blank=True)

    verification = models.CharField(_("check"), max_length=12, choices=Verification, default=Verification.UNVERIFIED)
    verification_method = models.CharField(
        _("how checked"), max_length=200, blank=True, help_text=_("“against the recording”")
    )
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("checked by"),
    )
    verified_at = models.DateTimeField(_("checked at"), null=True, blank=True, editable=False)
    responds_to = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="replies", verbose_name=_("responds to")
    )

    class Meta:
        verbose_name = _("quote")
        verbose_name_plural = _("quotes")
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="quote_has_words"),
            models.CheckConstraint(condition=Q(said_on=None) | Q(is_undated=False), name="quote_dated_or_undated"),
        ]

    def __str__(self):
        words = self.text if len(self.text) <= 60 else f"{self.text[:57]}…"
        return f"“{words}”"

    @property
    def anchor(self) -> Anchor:
        """Where the words belong in the text of the body."""
        return Anchor(self.text, self.prefix, self.suffix)


def anchor_quotes(article) -> list[Quote]:
    """Tie every quote to the place of its words in the body as it now stands, and put them in that order.

    Returns the quotes that have drifted: their words are no longer there. Those keep the anchor they had.
    """
    text = article.text()
    drifted = []
    for quote in article.quotes.all():
        place = anchoring.find(text, quote.anchor)
        if place is None:
            drifted.append(quote)
            continue
        anchor = anchoring.make(text, *place)
        values = {
            "text": anchor.exact,
            "prefix": anchor.prefix,
            "suffix": anchor.suffix,
            "position": place[0],
        }
        changed = [name for name, value in values.items() if getattr(quote, name) != value]
        for name in changed:
            setattr(quote, name, values[name])
        if changed:
            quote.save(update_fields=changed)
    return drifted
