"""Private links: what they open, for how long, and who came. Only a digest of each token is kept."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from .. import channels, permissions
from ..workflow import BEFORE_PRINT, MoveNotAllowed, Status
from .editions import Edition, EditionKind
from .events import Event
from .revisions import Revision

DAYS, MOST_DAYS = 7, 30
TRIES, TRIES_WITHIN = 5, timedelta(minutes=15)
SAME_VISIT = timedelta(minutes=1)
MOST_VISITS = 1000  # kept of one link
OPEN_STATES = tuple(status for status in BEFORE_PRINT if status != Status.ON_HOLD)
ENDS = ("publish", "withdraw", "kill")  # acts on the article after which a link to its draft is dead


def digest_of(token: str) -> str:
    """What is kept of a token; the token itself has 256 bits, so that a plain hash tells nothing of it."""
    return hashlib.sha256(token.encode()).hexdigest()


def last_end_of(article) -> datetime | None:
    """When the article was last published, withdrawn or killed: links made before are dead for good.

    A minor fix of the live text leaves the draft that waits, and its links, alone.
    """
    acts = Event.objects.filter(article=article, verb__in=ENDS).values_list("at", flat=True)[:1]
    editions = Edition.objects.filter(article=article).exclude(kind=EditionKind.FIX).order_by("-at")
    return max([*acts, *editions.values_list("at", flat=True)[:1]], default=None)


class ShareLinkQuerySet(models.QuerySet):
    """Ways to ask for preview links, and the way to make one."""

    @transaction.atomic
    def make(
        self,
        article,
        *,
        by,
        revision: Revision | None = None,
        label: str = "",
        days: int = DAYS,
        passphrase: str = "",
        may_comment: bool = False,
    ) -> tuple["ShareLink", str]:
        """The link and its token, which is told this once and kept nowhere.

        Without `revision` it follows the draft. Raises `PermissionDenied` or `MoveNotAllowed`.
        """
        current = article.locked()
        if not current.allows("share_preview", by):
            raise PermissionDenied("share_preview is not for this person")
        if current.status not in OPEN_STATES:
            state = Status(current.status).label
            raise MoveNotAllowed([_("No preview while the story is “%(state)s”.") % {"state": state}])
        if not 1 <= days <= MOST_DAYS:
            raise MoveNotAllowed([_("A preview link lasts from 1 to %(days)d days.") % {"days": MOST_DAYS}])
        if revision is not None and revision.article_id != current.pk:
            raise MoveNotAllowed([_("That revision is of another story.")])
        token = secrets.token_urlsafe(32)
        link = self.create(
            article_id=current.pk,
            revision=revision,
            label=label.strip()[:120],
            token_digest=digest_of(token),
            passphrase=make_password(passphrase) if passphrase else "",
            may_comment=may_comment,
            created_by=by,
            expires_at=timezone.now() + timedelta(days=days),
        )
        link.note_act("share", by=by)
        return link, token

    def opened_by(self, token: str) -> "ShareLink | None":
        """The link of this token, where it may be opened now; None alike for what is over and what never was."""
        link = self.filter(token_digest=digest_of(token)).select_related("article", "revision", "created_by").first()
        return link if link is not None and link.is_open() else None


class ShareLink(models.Model):
    """A preview of one article for people without an account; `revision` is empty where it follows the draft."""

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="share_links")
    revision = models.ForeignKey("articles.Revision", models.CASCADE, null=True, blank=True, related_name="+")
    label = models.CharField(_("for whom"), max_length=120, blank=True)
    token_digest = models.CharField(_("digest of the token"), max_length=64, unique=True, editable=False)
    passphrase = models.CharField(_("passphrase, hashed"), max_length=128, blank=True, editable=False)
    may_comment = models.BooleanField(_("may comment"), default=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("made"), default=timezone.now)
    expires_at = models.DateTimeField(_("expires"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ShareLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")
        ordering = ["-created_at", "-id"]

    def __str__(self):
        return self.label or str(_("Preview link %(id)s")) % {"id": self.pk}

    # --- who opens it, and for how long ---------------------------------------------------------------------------

    @transaction.atomic
    def revoke(self, *, by) -> None:
        """Close it at once and for good; a link that is closed already stays as it is."""
        if not self.article.allows("share_preview", by):
            raise PermissionDenied("share_preview is not for this person")
        now = timezone.now()
        if type(self).objects.filter(pk=self.pk, revoked_at__isnull=True).update(revoked_at=now, revoked_by=by):
            self.revoked_at, self.revoked_by = now, by
            self.note_act("revoke_share", by=by)

    def note_act(self, verb: str, *, by) -> Event:
        """Write it in the log: whom it is for and what it opens, never the token."""
        return Event.objects.create(
            article_id=self.article_id,
            verb=verb,
            by=by,
            label=str(self),
            channel=channels.current(),
            revision=self.revision,
            details={
                "expires_at": [None, self.expires_at.isoformat()],
                "follows_the_draft": [None, self.revision_id is None],
                "may_comment": [None, self.may_comment],
                "has_passphrase": [None, bool(self.passphrase)],
            },
        )

    def why_closed(self, last_end: datetime | None) -> str:
        """For the desk, why it opens nothing now; empty where it does. `last_end` is `last_end_of(article)`."""
        if self.revoked_at:
            return str(_("revoked"))
        if self.expires_at <= timezone.now():
            return str(_("expired"))
        if last_end is not None and last_end >= self.created_at:
            return str(_("over: the story went out, or was withdrawn or killed"))
        if self.article.status not in OPEN_STATES:
            state = Status(self.article.status).label
            return str(_("closed while the story is “%(state)s”")) % {"state": state}
        if not self.created_by.is_active:
            return str(_("closed: whoever made it has left"))
        return ""

    def is_open(self) -> bool:
        """Whether a guest who has the address gets to see something.

        Not where whoever made it lost the role that shares, nor where the copy names what has to be confidential now.
        """
        if self.why_closed(last_end_of(self.article)):
            return False
        shown = self.shown()
        may_share = permissions.scopes(permissions.roles_of(self.created_by), "share_preview")
        return bool(may_share) and shown is not None and not shown.names_confidential_source()

    def shown(self) -> Revision | None:
        """The revision that it opens."""
        return self.revision or self.article.latest_revision()

    # --- guests ---------------------------------------------------------------------------------------------------

    def record_visit(self, *, address: str, agent: str) -> None:
        """Somebody opened it. A reload is no second visit; of where they came from only a keyed digest is kept."""
        visitor = salted_hmac(
            "articles.preview.visitor", f"{self.pk} {address} {agent}", algorithm="sha256"
        ).hexdigest()
        known = self.visits.filter(was_refused=False)
        if known.filter(visitor=visitor, at__gt=timezone.now() - SAME_VISIT).exists() or known.count() >= MOST_VISITS:
            return
        self.visits.create(visitor=visitor, agent=agent[:120])

    def accepts(self, passphrase: str) -> bool | None:
        """Whether it is the passphrase; None where too many have been wrong lately to look at another one.

        The attempt is counted as wrong before it is looked at, so that many at once get no more tries than five.
        """
        with transaction.atomic():
            locked = type(self).objects.select_for_update().get(pk=self.pk)
            lately = locked.visits.filter(was_refused=True, at__gt=timezone.now() - TRIES_WITHIN)
            if lately.count() >= TRIES:
                return None
            attempt = locked.visits.create(was_refused=True)
        is_right = check_password(passphrase, self.passphrase)
        if is_right:
            attempt.delete()
        return is_right


class ShareVisit(models.Model):
    """Somebody opened a preview link."""

    link = models.ForeignKey(ShareLink, models.CASCADE, related_name="visits")
    at = models.DateTimeField(_("at"), default=timezone.now)
    visitor = models.CharField(_("visitor"), max_length=64, blank=True, help_text=_("A keyed digest, no address."))
    agent = models.CharField(_("browser"), max_length=120, blank=True)
    was_refused = models.BooleanField(_("refused"), default=False)

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        ordering = ["-at", "-id"]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M}"


class CalendarLinkQuerySet(models.QuerySet):
    """A person has one link at most; making another one ends it."""

    @transaction.atomic
    def make(self, *, by) -> tuple["CalendarLink", str]:
        """The link and its token, which is told this once and kept nowhere; one made before opens nothing from now."""
        if not permissions.scopes(permissions.roles_of(by), "read_draft"):
            raise PermissionDenied("read_draft is not for this person")
        token = secrets.token_urlsafe(32)
        values = {"token_digest": digest_of(token), "created_at": timezone.now()}
        link, _is_new = self.update_or_create(user=by, defaults=values)
        link.note_act("calendar_link", by=by)
        return link, token

    @transaction.atomic
    def revoke(self, *, by) -> bool:
        """End the person's own link; whether there was one."""
        link = self.filter(user=by).first()
        if link is None:
            return False
        link.note_act("revoke_calendar_link", by=by)
        link.delete()
        return True

    def opened_by(self, token: str) -> "CalendarLink | None":
        """The link of this token while its person may read drafts; None alike for all that opens nothing."""
        link = self.filter(token_digest=digest_of(token)).select_related("user").first()
        if link is None or not permissions.scopes(permissions.roles_of(link.user), "read_draft"):
            return None
        return link


class CalendarLink(models.Model):
    """The private address at which a person's calendar program reads the planning."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_link")
    token_digest = models.CharField(_("digest of the token"), max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("made"), default=timezone.now)

    objects = CalendarLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("calendar link")
        verbose_name_plural = _("calendar links")

    def __str__(self):
        return f"{self.user}"

    def note_act(self, verb: str, *, by) -> Event:
        """Write it in the log, as an act on the person's account; never the token."""
        return Event.objects.create(
            verb=verb, by=by, subject=f"user:{by.pk}", label=by.get_username(), channel=channels.current()
        )
