"""What lists show of a story: a narrow row of its own, so that no list reads whole stories.

Printed with the story and gone with it: what is here is in print, and a withdrawn story has no row.
"""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.db import models
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from .. import surrogates
from .copy import Genre
from .stories import Story

MARK = "\ue000"
"""Stands in `entry` where the moment goes; of the area for private use, so that no text of ours has it."""


def languages_of(language: str, translations: Iterable[dict]) -> str:
    """What `StoryTeaser.languages` holds of a story in `language`; `translations` as in `Story`."""
    codes = (language, *(each["language"] for each in translations))
    return " ".join(dict.fromkeys(code.split("-")[0] for code in codes))


def is_also_in(languages: str, language: str) -> bool:
    """Whether a story of these is in another language than `language` (BCP 47), and readers have it in that too."""
    own, *others = languages.split()
    wanted = language.split("-")[0]
    return own != wanted and wanted in others


UNDER_DAY, IN_FULL, BRIEFLY = range(3)
"""How the moment of an entry is written: which of `StoryTeaser.moments`."""


class Entry(NamedTuple):
    """What a list reads of a `StoryTeaser`; of `moments` the JSON."""

    pk: int
    published_at: datetime
    headline: str
    slug: str
    languages: str
    entry: str
    moments: str
    set_by: str

    def html(self, moment: int) -> str:
        """The entry with its moment written in this way."""
        return self.entry.replace(MARK, json.loads(self.moments)[moment])


class Line(NamedTuple):
    """What stands of a `StoryTeaser` among stories that have to do with another."""

    pk: int
    languages: str
    line: str
    set_by: str


class StoryTeaser(surrogates.Shown):
    """A story as lists show it; `teasers` makes it.

    `picture` is as in `Story`, `names` {actors, topics}: [{name, slug}] of those it is about, `languages` its own and
    then those in which readers have it too. `entry` is its place in a list as `printing.entries` sets it, with
    `MARK` for the moment; `moments` are that moment in words: under its day, in full, without the year. `line` is its
    place among related stories. All three hold as long as `set_by` is the version of that code
    (`standing.version_of`). `digest` is of all it says.
    """

    surrogate, surrogate_pk = "story", "story_id"

    story = models.OneToOneField(Story, models.CASCADE, primary_key=True, related_name="teaser")
    published_at = models.DateTimeField(_("published"))
    headline = models.CharField(_("headline"), max_length=300, blank=True)
    standfirst = models.TextField(_("standfirst"), blank=True)
    kicker = models.CharField(_("kicker"), max_length=80, blank=True)
    slug = models.CharField(_("slug"), max_length=120)
    language = models.CharField(_("language"), max_length=12)
    genre = models.CharField(_("genre"), max_length=12, choices=Genre)
    reading_minutes = models.PositiveSmallIntegerField(_("minutes to read"), default=1)
    section_slug = models.CharField(_("section's slug"), max_length=80, blank=True)
    section_name = models.CharField(_("section"), max_length=80, blank=True)
    picture = models.JSONField(_("picture"), null=True)
    names = models.JSONField(_("actors and topics"), default=dict)
    languages = models.CharField(_("languages"), max_length=120)
    entry = models.TextField(_("place in a list"), blank=True)
    moments = models.JSONField(_("moment in words"), default=list)
    line = models.TextField(_("place among related stories"), blank=True)
    set_by = models.CharField(_("version of the template"), max_length=32, blank=True)
    digest = models.CharField(_("digest"), max_length=32, blank=True)

    class Meta:
        verbose_name = _("teaser")
        verbose_name_plural = _("teasers")
        ordering = ["-published_at", "-story_id"]
        indexes = [
            models.Index(fields=["-published_at", "-story"], name="story_teaser_latest"),
            models.Index(fields=["section_slug", "-published_at", "-story"], name="story_teaser_section"),
        ]

    def __str__(self):
        return self.headline

    get_absolute_url = Story.get_absolute_url

    @property
    def standing_key(self) -> tuple:
        """What it says, for `standing.told`: a front may give it another headline."""
        return ("teaser", self.pk, self.digest, self.headline)

    @property
    def section(self) -> dict[str, str] | None:
        """As in `Story`."""
        return {"slug": self.section_slug, "name": self.section_name} if self.section_slug else None

    @property
    def actors(self) -> list[dict]:
        """[{name, slug}]."""
        return self.names.get("actors", [])

    @property
    def topics(self) -> list[dict]:
        """[{name, slug}]."""
        return self.names.get("topics", [])

    def is_also_in(self, language: str) -> bool:
        """As of `Story`: whether it is in another language, and readers have it in `language` too."""
        return is_also_in(self.languages, language)

    @property
    def under_day(self) -> SafeString:
        """The entry under the day it was published on."""
        return self._entry(UNDER_DAY)

    @property
    def in_full(self) -> SafeString:
        """The entry with day and year."""
        return self._entry(IN_FULL)

    @property
    def briefly(self) -> SafeString:
        """The entry with the day alone."""
        return self._entry(BRIEFLY)

    def _entry(self, number: int) -> SafeString:
        return mark_safe(self.entry.replace(MARK, self.moments[number]))  # noqa: S308  (set by the press)
