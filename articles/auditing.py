"""What the log says of acts that are no move of a story: changes, deletions, rights, comings and goings.

Nothing here decides; each function writes what somebody did. A confidential source is named by its number alone, and
of its fields the log says that they changed, never what stood or stands in them.
"""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Model
from django.utils import timezone

from . import channels
from .models import Article, Event, Source

VALUE = 300  # characters of a value that are kept
FAILURES, FAILURES_WITHIN = 20, timedelta(hours=1)  # failed logins that are kept of one account
SIGNALLED = {"members", "permissions", "groups", "user_permissions"}  # written by `note_rights`, whoever changes them
RIGHTS = ("username", "email", "is_active", "is_staff", "is_superuser")

Details = dict[str, list[Any]]


def subject_of(row: Model) -> str:
    """How the log names a row: "actor:19"."""
    return f"{row._meta.model_name}:{row.pk}"


def label_of(row: Model) -> str:
    """What it is called; nothing for a confidential source."""
    return "" if isinstance(row, Source) and row.is_confidential else str(row)[:VALUE]


def record(verb: str, row: Model, *, by: Any, details: Details | None = None, note: str = "") -> Event:
    """One act on one row."""
    values = {"article_id": row.pk, "before": row.status} if isinstance(row, Article) else {"subject": subject_of(row)}
    return Event.objects.create(
        verb=verb,
        by_id=getattr(by, "pk", None),
        label=label_of(row),
        details=details or {},
        note=note,
        channel=channels.current(),
        **values,
    )


def record_deletions(rows: Iterable[Model], *, by: Any) -> None:
    """To be called before they are deleted, in the same transaction."""
    for row in rows:
        record("delete", row, by=by)


def record_save(form: Any, formsets: Iterable[Any], *, by: Any, is_new: bool) -> Event | None:
    """What a saved form of the desk, with the rows beneath it, changed; None where it changed nothing."""
    row = form.instance
    details = {name: _change(form, name) for name in form.changed_data if name not in SIGNALLED}
    for formset in formsets:
        gone = [str(each) for each in formset.deleted_objects]
        come = [str(each) for each in formset.new_objects] + [str(each) for each, _fields in formset.changed_objects]
        if gone or come:
            details[formset.prefix] = [", ".join(gone)[:VALUE], ", ".join(come)[:VALUE]]
    if is_new:
        return record("add", row, by=by)
    if not details:
        return None
    if isinstance(row, Source) and (row.is_confidential or form.initial.get("is_confidential")):
        details = {name: [None, None] for name in details}
    return record("change", row, by=by, details=details)


def _change(form: Any, name: str) -> list[Any]:
    """[before, after] as text; a file, which may be of a story nobody has read yet, is only said to have changed."""
    if getattr(form.fields[name], "needs_multipart_form", False) or form.fields[name].widget.needs_multipart_form:
        return [None, None]
    before, after = form.initial.get(name), form.cleaned_data.get(name)
    choices = getattr(form.fields[name], "queryset", None)
    if choices is not None and before:
        before = choices.model._default_manager.filter(pk=before).first() if not isinstance(before, list) else before
    return [_text(before), _text(after)]


def _text(value: Any) -> str:
    return "" if value is None else str(value)[:VALUE]


# --- accounts -----------------------------------------------------------------------------------------------------


def note_account(account: Any, fields: Iterable[str] | None) -> None:
    """An account is about to be saved: write what of its rights changes. `fields`: those saved, None for all.

    The password is said to have changed, where somebody set one; a mere renewal of its hash at login is no act.
    """
    watched = [name for name in (*RIGHTS, "password") if fields is None or name in fields]
    if not watched or account.pk is None:
        return
    before = get_user_model().objects.filter(pk=account.pk).values(*watched).first()
    if before is None:
        return
    details = {
        name: [before[name], getattr(account, name)]
        for name in watched
        if name != "password" and before[name] != getattr(account, name)
    }
    by = channels.person()
    if details:
        record("change", account, by=by, details=details)
    if "password" in watched and before["password"] != account.password and account._password is not None:
        record("set_password", account, by=by)


def note_new_account(account: Any) -> None:
    """An account was made."""
    details = {name: [None, getattr(account, name)] for name in RIGHTS if getattr(account, name)}
    record("add", account, by=channels.person(), details=details)


def note_rights(rows: Iterable[Model], kind: str, *, lost: Iterable[Any] = (), got: Iterable[Any] = ()) -> None:
    """Roles, permissions or desks that each of `rows` (accounts or roles) lost or got."""
    change = [", ".join(sorted(map(str, lost))), ", ".join(sorted(map(str, got)))]
    for row in rows:
        record("change_rights", row, by=channels.person(), details={kind: change})


def note_coming(verb: str, account: Any) -> None:
    """Somebody came in or left: the act is named by its account, which may still be deleted."""
    record(verb, account, by=None)


def note_failure(credentials: Mapping[str, Any]) -> None:
    """Somebody failed to come in. What they typed as a name is kept only where it is that of an account.

    Some failures an hour are kept of one account, and of all unknown names together: nobody fills the log by typing.
    """
    model = get_user_model()
    name = credentials.get(model.USERNAME_FIELD) or credentials.get("username") or ""
    account = model._default_manager.filter(**{model.USERNAME_FIELD: str(name)[:150]}).first()
    subject = subject_of(account) if account else "user:"
    lately = Event.objects.filter(subject=subject, verb="login_failed", at__gt=timezone.now() - FAILURES_WITHIN)
    if lately.count() < FAILURES:
        label = label_of(account) if account else ""
        Event.objects.create(verb="login_failed", subject=subject, label=label, channel=channels.current())
