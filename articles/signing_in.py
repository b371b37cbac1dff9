"""Who a signed-in person is: roles and rights with one query."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.db.models import CharField, Value

from . import permissions


class DeskBackend(ModelBackend):
    """Django's own, which asks for the rights of groups, for one's own and for the groups one after the other."""

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """As Django's; what it learns of roles it keeps for `permissions.roles_of`."""
        is_plain = user_obj.is_active and not user_obj.is_anonymous and not user_obj.is_superuser and obj is None
        if is_plain and not hasattr(user_obj, "_perm_cache"):
            permissions.remember_rights(user_obj, _rights(user_obj))
        return super().get_all_permissions(user_obj, obj)


def _rights(user: Any) -> Any:
    of_groups = user.groups.order_by().values_list(
        "name", "permissions__content_type__app_label", "permissions__codename"
    )
    own = user.user_permissions.order_by().values_list(Value("", CharField()), "content_type__app_label", "codename")
    return of_groups.union(own, all=True)
