"""Accounts and roles."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext as _

from .base import DeskAdmin
from .site import site


@admin.register(User, site=site)
class AccountAdmin(DeskAdmin, UserAdmin):
    """Stock accounts; only a superuser makes another, or hands out single permissions."""

    list_display = ["username", "first_name", "last_name", "is_staff", "is_active"]
    list_filter = ["groups", "is_staff", "is_active"]

    filter_horizontal = []
    is_logged = False  # accounts are, by whatever door they change: `receivers`

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        """Roles are few: a box for each."""
        if db_field.name == "groups":
            kwargs["widget"] = CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_readonly_fields(self, request, obj=None):
        """Who manages accounts does not thereby become a superuser."""
        fields = (*super().get_readonly_fields(request, obj), "last_login", "date_joined")
        return fields if request.user.is_superuser else (*fields, "is_superuser", "user_permissions")

    def has_change_permission(self, request, obj=None) -> bool:
        """A superuser's account is a superuser's to change."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or not obj.is_superuser or request.user.is_superuser)

    def has_delete_permission(self, request, obj=None) -> bool:
        """The same of deleting one."""
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or not obj.is_superuser or request.user.is_superuser)

    def get_deleted_objects(self, objs, request):
        """The accounts alone: the log of what they did names stories and sources that others may not know of."""
        found = {account: super(AccountAdmin, self).get_deleted_objects([account], request) for account in objs}
        _tree, counts, missing, _protected = super().get_deleted_objects(objs, request)
        kept = [
            _("%(account)s: what they did stays in the log, and the account with it. Switch off “active” instead.")
            % {"account": account}
            for account, (_its_tree, _its_counts, _its_missing, protected) in found.items()
            if protected
        ]
        return [str(account) for account in objs], counts, set() if kept else missing, kept


@admin.register(Group, site=site)
class RoleAdmin(DeskAdmin, GroupAdmin):
    """The preset roles are written anew at every migrate; others may stand beside them."""

    filter_horizontal = []
