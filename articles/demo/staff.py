"""The people of the paper: logins with their roles, desks with their members, contributors."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from ..models import Contributor, Desk
from ..permissions import Role


@dataclass(frozen=True)
class Login:
    """An account of the demo, as it is printed for the newcomer."""

    username: str
    password: str
    role: str
    name: str


def logins(people: dict[str, Any]) -> list[Login]:
    """The accounts of people.toml; those that the sign-in page offers have the password that it shows."""
    offered = {login["username"]: login["password"] for login in settings.NEWSROOM_DEMO_LOGINS}
    return [
        Login(
            username=row["username"],
            password=offered.get(row["username"], f"demo-{row['username']}-pass"),
            role=Role[row["role"].upper()].value,
            name=f"{row['first_name']} {row['last_name']}",
        )
        for row in people["login"]
    ]


def hire(people: dict[str, Any]) -> tuple[dict[str, Any], int]:
    """Make the accounts, desks and contributors that are missing; what exists stays as it is.

    Returns the accounts by username and how many rows were made.
    """
    users, made = _users(people)
    made += _desks(people, users)
    for row in people["contributor"]:
        told = {name: row.get(name, "") for name in ("title", "bio", "contact")}
        values = {"name": row["name"], "user": users.get(row.get("login")), **told}
        made += Contributor.objects.get_or_create(slug=row["slug"], defaults=values)[1]
    return users, made


def _users(people: dict[str, Any]) -> tuple[dict[str, Any], int]:
    model = get_user_model()
    users, made = {}, 0
    for row, login in zip(people["login"], logins(people), strict=True):
        user = model.objects.filter(username=login.username).first()
        if user is None:
            user = model.objects.create_user(
                login.username,
                password=login.password,
                first_name=row["first_name"],
                last_name=row["last_name"],
                email=f"{login.username}@record.example",
                is_staff=True,
            )
            user.groups.add(Group.objects.get(name=login.role))
            made += 1
        users[login.username] = user
    return users, made


def _desks(people: dict[str, Any], users: dict[str, Any]) -> int:
    made = 0
    for position, row in enumerate(people["desk"], start=1):
        values = {"name": row["name"], "position": position}
        desk, is_new = Desk.objects.get_or_create(slug=row["slug"], defaults=values)
        if is_new:
            desk.members.set(_members(people["login"], row["slug"], users))
            made += 1
    return made


def _members(rows: Iterable[dict[str, Any]], desk: str, users: dict[str, Any]) -> list[Any]:
    return [users[row["username"]] for row in rows if desk in row["desks"]]
