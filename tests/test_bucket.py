"""Pictures in a bucket of S3, by a server that speaks it: from the desk to the reader, and when it does not answer."""

import io
import json

import boto3
import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from moto.server import ThreadedMotoServer
from PIL import Image as Pillow

from articles import pictures, readiness
from articles.bucket import StorageAwayError
from articles.models import Image, Story
from tests import factories
from tests.contracts.test_project import manage

pytestmark = pytest.mark.django_db
BUCKET = "pictures"
KEYS = {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_DEFAULT_REGION": "eu-west-1"}


@pytest.fixture(scope="module")
def server():
    """Where S3 is spoken."""
    moto = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    moto.start()
    host, port = moto.get_host_and_port()
    yield f"http://{host}:{port}"
    moto.stop()


@pytest.fixture
def bucket(server, settings, monkeypatch, tmp_path):
    """The bucket, with the settings that a process reads of the environment."""
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    s3 = boto3.resource("s3", endpoint_url=server)
    made = s3.Bucket(BUCKET)
    made.create(CreateBucketConfiguration={"LocationConstraint": KEYS["AWS_DEFAULT_REGION"]})
    told = manage(
        "shell",
        "--no-imports",
        "-c",
        "import json; from django.conf import settings; print(json.dumps(settings.STORAGES['default']))",
        DEBUG="1",
        NEWSROOM_VAR=str(tmp_path / "var"),
        S3_BUCKET=BUCKET,
        S3_ENDPOINT_URL=server,
        S3_PREFIX="paper",
    )
    settings.STORAGES = settings.STORAGES | {"default": json.loads(told.stdout.splitlines()[-1])}
    yield made
    made.objects.all().delete()
    made.delete()


def keys(bucket):
    return sorted(each.key for each in bucket.objects.all())


def upload(client):
    """By the form of the desk, 900 pixels wide."""
    buffer = io.BytesIO()
    Pillow.linear_gradient("L").resize((900, 600)).convert("RGB").save(buffer, "JPEG")
    values = {"alt": "A gate", "credit": "Photograph: Ilse Maran", "copyright": "", "focal_x": "0.5", "focal_y": "0.5"}
    file = SimpleUploadedFile("gate.jpg", buffer.getvalue(), "image/jpeg")
    answer = client.post(reverse("admin:articles_image_add"), values | {"file": file})
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return Image.objects.get()


def test_picture_goes_from_the_desk_through_the_bucket_to_readers(bucket, client, client_of, people, article, tmp_path):
    image = upload(client_of(people.publisher))
    assert keys(bucket) == [f"paper/{image.file.name}"]
    article.lead_image = image
    article.save()
    article.record_revision(by=people.writer)
    assert client.get(image.url).status_code == 404, "not in print"
    factories.publish(article, people)

    assert pictures.make_renditions(image)
    made = {f"paper/{image.rendition_path(name)}" for name in image.renditions["files"]}
    assert len(made) >= 6
    assert set(keys(bucket)) == made | {f"paper/{image.file.name}"}

    page = client.get(Story.objects.get().get_absolute_url()).content.decode()
    for ending, kind in (("avif", "image/avif"), ("webp", "image/webp"), ("jpg", "image/jpeg")):
        address = f"{image.url}/400.{ending}"
        assert address in page
        answer = client.get(address)
        assert (answer.status_code, answer["Content-Type"]) == (200, kind)
        assert "immutable" in answer["Cache-Control"]
        assert Pillow.open(io.BytesIO(answer.getvalue())).size == (400, 267)
    assert client.get(f"/posters/stories/{article.pk}.jpg").status_code == 200
    assert f"paper/posters/stories/{article.pk}" in " ".join(keys(bucket))
    assert not [path for path in (tmp_path / "media").rglob("*") if path.is_file()], (
        "nothing on the disk of the machine"
    )


def test_bucket_is_asked_for_no_access_list(bucket, client_of, people):
    image = upload(client_of(people.publisher))
    grants = bucket.Object(f"paper/{image.file.name}").Acl().grants
    assert [grant["Permission"] for grant in grants] == ["FULL_CONTROL"], "the owner's alone"


def test_machine_is_ready_with_its_bucket_and_not_without(bucket, client):
    readiness.forget()
    assert "storage: ok" in client.get("/readyz").content.decode()
    assert keys(bucket) == []
    bucket.delete()
    readiness.forget()
    assert "storage: failing" in client.get("/readyz").content.decode()
    readiness.forget()
    bucket.create(CreateBucketConfiguration={"LocationConstraint": KEYS["AWS_DEFAULT_REGION"]})


def test_pages_go_on_without_the_bucket_and_pictures_say_come_again(bucket, client, article, people):
    image = factories.image()
    article.lead_image = image
    article.save()
    article.record_revision(by=people.writer)
    factories.publish(article, people)
    name = image.file.name
    bucket.objects.all().delete()
    assert client.get(image.url).status_code == 404, "it is gone from the bucket"
    bucket.delete()
    assert client.get(Story.objects.get().get_absolute_url()).status_code == 200
    answer = client.get(image.url)
    assert answer.status_code in (404, 503)
    with pytest.raises(StorageAwayError):
        storages["default"].save("images/other.jpg", io.BytesIO(b"x"))
    assert not pictures.make_renditions(image)
    assert Image.objects.get().renditions["error"]
    assert Image.objects.get().file.name == name
    bucket.create(CreateBucketConfiguration={"LocationConstraint": KEYS["AWS_DEFAULT_REGION"]})


def test_picture_says_come_again_while_nobody_answers(bucket, client, article, people, monkeypatch):
    image = factories.image()
    article.lead_image = image
    article.save()
    article.record_revision(by=people.writer)
    factories.publish(article, people)

    def away(*arguments, **named):
        raise StorageAwayError("the bucket: ConnectTimeoutError")

    monkeypatch.setattr(type(storages["default"]), "_open", away)
    answer = client.get(image.url)
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert "immutable" not in answer["Cache-Control"]
