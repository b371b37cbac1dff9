"""Words that somebody said, tied to the words in the body."""

import json
from hashlib import sha256
from itertools import islice

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import anchoring, matching
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


class Match(models.TextChoices):
    """What holding the words against the evidence showed (`matching.match`)."""

    EXACT = matching.EXACT, _("word for word")
    ELLIPSIS = matching.ELLIPSIS, _("with words left out")
    ALTERED = matching.ALTERED, _("altered")
    NOT_FOUND = matching.NOT_FOUND, _("not found")


class Quote(models.Model):
    """Words in the body of an article, who said them, and how the newsroom knows.

    `text` with `prefix` and `suffix` is the anchor of W3C's TextQuoteSelector: the exact words of the body's text
    between the quotation marks, and up to 32 characters on each side. `segments` are the further parts of a quote that
    its attribution splits, in order, each {text, prefix, suffix}.
    """

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="quotes")
    position = models.PositiveIntegerField(_("order"), default=0, editable=False)
    kind = models.CharField(_("kind"), max_length=8, choices=QuoteKind, default=QuoteKind.DIRECT)
    text = models.TextField(_("words"), help_text=_("Exactly as they stand in the body, without the outer marks."))
    prefix = models.CharField(max_length=64, blank=True, editable=False)
    suffix = models.CharField(max_length=64, blank=True, editable=False)
    segments = models.JSONField(_("further parts"), default=list, blank=True, editable=False)

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
    is_opinion = models.BooleanField(
        _("an opinion"), default=False, help_text=_("Of a person or a group, rather than information.")
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
    verified_what = models.CharField(max_length=64, blank=True, editable=False)
    evidence = models.ForeignKey(
        "articles.Evidence",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="quotes",
        verbose_name=_("evidence"),
    )
    match = models.CharField(_("in the evidence"), max_length=12, choices=Match, blank=True, editable=False)
    utterance = models.ForeignKey(
        "articles.Utterance",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="quotes",
        verbose_name=_("said once, quoted also in"),
    )
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

    @property
    def anchors(self) -> list[Anchor]:
        """Where each of its parts belongs."""
        return [self.anchor, *map(segment_anchor, self.segments)]

    @property
    def words(self) -> str:
        """All its parts in one, as they were said."""
        return " … ".join([self.text, *(segment["text"] for segment in self.segments)])

    def checked_things(self) -> str:
        """A digest of what a check was made of: the words, and the evidence they were held against."""
        parts = [self.text, *(segment["text"] for segment in self.segments)]
        evidence = self.evidence.digest() if self.evidence_id else ""
        checked = [*(anchoring.fold(part).text for part in parts), evidence]
        return sha256(json.dumps(checked, ensure_ascii=False).encode()).hexdigest()

    def check_words(self, state: str, *, by, method: str = "", match: str = "") -> None:
        """`by` held the words against the evidence. Saves nothing."""
        self.verification, self.verification_method, self.match = Verification(state), method, match
        self.verified_by, self.verified_at = (by, timezone.now()) if state != Verification.UNVERIFIED else (None, None)
        self.verified_what = self.checked_things() if state == Verification.VERIFIED else ""

    def forget_stale_check(self) -> bool:
        """Words or evidence that changed since are unchecked again. Returns whether anything was; saves nothing.

        A check that was made before it was kept what of is taken to be of what stands now.
        """
        if self.verification == Verification.VERIFIED and not self.verified_what:
            self.verified_what = self.checked_things()
            return True
        is_stale = self.verification == Verification.VERIFIED and self.verified_what != self.checked_things()
        if is_stale:
            self.check_words(Verification.UNVERIFIED, by=None)
        return is_stale


def anchor_quotes(article) -> list[Quote]:
    """Tie every quote to the place of its words in the body as it now stands, and put them in that order.

    A quote whose words or evidence were changed is unchecked from here on. Returns the quotes that have drifted: their
    words, or a part of them, are no longer there. Those keep the anchor they had.
    """
    text = article.text()
    drifted = []
    quotes = list(article.quotes.select_related("evidence"))
    found = iter(anchoring.find_all(text, [anchor for quote in quotes for anchor in quote.anchors]))
    for quote in quotes:
        places = list(islice(found, len(quote.anchors)))
        values: dict = {}
        if None in places:
            drifted.append(quote)
        else:
            first, *rest = [_anchored(text, place) for place in places]
            values = {**first, "segments": rest, "position": places[0][0]}
        changed = [name for name, value in values.items() if getattr(quote, name) != value]
        for name in changed:
            setattr(quote, name, values[name])
        if quote.forget_stale_check():
            changed += ["verification", "verification_method", "match", "verified_by", "verified_at", "verified_what"]
        if changed:
            quote.save(update_fields=changed)
    return drifted


def segment_anchor(segment: dict[str, str]) -> Anchor:
    """Where a further part of a quote belongs."""
    return Anchor(segment["text"], segment["prefix"], segment["suffix"])


def _anchored(text: str, place: tuple[int, int]) -> dict[str, str]:
    anchor = anchoring.make(text, *place)
    return {"text": anchor.exact, "prefix": anchor.prefix, "suffix": anchor.suffix}
