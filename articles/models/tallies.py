"""What readers' pages count, kept with every story that is printed: nothing is counted when a page is asked for."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .tags import Actor, Topic


class ActorMonth(models.Model):
    """An actor in one month, named by its first day: stories published, words said, and words of others naming it."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="months", db_index=False)
    month = models.DateField(_("month"))
    stories = models.IntegerField(_("stories"), default=0)
    quotes = models.IntegerField(_("quotes"), default=0)
    mentions = models.IntegerField(_("named by others"), default=0)

    class Meta:
        verbose_name = _("month of an actor")
        verbose_name_plural = _("months of actors")
        ordering = ["actor_id", "month"]
        constraints = [models.UniqueConstraint(fields=["actor", "month"], name="actor_month_once")]

    def __str__(self):
        return f"{self.actor_id} {self.month:%Y-%m}"


class ActorPair(models.Model):
    """Two actors and the stories in print that name both; each pair has a row from either side."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="pairs", db_index=False)
    other = models.ForeignKey(Actor, models.CASCADE, related_name="pairs_to")
    stories = models.IntegerField(_("stories"), default=0)

    class Meta:
        verbose_name = _("pair of actors")
        verbose_name_plural = _("pairs of actors")
        ordering = ["actor_id", "-stories", "other_id"]
        constraints = [models.UniqueConstraint(fields=["actor", "other"], name="actor_pair_once")]
        indexes = [models.Index(fields=["actor", "-stories", "other"], name="actor_pair_most")]

    def __str__(self):
        return f"{self.actor_id} with {self.other_id}"


class ActorTopic(models.Model):
    """An actor and a topic: stories filed under both, and words the actor said in stories of that topic."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="topic_tallies", db_index=False)
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="actor_tallies", db_index=False)
    stories = models.IntegerField(_("stories"), default=0)
    quotes = models.IntegerField(_("quotes"), default=0)

    class Meta:
        verbose_name = _("actor on a topic")
        verbose_name_plural = _("actors on topics")
        ordering = ["actor_id", "topic_id"]
        constraints = [models.UniqueConstraint(fields=["actor", "topic"], name="actor_topic_once")]
        indexes = [
            models.Index(fields=["topic", "-stories", "actor"], name="actor_topic_stories"),
            models.Index(fields=["topic", "-quotes", "actor"], name="actor_topic_quotes"),
            models.Index(fields=["actor", "-quotes", "topic"], name="actor_topic_said"),
        ]

    def __str__(self):
        return f"{self.actor_id} on {self.topic_id}"


class TopicMonth(models.Model):
    """A topic in one month, named by its first day: stories published under it or below it."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="months", db_index=False)
    month = models.DateField(_("month"))
    stories = models.IntegerField(_("stories"), default=0)

    class Meta:
        verbose_name = _("month of a topic")
        verbose_name_plural = _("months of topics")
        ordering = ["topic_id", "month"]
        constraints = [models.UniqueConstraint(fields=["topic", "month"], name="topic_month_once")]

    def __str__(self):
        return f"{self.topic_id} {self.month:%Y-%m}"
