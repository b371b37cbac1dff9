"""Ways to ask for articles. Start from `visible_to`: there is no other way to one."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import connections, models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Least
from django.utils import timezone

from .. import permissions
from ..permissions import Scope
from ..workflow import BEFORE_PRINT, WITH_REVIEWERS, WITH_WRITER, Status
from .comments import PROPOSED, Comment
from .images import WARNED, Image
from .stories import Story
from .tagged import ArticleActor, ArticleImage, ArticleTopic
from .tags import Topic

LEVELS = 4  # of topics under a topic, in which a story is looked for


class ArticleQuerySet(models.QuerySet):
    """Chains of newsroom words; each narrows what the one before it gave."""

    def open_to(self, user, action: str):
        """The articles on which `user` may do `action` by `permissions.MATRIX`."""
        if not user.is_authenticated:
            return self.none()
        scopes = permissions.scopes(permissions.roles_of(user), action)
        if Scope.ALL in scopes:
            return self
        own = Q(writer=user) | Q(assignee=user)
        wanted = Q(pk__in=[])
        if Scope.OWN in scopes:
            wanted |= own
        if Scope.OWN_WITH_WRITER in scopes:
            wanted |= own & (Q(status__in=WITH_WRITER) | Q(status=Status.ON_HOLD, held_from__in=WITH_WRITER))
        if Scope.DESK in scopes:
            wanted |= own | Q(desk__in=user.desks.all())
        if Scope.REVIEW in scopes:
            wanted |= Q(status__in=WITH_REVIEWERS) | Q(reviewer=user)
        return self.filter(wanted)

    def visible_to(self, user):
        """What `user` may read; everything else must look as if it did not exist."""
        return self.open_to(user, "read_draft")

    def written_by(self, user):
        """The person's own work: written by or assigned to them."""
        return self.filter(Q(writer=user) | Q(assignee=user))

    def not_work_of(self, user):
        """Neither written by nor assigned to them: what four eyes may decide on."""
        return self.exclude(writer=user).exclude(Q(assignee=user, assignee__isnull=False))

    def drafts(self):
        """Being written."""
        return self.filter(status=Status.DRAFT)

    def returned(self):
        """Sent back to the writer with what is to be changed, the longest waiting first."""
        return self.filter(status=Status.CHANGES_ASKED).order_by("changed_at")

    def awaiting_review(self):
        """Submitted and not yet decided, the longest waiting first."""
        return self.filter(status=Status.IN_REVIEW).order_by("changed_at")

    def awaiting_publication(self):
        """Approved and not yet out."""
        return self.filter(status=Status.APPROVED).order_by("changed_at")

    def agreed(self):
        """Approved, scheduled or not: what a second person has said yes to."""
        return self.filter(status__in=(Status.APPROVED, Status.SCHEDULED))

    def scheduled(self):
        """To be published by themselves, the next one first."""
        return self.filter(status=Status.SCHEDULED).order_by("publish_at", "id")

    def due_for_release(self, at: datetime):
        """Scheduled for `at` or before."""
        return self.scheduled().filter(publish_at__lte=at)

    def held(self):
        """On hold, the longest first."""
        return self.filter(status=Status.ON_HOLD).order_by("changed_at")

    def before_print(self):
        """Drafts of every kind: what the desk still works on."""
        return self.filter(status__in=BEFORE_PRINT)

    def failing_checks(self):
        """Drafts that blocked on a check when they were last saved, by who is nearest to print."""
        return self.before_print().filter(blockers__gt=0)

    def with_proposals(self):
        """Live, with something that a colleague proposes to tell readers; the longest waiting first."""
        asked = Comment.objects.open().filter(article=OuterRef("pk"), kind__in=PROPOSED)
        return self.filter(Exists(asked)).order_by("changed_at", "id")

    def with_ending_pictures(self):
        """Approved, scheduled or out, with a picture whose terms end soon or ended lately; the next to end first."""
        days, today = timedelta(days=WARNED), timezone.localdate()
        ending = Image.objects.filter(expires_on__range=(today - days, today + days)).order_by("expires_on")
        shown = ArticleImage.objects.filter(image__in=ending)
        own = shown.filter(article=OuterRef("pk"))
        leading = self.model.objects.filter(lead_image__in=ending.order_by()).order_by()
        either = shown.order_by().values("article").union(leading.values("pk"))  # one list of keys: no walk of all
        found = self.filter(pk__in=either).annotate(
            ends=Least(
                Coalesce(Subquery(own.order_by("image__expires_on").values("image__expires_on")[:1]), date.max),
                Coalesce(Subquery(ending.filter(pk=OuterRef("lead_image")).values("expires_on")[:1]), date.max),
            )
        )
        return found.filter(status__in=(Status.APPROVED, Status.SCHEDULED, Status.PUBLISHED)).order_by("ends", "id")

    def out(self):
        """Published, the latest move first."""
        return self.filter(status=Status.PUBLISHED).order_by("-changed_at")

    def withdrawn(self):
        """Taken from readers, the latest first."""
        return self.filter(status=Status.WITHDRAWN).order_by("-changed_at", "-id")

    def killed(self):
        """Never published and not to be, the latest first."""
        return self.filter(status=Status.KILLED).order_by("-changed_at", "-id")

    def tagged_with(self, tag):
        """With that actor or topic; a topic stands for those below it."""
        if not isinstance(tag, Topic):
            return self.filter(pk__in=ArticleActor.objects.filter(tag=tag).order_by().values("content_object"))
        wanted = Q(pk=tag.pk)
        for level in range(LEVELS):
            wanted |= Q(**{"parent" + "__parent" * level: tag})
        below = Topic.objects.filter(wanted).order_by().values("pk")
        return self.filter(pk__in=ArticleTopic.objects.filter(tag__in=below).order_by().values("content_object"))

    def with_print(self):
        """Each with `is_in_print`: readers have an edition of it."""
        return self.annotate(is_in_print=Exists(Story.objects.published().order_by().filter(pk=OuterRef("pk"))))

    # --- what is to happen from `start` on and before `end` ----------------------------------------------------------

    def to_be_published(self, start: datetime, end: datetime):
        """Planned or scheduled for then, the first one first."""
        return self.before_print().filter(publish_at__gte=start, publish_at__lt=end).order_by("publish_at", "id")

    def owed(self, start: datetime, end: datetime):
        """Due then and not agreed yet."""
        waiting = self.before_print().exclude(status__in=(Status.APPROVED, Status.SCHEDULED))
        return waiting.filter(due_at__gte=start, due_at__lt=end).order_by("due_at", "id")

    def freed(self, start: datetime, end: datetime):
        """Under an embargo that ends then."""
        until = {"embargoed_until__gte": start, "embargoed_until__lt": end}
        return self.before_print().filter(**until).order_by("embargoed_until", "id")


def first_keys(selections: Iterable[models.QuerySet]) -> list[int]:
    """The keys of the articles of several selections, each cut short, in one query that reads no more than those.

    Written out because SQLite takes no ORDER BY or LIMIT inside a UNION but in a subquery, which Django does not make.
    """
    compiled = [each.values("pk").query.get_compiler(each.db) for each in selections]
    if not compiled:
        return []
    parts = [compiler.as_sql() for compiler in compiled]
    statement = " UNION ALL ".join(f"SELECT * FROM ({sql}) AS part{n}" for n, (sql, _given) in enumerate(parts))  # noqa: S608
    with connections[compiled[0].using].cursor() as cursor:
        cursor.execute(statement, [value for _sql, given in parts for value in given])
        return [key for (key,) in cursor.fetchall()]
