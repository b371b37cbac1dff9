"""What readers' search knows of what is in print; written by `search.keep` alone, thrown away and made again at will.

The databases' own full-text indexes lie over these tables (migration 0011). `place` orders rows by when they were
published: seconds since 1970 in the upper bits, the key in the lower `KEY_BITS`.
"""

from datetime import UTC, datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..paths import path_of
from .stories import Story
from .tags import Actor, Topic

KEY_BITS = 29  # keys up to 536 million, moments up to the year 2514
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def place_of(at: datetime, key: int = 0) -> int:
    """Where a row stands that was published `at` (aware) and has this key."""
    return (int((at - EPOCH).total_seconds()) << KEY_BITS) + key


class SearchStory(models.Model):
    """A story in print by its words: folded, stemmed, with a space between them.

    `keys` are what it can be narrowed by: "=all", "=a12" for an actor, "=t3" a topic, "=bwren" a name of the byline,
    "=gnews" the genre, "=y2026" the year. `text` is the body as it is read, for what is shown of it; `spelling` are the
    words that others are corrected to. `digest` is of all that the row and those of its quotes were made from.
    """

    place = models.BigIntegerField(primary_key=True)
    story = models.OneToOneField(Story, models.CASCADE, related_name="searched")
    keys = models.TextField()
    headline = models.TextField(blank=True)
    names = models.TextField(blank=True)
    standfirst = models.TextField(blank=True)
    quotes = models.TextField(blank=True)
    body = models.TextField(blank=True)
    spelling = models.TextField(blank=True)
    text = models.TextField(blank=True)
    digest = models.CharField(max_length=32, null=True)  # noqa: DJ001  (a column with a default has SQLite copy the table)

    class Meta:
        verbose_name = _("words of a story in print")
        verbose_name_plural = _("words of stories in print")

    def __str__(self):
        return str(self.story_id)


class SearchQuote(models.Model):
    """A quote in print by its words and who speaks; `quote` is the key of the `StoryQuote`. `keys` as of its story."""

    place = models.BigIntegerField(primary_key=True)
    quote = models.PositiveBigIntegerField(unique=True)
    story = models.ForeignKey(Story, models.CASCADE, related_name="searched_quotes")
    keys = models.TextField()
    words = models.TextField(blank=True)
    speaker = models.TextField(blank=True)

    class Meta:
        verbose_name = _("words of a quote in print")
        verbose_name_plural = _("words of quotes in print")

    def __str__(self):
        return str(self.quote)


class SearchName(models.Model):
    """An actor or a topic in print by every name it goes by; `latest` is when a story of it was last published."""

    actor = models.OneToOneField(Actor, models.CASCADE, null=True, related_name="+")
    topic = models.OneToOneField(Topic, models.CASCADE, null=True, related_name="+")
    name = models.CharField(_("name"), max_length=100)
    slug = models.CharField(_("slug"), max_length=100)
    words = models.TextField(blank=True)
    latest = models.DateTimeField()

    class Meta:
        verbose_name = _("name in print")
        verbose_name_plural = _("names in print")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(actor=None, topic__isnull=False) | models.Q(topic=None, actor__isnull=False),
                name="search_name_of_one",
            )
        ]
        indexes = [
            models.Index(fields=["slug"], name="search_name_slug"),
            models.Index(fields=["-latest", "id"], name="search_name_latest"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self) -> str:
        """The page of the actor or topic."""
        return path_of("actor" if self.actor_id else "topic", self.slug)

    @property
    def kind_label(self) -> str:
        """What it is, in a word."""
        return self.actor.get_kind_display() if self.actor_id else _("topic")


class SearchWord(models.Model):
    """A word in print under itself and under what is left when one of its letters is left out: finds slips of a key."""

    key = models.CharField(max_length=64)
    word = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("word in print")
        verbose_name_plural = _("words in print")
        constraints = [models.UniqueConstraint(fields=["key", "word"], name="search_word_once")]
        indexes = [models.Index(fields=["word"], name="search_word_word")]

    def __str__(self):
        return self.word


class SearchStem(models.Model):
    """A stem in print that is longer than the beginnings that the index keeps ready: what longer ones stand for."""

    stem = models.CharField(max_length=64, primary_key=True)

    class Meta:
        verbose_name = _("stem in print")
        verbose_name_plural = _("stems in print")

    def __str__(self):
        return self.stem
