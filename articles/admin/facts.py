"""What the guards of the moves ask of an article, each thing asked of the database once a page."""

from collections.abc import Iterable
from functools import cache, cached_property
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from .. import permissions
from ..models import Article, Attribution, Edition, Hold
from ..preflight import Finding

ASKED_ONCE = {"is_work_of", "standing_approvals", "approval_is_current"}


def with_facts(articles: QuerySet, user: Any) -> QuerySet:
    """Articles that know what there is to ask for, so that a page asks for nothing that is not there."""
    own = OuterRef("pk")
    return articles.annotate(
        has_editions=Exists(Edition.objects.filter(article=own)),
        has_holds=Exists(Hold.objects.filter(article=own, lifted_at__isnull=True)),
        has_confidential=Exists(Attribution.objects.filter(article=own, source__is_confidential=True)),
        is_of_desk=Exists(user.desks.filter(pk=OuterRef("desk"))),
    )


class Facts:
    """Stands for `article` before `workflow.open_moves`: the same answers, kept. For showing buttons, never for a move.

    `article` comes from `with_facts`; `findings` are those of the copy as it stands, `live` what readers have of it.
    """

    def __init__(self, article: Article, user: Any, findings: Iterable[Finding], live: dict | None) -> None:
        self.article = article
        self.user = user
        self.findings = list(findings)
        self.live = live

    def __getattr__(self, name: str) -> Any:
        value = getattr(self.article, name)
        if name in ASKED_ONCE:
            value = self.__dict__[name] = cache(value)
        return value

    def allows(self, action: str, user: Any) -> bool:
        """As `Article.allows`, with the desk looked up once."""
        if user != self.user:
            return self.article.allows(action, user)
        roles = permissions.roles_of(user)
        relation = self.article.relation_to(user)
        needs_desk = permissions.Scope.DESK in permissions.scopes(roles, action)
        return permissions.allows(action, roles, desk=needs_desk and self.article.is_of_desk, **relation)

    def is_live(self) -> bool:
        """As `Article.is_live`."""
        return self.live is not None

    def was_ever_published(self) -> bool:
        """As `Article.was_ever_published`."""
        return self.article.has_editions

    def open_holds(self) -> list[Hold]:
        """As `Article.open_holds`."""
        return self._holds

    @cached_property
    def _holds(self) -> list[Hold]:
        return self.article.open_holds() if self.article.has_holds else []

    def was_approved_by(self, user: Any) -> bool:
        """As `Article.was_approved_by`."""
        return any(approval.by_id == user.pk for approval in self.standing_approvals())

    def blocking_findings(self, gate: str = "") -> list[Finding]:
        """As `Article.blocking_findings`."""
        found = [finding for finding in self.findings if finding.blocks]
        return [finding for finding in found if gate in finding.gates] if gate else found
