"""The pages on which a newsroom says who it is and what it holds itself to. Readers see this table as it is."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles import markup


class PageName(models.TextChoices):
    """Which page; the value is the last part of its address under `/about/`."""

    MASTHEAD = "masthead", _("Masthead")
    CONTACT = "contact", _("Contact")
    PRIVACY = "privacy", _("Privacy")
    ACCESSIBILITY = "accessibility", _("Accessibility")


class Page(models.Model):
    """The newsroom's own words on a page about itself; while they are empty, readers get those of the program."""

    name = models.CharField(_("page"), max_length=20, primary_key=True, choices=PageName)
    body = models.TextField(_("text"), blank=True)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("page about the newsroom")
        verbose_name_plural = _("pages about the newsroom")
        ordering = ["name"]

    def __str__(self):
        return str(self.get_name_display())

    def save(self, *args, **kwargs):
        """By whatever door the text comes, only HTML that a body may hold is kept."""
        self.body = markup.sanitise(self.body)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """Where readers find it."""
        return reverse(f"about-{self.name}")
