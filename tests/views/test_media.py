"""Who gets a picture's file."""

import pytest

from articles import press
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
