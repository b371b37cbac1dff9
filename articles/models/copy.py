"""The fields that a working copy and a printed story share."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Genre(models.TextChoices):
    """What kind of journalism a story is; JSON-LD and the kicker follow it."""

    NEWS = "news", _("news")
    ANALYSIS = "analysis", _("analysis")
    BACKGROUND = "background", _("background")
    EXPLAINER = "explainer", _("explainer")
    INTERVIEW = "interview", _("interview")
    FEATURE = "feature", _("feature")
    OPINION = "opinion", _("opinion")


class Copy(models.Model):
    """Headline to body: what a story says, whoever reads it. `body` is HTML as `markup.sanitise` leaves it."""

    headline = models.CharField(_("headline"), max_length=300, blank=True)
    standfirst = models.TextField(_("standfirst"), blank=True, help_text=_("One or two sentences under the headline."))
    kicker = models.CharField(_("kicker"), max_length=80, blank=True, help_text=_("A word or two above the headline."))
    slug = models.SlugField(
        _("slug"), max_length=120, blank=True, allow_unicode=True, help_text=_("The last part of the address.")
    )
    language = models.CharField(_("language"), max_length=12, default="en", help_text=_("As in BCP 47: en, ar, fr-CA."))
    dateline = models.CharField(_("dateline"), max_length=120, blank=True, help_text=_("Where it was reported from."))
    body = models.TextField(_("body"), blank=True)
    genre = models.CharField(_("genre"), max_length=12, choices=Genre, default=Genre.NEWS)
    lead_image = models.ForeignKey(
        "articles.Image", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("lead image")
    )

    class Meta:
        abstract = True
