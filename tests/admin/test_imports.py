"""Bringing wire copy in through the browser."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from articles.models import Article, WireCopy
from articles.text import MAX_BYTES
from tests.admin.pages import page, text

JOURNEY = Path(__file__).parent.parent / "data" / "journey.txt"
PASTED = "Ferry sails again\n\nThe ferry sailed on Monday after nine days in dock.\n\n“It is sound,” said Ilse Maran.\n"


@pytest.fixture
def url():
    """The page of import."""
    return reverse("admin:articles_article_import")


def upload(name, data):
    """One file of the form."""
    return SimpleUploadedFile(name, data, "text/plain")


def test_one_story_leads_to_its_proposals(people, desk_of, url):
    response = desk_of(people.writer).post(url, {"files": [upload("journey.txt", JOURNEY.read_bytes())]})
    article = Article.objects.get()
    assert response["Location"] == reverse("admin:articles_article_proposals", args=[article.pk])
    assert (article.writer, article.wire_copy.file_name) == (people.writer, "journey.txt")


def test_pasted_copy_is_a_story_too(people, desk_of, url):
    response = desk_of(people.editor).post(url, {"text": PASTED}, follow=True)
    assert Article.objects.get().headline == "Ferry sails again"
    assert "imported as a draft" in text(response)


def test_the_good_ones_are_imported_and_each_error_is_shown(people, desk_of, url):
    files = [
        upload("journey.txt", JOURNEY.read_bytes()),
        upload("empty.txt", b""),
        upload("large.txt", b"x" * (MAX_BYTES + 1)),
        upload("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(50)),
    ]
    response = desk_of(people.writer).post(url, {"files": files, "text": PASTED})
    words = text(response)
    assert response.status_code == 200
    assert Article.objects.count() == 2
    assert "empty.txt: the file is empty" in words
    assert "large.txt: 2.0 MB is too large" in words
    assert "picture.txt: this is a picture" in words
    links = {link.get("href") for link in page(response).iter("a")}
    for article in Article.objects.all():
        assert reverse("admin:articles_article_proposals", args=[article.pk]) in links


def test_the_errors_stay_on_the_page_when_nothing_was_imported(people, desk_of, url):
    response = desk_of(people.writer).post(url, {"files": [upload("empty.txt", b"")]})
    assert "Not imported. empty.txt: the file is empty." in text(response)
    assert not Article.objects.exists()


def test_something_has_to_come_in(people, desk_of, url):
    assert "Choose a file, or paste the copy." in text(desk_of(people.writer).post(url, {"text": " \n"}))


def test_the_story_made_before_is_shown_when_the_copy_comes_again(people, desk_of, url):
    client = desk_of(people.writer)
    client.post(url, {"text": PASTED})
    response = client.post(url, {"text": PASTED.replace("\n", "\r\n")}, follow=True)
    assert Article.objects.count() == 1
    assert "came in before" in text(response)


def test_anothers_draft_is_not_shown_when_the_same_copy_comes_in(people, desk_of, url):
    desk_of(people.outsider).post(url, {"text": PASTED})
    article = Article.objects.get()
    Article.objects.filter(pk=article.pk).update(headline="Their own secret headline")
    response = desk_of(people.writer).post(url, {"text": PASTED})
    assert "with another desk already" in text(response)
    assert "secret" not in response.content.decode()
    assert f"/{article.pk}/" not in response.content.decode()


@pytest.mark.parametrize("who", ["reviewer", "admin"])
def test_who_starts_no_drafts_is_refused(people, desk_of, url, who):
    client = desk_of(getattr(people, who))
    assert client.get(url).status_code == 403
    assert client.post(url, {"text": PASTED}).status_code == 403
    assert not WireCopy.objects.exists()


def test_the_list_of_articles_leads_to_the_import_for_who_may(people, desk_of, url):
    changelist = reverse("admin:articles_article_changelist")
    assert url in desk_of(people.writer).get(changelist).content.decode()
    assert url not in desk_of(people.reviewer).get(changelist).content.decode()


def test_the_form_says_what_it_takes(people, desk_of, url):
    words = text(desk_of(people.writer).get(url))
    assert "Plain text, one story a file: UTF-8, UTF-16 or Windows-1252." in words
