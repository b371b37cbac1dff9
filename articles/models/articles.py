"""The working copy: what editors write. Only staff ever query it; readers read `stories.Story`."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from .. import markup, permissions, preflight, workflow
from ..permissions import Scope
from ..preflight import Facts, Finding
from ..statements import Given, Statement
from ..workflow import WITH_REVIEWERS, WITH_WRITER, MoveNotAllowed, Reason, Status
from . import nameplates
from .assignments import Assignments
from .bylines import Contributor
from .copy import Copy
from .desks import Desk, Priority
from .editions import EditionKind
from .images import Image
from .moves import Moves
from .remembering import Remembering
from .restoring import Restoring
from .reviews import Approval, Hold
from .revisions import Revision, document_of, pictures_of
from .sealing import with_standing_speakers
from .selections import ArticleQuerySet
from .stories import Story, StoryAddress
from .tagged import ArticleActor, ArticleTopic

WHOSE = ("desk", "writer", "assignee", "reviewer")
"""What decides who may read a story: in the indexes of lists, so that rows one may not see are never fetched."""


class Article(Restoring, Moves, Assignments, Remembering, Copy):
    """One story as the desk works on it. Its verbs (`moves.Moves`) are the only way to change where it stands."""

    status = models.CharField(_("status"), max_length=13, choices=Status, default=Status.DRAFT, editable=False)
    desk = models.ForeignKey(
        Desk, models.PROTECT, null=True, blank=True, related_name="articles", verbose_name=_("desk")
    )
    writer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        editable=False,
        related_name="written_articles",
        verbose_name=_("writer"),
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="assigned_articles",
        verbose_name=_("assigned to"),
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="articles_to_review",
        verbose_name=_("reviewer"),
    )
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    priority = models.PositiveSmallIntegerField(_("priority"), choices=Priority, default=Priority.NORMAL)
    length_ordered = models.PositiveIntegerField(
        _("length ordered"), null=True, blank=True, help_text=_("In words, as commissioned.")
    )
    planning_note = models.TextField(
        _("planning note"), blank=True, help_text=_("What the story is to be, before there is copy. Never printed.")
    )
    slugline = models.CharField(
        _("slugline"), max_length=120, blank=True, help_text=_("The desk's name for the story: LIBYA-TRIPOLI/US")
    )
    ed_note = models.TextField(_("editor's note to the desk"), blank=True, help_text=_("Never printed."))
    contributors = models.ManyToManyField(
        Contributor, through="articles.Byline", related_name="articles", verbose_name=_("bylines")
    )
    actors = TaggableManager(
        _("actors"), through=ArticleActor, blank=True, related_name="articles", help_text=_("Who acts in the story.")
    )
    topics = TaggableManager(
        _("topics"), through=ArticleTopic, blank=True, related_name="articles", help_text=_("What it is about.")
    )
    images = models.ManyToManyField(
        "articles.Image", through="articles.ArticleImage", blank=True, related_name="articles", verbose_name=_("images")
    )
    translation_of = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="translations",
        verbose_name=_("translation of"),
    )
    approved_revision = models.ForeignKey(
        Revision, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    review_round = models.PositiveIntegerField(_("rounds of review"), default=0, editable=False)
    held_from = models.CharField(_("state before the hold"), max_length=13, choices=Status, blank=True, editable=False)
    publish_at = models.DateTimeField(_("to be published"), null=True, blank=True)
    publish_as = models.JSONField(_("to be published as"), default=dict, blank=True, editable=False)
    scheduled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    embargoed_until = models.DateTimeField(_("embargoed until"), null=True, blank=True, editable=False)
    embargo_condition = models.CharField(
        _("embargoed until lifted"),
        max_length=200,
        blank=True,
        editable=False,
        help_text=_("What has to happen first."),
    )
    blockers = models.PositiveIntegerField(_("checks that block"), default=0, editable=False)
    version = models.PositiveIntegerField(_("version"), default=0, editable=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    changed_at = models.DateTimeField(_("changed"), default=timezone.now, editable=False)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["-changed_at", "-id"]
        indexes = [
            models.Index(fields=["-changed_at", "-id", *WHOSE, "status"], name="article_changed"),
            models.Index(fields=["status", "changed_at", "id", *WHOSE], name="article_status_changed"),
            models.Index(fields=["slug"], name="article_slug"),
            models.Index(fields=["desk", "status", "-changed_at"], name="article_desk_status"),
            models.Index(fields=["writer", "status", "-changed_at"], name="article_writer_status"),
            models.Index(fields=["assignee", "status", "-changed_at"], name="article_assignee_status"),
            models.Index(fields=["reviewer", "status", "-changed_at"], name="article_reviewer_status"),
            models.Index(fields=["publish_at", "id"], condition=Q(publish_at__isnull=False), name="article_publish_at"),
            models.Index(fields=["due_at", "id"], condition=Q(due_at__isnull=False), name="article_due_at"),
            models.Index(
                fields=["embargoed_until"], condition=Q(embargoed_until__isnull=False), name="article_embargoed_until"
            ),
            models.Index(
                fields=["-changed_at", "-id", *WHOSE, "status"],
                condition=Q(blockers__gt=0),
                name="article_failing_checks",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Status.values), name="article_status_known"),
            models.CheckConstraint(
                condition=~Q(status=Status.SCHEDULED) | Q(publish_at__isnull=False), name="article_scheduled_has_a_time"
            ),
        ]

    def __str__(self):
        return self.headline or self.slugline or str(_("Untitled story %(id)s")) % {"id": self.pk or ""}

    # --- facts that guards and buttons ask for ----------------------------------------------------------------

    def is_own(self, user) -> bool:
        """Written by or assigned to `user`."""
        return user.pk is not None and user.pk in (self.writer_id, self.assignee_id)

    def is_work_of(self, user) -> bool:
        """Whether `user` wrote it, wrote in the revision at hand, or stands in its byline."""
        return self.is_own(user) or self.fact(("is_work_of", user.pk), lambda: self._has_part_of(user))

    def _has_part_of(self, user) -> bool:
        in_byline = self.bylines.filter(contributor__user=user).order_by().values("pk")
        wrote = self.revisions.filter(created_by=user, is_text_change=True).order_by().values("pk")
        return in_byline.union(wrote).exists()

    def allows(self, action: str, user) -> bool:
        """Whether `permissions.MATRIX` opens `action` on this article to `user`."""
        roles = permissions.roles_of(user)
        if not roles:
            return False
        needs_desk = Scope.DESK in permissions.scopes(roles, action)
        on_desk = needs_desk and self.fact(("is_of_desk", user.pk), lambda: self._is_of_desk_of(user))
        return permissions.allows(action, roles, desk=on_desk, **self.relation_to(user))

    def _is_of_desk_of(self, user) -> bool:
        return self.desk_id is not None and user.desks.filter(pk=self.desk_id).exists()

    def relation_to(self, user) -> dict[str, bool]:
        """What of this article counts for `permissions.allows`, without the desk, which takes a query."""
        return {
            "own": self.is_own(user),
            "with_writer": self.is_with_writer(),
            "with_reviewers": self.status in WITH_REVIEWERS,
            "asked": self.reviewer_id is not None and self.reviewer_id == user.pk,
        }

    def is_with_writer(self) -> bool:
        """Whether the writer has the pen, or had it when the story was put on hold."""
        return (self.held_from if self.status == Status.ON_HOLD else self.status) in WITH_WRITER

    def is_editable(self) -> bool:
        """Whether it is a draft of some kind: what readers have is not edited in place."""
        return self.status in workflow.EDITABLE

    def needs_other_eyes(self) -> bool:
        """Whether the newsroom forbids approving one's own work."""
        return settings.NEWSROOM_FOUR_EYES

    def was_approved_by(self, user) -> bool:
        """Whether `user` said yes to the latest revision in this round of review."""
        return any(approval.by_id == user.pk for approval in self.standing_approvals())

    def standing_approvals(self) -> list:
        """The approvals of the latest revision in this round."""
        told = {"article": self.pk, "round": self.review_round}
        return self.fact("standing_approvals", lambda: APPROVALS.instances(**told))

    def approvals_needed(self) -> int:
        """By the desk; one where there is none."""
        return self.desk.approvals_needed if self.desk_id else 1

    def open_holds(self) -> list[Hold]:
        """What has to be settled before it goes on."""
        return self.fact("open_holds", lambda: self.asked("holds", "placed_by", lifted_at=None))

    def embargo_in_force(self) -> str:
        """What the embargo waits for, as a sentence; empty where none is in force now."""
        if self.embargo_condition:
            return str(_("Embargoed until this is lifted: %(what)s") % {"what": self.embargo_condition})
        if self.embargoed_until and self.embargoed_until > timezone.now():
            when = date_format(timezone.localtime(self.embargoed_until), str(_("j F Y, H:i T")))
            return str(_("Embargoed until %(when)s.") % {"when": when})
        return ""

    def is_live(self) -> bool:
        """Whether readers can see an edition of it now."""
        return self.fact("is_live", Story.objects.published().filter(pk=self.pk).exists)

    def was_ever_published(self) -> bool:
        """Whether an edition exists; such an article is withdrawn, never deleted."""
        return self.fact("was_ever_published", self.editions.exists)

    def approval_is_current(self) -> bool:
        """Whether the approved revision is the latest one, and names no source that was made confidential since."""
        return self.fact("approval_is_current", self._is_approved_as_it_stands)

    def _is_approved_as_it_stands(self) -> bool:
        latest = self.latest_revision()
        if latest is None or latest.pk != self.approved_revision_id:
            return False
        self.approved_revision = latest  # at hand for who prints it
        return not latest.names_confidential_source()

    def word_count(self) -> int:
        """Words in the body."""
        return markup.word_count(self.body)

    def text(self) -> str:
        """The plain text of the body, in which anchors count."""
        return markup.to_text(self.body)

    def preflight(self, document: dict | None = None) -> list[Finding]:
        """What the checks say of the copy as it stands now, or of another document of it."""
        if document is None:
            return self.fact("findings", lambda: self.findings_of(document_of(self), self.live_document()))
        return self.findings_of(document, self.live_document())

    def findings_of(self, document: dict, live: dict | None) -> list[Finding]:
        """What the checks say of a document, where readers have `live`. Waivers are asked for where one may count."""
        shown = pictures_of(document)
        facts = Facts(
            slug_is_taken=self.slug_is_taken(document["slug"]),
            live=live,
            now=timezone.now(),
            newsroom=nameplates.current().name,
            policy=settings.NEWSROOM_POLICY,
            terms=self.fact(("terms", *shown), lambda: Image.objects.ending(shown, self.fact("last_days", dict))),
        )
        found = preflight.run(document, facts)
        if not any(finding.is_waivable for finding in found):
            return found
        waived = frozenset(self.waivers.values_list("key", flat=True))
        return preflight.run(document, replace(facts, waived=waived)) if waived else found

    def waivers_in_force(self) -> list:
        """The rules that somebody answers for, of the problems that stand now: what an edition keeps."""
        rows = self.asked("waivers", "by")
        if not rows:
            return []
        waived = {finding.key for finding in self.preflight() if finding.is_waived}
        return [row for row in rows if row.key in waived]

    def live_document(self) -> dict | None:
        """The document of the edition that readers have now; None while they have none."""
        return self.fact("live_document", self._document_in_print)

    def latest_edition(self) -> models.Model | None:
        """What was published last, with its revision."""
        return self.fact("latest_edition", lambda: self.last("editions", "revision"))

    def _document_in_print(self) -> dict | None:
        latest = self.latest_edition()
        if latest is None or latest.kind == EditionKind.WITHDRAWAL:
            return None
        return with_standing_speakers(latest.revision.document, article=self.pk, revision=latest.revision_id)

    def slug_is_taken(self, slug: str | None = None) -> bool:
        """Whether another story has, or once had, the address that this one asks for; its own counts unless given."""
        slug = self.slug if slug is None else slug
        if not slug:
            return False
        return self.fact(("slug_is_taken", slug), lambda: _is_claimed(self.pk, slug))

    def blocking_findings(self, gate: str = "") -> list[Finding]:
        """The findings that keep it from publication; with `gate`, those that keep it from that earlier move."""
        found = [finding for finding in self.preflight() if finding.blocks]
        return [finding for finding in found if gate in finding.gates] if gate else found

    def require_fitting_kind(self, kind: str, *, is_explained: bool) -> None:
        """Raises `MoveNotAllowed` where a check asks for another kind of edition than this.

        An edition that tells readers what they were told and what is so now answers it too, whatever it is called: a
        number of dead that rises was not wrong.
        """
        if is_explained:
            return
        found = [finding for finding in self.preflight() if finding.answered_by and finding.blocks_as(kind)]
        if found:
            raise MoveNotAllowed([Reason(f"{finding.code}: {finding.sentence}", finding.target) for finding in found])

    def open_moves(self, user) -> Iterable[tuple[workflow.Move, list[workflow.Reason]]]:
        """The buttons: what `user` may do from here, with what keeps each from happening now."""
        return workflow.open_moves(self, user)


ARTICLE = Given("article", Article._meta.pk)
APPROVALS = Statement(
    lambda: Approval.objects.filter(
        article=ARTICLE,
        review_round=Given("round", models.IntegerField()),
        revision__in=Revision.objects.filter(article=ARTICLE).order_by("-number").values("pk")[:1],
    ).select_related("by")
)


def _is_claimed(pk: int | None, slug: str) -> bool:
    return bool(CLAIMS.read(1, article=pk or 0, slug=slug))


def slug_claims(pk: Any, slug: Any) -> tuple[models.QuerySet, ...]:
    """The other stories that have an address, had it once or ask for it; takes values or `OuterRef`s."""
    in_print = Story.objects.filter(slug=slug).exclude(pk=pk).order_by().values("pk")
    once_in_print = StoryAddress.objects.filter(slug=slug).exclude(story=pk).order_by().values("story_id")
    working = Article.objects.filter(slug=slug).exclude(pk=pk).order_by().values("pk")
    return in_print, once_in_print, working


def _claims() -> models.QuerySet:
    in_print, *others = slug_claims(ARTICLE, Given("slug"))
    return in_print.union(*others)


CLAIMS = Statement(_claims)
