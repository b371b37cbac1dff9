"""A session that ends while somebody writes: nothing they sent is lost, and nobody else’s words are kept for them."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from articles.models import Autosave
from tests import factories
from tests.admin.pages import fields, page, text

LOGIN = "/admin/login/"
SESSION = "/admin/session/"
PASSWORD = "a long enough phrase"


def log_in(client, response, username, **changed):
    """Fill in the login page that came back."""
    values = fields(response, "login-form") | {"username": username, "password": PASSWORD} | changed
    return client.post(LOGIN, values, follow=True)


# --- without scripts ------------------------------------------------------------------------------------------------


def test_what_was_sent_without_a_session_goes_through_the_login_and_is_kept(desk_of, people, article, desk_url):
    client = desk_of(people.writer)
    typed = fields(client.get(desk_url)) | {"headline": "Typed while logged out", "_continue": "1"}
    client.logout()
    asked = client.post(desk_url, typed)
    assert asked.status_code == 401
    assert "what you wrote is kept" in text(asked)
    wrong = client.post(LOGIN, fields(asked, "login-form") | {"username": "writer", "password": "wrong"})
    shown = log_in(client, wrong, people.writer.username)
    assert shown.redirect_chain[-1][0] == desk_url
    assert "Nothing is lost: what you wrote is kept below." in text(shown)
    assert Autosave.objects.get(user=people.writer, article=article).data["headline"] == ["Typed while logged out"]
    assert "Take my text over" in text(shown)
    taken = client.get(f"{desk_url}?autosave=1")
    assert fields(taken)["headline"] == "Typed while logged out"
    article.refresh_from_db()
    assert article.headline != "Typed while logged out"


def test_a_new_story_sent_without_a_session_is_kept_too(desk_of, people, desk):
    client, address = desk_of(people.writer), reverse("admin:articles_article_add")
    typed = fields(client.get(address)) | {"headline": "A new one", "_continue": "1"}
    client.logout()
    shown = log_in(client, client.post(address, typed), people.writer.username)
    assert shown.redirect_chain[-1][0] == address
    assert Autosave.objects.get(user=people.writer, article=None).data["headline"] == ["A new one"]


def test_what_is_carried_is_kept_for_nobody_who_may_not_write_there(desk_of, people, article, desk_url, client):
    typed = fields(desk_of(people.writer).get(desk_url)) | {"headline": "Put in by another"}
    asked = client.post(desk_url, typed)
    assert article.body not in asked.content.decode().replace(typed["body"], "")
    log_in(client, asked, people.outsider.username)
    assert not Autosave.objects.exists()
    log_in(Client(), asked, people.reviewer.username, next="https://elsewhere.example/admin/")
    assert not Autosave.objects.exists()


@pytest.mark.parametrize("path", ["/admin/", "/admin/articles/topic/add/", "/admin/articles/article/1/move/"])
def test_nothing_else_is_carried_through_the_login(client, db, path):
    answer = client.post(path, {"body": "<p>x</p>", "verb": "submit"})
    assert answer.status_code == 302
    assert answer["Location"].startswith(LOGIN)


# --- a token of another session -------------------------------------------------------------------------------------


@pytest.fixture
def strict(people):
    """A client whose forms are checked as a browser’s are."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(people.writer)
    return client


def test_a_desk_with_an_old_token_is_kept_when_our_own_page_sent_it(strict, people, article, desk_url):
    typed = fields(strict.get(desk_url)) | {"headline": "From the other window", "csrfmiddlewaretoken": "x" * 64}
    answer = strict.post(desk_url, typed, headers={"Origin": "http://testserver"}, follow=True)
    assert "Nothing is lost" in text(answer)
    assert Autosave.objects.get(article=article).data["headline"] == ["From the other window"]


def test_a_form_of_another_site_is_refused_and_nothing_of_it_kept_or_shown(strict, people, article, desk_url):
    typed = fields(strict.get(desk_url)) | {"headline": "Words of a stranger", "csrfmiddlewaretoken": "x" * 64}
    for headers in ({"Origin": "https://elsewhere.example"}, {}, {"Origin": "null"}):
        answer = strict.post(desk_url, typed, headers=headers)
        assert answer.status_code == 403
        assert "Words of a stranger" not in answer.content.decode()
    assert not Autosave.objects.exists()


def test_a_note_with_an_old_token_is_shown_to_be_copied(strict, people, article):
    address = reverse("admin:articles_article_move", args=[article.pk])
    values = {"verb": "kill", "note": "Because <b>of</b> this.", "csrfmiddlewaretoken": "x" * 64}
    answer = strict.post(address, values, headers={"Origin": "http://testserver"})
    assert answer.status_code == 403
    shown = next(node for node in page(answer).iter("textarea"))
    assert shown.text == "Because <b>of</b> this."
    empty = strict.post(address, {"verb": "submit"}, headers={"Origin": "http://testserver"})
    assert empty.status_code == 403


# --- on the spot ----------------------------------------------------------------------------------------------------


def test_the_address_of_the_session_says_who_is_in_and_lets_in(client, people):
    assert client.get(SESSION).json()["username"] == ""
    wrong = client.post(SESSION, {"username": people.writer.username, "password": "wrong"})
    assert (wrong.status_code, bool(wrong.json()["error"])) == (400, True)
    done = client.post(SESSION, {"username": people.writer.username, "password": PASSWORD})
    assert done.json()["username"] == people.writer.username
    assert "no-store" in done["Cache-Control"]
    assert client.get(SESSION).json()["username"] == people.writer.username
    assert client.get("/admin/").status_code == 200


def test_a_reader_with_an_account_but_no_desk_is_not_let_in(client, people, django_user_model):
    django_user_model.objects.create_user("reader", password=PASSWORD)
    assert client.post(SESSION, {"username": "reader", "password": PASSWORD}).status_code == 400


def test_wrong_passwords_on_the_spot_lock_as_those_of_the_login_page_do(client, people):
    values = {"username": people.writer.username, "password": "wrong"}
    for _each in range(settings.AXES_FAILURE_LIMIT):
        answer = client.post(SESSION, values)
    assert answer.status_code in (403, 429)
    assert client.post(SESSION, values | {"password": PASSWORD}).status_code in (403, 429)


# --- keys -----------------------------------------------------------------------------------------------------------


def test_the_keys_are_listed_on_a_page_of_their_own(desk_of, people):
    words = text(desk_of(people.writer).get(reverse("admin:shortcuts")))
    for key in ("g b", "Ctrl S", "search the stories"):
        assert key in words
    assert factories.WORDS not in words
