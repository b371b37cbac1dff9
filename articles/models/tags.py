"""The vocabulary by which stories are browsed: actors and topics, with every name they go by."""

from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from taggit.models import TagBase

from .. import surrogates
from ..paths import path_of


class ActorKind(models.TextChoices):
    """What sort of actor."""

    PERSON = "person", _("person")
    ORGANISATION = "organisation", _("organisation")
    STATE = "state", pgettext_lazy("kind of actor", "state")
    ARMED_GROUP = "armed_group", _("armed group")
    BODY = "body", pgettext_lazy("kind of actor", "body")
    PLACE = "place", _("place")


class ActorQuerySet(models.QuerySet):
    """Ways to ask for actors."""

    def in_print(self):
        """Only actors that a published story is about: the others do not exist for a reader."""
        stories = self.model._meta.apps.get_model("articles", "StoryActor")
        return self.filter(models.Exists(stories.objects.filter(tag=models.OuterRef("pk"))))

    def standing_for(self, ids, *, article, revision):
        """id → actor for these ids of a revision (both keys), also for those merged into or split off another since."""
        return self.standing_in({(article, revision): set(ids)})[article, revision]

    def standing_in(self, wanted):
        """The same of several: (article, revision) → ids, to (article, revision) → id → actor. Three queries."""
        every = set().union(*wanted.values())
        splits = self.model._meta.apps.get_model("articles", "SplitActor").objects
        told_apart = splits.filter(article__in={article for article, _revision in wanted}, was__in=every)
        apart = list(told_apart.select_related("actor").order_by("-upto")) if every else []
        found = self.in_bulk(every)
        gone = every - set(found)
        merged = FormerActor.objects.filter(pk__in=gone).select_related("actor") if gone else ()
        found |= {former.pk: former.actor for former in merged}
        return {
            (article, revision): {
                **{pk: found[pk] for pk in ids if pk in found},
                **{
                    split.was: split.actor
                    for split in apart
                    if split.article_id == article and split.upto >= revision and split.was in ids
                },
            }
            for (article, revision), ids in wanted.items()
        }


class TopicQuerySet(models.QuerySet):
    """Ways to ask for topics."""

    def in_print(self):
        """Only topics that a published story, or one of a subtopic, is filed under."""
        stories = self.model._meta.apps.get_model("articles", "StoryTopic")
        return self.filter(models.Exists(stories.objects.filter(tag=models.OuterRef("pk"))))

    def standing(self, ids):
        """id → topic, of `ids` and of all above them; also for those that were merged into another since."""
        wanted = set(ids)
        found = self._with_those_above(wanted)
        gone = wanted - set(found)
        merged = dict(FormerTopic.objects.filter(pk__in=gone).values_list("pk", "topic")) if gone else {}
        found |= self._with_those_above(set(merged.values()) - set(found))
        for topic in found.values():
            topic.parent = found.get(topic.parent_id)
        return found | {pk: found[topic] for pk, topic in merged.items() if topic in found}

    def _with_those_above(self, ids):
        """id → topic; one query, however deep the tree is."""
        if not ids:
            return {}
        table, places = self.model._meta.db_table, ", ".join(["%s"] * len(ids))
        walk = (
            f"WITH RECURSIVE above(id) AS (SELECT id FROM {table} WHERE id IN ({places}) UNION "  # noqa: S608
            f"SELECT topic.parent_id FROM {table} topic JOIN above ON topic.id = above.id "
            f"WHERE topic.parent_id IS NOT NULL) SELECT topic.* FROM {table} topic JOIN above ON topic.id = above.id"
        )
        return {topic.pk: topic for topic in self.raw(walk, sorted(ids))}


class Actor(surrogates.Shown, TagBase):
    """Who acts in the news: a person, an organisation, a state, an armed group, a body, a place."""

    surrogate = "actor"

    kind = models.CharField(_("kind"), max_length=12, choices=ActorKind, default=ActorKind.PERSON, db_index=True)
    description = models.TextField(_("description"), blank=True, help_text=_("Who they are, in a sentence or two."))
    image = models.ForeignKey(
        "articles.Image", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("image")
    )
    wikidata_id = models.CharField(_("Wikidata id"), max_length=16, blank=True, help_text=_("For example Q1065."))
    code = models.CharField(_("country code"), max_length=2, blank=True, help_text=_("ISO 3166-1, states only."))

    objects = ActorQuerySet.as_manager()

    class Meta:
        verbose_name = _("actor")
        verbose_name_plural = _("actors")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=~models.Q(code=""), name="one_actor_per_country_code"),
            models.CheckConstraint(
                condition=models.Q(code="") | models.Q(kind=ActorKind.STATE), name="only_states_have_country_codes"
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self) -> str:
        """The public page; 404 until a story about the actor is published."""
        return path_of("actor", self.slug)

    def slugify(self, tag, i=None):
        """Keep letters of every script in the address; number the second actor of a name."""
        slug = slugify(tag, allow_unicode=True) or "actor"
        return slug if i is None else f"{slug}-{i}"


class AliasKind(models.TextChoices):
    """In what way a name stands for an actor."""

    ALIAS = "alias", _("other name")
    ABBREVIATION = "abbreviation", _("abbreviation")
    DEMONYM = "demonym", _("demonym or adjective")
    FORMER = "former", _("former name")


class ActorAliasQuerySet(models.QuerySet):
    """Ways to ask for names."""

    def by_actor(self, actors):
        """Key of an actor → the other names it is called by in copy; a demonym calls nobody by name."""
        found = {}
        rows = self.filter(actor__in=list(actors)).exclude(kind=AliasKind.DEMONYM).order_by("actor_id", "pk")
        for actor, name in rows.values_list("actor", "name"):
            found.setdefault(actor, []).append(name)
        return found


class ActorAlias(models.Model):
    """Another name an actor goes by in copy."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="aliases", verbose_name=_("actor"))
    name = models.CharField(_("name"), max_length=100)
    kind = models.CharField(_("kind"), max_length=12, choices=AliasKind, default=AliasKind.ALIAS)

    objects = ActorAliasQuerySet.as_manager()

    class Meta:
        verbose_name = _("name of an actor")
        verbose_name_plural = _("names of actors")
        ordering = ["kind", "name"]
        constraints = [models.UniqueConstraint(fields=["actor", "name"], name="actor_alias_once")]
        indexes = [models.Index(fields=["name"], name="actor_alias_name")]

    def __str__(self):
        return self.name


class Topic(surrogates.Shown, TagBase):
    """What a story is about; topics form a tree."""

    surrogate = "topic"

    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    description = models.TextField(_("description"), blank=True)
    iptc_code = models.CharField(
        _("IPTC code"), max_length=20, blank=True, help_text=_("IPTC Media Topic, for example medtop:20000053.")
    )

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("id")) | models.Q(parent=None), name="topic_is_not_its_own_parent"
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self) -> str:
        """The public page; 404 until a story is filed under the topic or one below it."""
        return path_of("topic", self.slug)

    def slugify(self, tag, i=None):
        """Keep letters of every script in the address; number the second topic of a name."""
        slug = slugify(tag, allow_unicode=True) or "topic"
        return slug if i is None else f"{slug}-{i}"

    def ancestors(self) -> list["Topic"]:
        """The topics above this one, nearest first; a loop made by hand in the database ends the walk."""
        found, topic = [], self.parent
        while topic is not None and topic not in found and topic != self:
            found.append(topic)
            topic = topic.parent
        return found


class TopicAlias(models.Model):
    """Another name for a topic, by which it is found in copy and in the desk's search."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="aliases", verbose_name=_("topic"))
    name = models.CharField(_("name"), max_length=100)

    class Meta:
        verbose_name = _("name of a topic")
        verbose_name_plural = _("names of topics")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["topic", "name"], name="topic_alias_once")]

    def __str__(self):
        return self.name


class FormerActor(models.Model):
    """The key and the address of an actor that was merged into another: revisions that name it mean that one now."""

    id = models.PositiveBigIntegerField(primary_key=True)
    actor = models.ForeignKey(Actor, models.CASCADE, related_name="former_rows")
    slug = models.SlugField(_("slug"), max_length=100, db_index=True, allow_unicode=True)

    class Meta:
        verbose_name = _("merged actor")
        verbose_name_plural = _("merged actors")

    def __str__(self):
        return self.slug


class FormerTopic(models.Model):
    """The key and the address of a topic that was merged into another."""

    id = models.PositiveBigIntegerField(primary_key=True)
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="former_rows")
    slug = models.SlugField(_("slug"), max_length=100, db_index=True, allow_unicode=True)

    class Meta:
        verbose_name = _("merged topic")
        verbose_name_plural = _("merged topics")

    def __str__(self):
        return self.slug
