"""Confidential identities: sealed, bound to their row, opened as an act, every act in a log that shows a break."""

from base64 import b64encode
from datetime import timedelta
from io import StringIO

import pytest
from django.core import serializers
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from articles import identities
from articles.identities import Contact, log, vault
from articles.models import IdentityAccess, IdentityGrant, Source, SourceIdentity
from tests import factories

pytestmark = pytest.mark.django_db
NAME, PHONE = "Odette Varga-Nemes", "+00 555 0199"
OLD, NEW = (b64encode(bytes([n]) * 32).decode() for n in (1, 2))


@pytest.fixture(autouse=True)
def _keys(settings):
    settings.NEWSROOM_SOURCE_KEYS = [OLD]


@pytest.fixture
def source(people):
    """A confidential source that the writer recorded."""
    return Source.objects.create(label="Clerk at the port", is_confidential=True, recorded_by=people.writer)


@pytest.fixture
def sealed(source, people):
    """Its identity."""
    return identities.seal(source, Contact(NAME, PHONE), by=people.writer)


def acts():
    """What the log says."""
    return list(IdentityAccess.objects.order_by("number").values_list("act", flat=True))


# --- what is kept ---------------------------------------------------------------------------------------------------


def test_nothing_of_the_name_is_in_the_database_or_an_export(sealed):
    row = SourceIdentity.sealed.get()
    for kept in (bytes(row.ciphertext), bytes(row.nonce), str(row).encode(), repr(row).encode()):
        for word in (NAME, PHONE, "Odette", "0199"):
            assert word.encode() not in kept
    out = StringIO()
    call_command("dumpdata", "articles", stdout=out)
    assert "Odette" not in out.getvalue()
    assert "sourceidentity" not in out.getvalue()
    assert serializers.serialize("json", SourceIdentity.objects.all()) == "[]"


def test_the_length_of_what_is_kept_tells_little_of_the_name(source):
    short, long = (vault.seal(Contact(name), source.pk) for name in ("Al", "A very much longer name of two families"))
    assert len(short.ciphertext) == len(long.ciphertext)
    assert short.nonce != long.nonce


def test_a_ciphertext_in_another_row_or_changed_does_not_open(sealed, people):
    other = Source.objects.create(label="Another", is_confidential=True, recorded_by=people.writer)
    kept = vault.Sealed(bytes(sealed.nonce), bytes(sealed.ciphertext), sealed.key_id)
    assert vault.unseal(kept, sealed.source_id) == Contact(NAME, PHONE)
    with pytest.raises(identities.DoesNotOpen):
        vault.unseal(kept, other.pk)
    turned = bytes([kept.ciphertext[0] ^ 1]) + kept.ciphertext[1:]
    with pytest.raises(identities.DoesNotOpen):
        vault.unseal(vault.Sealed(kept.nonce, turned, kept.key_id), sealed.source_id)


@pytest.mark.parametrize("keys", [[], ["no base64 !"], [b64encode(b"short").decode()]])
def test_without_a_key_nothing_is_sealed_or_opened(keys, settings, source, sealed, people):
    settings.NEWSROOM_SOURCE_KEYS = keys
    with pytest.raises(identities.VaultIsClosed):
        identities.seal(source, Contact("Another"), by=people.writer)
    with pytest.raises(identities.VaultIsClosed):
        identities.reveal(sealed, by=people.writer, reason="To ring them.")
    assert acts() == ["seal", "reveal"]


def test_only_whose_promise_it_is_seals_and_seals_anew(source, sealed, people):
    for person in (people.editor, people.reviewer, people.publisher, people.admin):
        with pytest.raises(PermissionDenied):
            identities.seal(source, Contact("Somebody else"), by=person)
    assert acts() == ["seal", *["refuse"] * 4]
    again = identities.seal(source, Contact("Odette Varga"), by=people.writer)
    assert again.pk == sealed.pk
    assert identities.reveal(again, by=people.writer, reason="Spelling.").name == "Odette Varga"
    open_source = Source.objects.create(label="Statement", recorded_by=people.writer)
    with pytest.raises(ValueError, match="confidential"):
        identities.seal(open_source, Contact(NAME), by=people.writer)


# --- who opens it ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["editor", "reviewer", "publisher", "admin", "outsider", "root"])
def test_no_role_and_no_superuser_opens_it_and_each_try_is_in_the_log(role, sealed, people):
    person = factories.person("root", is_superuser=True) if role == "root" else getattr(people, role)
    with pytest.raises(PermissionDenied):
        identities.reveal(sealed, by=person, reason="Curious.")
    line = IdentityAccess.objects.order_by("-number").first()
    assert (line.act, line.by, line.reason, line.source) == ("refuse", person, "Curious.", sealed.source_id)


def test_who_was_let_in_opens_it_until_they_are_shut_out(sealed, people):
    identities.grant(sealed, people.editor, by=people.writer, reason="Edits the series.")
    assert identities.reveal(sealed, by=people.editor, reason="To check.") == Contact(NAME, PHONE)
    with pytest.raises(PermissionDenied):
        identities.grant(sealed, people.publisher, by=people.editor)
    with pytest.raises(ValueError, match="works with copy"):
        identities.grant(sealed, people.admin, by=people.writer)
    identities.revoke(sealed, people.editor, by=people.writer)
    with pytest.raises(PermissionDenied):
        identities.reveal(sealed, by=people.editor, reason="Once more.")
    assert acts() == ["seal", "grant", "reveal", "refuse", "revoke", "refuse"]


def test_a_reveal_needs_a_reason_and_a_role_that_still_stands(sealed, people):
    with pytest.raises(ValueError, match="why"):
        identities.reveal(sealed, by=people.writer, reason="  ")
    people.writer.groups.clear()
    person = type(people.writer).objects.get(pk=people.writer.pk)
    with pytest.raises(PermissionDenied):
        identities.reveal(sealed, by=person, reason="I left.")


def test_deleting_deletes_the_row_its_grants_and_keeps_the_log(sealed, source, people):
    identities.grant(sealed, people.editor, by=people.writer)
    with pytest.raises(PermissionDenied):
        identities.purge(sealed, by=people.publisher)
    identities.purge(sealed, by=people.writer, reason="Asked to.")
    assert not SourceIdentity.sealed.exists()
    assert not IdentityGrant.objects.exists()
    assert acts()[-1] == "purge"
    assert Source.objects.filter(pk=source.pk).exists()


def test_what_was_kept_until_yesterday_is_deleted_by_the_daily_job(source, people):
    today = timezone.localdate()
    identities.seal(source, Contact(NAME), by=people.writer, keep_until=today)
    out = StringIO()
    call_command("purge_identities", stdout=out)
    assert SourceIdentity.sealed.exists()
    SourceIdentity.sealed.update(keep_until=today - timedelta(days=1))
    call_command("purge_identities", stdout=out)
    assert not SourceIdentity.sealed.exists()
    assert "1 deleted." in out.getvalue()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a pragma of SQLite")
def test_what_is_deleted_is_overwritten_on_disk(db):
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete")
        assert cursor.fetchone()[0] == 1


# --- another key ----------------------------------------------------------------------------------------------------


def test_a_rotation_that_was_killed_half_way_goes_on(source, sealed, people, settings, monkeypatch):
    second = Source.objects.create(label="Second", is_confidential=True, recorded_by=people.writer)
    other = identities.seal(second, Contact("Second Name"), by=people.writer)
    settings.NEWSROOM_SOURCE_KEYS = [NEW, OLD]
    real, calls = vault.seal, []

    def killed(contact, row):
        calls.append(row)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(contact, row)

    monkeypatch.setattr(vault, "seal", killed)
    with pytest.raises(KeyboardInterrupt):
        call_command("rotate_source_key")
    monkeypatch.setattr(vault, "seal", real)
    assert SourceIdentity.sealed.exclude(key_id=vault.current_key_id()).count() == 1
    for each in (sealed, other):
        each.refresh_from_db(from_queryset=SourceIdentity.sealed.all())
        identities.reveal(each, by=people.writer, reason="Between.")
    out = StringIO()
    call_command("rotate_source_key", stdout=out)
    assert "1 sealed anew." in out.getvalue()
    settings.NEWSROOM_SOURCE_KEYS = [NEW]
    names = {identities.reveal(row, by=people.writer, reason="After.").name for row in SourceIdentity.sealed.all()}
    assert names == {NAME, "Second Name"}


def test_a_rotation_says_what_it_cannot_open(sealed, settings):
    settings.NEWSROOM_SOURCE_KEYS = [NEW]
    with pytest.raises(CommandError, match="1 do not open"):
        call_command("rotate_source_key", stdout=StringIO())
    settings.NEWSROOM_SOURCE_KEYS = []
    with pytest.raises(CommandError, match="not set"):
        call_command("rotate_source_key")


# --- the log --------------------------------------------------------------------------------------------------------


def test_a_whole_log_is_said_to_be_whole(sealed, people):
    identities.reveal(sealed, by=people.writer, reason="To ring them.")
    out = StringIO()
    call_command("verify_access_log", stdout=out)
    assert "2 lines" in out.getvalue()


@pytest.mark.parametrize("field", ["reason", "act", "source", "by_id", "channel", "previous", "at"])
def test_a_line_that_was_changed_is_found(field, sealed, people):
    line = IdentityAccess.objects.get()
    other = {"act": "reveal", "source": 999, "by_id": people.editor.pk, "at": timezone.now() - timedelta(days=9)}
    setattr(line, field, other.get(field, "x" * 64))
    assert line.hash != log.hash_of(line)


def test_a_line_that_is_gone_is_found(sealed, people, monkeypatch):
    identities.reveal(sealed, by=people.writer, reason="One.")
    identities.reveal(sealed, by=people.writer, reason="Two.")
    rows = IdentityAccess.objects.order_by("number")
    left = [rows[0], rows[2]]

    class Lines:
        def iterator(self, **options):
            return iter(left)

    monkeypatch.setattr(IdentityAccess.objects, "order_by", lambda *names: Lines())
    assert next(identities.verify()) == "Line 2 is missing."


def test_the_database_refuses_to_rewrite_the_log(sealed):
    with pytest.raises(Exception, match="only grows"), connection.cursor() as cursor:
        cursor.execute("UPDATE articles_identityaccess SET reason = 'x'")
