"""The working copy: what editors write. Only staff ever query it; readers read `stories.Story`."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from .. import markup, permissions, preflight, signals, workflow
from ..permissions import Scope
from ..preflight import Finding
from ..workflow import Status
from .bylines import Contributor
from .copy import Copy
from .events import Event
from .images import Image
from .revisions import Revision, document_of
from .sources import Source
from .stories import Story
from .tagged import ArticleActor, ArticleTopic


class Desk(models.Model):
    """A desk of the newsroom; its stories form the section of that name."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(_("slug"), max_length=80, unique=True, allow_unicode=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="desks", verbose_name=_("members")
    )

    class Meta:
        verbose_name = _("desk")
        verbose_name_plural = _("desks")
        ordering = ["position", "name"]

    def __str__(self):
        return self.name


class Priority(models.IntegerChoices):
    """How soon the desk wants it; the lower number goes first."""

    FLASH = 1, _("flash")
    URGENT = 2, _("urgent")
    NORMAL = 3, _("normal")
    LOW = 4, _("low")


class ArticleQuerySet(models.QuerySet):
    """Ways to ask for articles. Start from `visible_to`: there is no other way to one."""

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
        if Scope.OWN_UNLESS_IN_REVIEW in scopes:
            wanted |= own & ~Q(status=Status.IN_REVIEW)
        if Scope.DESK in scopes:
            wanted |= own | Q(desk__in=user.desks.all())
        if Scope.REVIEW in scopes:
            wanted |= Q(status=Status.IN_REVIEW) | Q(reviewer=user)
        return self.filter(wanted)

    def visible_to(self, user):
        """What `user` may read; everything else must look as if it did not exist."""
        return self.open_to(user, "read_draft")

    def written_by(self, user):
        """The person's own work: written by or assigned to them."""
        return self.filter(Q(writer=user) | Q(assignee=user))

    def drafts(self):
        """Being written."""
        return self.filter(status=Status.DRAFT)

    def awaiting_review(self):
        """Submitted and not yet decided, the longest waiting first."""
        return self.filter(status=Status.IN_REVIEW).order_by("changed_at")

    def awaiting_publication(self):
        """Approved and not yet out."""
        return self.filter(status=Status.APPROVED).order_by("changed_at")

    def out(self):
        """Published, the latest move first."""
        return self.filter(status=Status.PUBLISHED).order_by("-changed_at")


class Article(Copy):
    """One story as the desk works on it. Its verbs are the only way to change where it stands."""

    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.DRAFT, editable=False)
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
    approved_revision = models.ForeignKey(
        Revision, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    version = models.PositiveIntegerField(_("version"), default=0, editable=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    changed_at = models.DateTimeField(_("changed"), default=timezone.now, editable=False)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["-changed_at", "-id"]
        indexes = [
            models.Index(fields=["-changed_at", "-id"], name="article_changed"),
            models.Index(fields=["status", "changed_at"], name="article_status_changed"),
            models.Index(fields=["slug"], name="article_slug"),
        ]
        constraints = [models.CheckConstraint(condition=Q(status__in=Status.values), name="article_status_known")]

    def __str__(self):
        return self.headline or self.slugline or str(_("Untitled story %(id)s")) % {"id": self.pk or ""}

    # --- facts that guards and buttons ask for ----------------------------------------------------------------

    def is_own(self, user) -> bool:
        """Written by or assigned to `user`."""
        return user.pk is not None and user.pk in (self.writer_id, self.assignee_id)

    def is_work_of(self, user) -> bool:
        """Whether `user` wrote it, wrote in the revision at hand, or stands in its byline."""
        if self.is_own(user):
            return True
        if self.bylines.filter(contributor__user=user).exists():
            return True
        return self.revisions.filter(created_by=user, is_text_change=True).exists()

    def allows(self, action: str, user) -> bool:
        """Whether `permissions.MATRIX` opens `action` on this article to `user`."""
        roles = permissions.roles_of(user)
        if not roles:
            return False
        needs_desk = Scope.DESK in permissions.scopes(roles, action)
        return permissions.allows(
            action,
            roles,
            own=self.is_own(user),
            desk=needs_desk and self.desk_id is not None and user.desks.filter(pk=self.desk_id).exists(),
            in_review=self.status == Status.IN_REVIEW,
            asked=self.reviewer_id is not None and self.reviewer_id == user.pk,
        )

    def is_live(self) -> bool:
        """Whether readers can see an edition of it now."""
        return Story.objects.published().filter(pk=self.pk).exists()

    def was_ever_published(self) -> bool:
        """Whether an edition exists; such an article is withdrawn, never deleted."""
        return self.editions.exists()

    def approval_is_current(self) -> bool:
        """Whether the approved revision is the latest one, and names no source that was made confidential since."""
        latest = self.revisions.order_by("-number").first()
        if latest is None or latest.pk != self.approved_revision_id:
            return False
        sources = [each["source"] for each in latest.document["attributions"]]
        named = [source["id"] for source in sources if not source["is_confidential"]]
        return not Source.objects.filter(pk__in=named, is_confidential=True).exists()

    def word_count(self) -> int:
        """Words in the body."""
        return markup.word_count(self.body)

    def text(self) -> str:
        """The plain text of the body, in which anchors count."""
        return markup.to_text(self.body)

    def preflight(self) -> list[Finding]:
        """What the checks say of the copy as it stands now."""
        slug_is_taken = (
            Story.objects.filter(slug=self.slug).exclude(pk=self.pk).exists()
            or type(self).objects.filter(slug=self.slug).exclude(pk=self.pk).exists()
            if self.slug
            else False
        )
        return preflight.run(document_of(self), slug_is_taken=slug_is_taken)

    def blocking_findings(self) -> list[Finding]:
        """The findings that keep it from publication."""
        return [finding for finding in self.preflight() if finding.blocks]

    # --- verbs: `at` is the moment it happened, now unless history is brought in ---------------------------------

    def submit(self, *, by, note: str = "", at: datetime | None = None) -> Event:
        """Give the draft to the reviewers."""
        return self._move("submit", by=by, note=note, at=at)

    def take_back(self, *, by, note: str = "", at: datetime | None = None) -> Event:
        """Take a submitted draft back to work on it."""
        return self._move("take_back", by=by, note=note, at=at)

    def approve(self, *, by, note: str = "", at: datetime | None = None) -> Event:
        """Approve the latest revision for publication."""
        return self._move("approve", by=by, note=note, at=at)

    def return_to_writer(self, *, by, note: str, at: datetime | None = None) -> Event:
        """Send it back with what is to be changed."""
        return self._move("return_to_writer", by=by, note=note, at=at)

    def revise(self, *, by, note: str = "", at: datetime | None = None) -> Event:
        """Begin a new draft over a published or withdrawn story; readers keep the edition they have."""
        return self._move("revise", by=by, note=note, at=at)

    def locked(self) -> "Article":
        """The same row, read anew and locked until the transaction ends."""
        return type(self).objects.select_for_update(of=("self",)).get(pk=self.pk)

    @transaction.atomic
    def _move(self, verb: str, *, by, note: str = "", at: datetime | None = None, **values: Any) -> Event:
        """Lock, guard, change, record, announce: every verb goes through here."""
        current = self.locked()
        move = workflow.check(verb, current, by=by, note=note)
        if verb == "approve":
            values["approved_revision"] = current.revisions.order_by("-number").first()
        elif move.target == Status.DRAFT:
            values["approved_revision"] = None
        return self.record_move(move, current, by=by, note=note, at=at, **values)

    def record_move(
        self, move: workflow.Move, current: "Article", *, by, note: str, at: datetime | None, **values: Any
    ) -> Event:
        """Second half of a move on the locked row `current`: save, write the event, announce on commit."""
        at = at or timezone.now()
        event = Event(
            article_id=current.pk,
            at=at,
            verb=move.verb,
            by=by,
            before=current.status,
            after=move.target,
            note=note.strip(),
            revision=current.revisions.order_by("-number").first(),
        )
        values |= {"status": move.target, "changed_at": at}
        for name, value in values.items():
            setattr(current, name, value)
            setattr(self, name, value)
        current.save(update_fields=list(values))
        event.save()
        transaction.on_commit(lambda: signals.article_moved.send(type(self), event=event))
        return event

    @transaction.atomic
    def record_revision(self, *, by, note: str = "", at: datetime | None = None) -> Revision:
        """Keep the whole copy as it stands, as the next revision, and count `version` up.

        An approval does not survive a change of the copy: the article goes back to review, with an event.
        Returns the revision; the latest one where nothing has changed since.
        """
        current = self.locked()
        current._attach_figures()
        latest = current.revisions.order_by("-number").first()
        document = document_of(current)
        at = at or timezone.now()
        if latest and latest.document == document:
            return latest
        revision = Revision.objects.create(
            article_id=current.pk,
            number=latest.number + 1 if latest else 1,
            document=document,
            base=latest,
            is_text_change=latest is None or latest.changes_text(document),
            note=note,
            created_by=by,
            created_at=at,
        )
        type(self).objects.filter(pk=current.pk).update(version=F("version") + 1, changed_at=at)
        self.version, self.changed_at = current.version + 1, at
        if current.status == Status.APPROVED:
            self._lapse_approval(by=by, revision=revision)
        return revision

    def _attach_figures(self) -> None:
        """A picture that the body shows belongs to the article."""
        shown = Image.objects.filter(pk__in=markup.figures(self.body)).exclude(article_items__article=self)
        ArticleImage.objects.bulk_create(ArticleImage(article=self, image=image) for image in shown)

    def _lapse_approval(self, *, by, revision: Revision) -> None:
        type(self).objects.filter(pk=self.pk).update(status=Status.IN_REVIEW, approved_revision=None)
        self.status, self.approved_revision = Status.IN_REVIEW, None
        Event.objects.create(
            article_id=self.pk,
            verb="approval_lapsed",
            by=by,
            before=Status.APPROVED,
            after=Status.IN_REVIEW,
            revision=revision,
        )

    def open_moves(self, user) -> Iterable[tuple[workflow.Move, list[str]]]:
        """The buttons: what `user` may do from here, with what keeps each from happening now."""
        return workflow.open_moves(self, user)


class ArticleImage(models.Model):
    """A picture that belongs to an article, whether or not the body shows it yet."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="image_items")
    image = models.ForeignKey("articles.Image", models.PROTECT, related_name="article_items", verbose_name=_("image"))
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("picture of an article")
        verbose_name_plural = _("pictures of an article")
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["article", "image"], name="article_image_once")]

    def __str__(self):
        return str(self.image)


class WireCopy(models.Model):
    """The file an article was made from, as it came in: imports recognise it by its digest."""

    article = models.OneToOneField(Article, models.CASCADE, related_name="wire_copy")
    file_name = models.CharField(_("file name"), max_length=255)
    digest = models.CharField(
        _("digest"), max_length=64, unique=True, help_text=_("SHA-256 of the decoded text, in hex.")
    )
    text = models.TextField(_("text as decoded"))
    encoding = models.CharField(_("encoding"), max_length=20)
    share_count = models.PositiveIntegerField(_("share count on the copy"), null=True, blank=True)
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    imported_at = models.DateTimeField(_("imported"), auto_now_add=True)

    class Meta:
        verbose_name = _("wire copy")
        verbose_name_plural = _("wire copy")

    def __str__(self):
        return self.file_name
