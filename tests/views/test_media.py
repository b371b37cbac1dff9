"""Who gets a picture's file."""

import pytest

from articles import offering, pictures, press
from tests import factories

pytestmark = pytest.mark.django_db


def body(response):
    return b"".join(response.streaming_content)


def test_picture_goes_to_everyone_for_long_when_in_print(client, in_print):
    picture = factories.image()
    in_print(1, lead_image=picture)
    response = client.get(picture.url)
    assert response.status_code == 200
    assert response["Content-Type"] == "image/jpeg"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "immutable" in response["Cache-Control"]
    assert "Cookie" not in response.get("Vary", "")
    assert body(response).startswith(b"\xff\xd8")


def test_picture_takes_one_query_and_no_session_when_in_print(client_of, people, in_print, django_assert_num_queries):
    picture = factories.image()
    in_print(1, lead_image=picture)
    editor = client_of(people.editor)
    with django_assert_num_queries(1):
        body(editor.get(picture.url))


def test_picture_of_a_draft_is_for_staff_alone_when_not_in_print(client, client_of, people, desk):
    picture = factories.image()
    factories.article(people.writer, desk, lead_image=picture)
    assert client.get(picture.url).status_code == 404
    response = client_of(people.editor).get(picture.url)
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    response.close()


def test_picture_is_gone_for_readers_when_its_story_was_withdrawn(client, people, desk):
    picture = factories.image()
    article = factories.article(people.writer, desk, lead_image=picture)
    factories.publish(article, people)
    press.withdraw(article, by=people.publisher, note="Forged.")
    assert client.get(picture.url).status_code == 404


@pytest.mark.parametrize("name", ["images/none.jpg", "../newsroom.sqlite3", "images/", "%2e%2e/settings.py"])
def test_nothing_is_served_when_no_picture_has_the_name(client, client_of, people, name):
    assert client.get(f"/media/{name}").status_code == 404
    assert client_of(people.editor).get(f"/media/{name}").status_code == 404


def test_picture_is_not_found_when_its_file_is_lost(client, in_print):
    picture = factories.image()
    in_print(1, lead_image=picture)
    picture.file.storage.delete(picture.file.name)
    assert client.get(picture.url).status_code == 404


def names(image):
    return offering.every_name(image.width, image.height, image.focus)


def test_a_rendition_is_served_in_its_format_for_long_when_it_is_made(client, in_print):
    picture = factories.image()
    in_print(1, lead_image=picture)
    pictures.make_renditions(picture)
    for name in names(picture):
        response = client.get(f"{picture.url}/{name}")
        kind = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}[name.rsplit(".")[-1]]
        assert (response.status_code, response["Content-Type"]) == (200, kind)
        assert "immutable" in response["Cache-Control"]
        assert len(body(response)) == picture.renditions["files"][name]


def test_the_stored_file_stands_in_and_is_not_kept_when_a_rendition_is_not_made_yet(client, in_print):
    picture = factories.image()
    in_print(1, lead_image=picture)
    whole = body(client.get(picture.url))
    for name in names(picture):
        response = client.get(f"{picture.url}/{name}")
        assert (response.status_code, response["Content-Type"]) == (200, "image/jpeg")
        assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
        assert body(response) == whole


def test_the_stored_file_stands_in_when_a_rendition_was_lost(client, in_print):
    picture = factories.image()
    in_print(1, lead_image=picture)
    pictures.make_renditions(picture)
    picture.file.storage.delete(picture.rendition_path("64.avif"))
    response = client.get(f"{picture.url}/64.avif")
    assert (response.status_code, response["Content-Type"]) == (200, "image/jpeg")
    assert "immutable" not in response["Cache-Control"]


def test_the_crop_of_now_is_given_and_not_kept_when_the_address_names_an_old_focal_point(client, in_print):
    picture = factories.image(focal_x=0.2)
    in_print(1, lead_image=picture)
    pictures.make_renditions(picture)
    response = client.get(f"{picture.url}/40-1x1-f90x10.avif")
    assert response["Content-Type"] == "image/avif"
    assert "immutable" not in response["Cache-Control"]


@pytest.mark.parametrize(
    "name", ["63.avif", "9999.jpg", "0.jpg", "64.gif", "64-2x1-f50x50.jpg", "400-1x1-f50x50.webp", "64.avif/64.avif"]
)
def test_no_other_size_is_served_than_pages_name(client, client_of, people, in_print, name):
    picture = factories.image()
    in_print(1, lead_image=picture)
    pictures.make_renditions(picture)
    assert client.get(f"{picture.url}/{name}").status_code == 404
    assert client_of(people.editor).get(f"{picture.url}/{name}").status_code == 404


def test_no_rendition_of_a_draft_goes_to_a_stranger_whether_made_or_not(client, client_of, people, desk):
    picture = factories.image()
    factories.article(people.writer, desk, lead_image=picture)
    for _made in range(2):
        for name in names(picture):
            assert client.get(f"{picture.url}/{name}").status_code == 404
            assert client.get(f"/media/{picture.rendition_path(name)}").status_code == 404
            response = client_of(people.editor).get(f"{picture.url}/{name}")
            assert response.status_code == 200
            assert "no-store" in response["Cache-Control"]
            body(response)
        pictures.make_renditions(picture)


def test_no_rendition_goes_to_anybody_when_its_story_was_withdrawn(client, people, desk):
    picture = factories.image()
    article = factories.article(people.writer, desk, lead_image=picture)
    factories.publish(article, people)
    pictures.make_renditions(picture)
    assert client.get(f"{picture.url}/64.avif").status_code == 200
    press.withdraw(article, by=people.publisher, note="Forged.")
    assert client.get(f"{picture.url}/64.avif").status_code == 404


def test_a_rendition_takes_one_query(client, in_print, django_assert_num_queries):
    picture = factories.image()
    in_print(1, lead_image=picture)
    pictures.make_renditions(picture)
    with django_assert_num_queries(1):
        body(client.get(f"{picture.url}/64.webp"))
