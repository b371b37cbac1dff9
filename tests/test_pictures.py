"""Renditions made off the request, and the pages that name them."""

from io import BytesIO

import pytest
from django.core.management import call_command
from django.db.models.fields.files import FieldFile
from django_tasks_db.models import DBTaskResult
from PIL import Image as Pillow

from articles import offering, pictures, press
from articles.models import Image, Story
from tests import factories

pytestmark = pytest.mark.django_db


def printed(pk):
    return list(Story.objects.filter(pk=pk).values())


@pytest.fixture
def image():
    """A picture that is wider than it is high, so that crops cut something off."""
    return factories.image()


@pytest.mark.django_db(transaction=True)
def test_renditions_lie_beside_their_picture_when_the_worker_was_there(image):
    pictures.order(image)
    assert not Image.objects.get(pk=image.pk).renditions
    call_command("db_worker", "--batch", "--no-startup-delay", "--interval", "0")
    image.refresh_from_db()
    assert DBTaskResult.objects.get().status == "SUCCESSFUL"
    assert image.missing_renditions() == []
    for name, size in image.renditions["files"].items():
        with image.file.storage.open(image.rendition_path(name)) as stored:
            content = stored.read()
        assert len(content) == size
        assert Pillow.open(BytesIO(content)).size[0] == int(name.split("-")[0].split(".")[0])


def test_nothing_is_ordered_when_everything_is_made(image):
    pictures.make_renditions(image)
    pictures.order(image)
    assert not DBTaskResult.objects.exists()


def test_the_row_says_why_when_the_file_cannot_be_read(image, caplog):
    image.file.storage.delete(image.file.name)
    assert not pictures.make_renditions(image)
    image = Image.objects.get(pk=image.pk)
    assert image.renditions["error"]
    assert len(image.missing_renditions()) == len(offering.every_name(image.width, image.height, image.focus))


def test_crops_of_the_old_focal_point_go_when_those_of_the_new_are_there(image):
    pictures.make_renditions(image)
    old = [name for name in image.renditions["files"] if "-f50x50" in name]
    image.focal_x = 0.1
    image.save()
    assert image.missing_renditions()
    pictures.make_renditions(image)
    assert old
    assert not any(image.file.storage.exists(image.rendition_path(name)) for name in old)
    assert image.missing_renditions() == []


def test_work_on_a_file_that_was_swapped_meanwhile_is_not_noted(image, monkeypatch):
    Image.objects.filter(pk=image.pk).update(file="images/other.jpg")
    pictures.make_renditions(image)
    assert Image.objects.get(pk=image.pk).renditions == {}


def test_the_task_does_nothing_when_the_picture_is_gone(image):
    pk = image.pk
    image.delete()
    pictures.make.call(pk)
    assert not Image.objects.exists()


def test_print_names_renditions_that_are_not_made_yet_and_stays_the_same_when_they_are(article, people):
    image = factories.image()
    article.lead_image = image
    article.images.add(image)
    article.body += f'<figure data-image="{image.pk}"></figure>'
    article.save()
    article.record_revision(by=people.writer)
    factories.publish(article, people)
    before = printed(article.pk)
    assert f'srcset="{image.url}/64.avif 64w"' in before[0]["body"]
    assert before[0]["picture"]["tint"] == image.tint
    pictures.make_renditions(image)
    press.reprint()
    assert printed(article.pk) == before


def test_a_story_is_printed_anew_when_the_focal_point_of_its_picture_moves(article, people, client):
    image = factories.image()
    article.lead_image = image
    article.save()
    article.record_revision(by=people.writer)
    factories.publish(article, people)
    image.focal_x = 0.2
    image.save()
    assert pictures.changed(image, ["focal_x"]) == 1
    assert Story.objects.get().picture["focal_x"] == 0.2
    assert DBTaskResult.objects.get().task_path.endswith("pictures.make")


def test_nothing_is_printed_when_only_words_of_the_picture_changed(article, people):
    article.lead_image = factories.image()
    article.save()
    article.record_revision(by=people.writer)
    factories.publish(article, people)
    assert pictures.changed(article.lead_image, []) == 0


def test_the_worker_prints_the_rest_when_a_picture_stands_in_many_stories(in_print, monkeypatch):
    monkeypatch.setattr(pictures, "AT_ONCE", 2)
    image = factories.image()
    in_print(3, lead_image=image)
    Image.objects.filter(pk=image.pk).update(focal_x=0.2)
    image.refresh_from_db()
    assert pictures.changed(image, ["focal_x"]) == 2
    pictures.print_anew.call(image.pk)
    assert {story.picture["focal_x"] for story in Story.objects.all()} == {0.2}


def test_everything_works_when_the_storage_has_no_paths(article, people, client, settings, monkeypatch, tmp_path):
    """As S3 has none: whoever asks it for a path of a disk fails."""
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    }
    monkeypatch.setattr(FieldFile, "path", property(lambda file: pytest.fail(f"the path of {file} was asked for")))
    image = factories.image()
    article.lead_image = image
    article.save()
    article.record_revision(by=people.writer)
    factories.publish(article, people)
    assert pictures.make_renditions(image)
    image.focal_x = 0.2
    image.save()
    assert pictures.make_renditions(image)
    for address in (image.url, f"{image.url}/64.avif", f"/posters/stories/{article.pk}.jpg"):
        for _kept in range(2):
            assert client.get(address).status_code == 200
    assert not list((tmp_path / "media").rglob("*"))
