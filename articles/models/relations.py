"""What the newsroom knows of actors: how they stand to each other, and what they were when."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class RelationKind(models.TextChoices):
    """How one actor stands to another: read "actor — kind — other"."""

    BACKS = "backs", _("backs")
    OPPOSES = "opposes", _("opposes")
    LEADS = "leads", _("leads")
    MEMBER_OF = "member_of", _("is a member of")
    PART_OF = "part_of", _("is part of")
    APPOINTED_BY = "appointed_by", _("was appointed by")


class ActorRelationQuerySet(models.QuerySet):
    """Ways to ask for relations."""

    def disputes(self):
        """Who opposes whom now."""
        return self.filter(kind=RelationKind.OPPOSES, is_denied=False, until=None)

    def touching(self, actor):
        """Those that `actor` is one side of."""
        return self.filter(Q(actor=actor) | Q(other=actor))

    def readable_by(self, user):
        """Those of stories that `user` may read, and what the newsroom knows without one."""
        articles = self.model._meta.apps.get_model("articles", "Article").objects.visible_to(user)
        return self.filter(Q(attribution=None) | Q(attribution__article__in=articles.values("pk")))


class ActorRelation(models.Model):
    """One relation, as somebody asserted or denied it in one story on one day."""

    actor = models.ForeignKey("articles.Actor", models.CASCADE, related_name="relations", verbose_name=_("actor"))
    kind = models.CharField(_("relation"), max_length=12, choices=RelationKind)
    other = models.ForeignKey("articles.Actor", models.CASCADE, related_name="relations_to", verbose_name=_("other"))
    is_denied = models.BooleanField(_("denied"), default=False)
    attribution = models.ForeignKey(
        "articles.Attribution",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="relations",
        verbose_name=_("who says so"),
    )
    since = models.DateField(_("from"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    stated_on = models.DateField(_("stated on"), null=True, blank=True)

    objects = ActorRelationQuerySet.as_manager()

    class Meta:
        verbose_name = _("relation")
        verbose_name_plural = _("relations")
        ordering = ["actor_id", "kind", "-stated_on", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(actor=F("other")), name="relation_is_to_another"),
            models.CheckConstraint(
                condition=Q(since=None) | Q(until=None) | Q(until__gte=F("since")), name="relation_ends_after_it_began"
            ),
        ]
        indexes = [models.Index(fields=["other", "kind"], name="relation_other")]

    def __str__(self):
        return f"{self.actor} – {self.get_kind_display()} – {self.other}"


class Position(models.Model):
    """What a person was, and where, from when until when."""

    actor = models.ForeignKey("articles.Actor", models.CASCADE, related_name="positions", verbose_name=_("actor"))
    title = models.CharField(_("position"), max_length=200)
    body = models.ForeignKey(
        "articles.Actor",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="held_positions",
        verbose_name=_("of what"),
    )
    since = models.DateField(_("from"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("position")
        verbose_name_plural = _("positions")
        ordering = ["actor_id", "-since", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(since=None) | Q(until=None) | Q(until__gte=F("since")), name="position_ends_after_it_began"
            )
        ]

    def __str__(self):
        return self.title
