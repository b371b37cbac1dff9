"""What the pages of actors and topics tell besides stories and quotes, put together when something of it is printed."""

from django.db import connection, connections, models
from django.utils.translation import gettext_lazy as _

from .. import surrogates
from .tags import Actor, ActorKind, Topic


class DossierQuerySet(models.QuerySet):
    """Ways to ask for dossiers."""

    def in_print(self, kind=""):
        """Those of actors that a published story is about, of one kind or of all, in the order of the register."""
        rows = self.filter(stories__gt=0)
        return (rows.filter(kind=kind) if kind else rows).order_by("sort_name", "pk")

    def initials(self, kind=""):
        """The letters under which somebody stands, in order. One query of as many steps as there are letters."""
        where, values = ("stories > 0 AND kind = %s", [kind]) if kind else ("stories > 0", [])
        reader = connections[self.db]
        table = reader.ops.quote_name(self.model._meta.db_table)
        step = f"SELECT MIN(initial) FROM {table} WHERE {where}"  # noqa: S608  (a name of our own)
        sql = (
            f"WITH RECURSIVE letters AS (SELECT ({step}) AS letter UNION ALL "  # noqa: S608
            f"SELECT ({step} AND initial > letters.letter) FROM letters WHERE letters.letter IS NOT NULL) "
            "SELECT letter FROM letters WHERE letter IS NOT NULL"
        )
        with reader.cursor() as cursor:
            cursor.execute(sql, values * 2)
            return [row[0] for row in cursor.fetchall()]


class Dossier(surrogates.Shown):
    """What the page of an actor tells besides stories and quotes.

    `names` [{label, names}]; `positions` [{title, body, url, since, until}]; `relations` [{sentence, kind, other,
    url, accounts: [{is_denied, wording, stated_on, since, until, headline, url}]}]; `activity` [[month, stories,
    quotes]]; `company` [{id, name, url, kind, stories}], most first. Dates are ISO, empty where unknown. `stories`,
    `quotes` and `mentions` are totals of `ActorMonth`; `initial` and `sort_name` are its place in the register.
    """

    surrogate, surrogate_pk = "actor", "actor_id"

    actor = models.OneToOneField(Actor, models.CASCADE, primary_key=True, related_name="dossier")
    names = models.JSONField(default=list)
    positions = models.JSONField(default=list)
    relations = models.JSONField(default=list)
    activity = models.JSONField(default=list)
    company = models.JSONField(default=list)
    stories = models.PositiveIntegerField(_("stories"), default=0)
    quotes = models.PositiveIntegerField(_("quotes"), default=0)
    mentions = models.PositiveIntegerField(_("named by others"), default=0)
    kind = models.CharField(_("kind"), max_length=12, choices=ActorKind, blank=True)
    initial = models.CharField(_("letter"), max_length=4, blank=True)
    sort_name = models.CharField(_("name for ordering"), max_length=120, blank=True)
    is_due = models.BooleanField(_("to be put together anew"), default=False, db_default=False)

    objects = DossierQuerySet.as_manager()

    class Meta:
        verbose_name = _("dossier")
        verbose_name_plural = _("dossiers")
        indexes = [
            models.Index(fields=["sort_name", "actor"], condition=models.Q(stories__gt=0), name="dossier_all"),
            models.Index(
                fields=["initial", "sort_name", "actor"], condition=models.Q(stories__gt=0), name="dossier_letter"
            ),
            models.Index(fields=["kind", "sort_name", "actor"], condition=models.Q(stories__gt=0), name="dossier_kind"),
            models.Index(
                fields=["kind", "initial", "sort_name", "actor"],
                condition=models.Q(stories__gt=0),
                name="dossier_kind_letter",
            ),
            models.Index(fields=["actor"], condition=models.Q(is_due=True), name="dossier_due"),
        ]

    def __str__(self):
        return str(self.actor)


class ActorNameQuerySet(models.QuerySet):
    """Ways to ask for names."""

    def beginning(self, words):
        """Those that begin with `words`, folded, by name. On SQLite between two bounds: `LIKE` walks no index there."""
        rows = self.filter(tail__startswith=words)
        if connection.vendor == "sqlite":
            rows = rows.filter(tail__gte=words, tail__lt=f"{words}\U0010ffff")
        return rows.filter(actor__dossier__stories__gt=0).order_by("tail", "pk")


class ActorName(surrogates.Shown):
    """A name of an actor from one of its words on, folded: "maran" and "ilse maran" both lead to Ilse Maran."""

    surrogate, surrogate_pk = "actor", "actor_id"

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="name_rows")
    tail = models.CharField(_("words"), max_length=120, db_index=True)
    name = models.CharField(_("name"), max_length=100)

    objects = ActorNameQuerySet.as_manager()

    class Meta:
        verbose_name = _("name in the register")
        verbose_name_plural = _("names in the register")
        ordering = ["tail", "id"]

    def __str__(self):
        return self.tail


class TopicDossier(surrogates.Shown):
    """What the page of a topic tells besides its stories.

    `activity` [[month, stories]]; `actors` [{name, url, kind, stories}] and `speakers` [{name, url, quotes}], most of
    it first. `stories` is the total of `TopicMonth`.
    """

    surrogate, surrogate_pk = "topic", "topic_id"

    topic = models.OneToOneField(Topic, models.CASCADE, primary_key=True, related_name="dossier")
    activity = models.JSONField(default=list)
    actors = models.JSONField(default=list)
    speakers = models.JSONField(default=list)
    stories = models.PositiveIntegerField(_("stories"), default=0)
    is_due = models.BooleanField(_("to be put together anew"), default=False, db_default=False)

    class Meta:
        verbose_name = _("dossier of a topic")
        verbose_name_plural = _("dossiers of topics")
        indexes = [models.Index(fields=["topic"], condition=models.Q(is_due=True), name="topic_dossier_due")]

    def __str__(self):
        return str(self.topic)
