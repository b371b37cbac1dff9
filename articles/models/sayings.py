"""Quotes in print under the topics they were said on and the actors they name: lists are one walk of one index.

A row goes with its story. `quote` cascades nothing: the press removes both in one transaction, and a cascade would read
every row first.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .quotes import ObtainedVia
from .stories import Story, StoryQuote
from .tags import Actor, Topic


class QuoteTopic(models.Model):
    """Words of one actor in a story of a topic or of one below it. Repeats what lists are narrowed and ordered by."""

    quote = models.ForeignKey(StoryQuote, models.DO_NOTHING, related_name="topic_rows", db_index=False)
    story = models.ForeignKey(Story, models.CASCADE, related_name="saying_rows")
    speaker = models.ForeignKey(Actor, models.CASCADE, related_name="saying_rows", db_index=False)
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="saying_rows", db_index=False)
    how = models.CharField(_("obtained"), max_length=16, choices=ObtainedVia, blank=True)
    dated_on = models.DateField(_("day"))

    class Meta:
        verbose_name = _("quote on a topic")
        verbose_name_plural = _("quotes on topics")
        ordering = ["-dated_on", "-quote_id"]
        constraints = [models.UniqueConstraint(fields=["quote", "topic"], name="quote_topic_once")]
        indexes = [
            models.Index(fields=["speaker", "topic", "-dated_on", "-quote"], name="saying_topic"),
            models.Index(fields=["speaker", "topic", "how", "-dated_on", "-quote"], name="saying_topic_how"),
            models.Index(fields=["topic", "-dated_on", "-quote"], name="saying_latest"),
        ]

    def __str__(self):
        return f"{self.quote_id} on {self.topic_id}"


class QuoteMention(models.Model):
    """Words that name an actor who did not say them: by name, by another name, by a surname that only they have there.

    Only actors of the story are looked for, so that nobody else of the same name is taken for them.
    """

    quote = models.ForeignKey(StoryQuote, models.DO_NOTHING, related_name="mention_rows", db_index=False)
    story = models.ForeignKey(Story, models.CASCADE, related_name="mention_rows")
    actor = models.ForeignKey(Actor, models.CASCADE, related_name="mention_rows", db_index=False)
    published_at = models.DateTimeField()

    class Meta:
        verbose_name = _("actor named in a quote")
        verbose_name_plural = _("actors named in quotes")
        ordering = ["-published_at", "-quote_id"]
        constraints = [models.UniqueConstraint(fields=["quote", "actor"], name="quote_mention_once")]
        indexes = [models.Index(fields=["actor", "-published_at", "-quote"], name="quote_mention_latest")]

    def __str__(self):
        return f"{self.actor_id} in {self.quote_id}"
