"""The verbs. Each decides who may, writes the log, then acts; a refusal is a line of the log too."""

from datetime import date
from typing import Any, NoReturn

from django.core.exceptions import PermissionDenied
from django.db import transaction

from .. import permissions
from ..models import IdentityGrant, Source, SourceIdentity
from ..models.identities import IdentityAct
from . import log, vault


def is_owner(user: Any, identity: SourceIdentity) -> bool:
    """Whether they gave the promise."""
    return user.pk == identity.owner_id


def may_reveal(user: Any, identity: SourceIdentity) -> bool:
    """The owner and who was granted it, while they work with copy: no role and no superuser opens it by itself."""
    works = bool(permissions.scopes(permissions.roles_of(user), "read_draft"))
    return works and (is_owner(user, identity) or identity.grants.filter(user=user).exists())


def seal(source: Source, contact: vault.Contact, *, by: Any, keep_until: date | None = None) -> SourceIdentity:
    """Keep who a confidential source is; anew where that is known better, by whoever gave the promise.

    Raises `PermissionDenied`, `ValueError` for a source that is not confidential, `vault.VaultIsClosed`.
    """
    if not source.is_confidential:
        raise ValueError("Only the identity of a confidential source is sealed.")
    known = SourceIdentity.sealed.filter(source=source).first()
    may_record = bool(permissions.scopes(permissions.roles_of(by), "edit_sources"))
    is_theirs = is_owner(by, known) if known else source.recorded_by_id == by.pk
    if not (may_record and is_theirs):
        _refuse(source.pk, by)
    made = vault.seal(contact, source.pk)
    values = {"nonce": made.nonce, "ciphertext": made.ciphertext, "key_id": made.key_id, "keep_until": keep_until}
    with transaction.atomic():
        log.write(IdentityAct.REPLACE if known else IdentityAct.SEAL, source.pk, by=by)
        return SourceIdentity.sealed.update_or_create(
            source=source, defaults=values, create_defaults={**values, "owner": by}
        )[0]


def reveal(identity: SourceIdentity, *, by: Any, reason: str) -> vault.Contact:
    """Who it is, for a reason that stands in the log before anything is opened.

    Raises `PermissionDenied` (with a line of the log), `ValueError` without a reason, and what `vault.unseal` does.
    """
    reason = reason.strip()
    if not may_reveal(by, identity):
        _refuse(identity.source_id, by, reason)
    if not reason:
        raise ValueError("Say why you have to know.")
    log.write(IdentityAct.REVEAL, identity.source_id, by=by, reason=reason)
    sealed = vault.Sealed(bytes(identity.nonce), bytes(identity.ciphertext), identity.key_id)
    return vault.unseal(sealed, identity.source_id)


def grant(identity: SourceIdentity, user: Any, *, by: Any, reason: str = "") -> IdentityGrant:
    """The owner lets another person in."""
    _require_owner(identity, by, _about(user, reason))
    if not permissions.scopes(permissions.roles_of(user), "read_draft"):
        raise ValueError("Only who works with copy can be let in.")
    with transaction.atomic():
        log.write(IdentityAct.GRANT, identity.source_id, by=by, reason=_about(user, reason))
        return IdentityGrant.objects.get_or_create(identity=identity, user=user, defaults={"granted_by": by})[0]


def revoke(identity: SourceIdentity, user: Any, *, by: Any, reason: str = "") -> None:
    """The owner shuts them out again, or they themselves give it back."""
    if user.pk != by.pk:
        _require_owner(identity, by, _about(user, reason))
    with transaction.atomic():
        log.write(IdentityAct.REVOKE, identity.source_id, by=by, reason=_about(user, reason))
        identity.grants.filter(user=user).delete()


def purge(identity: SourceIdentity, *, by: Any | None, reason: str = "") -> None:
    """Delete it for good; `by` is None where its date has come. The source stays, under its working label."""
    if by is not None:
        _require_owner(identity, by, reason)
    with transaction.atomic():
        log.write(IdentityAct.PURGE, identity.source_id, by=by, reason=reason)
        SourceIdentity.sealed.filter(pk=identity.pk).delete()


def purge_outdated(today: date) -> int:
    """Delete what was to be kept until yesterday or before; how many."""
    outdated = list(SourceIdentity.sealed.filter(keep_until__lt=today))
    for identity in outdated:
        purge(identity, by=None, reason="kept until then")
    return len(outdated)


def rotate() -> tuple[int, int]:
    """Seal anew under the first key what another one seals, a row a transaction: killed half-way, it goes on.

    Returns (sealed anew, could not be opened).
    """
    current = vault.current_key_id()
    done = failed = 0
    for key in SourceIdentity.sealed.exclude(key_id=current).order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            identity = SourceIdentity.sealed.select_for_update().filter(pk=key).exclude(key_id=current).first()
            if identity is None:
                continue
            sealed = vault.Sealed(bytes(identity.nonce), bytes(identity.ciphertext), identity.key_id)
            try:
                made = vault.seal(vault.unseal(sealed, identity.source_id), identity.source_id)
            except vault.DoesNotOpen:
                failed += 1
                continue
            log.write(IdentityAct.ROTATE, identity.source_id, by=None)
            identity.nonce, identity.ciphertext, identity.key_id = made.nonce, made.ciphertext, made.key_id
            identity.save(update_fields=["nonce", "ciphertext", "key_id"])
            done += 1
    return done, failed


def _require_owner(identity: SourceIdentity, by: Any, reason: str) -> None:
    if not is_owner(by, identity):
        _refuse(identity.source_id, by, reason)


def _refuse(source: int, by: Any, reason: str = "") -> NoReturn:
    """Outside of any transaction of the act, so that the line stands."""
    log.write(IdentityAct.REFUSE, source, by=by, reason=reason)
    raise PermissionDenied("this identity is another person's promise")


def _about(user: Any, reason: str) -> str:
    return f"{user.get_username()}: {reason}" if reason else user.get_username()
