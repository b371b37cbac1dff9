"""What stories in print taught of a topic."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..learning import Learned


class LearnedTopic(models.Model):
    """The model of `learning.learn` for one topic, as numbers: any worker reads it, nothing is unpickled."""

    topic = models.OneToOneField("articles.Topic", models.CASCADE, primary_key=True, related_name="learned")
    weights = models.JSONField(_("weights"))
    bias = models.FloatField()
    least = models.FloatField()
    precision = models.FloatField(_("share that was right"))
    recall = models.FloatField(_("share that was found"))
    stories = models.PositiveIntegerField(_("stories it was learned from"))
    learned_at = models.DateTimeField(_("learned"), default=timezone.now)

    class Meta:
        verbose_name = _("learned topic")
        verbose_name_plural = _("learned topics")

    def __str__(self):
        return str(self.topic)

    @property
    def model(self) -> Learned:
        """As `learning` reads it."""
        return Learned(self.weights, self.bias, self.least, self.precision, self.recall, self.stories)
