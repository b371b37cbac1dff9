"""Who listens: the groups of the preset roles are made after every migrate."""

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import DEFAULT_DB_ALIAS
from django.db.models.signals import post_migrate
from django.dispatch import receiver

from .permissions import MODEL_PERMISSIONS


@receiver(post_migrate, dispatch_uid="articles.preset_roles")
def write_preset_roles(sender, using=DEFAULT_DB_ALIAS, **kwargs) -> None:
    """Make one group a role, holding just what `permissions.MODEL_PERMISSIONS` says.

    Django writes an app's permissions after our turn, so they are asked for first.
    """
    if sender.name != "articles":
        return
    for label in ("articles", "auth"):
        create_permissions(apps.get_app_config(label), verbosity=0, using=using)
    codenames = {codename for row in MODEL_PERMISSIONS.values() for codename in row}
    known = {
        permission.codename: permission
        for permission in Permission.objects.using(using).filter(
            codename__in=codenames, content_type__app_label__in=("articles", "auth")
        )
    }
    for role, row in MODEL_PERMISSIONS.items():
        group, _created = Group.objects.using(using).get_or_create(name=role.value)
        group.permissions.set([known[codename] for codename in row if codename in known])
