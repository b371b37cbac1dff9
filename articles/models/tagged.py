"""What a working copy is linked with: actors, topics, pictures."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase

from .tags import Actor, Topic


class ArticleActor(ItemBase):
    """An actor on an article."""

    tag = models.ForeignKey(Actor, models.PROTECT, related_name="article_items", verbose_name=_("actor"))
    content_object = models.ForeignKey("articles.Article", models.CASCADE, related_name="actor_items")

    class Meta:
        verbose_name = _("actor in an article")
        verbose_name_plural = _("actors in articles")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["content_object", "tag"], name="article_actor_once")]

    def __str__(self):
        return str(self.tag)


class ArticleTopic(ItemBase):
    """A topic on an article."""

    tag = models.ForeignKey(Topic, models.PROTECT, related_name="article_items", verbose_name=_("topic"))
    content_object = models.ForeignKey("articles.Article", models.CASCADE, related_name="topic_items")

    class Meta:
        verbose_name = _("topic of an article")
        verbose_name_plural = _("topics of articles")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["content_object", "tag"], name="article_topic_once")]

    def __str__(self):
        return str(self.tag)


class ArticleImage(models.Model):
    """A picture that belongs to an article, whether or not the body shows it yet."""

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="image_items")
    image = models.ForeignKey("articles.Image", models.PROTECT, related_name="article_items", verbose_name=_("image"))
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("picture of an article")
        verbose_name_plural = _("pictures of an article")
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["article", "image"], name="article_image_once")]

    def __str__(self):
        return str(self.image)
