"""The people of the newsroom, asked for by what they may do: `ArticleQuerySet.open_to` from the other side."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from ..permissions import MATRIX, Role, Scope
from ..workflow import WITH_REVIEWERS
from .desks import Desk


def staff() -> QuerySet:
    """Whoever works here now, by username."""
    return get_user_model().objects.filter(is_active=True, is_staff=True).order_by("username")


def in_group(*roles: Role) -> Q:
    """Those who were given any of these roles by name."""
    groups = Group.objects.filter(user=OuterRef("pk"), name__in=[role.value for role in roles])
    return Q(Exists(groups))


def with_role(*roles: Role) -> Q:
    """Holders of any of these roles; a superuser holds them all."""
    return Q(is_superuser=True) | in_group(*roles)


def on_desk(desk_id: int | None) -> Q:
    """Members of that desk; nobody where there is none."""
    if desk_id is None:
        return Q(pk__in=[])
    return Q(Exists(Desk.members.through.objects.filter(user=OuterRef("pk"), desk=desk_id)))


def who_write() -> Q:
    """People to whom a story can be given to write."""
    return with_role(*MATRIX["create_draft"])


def who_decide() -> Q:
    """People who approve stories of some desk."""
    return with_role(*MATRIX["approve"])


def offered(who: Q, present: int | None = None) -> QuerySet:
    """The people of `who`, each with `is_fitting`; `present` is among them even where they no longer fit."""
    wanted = Q(is_active=True, is_staff=True) & who
    people = get_user_model().objects.annotate(is_fitting=ExpressionWrapper(wanted, output_field=BooleanField()))
    return people.filter(Q(is_fitting=True) | Q(pk=present)).order_by("username")


def of_parts(fits: dict[str, Q], present: list[int]) -> QuerySet:
    """The people who fit a part, each with `fits_<part>`, and those that `present` names; by username."""
    here = Q(is_active=True, is_staff=True)
    flags = {f"fits_{part}": ExpressionWrapper(here & who, BooleanField()) for part, who in fits.items()}
    wanted = Q(pk__in=present)
    for flag in flags:
        wanted |= Q(**{flag: True})
    return get_user_model().objects.annotate(**flags).filter(wanted).order_by("username")


def who_may(action: str, article) -> Q:
    """The people to whom `permissions.MATRIX` opens `action` on `article` as it stands."""
    own = Q(pk__in=[pk for pk in (article.writer_id, article.assignee_id) if pk])
    nobody, anybody = Q(pk__in=[]), Q(pk__isnull=False)
    holds = {
        Scope.ALL: anybody,
        Scope.OWN: own,
        Scope.OWN_WITH_WRITER: own if article.is_with_writer() else nobody,
        Scope.DESK: own | on_desk(article.desk_id),
        Scope.REVIEW: anybody if article.status in WITH_REVIEWERS else Q(pk=article.reviewer_id),
    }
    wanted = nobody
    for role, scope in MATRIX[action].items():
        wanted |= with_role(role) & holds[scope]
    return wanted


def name_of(person) -> str:
    """As colleagues call them; empty for nobody."""
    return (person.get_full_name() or person.get_username()) if person else ""
