"""What was typed and not saved is kept, offered and taken over."""

import json

import pytest
from django.urls import reverse

from articles.models import Autosave

from .pages import fields, text


@pytest.fixture
def autosave_url(article):
    """Where the writing desk of `article` keeps itself."""
    return reverse("admin:articles_article_autosave", args=[article.pk])


def keep(client, url, values, **changes):
    """Post as the script does."""
    body = json.dumps({name: [str(value)] for name, value in (values | changes).items()})
    return client.post(url, body, content_type="application/json")


def test_text_is_kept_beside_the_story_and_taken_over_when_it_was_not_saved(
    desk_of, people, article, desk_url, autosave_url
):
    client = desk_of(people.writer)
    opened = fields(client.get(desk_url))
    changes = {"headline": "Typed, not saved", "topics": "Shipping", "quotes-0-role": "pilot"}
    assert keep(client, autosave_url, opened, **changes).status_code == 200
    article.refresh_from_db()
    assert (article.headline == "Typed, not saved", article.version) == (False, 1)
    assert "did not save it" in text(client.get(desk_url))
    assert "pilot" in text(client.get(autosave_url))
    taken = fields(client.get(desk_url, {"autosave": "1"}))
    assert (taken["headline"], taken["quotes-0-role"]) == ("Typed, not saved", "pilot")
    assert client.post(desk_url, taken | {"_continue": "1"}).status_code == 302
    article.refresh_from_db()
    assert (article.headline, article.quotes.get().role) == ("Typed, not saved", "pilot")
    assert not Autosave.objects.exists()


def test_offer_leads_to_both_texts_when_the_story_was_saved_since(desk_of, people, article, desk_url, autosave_url):
    client, other = desk_of(people.writer), desk_of(people.editor)
    opened = fields(client.get(desk_url))
    keep(client, autosave_url, opened, standfirst="Typed.")
    other.post(desk_url, opened | {"headline": "Theirs", "_continue": "1"})
    conflict = reverse("admin:articles_article_conflict", args=[article.pk])
    assert conflict in client.get(desk_url).content.decode()
    assert client.get(conflict).status_code == 200


def test_text_goes_when_it_is_thrown_away(desk_of, people, article, desk_url, autosave_url):
    client = desk_of(people.writer)
    keep(client, autosave_url, fields(client.get(desk_url)), headline="Typed")
    assert client.post(reverse("admin:articles_article_discard", args=[article.pk])).url == desk_url
    assert "did not save it" not in text(client.get(desk_url))
    assert not Autosave.objects.exists()


def test_new_story_is_kept_and_taken_over_when_it_has_no_number_yet(desk_of, people):
    client = desk_of(people.writer)
    add, url = reverse("admin:articles_article_add"), reverse("admin:articles_article_autosave_new")
    opened = fields(client.get(add))
    for headline in ("First", "Second"):
        assert keep(client, url, opened, headline=headline).status_code == 200
    assert Autosave.objects.count() == 1
    taken = fields(client.get(add, {"autosave": "1"}))
    assert taken["headline"] == "Second"
    assert client.post(add, taken | {"_continue": "1"}).status_code == 302
    assert not Autosave.objects.exists()


def test_nothing_is_kept_when_the_story_is_hidden_or_the_session_over_or_the_form_absurd(
    desk_of, people, article, autosave_url, client
):
    assert keep(desk_of(people.outsider), autosave_url, {"headline": "x"}).status_code == 404
    assert keep(client, autosave_url, {"headline": "x"}).status_code == 401
    writer = desk_of(people.writer)
    for body in ("[]", "{", '{"headline": "x"}', '{"headline": [1]}'):
        assert writer.post(autosave_url, body, content_type="application/json").status_code == 400
    assert keep(writer, autosave_url, {"body": "x" * 2_100_000}).status_code == 413
    article.submit(by=people.writer)
    assert keep(writer, autosave_url, {"headline": "x"}).status_code == 403
    assert not Autosave.objects.exists()


def test_kept_text_is_nobody_elses_when_they_write_the_same_story(desk_of, people, article, desk_url, autosave_url):
    client, other = desk_of(people.writer), desk_of(people.editor)
    keep(client, autosave_url, fields(client.get(desk_url)), headline="Typed")
    assert other.get(autosave_url).status_code == 404
    assert fields(other.get(desk_url, {"autosave": "1"}))["headline"] == article.headline


def test_browser_forgets_its_copy_when_the_person_logs_out(desk_of, people):
    response = desk_of(people.writer).post(reverse("admin:logout"))
    assert response["Clear-Site-Data"] == '"storage"'
