"""The picture desk: who may change which picture."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from PIL import Image as Pillow

from articles import pictures, rights
from articles.models import Image, Story
from tests import factories
from tests.test_images import png_header


@pytest.fixture
def printed(article, people):
    """A picture in a published story."""
    article.lead_image = factories.image()
    article.save()
    article.record_revision(by=people.writer)
    factories.publish(article, people)
    return article.lead_image


@pytest.mark.parametrize(
    ("role", "may_change_draft", "may_change_printed"),
    [("writer", True, False), ("editor", True, False), ("publisher", True, True), ("reviewer", False, False)],
)
def test_a_picture_in_print_is_changed_by_publishers_alone(
    role, may_change_draft, may_change_printed, printed, people, client_of
):
    client = client_of(getattr(people, role))
    values = {"alt": "Swapped", "credit": "Me", "focal_x": "0.5", "focal_y": "0.5"}
    for image, may in ((factories.image(), may_change_draft), (printed, may_change_printed)):
        address = reverse("admin:articles_image_change", args=[image.pk])
        assert client.get(address).status_code == 200
        answer = client.post(address, values)
        assert answer.status_code == (302 if may else 403)
        assert (Image.objects.get(pk=image.pk).alt == "Swapped") == may


def test_a_picture_of_an_approved_story_is_changed_by_publishers_alone(article, people, client_of):
    lead, inside = factories.image(), factories.image()
    article.lead_image = lead
    article.save()
    article.images.add(inside)
    article.record_revision(by=people.writer)
    factories.approve(article, people)
    values = {"alt": "Swapped", "credit": "Me", "focal_x": "0.5", "focal_y": "0.5"}
    for image in (lead, inside):
        address = reverse("admin:articles_image_change", args=[image.pk])
        for role, status in (("writer", 403), ("outsider", 403), ("editor", 403), ("publisher", 302)):
            assert client_of(getattr(people, role)).post(address, values).status_code == status


def test_a_picture_not_in_print_is_not_offered_for_an_actor_to_who_may_not_see_it(printed, people, client_of):
    hidden = factories.image(alt="CANARY a sketch")
    address = reverse("admin:articles_actor_add")
    for role, sees in (("editor", True), ("admin", False)):
        choices = dict(client_of(getattr(people, role)).get(address).context["adminform"].form.fields["image"].choices)
        assert (hidden.pk in {getattr(key, "value", key) for key in choices}) == sees
        assert printed.pk in {getattr(key, "value", key) for key in choices}


VALUES = {"alt": "A gate", "credit": "Photograph: Ilse Maran", "copyright": "", "focal_x": "0.5", "focal_y": "0.5"}


def upload(kind="JPEG", mode="RGB", size=(60, 40), name="DSC_0042.jpg", **options):
    """A file as a browser sends it."""
    out = BytesIO()
    Pillow.new(mode, size).save(out, kind, **options)
    return SimpleUploadedFile(name, out.getvalue())


def add(client, file, **values):
    """Send the form of a new picture."""
    return client.post(reverse("admin:articles_image_add"), VALUES | values | {"file": file})


def stored_rights(image):
    with image.file.storage.open(image.file.name) as file, Pillow.open(file) as picture:
        picture.load()
        return rights.read(picture)


def test_an_upload_is_kept_with_its_rights_and_its_renditions_are_ordered(people, client_of):
    assert add(client_of(people.writer), upload(), copyright="© The Record").status_code == 302
    image = Image.objects.get()
    assert stored_rights(image) == rights.Rights("Photograph: Ilse Maran", "© The Record")
    assert (image.width, image.tint, "DSC" in image.file.name) == (60, "l0-h0", False)
    assert DBTaskResult.objects.get().args_kwargs["args"] == [image.pk]


def test_credit_and_notice_of_an_upload_stand_when_the_form_says_nothing(people, client_of):
    exif = Pillow.Exif()
    exif[rights.ARTIST], exif[rights.COPYRIGHT] = b"Ilse Maran", "© Maran".encode()
    assert add(client_of(people.writer), upload(exif=exif.tobytes()), credit="").status_code == 302
    image = Image.objects.get()
    assert (image.credit, image.copyright) == ("Ilse Maran", "© Maran")
    assert stored_rights(image) == rights.Rights("Ilse Maran", "© Maran")


def test_another_credit_goes_into_the_file_without_a_new_upload(people, client_of):
    client = client_of(people.publisher)
    add(client, upload())
    image = Image.objects.get()
    address, before = reverse("admin:articles_image_change", args=[image.pk]), image.file.name
    assert client.post(address, VALUES).status_code == 302
    assert Image.objects.get().file.name == before
    assert client.post(address, VALUES | {"credit": "Another"}).status_code == 302
    image = Image.objects.get()
    assert stored_rights(image).credit == "Another"
    assert image.file.name != before
    assert image.missing_renditions()


BAD = {
    "no byte": (b"", "empty"),
    "half a file": (upload(size=(300, 300)).read()[:500], "damaged"),
    "88 megapixels": (png_header(10_000, 8_800).getvalue(), "million pixels"),
    "a page": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not a JPEG"),
}


@pytest.mark.parametrize("kind", BAD)
def test_the_form_says_why_when_a_file_is_refused(kind, people, client_of):
    content, why = BAD[kind]
    response = add(client_of(people.writer), SimpleUploadedFile("x.jpg", content))
    assert response.status_code == 200
    assert why in response.content.decode()
    assert not Image.objects.exists()


def animated():
    out = BytesIO()
    frames = [Pillow.new("RGB", (60, 40), colour) for colour in ("#c00000", "#0000c0")]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    return SimpleUploadedFile("x.gif", out.getvalue())


def palette():
    out = BytesIO()
    picture = Pillow.new("P", (60, 40), 1)
    picture.putpalette([0, 0, 0, 255, 255, 255])
    picture.save(out, "PNG", transparency=0)
    return SimpleUploadedFile("x.png", out.getvalue())


@pytest.mark.parametrize(
    "file",
    [
        pytest.param(animated, id="animated GIF"),
        pytest.param(lambda: upload(mode="CMYK"), id="CMYK"),
        pytest.param(lambda: upload("PNG", "I;16"), id="16 bits"),
        pytest.param(palette, id="palette with transparency"),
        pytest.param(lambda: upload("AVIF"), id="AVIF"),
    ],
)
def test_an_unusual_picture_comes_through_to_its_renditions(file, people, client_of):
    assert add(client_of(people.writer), file()).status_code == 302
    image = Image.objects.get()
    assert pictures.make_renditions(image)
    assert image.missing_renditions() == []


def test_the_page_says_what_was_made_and_shows_the_crops(people, client_of):
    image = factories.image()
    client, address = client_of(people.editor), reverse("admin:articles_image_change", args=[image.pk])
    assert "0 of 9 are made" in client.get(address).content.decode()
    pictures.make_renditions(image)
    page = client.get(address).content.decode()
    assert "All 9 are made" in page
    for crop in ("60-3x2-f50x50.webp", "40-1x1-f50x50.webp"):
        assert f'src="{image.url}/{crop}"' in page
    image.file.storage.delete(image.file.name)
    pictures.make_renditions(image)
    page = client.get(address).content.decode()
    assert "They could not be made" in page


def test_what_shows_a_picture_is_printed_anew_when_its_terms_are_ended_by_hand(printed, people, client_of):
    values = VALUES | {"expires_on": "2026-01-31"}
    address = reverse("admin:articles_image_change", args=[printed.pk])
    page = client_of(people.publisher).post(address, values, follow=True)
    assert "1 story was printed anew" in page.content.decode()
    story = Story.objects.get()
    assert (story.picture, story.lead_image) == (None, None)
    page = client_of(people.publisher).get(address).content.decode()
    assert "The terms of this picture ended" in page
    assert "without the picture" in page


@pytest.mark.parametrize(("days", "where"), [(-1, "ended"), (0, "soon"), (14, "soon"), (15, None), (None, None)])
def test_pictures_are_found_by_their_terms(days, where, people, client_of):
    ends = None if days is None else timezone.localdate() + timedelta(days=days)
    image = factories.image(expires_on=ends, alt="Terms of a picture")
    for choice in ("ended", "soon"):
        page = client_of(people.editor).get(reverse("admin:articles_image_changelist"), {"terms": choice})
        assert (str(image) in page.content.decode()) == (choice == where)
