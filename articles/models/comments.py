"""Notes of the review, anchored to words of the copy."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..anchoring import Anchor


class CommentKind(models.TextChoices):
    """What the note asks for."""

    COMMENT = "comment", _("comment")
    SOURCE_QUERY = "source_query", _("source for this?")
    SUGGESTION = "suggestion", _("suggested change")
    UPDATE = "update", _("proposed update")
    CORRECTION = "correction", _("proposed correction")
    WITHDRAWAL = "withdrawal", _("proposed withdrawal")


PROPOSED = (CommentKind.UPDATE, CommentKind.CORRECTION, CommentKind.WITHDRAWAL)
"""What is proposed to tell readers of a live story."""


class CommentState(models.TextChoices):
    """Where the thread stands; a suggestion ends accepted or rejected, the rest resolved."""

    OPEN = "open", _("open")
    RESOLVED = "resolved", _("resolved")
    ACCEPTED = "accepted", _("accepted")
    REJECTED = "rejected", _("rejected")


class CommentQuerySet(models.QuerySet):
    """Ways to ask for comments."""

    def threads(self):
        """The notes that begin a thread, in the order they were made."""
        return self.filter(thread__isnull=True).order_by("created_at", "id")

    def open(self):
        """Threads that wait for somebody."""
        return self.threads().filter(state=CommentState.OPEN)


class Comment(models.Model):
    """One note on an article, or a reply to one.

    `exact`, `prefix`, `suffix` are an anchor in `field` ("body", "headline", "standfirst"; empty: on the whole story),
    as in `anchoring`. `replacement` is the wording that a suggestion proposes. A guest of a preview link has a name
    of their own giving and no account.
    """

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="comments")
    thread = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="replies")
    kind = models.CharField(_("kind"), max_length=12, choices=CommentKind, default=CommentKind.COMMENT)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    guest_name = models.CharField(_("name of the guest"), max_length=80, blank=True)
    share_link = models.ForeignKey(
        "articles.ShareLink", models.SET_NULL, null=True, blank=True, related_name="comments"
    )
    revision = models.ForeignKey("articles.Revision", models.SET_NULL, null=True, blank=True, related_name="+")
    text = models.TextField(_("note"), blank=True)
    field = models.CharField(_("field"), max_length=12, blank=True)
    exact = models.TextField(_("words"), blank=True)
    prefix = models.CharField(max_length=64, blank=True)
    suffix = models.CharField(max_length=64, blank=True)
    replacement = models.TextField(_("suggested words"), blank=True)
    mentions = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="+")
    state = models.CharField(_("state"), max_length=12, choices=CommentState, default=CommentState.OPEN)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    created_at = models.DateTimeField(_("made"), default=timezone.now)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["created_at", "id"]
        indexes = [models.Index(fields=["article", "state"], name="comment_article_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(author__isnull=False) | ~Q(guest_name=""), name="comment_has_somebody_behind_it"
            )
        ]

    def __str__(self):
        return str(_("Comment %(id)s")) % {"id": self.pk}

    @property
    def anchor(self) -> Anchor:
        """Where the words belong in the text of `field`."""
        return Anchor(self.exact, self.prefix, self.suffix)
