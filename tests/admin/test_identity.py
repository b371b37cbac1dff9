"""The page of a sealed identity: what each person sees of it, and that a name is on one answer alone."""

from base64 import b64encode

import pytest
import time_machine
from django.urls import reverse

from articles import identities
from articles.models import IdentityAccess, Source, SourceIdentity
from tests import factories
from tests.admin.pages import text

NAME, PASSWORD = "Odette Varga-Nemes", "a long enough phrase"


@pytest.fixture(autouse=True)
def _keys(settings):
    settings.NEWSROOM_SOURCE_KEYS = [b64encode(bytes(range(32))).decode()]


@pytest.fixture
def source(people, article):
    """A confidential source of the writer’s, used in a story of the desk."""
    made = factories.attribution(
        article, label="Clerk", source_is_confidential=True, source_recorded_by=people.writer, wording="a clerk"
    ).source
    assert made.is_confidential
    return made


@pytest.fixture
def url(source):
    """Its page."""
    return reverse("admin:articles_source_identity", args=[source.pk])


@pytest.fixture
def sealed(source, people):
    """Its identity."""
    return identities.seal(source, identities.Contact(NAME, "by letter"), by=people.writer)


def acts():
    """What the log says."""
    return list(IdentityAccess.objects.order_by("number").values_list("act", flat=True))


def test_who_recorded_the_source_seals_it_and_is_not_shown_it_again(desk_of, people, url):
    client = desk_of(people.writer)
    assert "need not be kept here at all" in text(client.get(url))
    answer = client.post(url, {"act": "seal", "name": NAME, "contact": "by letter"}, follow=True)
    assert "Sealed." in text(answer)
    assert NAME not in answer.content.decode()
    assert SourceIdentity.sealed.get().owner == people.writer
    assert client.post(url, {"act": "seal", "name": ""}).status_code == 422


def test_a_reveal_takes_the_password_and_a_reason_and_is_shown_once(desk_of, people, url, sealed):
    client = desk_of(people.writer)
    for values, status in (
        ({"reason": "To ring them."}, 422),
        ({"reason": "To ring them.", "password": "wrong"}, 422),
        ({"reason": " ", "password": PASSWORD}, 422),
    ):
        answer = client.post(url, {"act": "reveal", **values})
        assert answer.status_code == status
        assert NAME not in answer.content.decode()
    assert acts() == ["seal"]
    shown = client.post(url, {"act": "reveal", "reason": "To ring them.", "password": PASSWORD})
    assert NAME in text(shown)
    assert "no-store" in shown["Cache-Control"]
    assert shown["Referrer-Policy"] == "no-referrer"
    assert NAME not in client.get(url).content.decode()
    assert acts() == ["seal", "reveal"]


def test_the_password_counts_for_a_quarter_of_an_hour(desk_of, people, url, sealed):
    client = desk_of(people.writer)
    with time_machine.travel("2026-11-24 10:00:00+00:00", tick=False) as clock:
        client.force_login(people.writer)
        client.post(url, {"act": "reveal", "reason": "One.", "password": PASSWORD})
        clock.shift(14 * 60)
        assert NAME in text(client.post(url, {"act": "reveal", "reason": "Two."}))
        clock.shift(2 * 60)
        assert client.post(url, {"act": "reveal", "reason": "Three."}).status_code == 422


@pytest.mark.parametrize("role", ["editor", "publisher", "root"])
def test_who_may_know_of_the_source_is_not_told_who_it_is_and_the_try_is_logged(desk_of, people, url, sealed, role):
    person = factories.person("root", is_superuser=True) if role == "root" else getattr(people, role)
    client = desk_of(person)
    words = text(client.get(url))
    assert "ask them" in words
    assert "To ring" not in words
    answer = client.post(url, {"act": "reveal", "reason": "Curious.", "password": PASSWORD})
    assert answer.status_code == 403
    assert NAME not in answer.content.decode()
    for act in ({"act": "grant", "person": person.pk}, {"act": "purge", "reason": "x"}, {"act": "seal", "name": "x"}):
        assert client.post(url, act).status_code == 403
    assert acts() == ["seal", "refuse", "refuse", "refuse", "refuse"]
    assert SourceIdentity.sealed.get().owner == people.writer


@pytest.mark.parametrize("role", ["outsider", "admin", "reviewer"])
def test_who_may_not_know_of_the_source_is_told_of_nothing(desk_of, people, url, sealed, role):
    client = desk_of(getattr(people, role))
    assert client.get(url).status_code in (403, 404)
    assert client.post(url, {"act": "reveal", "reason": "x", "password": PASSWORD}).status_code in (403, 404)
    assert acts() == ["seal"]


def test_an_open_source_has_no_such_page(desk_of, people):
    made = Source.objects.create(label="Statement", recorded_by=people.writer)
    assert desk_of(people.writer).get(reverse("admin:articles_source_identity", args=[made.pk])).status_code == 404


def test_the_owner_lets_in_shuts_out_and_deletes(desk_of, people, url, sealed):
    owner, editor = desk_of(people.writer), desk_of(people.editor)
    owner.post(url, {"act": "grant", "person": people.editor.pk, "reason": "Edits the series."})
    assert NAME in text(editor.post(url, {"act": "reveal", "reason": "To check.", "password": PASSWORD}))
    assert "Edits the series." not in text(editor.get(url))
    assert "To check." in text(owner.get(url))
    owner.post(url, {"act": "revoke", "person": people.editor.pk})
    assert editor.post(url, {"act": "reveal", "reason": "Again."}).status_code == 403
    assert owner.post(url, {"act": "purge", "reason": ""}).status_code == 422
    owner.post(url, {"act": "purge", "reason": "Asked to."})
    assert not SourceIdentity.sealed.exists()
    assert acts() == ["seal", "grant", "reveal", "revoke", "refuse", "purge"]


def test_without_a_key_the_page_says_so_and_keeps_what_was_typed(desk_of, people, url, source, settings):
    settings.NEWSROOM_SOURCE_KEYS = []
    answer = desk_of(people.writer).post(url, {"act": "seal", "name": NAME})
    assert answer.status_code == 503
    assert "NEWSROOM_SOURCE_KEY is not set" in text(answer)
    assert NAME in answer.content.decode()
