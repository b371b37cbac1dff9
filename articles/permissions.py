"""Who may do what, as one table, and the groups made from it after every migrate.

Pure: roles and facts in, yes or no out. `models.articles` turns the same scopes into querysets. A role is a Django
group of that name; a person may have several, and then the widest scope counts.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any


class Role(StrEnum):
    """The preset roles of a newsroom; the value is the name of the group."""

    WRITER = "Writer"
    EDITOR = "Editor"
    REVIEWER = "Reviewer"
    PUBLISHER = "Publisher"
    ADMIN = "Admin"


class Scope(StrEnum):
    """On which articles a role may act. An action absent from a role's row means: on none."""

    OWN = "own"  # written by or assigned to them
    OWN_WITH_WRITER = "own, not while in review"  # while the writer has the pen: neither submitted nor decided
    DESK = "desk"  # of a desk they belong to, and their own
    REVIEW = "in review or asked"  # also what is on hold: who lifts a hold reads what is held
    ALL = "all"


_W, _E, _R, _P, _A = Role

# action -> role -> scope
MATRIX: dict[str, dict[Role, Scope]] = {
    "read_draft": {_W: Scope.OWN, _E: Scope.DESK, _R: Scope.REVIEW, _P: Scope.ALL},
    "create_draft": {_W: Scope.ALL, _E: Scope.ALL, _P: Scope.ALL},
    "edit_draft": {_W: Scope.OWN_WITH_WRITER, _E: Scope.DESK, _P: Scope.ALL},
    "comment": {_W: Scope.OWN, _E: Scope.DESK, _R: Scope.REVIEW, _P: Scope.ALL},
    "edit_published": {_E: Scope.DESK, _P: Scope.ALL},
    "delete_draft": {_W: Scope.OWN, _E: Scope.DESK, _P: Scope.ALL},
    "submit": {_W: Scope.OWN, _E: Scope.DESK, _P: Scope.ALL},
    "assign": {_E: Scope.DESK, _P: Scope.ALL},
    "approve": {_E: Scope.DESK, _R: Scope.ALL, _P: Scope.ALL},
    "return": {_E: Scope.DESK, _R: Scope.ALL, _P: Scope.ALL},
    "place_hold": {_E: Scope.ALL, _R: Scope.ALL, _P: Scope.ALL},
    "lift_hold": {_R: Scope.ALL},
    "publish": {_P: Scope.ALL},
    "embargo": {_P: Scope.ALL},
    "kill": {_E: Scope.DESK, _P: Scope.ALL},
    "correct": {_P: Scope.ALL},
    "withdraw": {_P: Scope.ALL},
    "propose_update": {_W: Scope.OWN},
    "propose_correction": {_W: Scope.OWN, _E: Scope.DESK, _R: Scope.REVIEW},
    "share_preview": {_W: Scope.OWN, _E: Scope.DESK, _R: Scope.REVIEW, _P: Scope.ALL},
    "arrange_front": {_E: Scope.DESK, _P: Scope.ALL},
    "edit_package": {_E: Scope.DESK, _P: Scope.ALL},
    "upload_image": {_W: Scope.ALL, _E: Scope.ALL, _P: Scope.ALL},
    "edit_tags": {_E: Scope.ALL, _P: Scope.ALL, _A: Scope.ALL},
    "delete_tags": {_P: Scope.ALL, _A: Scope.ALL},
    "read_reports": {_E: Scope.ALL, _R: Scope.ALL, _P: Scope.ALL, _A: Scope.ALL},
    "recall_sources": {_E: Scope.ALL, _P: Scope.ALL},
    "edit_sources": {_W: Scope.ALL, _E: Scope.ALL, _P: Scope.ALL},
    "manage_users": {_A: Scope.ALL},
}

# What each role's group holds of Django's own permissions: it opens the pages of the admin. Which rows a person sees
# there, and what they may do with one, is decided by MATRIX.
_VIEW_WORK = ["view_article", "view_revision", "view_edition", "view_event", "view_image", "view_contributor"]
_VIEW_TAGS = ["view_actor", "view_topic", "view_position", "view_source"]
_WRITE = ["add_article", "change_article", "delete_article"]
_PARTS = [
    f"{verb}_{part}"
    for part in ("byline", "quote", "attribution", "articleactor", "articletopic", "articleimage")
    for verb in ("view", "add", "change", "delete")
]
_MATERIAL = ["add_image", "change_image", "add_source", "change_source"]
_TAGS = [
    *[f"{verb}_{tag}" for tag in ("actor", "topic", "actoralias", "topicalias") for verb in ("add", "change")],
    *[f"{verb}_position" for verb in ("add", "change", "delete")],
]
_TAG_DELETION = ["delete_actor", "delete_topic", "delete_actoralias", "delete_topicalias"]

MODEL_PERMISSIONS: dict[Role, list[str]] = {
    _W: [*_VIEW_WORK, *_VIEW_TAGS, *_WRITE, *_PARTS, *_MATERIAL],
    _E: [*_VIEW_WORK, *_VIEW_TAGS, *_WRITE, *_PARTS, *_MATERIAL, *_TAGS, "add_contributor", "change_contributor"],
    _R: [*_VIEW_WORK, *_VIEW_TAGS],
    _P: [
        *_VIEW_WORK,
        *_VIEW_TAGS,
        *_WRITE,
        *_PARTS,
        *_MATERIAL,
        *_TAGS,
        *_TAG_DELETION,
        *["add_contributor", "change_contributor", "delete_image", "delete_source"],
    ],
    _A: [
        *_VIEW_TAGS,
        *_TAGS,
        *_TAG_DELETION,
        *[f"{verb}_{thing}" for thing in ("user", "group", "desk") for verb in ("view", "add", "change", "delete")],
        *["view_contributor", "add_contributor", "change_contributor", "view_event", "view_page", "change_page"],
        *["view_nameplate", "add_nameplate", "change_nameplate"],
    ],
}


def roles_of(user: Any) -> frozenset[Role]:
    """The preset roles of a signed-in person (one query, kept on the object); a superuser holds them all."""
    if not getattr(user, "is_active", False) or not user.is_staff:
        return frozenset()
    if user.is_superuser:
        return frozenset(Role)
    if not hasattr(user, "_newsroom_roles"):
        user.get_all_permissions()  # the newsroom's backend learns both with one query
    if not hasattr(user, "_newsroom_roles"):
        names = set(user.groups.values_list("name", flat=True))
        user._newsroom_roles = frozenset(role for role in Role if role.value in names)
    return user._newsroom_roles


def remember_rights(user: Any, rows: Iterable[tuple[str, str | None, str | None]]) -> None:
    """Keep on `user` what one query told: (group, app, codename) of each right, the group empty for one's own."""
    rows = list(rows)
    names = {group for group, _app, _codename in rows}
    user._newsroom_roles = frozenset(role for role in Role if role.value in names)
    user._perm_cache = {f"{app}.{codename}" for _group, app, codename in rows if codename}


def scopes(roles: Iterable[Role], action: str) -> frozenset[Scope]:
    """The scopes in which holders of `roles` may do `action`; empty means they may not."""
    row = MATRIX[action]
    return frozenset(row[role] for role in roles if role in row)


def allows(
    action: str, roles: Iterable[Role], *, own: bool, desk: bool, with_writer: bool, with_reviewers: bool, asked: bool
) -> bool:
    """Whether `action` is open on an article that is their own, of their desk, at this stage, or theirs to review."""
    return any(
        scope is Scope.ALL
        or (scope is Scope.OWN and own)
        or (scope is Scope.OWN_WITH_WRITER and own and with_writer)
        or (scope is Scope.DESK and (desk or own))
        or (scope is Scope.REVIEW and (with_reviewers or asked))
        for scope in scopes(roles, action)
    )
