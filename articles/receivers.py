"""Who listens: the groups of the preset roles and the guards of the records are made after every migrate,
and rights are written in the log by whatever door they change."""

import logging

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission, User
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, transaction
from django.db.backends.signals import connection_created
from django.db.models.signals import m2m_changed, post_delete, post_migrate, post_save, pre_migrate, pre_save
from django.dispatch import receiver

from . import (
    about,
    auditing,
    channels,
    desk_search,
    edge,
    metrics,
    notifications,
    purging,
    releasing,
    routing,
    surrogates,
)
from .models import Actor, Article, Desk, Nameplate, Page, Topic, append_only, nameplates
from .permissions import MODEL_PERMISSIONS, Role
from .signals import article_assigned, article_moved, comment_made, front_arranged, pages_changed

logger = logging.getLogger(__name__)


@receiver(pre_migrate, dispatch_uid="articles.take_the_time")
@receiver(post_migrate, dispatch_uid="articles.time_is_up")
def take_the_time(sender, signal, using=DEFAULT_DB_ALIAS, **kwargs) -> None:
    """A migration of a large archive takes longer than any statement of a page may.

    But it does not wait long for a lock, since every page would wait behind it: it fails, and is tried again.
    """
    if sender.name == "articles" and connections[using].vendor == "postgresql":
        with connections[using].cursor() as cursor:
            for name, value in {"statement_timeout": "0", "lock_timeout": "10s"}.items():
                cursor.execute(f"SET {name} = '{value}'" if signal is pre_migrate else f"RESET {name}")


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


@receiver(post_migrate, dispatch_uid="articles.append_only")
def guard_the_records(sender, using=DEFAULT_DB_ALIAS, **kwargs) -> None:
    """Have the database refuse to rewrite what is a record."""
    if sender.name == "articles":
        append_only.guard(using)


@receiver(post_migrate, dispatch_uid="articles.pages")
def lay_out_pages(sender, using=DEFAULT_DB_ALIAS, **kwargs) -> None:
    """Have a row for each page about the newsroom."""
    if sender.name == "articles" and using == DEFAULT_DB_ALIAS:
        about.lay_out()


# --- what stories are found by ------------------------------------------------------------------------------------


@receiver(post_save, sender=Article, dispatch_uid="articles.desk_words")
def keep_words(instance, created=False, update_fields=None, raw=False, **kwargs) -> None:
    """With each revision, and when the story changes hands."""
    if not raw and (created or {"version", "assignee"} & set(update_fields or ())):
        desk_search.keep_words(instance)


# --- what pages know of the newsroom -------------------------------------------------------------------------------


@receiver(post_save, sender=Nameplate, dispatch_uid="articles.nameplate_saved")
@receiver(post_delete, sender=Nameplate, dispatch_uid="articles.nameplate_deleted")
def forget_nameplate(sender, **kwargs) -> None:
    """This process shows it at once, others within a second."""
    nameplates.forget()
    transaction.on_commit(nameplates.forget)


@receiver(pages_changed, dispatch_uid="articles.purge")
def drop_kept_pages(sender, keys, **kwargs) -> None:
    """Every process on every machine lets go of the pages that have changed."""
    edge.purge(keys)
    purging.purge(keys)
    routing.hold_off()  # not every replica has them yet


@receiver((post_save, post_delete), sender=Nameplate, dispatch_uid="articles.nameplate_shown")
@receiver((post_save, post_delete), sender=Page, dispatch_uid="articles.page_shown")
def settings_changed(sender, **kwargs) -> None:
    """What stands on every page."""
    surrogates.changed(surrogates.SETTINGS)


@receiver((post_save, post_delete), sender=Actor, dispatch_uid="articles.actor_shown")
@receiver((post_save, post_delete), sender=Topic, dispatch_uid="articles.topic_shown")
def tag_changed(sender, instance, **kwargs) -> None:
    """Its own page, and every page that read it."""
    surrogates.changed(surrogates.key(sender.surrogate, instance.pk))


# --- rights, for the log ------------------------------------------------------------------------------------------

RIGHTS = {
    User.groups.through: (User, Group, "roles"),
    User.user_permissions.through: (User, Permission, "permissions"),
    Group.permissions.through: (Group, Permission, "permissions"),
    Desk.members.through: (User, Desk, "desks"),
}


@receiver(pre_save, sender=User, dispatch_uid="articles.account_saved")
def log_account(sender, instance, raw=False, update_fields=None, **kwargs) -> None:
    """Who may come in, and as what."""
    if not raw:
        auditing.note_account(instance, update_fields)


@receiver(post_save, sender=User, dispatch_uid="articles.account_made")
def log_new_account(sender, instance, created, raw=False, **kwargs) -> None:
    """Who was let in."""
    if created and not raw:
        auditing.note_new_account(instance)


@receiver(m2m_changed, dispatch_uid="articles.rights_changed")
def log_rights(sender, instance, action, reverse, model, pk_set, **kwargs) -> None:
    """Roles of a person, permissions of a person or a role, members of a desk."""
    if sender not in RIGHTS or action not in ("pre_clear", "post_add", "post_remove"):
        return
    holder, right, kind = RIGHTS[sender]
    if isinstance(instance, Group) and right is Permission and _is_preset(instance):
        return
    others = (
        _cleared(sender, instance, model) if action == "pre_clear" else model._default_manager.filter(pk__in=pk_set)
    )
    holders, rights = ([instance], others) if isinstance(instance, holder) else (others, [instance])
    if rights and holders:
        change = {"got": rights} if action == "post_add" else {"lost": rights}
        auditing.note_rights(holders, kind, **change)


def _is_preset(group: Group) -> bool:
    """Whether the table writes what it holds: that is a change of the program, made by every migrate."""
    return channels.person() is None and group.name in set(Role)


def _cleared(through, instance, model) -> list:
    """The rows on the other side that `instance` is about to be parted from."""
    keys = {field.related_model: field.name for field in through._meta.fields if field.is_relation}
    ours = through._default_manager.filter(**{keys[type(instance)]: instance})
    return list(model._default_manager.filter(pk__in=ours.values(keys[model])))


@receiver(user_logged_in, dispatch_uid="articles.logged_in")
def log_login(sender, user, **kwargs) -> None:
    """Somebody came."""
    auditing.note_coming("login", user)


@receiver(user_logged_out, dispatch_uid="articles.logged_out")
def log_logout(sender, user, **kwargs) -> None:
    """Somebody left."""
    if user is not None:
        auditing.note_coming("logout", user)


@receiver(user_login_failed, dispatch_uid="articles.login_failed")
def log_failed_login(sender, credentials, **kwargs) -> None:
    """Somebody did not get in."""
    auditing.note_failure(credentials)


@receiver(article_moved, dispatch_uid="articles.schedule_changed")
@receiver(front_arranged, dispatch_uid="articles.plan_changed")
def schedule_changed(sender, event, **kwargs) -> None:
    """The next moment may be another one now."""
    releasing.forget()
    surrogates.changed(surrogates.SCHEDULE)


@receiver(article_moved, dispatch_uid="articles.tell_of_move")
@receiver(article_assigned, dispatch_uid="articles.tell_of_assignment")
@receiver(comment_made, dispatch_uid="articles.tell_of_comment")
def tell_people(sender, event, comment=None, **kwargs) -> None:
    """Write the notices of what has happened. It has happened: a notice that cannot be written does not undo it."""
    try:
        notifications.notify(event, comment)
    except DatabaseError:
        logger.exception("no notices were written of event %s", event.pk)


# --- for monitors -------------------------------------------------------------------------------------------------


@receiver(connection_created, dispatch_uid="articles.count_queries")
def count_queries(connection, **kwargs) -> None:
    """A connection that comes back keeps its wrappers."""
    if metrics.count_query not in connection.execute_wrappers:
        connection.execute_wrappers.append(metrics.count_query)


@receiver(article_moved, dispatch_uid="articles.count_move")
def count_move(sender, event, **kwargs) -> None:
    """Moves, editions that went out, and what became of the schedule."""
    metrics.MOVES.labels(event.verb).inc()
    if event.verb == "publish":
        metrics.PUBLISHES.labels(event.channel).inc()
    if event.channel == channels.RELEASE:
        metrics.RELEASES.labels("published" if event.verb == "publish" else "kept back").inc()
