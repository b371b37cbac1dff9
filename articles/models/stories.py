"""What readers see: printed by `press` from editions, thrown away and printed again at will.

Nothing here points at a working copy, so that no page can follow a key from a story to a draft.
"""

from datetime import date, datetime
from urllib.parse import quote

from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from .. import surrogates
from ..paths import path_of
from .copy import Copy
from .quotes import ObtainedVia, QuoteKind, Verification
from .relations import RelationKind
from .tags import Actor, Topic

FRAGMENT_WORDS = 12
"""Of more words than these a text fragment names the first and the last."""

ABOVE = ("correction", "editors_note", "withdrawal", "restoration")
"""Kinds of editions whose note stands over the story; that of an update or a clarification stands at its foot."""


CORRECTION_KINDS = {
    "correction": _("correction"),
    "clarification": _("clarification"),
    "editors_note": _("editor’s note"),
    "withdrawal": _("withdrawal"),
}
"""Kinds of editions that `/corrections/` lists."""


def address(published_at: datetime, slug: str) -> str:
    """Of a story: for who has no row of it."""
    return path_of("story", *timezone.localdate(published_at).isoformat().split("-"), slug)


class StoryQuerySet(models.QuerySet):
    """Ways to ask for stories."""

    def published(self):
        """What readers may read, newest first. Pages, feeds and sitemaps all start here."""
        return self.filter(is_withdrawn=False).order_by("-published_at", "-id")


class Story(surrogates.Shown, Copy):
    """One story as readers see it: the rendered body and everything its page needs, in one row.

    `id` is the article's, as a plain number. The JSON fields hold what is printed, ready to show:
    `section` {name, slug} or null; `bylines` [{name, slug, role, role_label}]; `actors` [{name, slug, kind,
    kind_label}]; `topics` [{name, slug}]; `sources` [{wording, kind, kind_label, basis, basis_label, is_named,
    head_count, reason, quotes}]; `notes` [{kind, kind_label, text, at}], newest first; `picture` {url, width, height,
    alt, caption, credit, focal_x, focal_y, tint} or null; `running` [{title, url, number, count, previous, next}],
    the running stories it is a part of, with its neighbours {headline, url, language} or null; `structured` is what
    `structured_data` tells of it; `documents` [{number, title, url, host, places}] are those noted in the text,
    `receipt` is what `printing.receipt` adds up, `related_by` {actors, topics} the keys of the tags by which related
    stories are found; `translations` [{language, name, url, headline}] are the other stories of its family in print.
    `setting` is the HTML of its page and `set_by` what made it: see `printing.setting`.
    """

    surrogate = "story"

    id = models.PositiveBigIntegerField(primary_key=True)
    edition_number = models.PositiveIntegerField(_("edition"))
    edition_kind = models.CharField(_("kind of edition"), max_length=13)
    published_at = models.DateTimeField(_("published"))
    updated_at = models.DateTimeField(_("updated"))
    section = models.JSONField(_("section"), null=True)
    section_slug = models.CharField(_("section's slug"), max_length=80, blank=True)
    bylines = models.JSONField(_("bylines"), default=list)
    actors = models.JSONField(_("actors"), default=list)
    topics = models.JSONField(_("topics"), default=list)
    sources = models.JSONField(_("sources"), default=list)
    notes = models.JSONField(_("notes"), default=list)
    picture = models.JSONField(_("picture"), null=True)
    documents = models.JSONField(_("documents"), default=list)
    receipt = models.JSONField(_("receipt"), default=dict)
    related_by = models.JSONField(_("related by"), default=dict)
    word_count = models.PositiveIntegerField(_("words"), default=0)
    reading_minutes = models.PositiveSmallIntegerField(_("minutes to read"), default=1)
    structured = models.JSONField(_("for machines"), default=dict)
    running = models.JSONField(_("running stories"), default=list)
    translation_of = models.PositiveBigIntegerField(_("translation of"), null=True, db_index=True)
    translations = models.JSONField(_("in other languages"), default=list)
    is_withdrawn = models.BooleanField(_("withdrawn"), default=False)
    withdrawal_note = models.TextField(_("withdrawal note"), blank=True)
    setting = models.TextField(_("page as set"), blank=True, default="", db_default="")
    set_by = models.CharField(_("set by"), max_length=24, blank=True, default="", db_default="")

    objects = StoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        ordering = ["-published_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["slug"], name="story_slug_once")]
        indexes = [
            models.Index(fields=["-published_at", "-id"], condition=models.Q(is_withdrawn=False), name="story_latest"),
            models.Index(
                fields=["section_slug", "-published_at", "-id"],
                condition=models.Q(is_withdrawn=False),
                name="story_section_latest",
            ),
        ]

    def __str__(self):
        return self.headline

    def get_absolute_url(self) -> str:
        """The permanent address, by the day of first publication in the newsroom's zone."""
        return address(self.published_at, self.slug)

    def get_history_url(self) -> str:
        """The page of its editions and what differs between them."""
        return f"{self.get_absolute_url()}history/"

    @property
    def is_updated(self) -> bool:
        """Whether more than a typo was changed since it was first published."""
        return self.edition_number > 1 and self.updated_at > self.published_at

    def is_also_in(self, language: str) -> bool:
        """Whether it is in another language than `language` (BCP 47) and readers have it in that one too."""
        wanted = language.split("-")[0]
        return self.language.split("-")[0] != wanted and any(
            other["language"].split("-")[0] == wanted for other in self.translations
        )

    @cached_property
    def named_sources(self) -> int:
        """How many sources the reader is told the name of."""
        return sum(1 for source in self.sources if source["is_named"])

    @cached_property
    def unnamed_sources(self) -> int:
        """How many sources are not named."""
        return len(self.sources) - self.named_sources

    @property
    def corrections(self) -> list[dict]:
        """The notes that say something was wrong."""
        return [note for note in self.notes if note["kind"] == "correction"]

    @cached_property
    def notes_above(self) -> list[dict]:
        """The notes to be read before the story."""
        return [note for note in self.notes if note["kind"] in ABOVE]

    @cached_property
    def notes_below(self) -> list[dict]:
        """The notes that may be read after it."""
        return [note for note in self.notes if note["kind"] not in ABOVE]


class StoryQuote(surrogates.Shown):
    """A quote in print; `id` is the one of the desk's record, so that its address stays.

    `record` is what `printing.records` tells beside the columns; `answers` the quote of the same story that it answers.
    """

    surrogate, surrogate_pk = "story", "story_id"

    id = models.PositiveBigIntegerField(primary_key=True)
    story = models.ForeignKey(Story, models.CASCADE, related_name="quotes")
    position = models.PositiveIntegerField(_("order"))
    kind = models.CharField(_("kind"), max_length=8, choices=QuoteKind)
    text = models.TextField(_("words"))
    speaker = models.ForeignKey(Actor, models.SET_NULL, null=True, related_name="story_quotes")
    speaker_name = models.CharField(_("speaker"), max_length=200)
    role = models.CharField(_("role"), max_length=200, blank=True)
    how = models.CharField(_("obtained"), max_length=16, choices=ObtainedVia, blank=True)
    said_on = models.DateField(_("said on"), null=True)
    dated_on = models.DateField(_("day"), help_text=_("When it was said, else the day of publication."))
    wording = models.CharField(_("attributed to"), max_length=240, blank=True)
    verification = models.CharField(_("check"), max_length=12, choices=Verification)
    record = models.JSONField(_("record"), default=dict)
    answers = models.PositiveBigIntegerField(_("answers"), null=True)
    published_at = models.DateTimeField(_("published"))

    class Meta:
        verbose_name = _("quote in print")
        verbose_name_plural = _("quotes in print")
        ordering = ["story_id", "position"]
        indexes = [
            models.Index(fields=["speaker", "-published_at", "-id"], name="quote_speaker_latest"),
            models.Index(fields=["speaker", "-dated_on", "-id"], name="quote_speaker_said"),
            models.Index(fields=["speaker", "how", "-dated_on", "-id"], name="quote_speaker_how"),
            models.Index(fields=["-published_at", "-id"], name="quote_latest"),
        ]

    def __str__(self):
        return self.text

    def get_absolute_url(self) -> str:
        """Its permanent address: the words with their record."""
        return path_of("quote", self.pk)

    def as_card(self) -> dict:
        """Everything that `printing.cards.record` tells of it."""
        return {
            **self.record,
            "how": self.get_how_display() if self.how else "",
            "said_on": self.said_on,
            "wording": self.wording,
            "verification": self.verification,
            "verification_label": self.get_verification_display(),
            "checked_on": self.record.get("checked_on") and date.fromisoformat(self.record["checked_on"]),
        }

    def get_words_url(self) -> str:
        """The words in their story: the anchor, and for browsers that know it the words themselves as text fragment."""
        return f"{self.story.get_absolute_url()}#q-{self.pk}:~:text={fragment(self.text)}"


def fragment(words: str) -> str:
    """Words as the `text` of a text fragment (https://wicg.github.io/scroll-to-text-fragment/): all, or both ends.

    Of a quote that its attribution splits the parts are apart in the text: then both ends.
    """
    row = words.split()
    parts = words.split(" … ")
    ends = [row]
    if len(row) > FRAGMENT_WORDS or len(parts) > 1:
        ends = [parts[0].split()[:5], parts[-1].split()[-5:]]
    return ",".join(quote(" ".join(each), safe="").replace("-", "%2D") for each in ends)


class StoryActor(models.Model):
    """An actor of a story in print. Repeats `published_at`, so that an actor's list is one walk of one index.

    `is_leading`: among the first that the story names, who count as having appeared in it together.
    """

    story = models.ForeignKey(Story, models.CASCADE, related_name="actor_rows")
    tag = models.ForeignKey(Actor, models.CASCADE, related_name="story_rows")
    published_at = models.DateTimeField()
    is_leading = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("actor of a story")
        verbose_name_plural = _("actors of stories")
        ordering = ["-published_at", "-story_id"]
        constraints = [models.UniqueConstraint(fields=["story", "tag"], name="story_actor_once")]
        indexes = [models.Index(fields=["tag", "-published_at", "-story"], name="story_actor_latest")]

    def __str__(self):
        return f"{self.tag_id} in {self.story_id}"


class StoryRelation(models.Model):
    """How one actor stands to another, as a story in print has it from a source; `id` is that of the desk's record."""

    id = models.PositiveBigIntegerField(primary_key=True)
    story = models.ForeignKey(Story, models.CASCADE, related_name="relation_rows")
    actor = models.ForeignKey(Actor, models.CASCADE, related_name="story_relations")
    kind = models.CharField(_("relation"), max_length=12, choices=RelationKind)
    other = models.ForeignKey(Actor, models.CASCADE, related_name="story_relations_to")
    is_denied = models.BooleanField(_("denied"), default=False)
    wording = models.CharField(_("attributed to"), max_length=240)
    since = models.DateField(_("from"), null=True)
    until = models.DateField(_("until"), null=True)
    stated_on = models.DateField(_("stated on"), null=True)
    published_at = models.DateTimeField()

    class Meta:
        verbose_name = _("relation in print")
        verbose_name_plural = _("relations in print")
        ordering = ["-published_at", "-id"]
        indexes = [
            models.Index(fields=["actor", "-published_at"], name="story_relation_actor"),
            models.Index(fields=["other", "-published_at"], name="story_relation_other"),
        ]

    def __str__(self):
        return f"{self.actor_id} {self.kind} {self.other_id}"


class StoryTopic(models.Model):
    """A topic of a story in print; the topics above it have a row too, with `is_direct` off."""

    story = models.ForeignKey(Story, models.CASCADE, related_name="topic_rows")
    tag = models.ForeignKey(Topic, models.CASCADE, related_name="story_rows")
    published_at = models.DateTimeField()
    is_direct = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("topic of a story")
        verbose_name_plural = _("topics of stories")
        ordering = ["-published_at", "-story_id"]
        constraints = [models.UniqueConstraint(fields=["story", "tag"], name="story_topic_once")]
        indexes = [models.Index(fields=["tag", "-published_at", "-story"], name="story_topic_latest")]

    def __str__(self):
        return f"{self.tag_id} on {self.story_id}"


class StoryImage(models.Model):
    """A picture in print: what opens its file to readers. One that is withheld was left out of the page."""

    story = models.ForeignKey(Story, models.CASCADE, related_name="image_rows")
    image = models.ForeignKey("articles.Image", models.PROTECT, related_name="story_rows")
    is_withheld = models.BooleanField(_("withheld"), default=False)

    class Meta:
        verbose_name = _("picture in print")
        verbose_name_plural = _("pictures in print")
        constraints = [models.UniqueConstraint(fields=["story", "image"], name="story_image_once")]

    def __str__(self):
        return f"{self.image_id} in {self.story_id}"


class StoryAddress(models.Model):
    """A slug that a story once had: readers who come by it are sent on to the one it has now."""

    slug = models.SlugField(_("slug"), max_length=120, primary_key=True, allow_unicode=True)
    story = models.ForeignKey(Story, models.CASCADE, related_name="old_addresses")

    class Meta:
        verbose_name = _("old address")
        verbose_name_plural = _("old addresses")

    def __str__(self):
        return self.slug


class Correction(models.Model):
    """What readers are told of a later edition: a correction, a clarification, an editor's note, a withdrawal."""

    story = models.ForeignKey(Story, models.CASCADE, related_name="correction_rows")
    edition_number = models.PositiveIntegerField(_("edition"))
    section_slug = models.CharField(_("section's slug"), max_length=80, blank=True, default="", db_default="")
    kind = models.CharField(_("kind"), max_length=13)
    note = models.TextField(_("note"), blank=True)
    wrong = models.TextField(_("what was wrong"), blank=True)
    right = models.TextField(_("what is right"), blank=True)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-at", "-id"]
        constraints = [models.UniqueConstraint(fields=["story", "edition_number"], name="correction_once")]
        indexes = [
            models.Index(fields=["-at", "-id"], name="correction_at"),
            models.Index(fields=["kind", "-at", "-id"], name="correction_kind_at"),
            models.Index(fields=["section_slug", "-at", "-id"], name="correction_section_at"),
        ]

    def __str__(self):
        return f"{self.kind} {self.at:%Y-%m-%d}"

    @property
    def kind_label(self) -> str:
        """The kind in words."""
        return str(CORRECTION_KINDS[self.kind])


class StoryEdition(models.Model):
    """An edition as readers may know of it, with what it changed in the words of the one before; `id` is its own.

    `changes` [{name, label, blocks: [{kind, style, runs: [[kind, words], …]}]}] as `histories` makes them;
    empty for a first edition, and for what a withdrawal took from readers.
    """

    id = models.PositiveBigIntegerField(primary_key=True)
    story = models.ForeignKey(Story, models.CASCADE, related_name="edition_rows")
    number = models.PositiveIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=13)
    kind_label = models.CharField(_("kind in words"), max_length=60)
    note = models.TextField(_("note"), blank=True)
    wrong = models.TextField(_("what was wrong"), blank=True)
    right = models.TextField(_("what is right"), blank=True)
    at = models.DateTimeField(_("at"))
    changes = models.JSONField(_("changes"), default=list)
    words_new = models.PositiveIntegerField(_("words that came"), default=0)
    words_gone = models.PositiveIntegerField(_("words that went"), default=0)

    class Meta:
        verbose_name = _("edition in print")
        verbose_name_plural = _("editions in print")
        ordering = ["story_id", "-number"]
        constraints = [models.UniqueConstraint(fields=["story", "number"], name="story_edition_once")]

    def __str__(self):
        return f"{self.story_id}, {self.number}"
