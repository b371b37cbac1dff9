"""The front of the desk, the login, the records, the picture desk."""

import re
from http import HTTPStatus
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image as Pillow

from articles.models import Image
from tests import factories
from tests.admin.pages import fields, page, text


def jpeg():
    """A photograph with its place and camera in it."""
    out, exif = BytesIO(), Pillow.Exif()
    exif[0x010F] = "Kamera"
    Pillow.new("RGB", (90, 60), "teal").save(out, "JPEG", exif=exif)
    return SimpleUploadedFile("My House 51.5N.jpg", out.getvalue(), "image/jpeg")


def lists(response):
    """{name of the list: its words}."""
    return {
        section.get("aria-labelledby"): " ".join(" ".join(section.itertext()).split())
        for section in page(response).iter("section")
    }


def test_desk_lists_what_waits_for_each_person_when_they_come_in(desk_of, people, article, desk):
    waiting = factories.article(people.writer, desk, headline="Waiting in review")
    waiting.submit(by=people.writer)
    approved = factories.approve(factories.article(people.writer, desk, headline="Approved one"), people)
    writer = lists(desk_of(people.writer).get(reverse("admin:index")))
    assert article.headline in writer["desk-mine"]
    assert waiting.headline in writer["desk-submitted"]
    assert "desk-review" not in writer
    reviewer = lists(desk_of(people.reviewer).get(reverse("admin:index")))
    assert waiting.headline in reviewer["desk-review"]
    assert "desk-mine" not in reviewer
    publisher = lists(desk_of(people.publisher).get(reverse("admin:index")))
    assert approved.headline in publisher["desk-approved"]
    assert "Nothing has been published yet." in publisher["desk-out"]


def test_desk_is_empty_and_says_what_to_do_when_nothing_waits(desk_of, people):
    words = text(desk_of(people.writer).get(reverse("admin:index")))
    assert "Start one with “New story”." in words


def test_desk_shows_no_story_when_a_person_keeps_accounts_only(desk_of, people, article):
    response = desk_of(people.admin).get(reverse("admin:index"))
    assert article.headline not in text(response)
    assert "New story" not in text(response)


@pytest.mark.parametrize("is_demo", [True, False])
def test_login_lists_the_demo_people_only_when_it_is_the_demo(client, db, settings, is_demo):
    settings.NEWSROOM_DEMO = is_demo
    settings.NEWSROOM_DEMO_LOGINS = [{"username": "wren", "password": "only-for-show", "role": "Writer"}]
    response = client.get(reverse("admin:login"))
    assert len(list(page(response).iter("h1"))) == 1
    assert ("only-for-show" in text(response)) is is_demo


@pytest.mark.parametrize("name", ["event", "revision", "edition"])
def test_records_are_read_and_never_changed_when_staff_look(desk_of, people, article, story, name):
    client = desk_of(people.publisher)
    url = reverse(f"admin:articles_{name}_changelist")
    assert article.headline in text(client.get(url))
    pk = getattr(article, f"{name}s").first().pk
    assert client.get(reverse(f"admin:articles_{name}_change", args=[pk])).status_code == 200
    for verb in ("change", "delete"):
        assert client.post(reverse(f"admin:articles_{name}_{verb}", args=[pk]), {"post": "yes"}).status_code == 403
    assert client.get(reverse(f"admin:articles_{name}_add")).status_code == 403


@pytest.mark.parametrize("name", ["event", "revision", "edition"])
def test_records_of_a_hidden_story_are_hidden_when_a_stranger_looks(desk_of, people, article, story, name):
    client = desk_of(people.outsider)
    assert article.headline not in text(client.get(reverse(f"admin:articles_{name}_changelist")))
    pk = getattr(article, f"{name}s").first().pk
    assert client.get(reverse(f"admin:articles_{name}_change", args=[pk])).status_code == 302


def test_event_stays_readable_when_its_story_was_deleted(desk_of, people, article):
    article.submit(by=people.writer)
    article.take_back(by=people.writer)
    event, number = article.events.first(), article.pk
    article.delete()
    client = desk_of(people.publisher)
    assert f"story {number} (deleted)" in text(client.get(reverse("admin:articles_event_changelist")))
    assert f"story {number} (deleted)" in text(client.get(reverse("admin:articles_event_change", args=[event.pk])))


def test_revision_shows_the_copy_as_it_stood_when_opened(desk_of, people, article):
    url = reverse("admin:articles_revision_change", args=[article.revisions.get().pk])
    words = text(desk_of(people.writer).get(url))
    assert "Ships waited off the breakwater" in words
    assert "<p>" not in words


def test_picture_is_kept_without_its_metadata_when_uploaded(desk_of, people):
    client, url = desk_of(people.writer), reverse("admin:articles_image_add")
    values = fields(client.get(url), "image_form") | {"alt": "Teal", "credit": "Drawing: W", "file": jpeg()}
    assert client.post(url, values).status_code == 302
    image = Image.objects.get()
    data = image.file.read()
    assert b"Kamera" not in data
    assert "House" not in image.file.name
    assert (image.width, image.height, image.uploaded_by) == (90, 60, people.writer)


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("x.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "not a JPEG"),
        ("x.jpg", b"GIF89a<script>", "not a JPEG"),
        ("x.png", b"", "empty"),
    ],
)
def test_upload_is_refused_with_a_reason_when_it_is_no_picture(desk_of, people, name, data, sentence):
    client, url = desk_of(people.writer), reverse("admin:articles_image_add")
    values = {"alt": "x", "focal_x": "0.5", "focal_y": "0.5", "file": SimpleUploadedFile(name, data)}
    response = client.post(url, values)
    assert response.status_code == 200
    assert sentence in text(response)
    assert not Image.objects.exists()


def test_focal_point_is_refused_when_it_lies_outside(desk_of, people):
    image = factories.image()
    client, url = desk_of(people.writer), reverse("admin:articles_image_change", args=[image.pk])
    values = fields(client.get(url), "image_form")
    assert client.post(url, values | {"focal_x": "1.2"}).status_code == 200
    assert client.post(url, values | {"focal_x": "0.2"}).status_code == 302
    image.refresh_from_db()
    assert image.focal_x == 0.2


def test_pictures_are_listed_for_the_editor_when_staff_ask(desk_of, client, people):
    image = factories.image()
    url = reverse("admin:articles_image_choices")
    assert desk_of(people.writer).get(url).json()["results"][0]["id"] == image.pk
    assert client.get(url).status_code == 302
    assert desk_of(people.admin).get(url).status_code == 403


@pytest.mark.parametrize(
    ("page_name", "query"),
    [
        ("auth_user", "password__startswith=md5"),
        ("articles_actor", "name__regex=(a+)%2B$"),
        ("articles_source", "label__startswith=P"),
        ("articles_event", "note__contains=x"),
    ],
)
def test_every_list_refuses_a_lookup_when_no_filter_offers_it(desk_of, db, page_name, query):
    root = factories.person("root", is_superuser=True)
    response = desk_of(root).get(reverse(f"admin:{page_name}_changelist") + f"?{query}")
    assert response.status_code == 400


def test_keeper_of_accounts_makes_no_superuser_when_the_post_is_forged(desk_of, people):
    client, url = desk_of(people.admin), reverse("admin:auth_user_change", args=[people.writer.pk])
    values = fields(client.get(url), "user_form") | {"is_superuser": "on", "first_name": "Wren"}
    client.post(url, values)
    people.writer.refresh_from_db()
    assert (people.writer.first_name, people.writer.is_superuser) == ("Wren", False)


def test_account_of_a_superuser_is_not_changed_when_its_keeper_is_none(desk_of, people):
    root = factories.person("root", is_superuser=True)
    url = reverse("admin:auth_user_change", args=[root.pk])
    assert desk_of(people.admin).post(url, {"username": "root", "is_staff": ""}).status_code == 403


def test_scripts_are_told_the_words_of_the_desks_language_once(desk_of, people, settings):
    path = reverse("admin:jsi18n")
    assert "Block quote" not in desk_of(people.writer).get(path).content.decode()
    settings.LANGUAGE_CODE = "ar"
    told = desk_of(people.writer).get(path)
    assert r'"Block quote": "\u0646\u0635' in told.content.decode()
    again = desk_of(people.writer).get(path, headers={"If-None-Match": told["ETag"]})
    assert again.status_code == HTTPStatus.NOT_MODIFIED


def test_dates_have_the_comma_of_the_desks_language(desk_of, people, article, settings):
    index = reverse("admin:index")
    assert re.search(r">\d+ \w{3}, \d\d:\d\d<", desk_of(people.writer).get(index).content.decode())
    settings.LANGUAGE_CODE = "ar"
    assert re.search(r">\d+ \w+، \d\d:\d\d<", desk_of(people.writer).get(index).content.decode())
