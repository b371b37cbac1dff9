"""Share pictures: whose, at which address, and for how long."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.storage import FileSystemStorage, default_storage
from django.urls import reverse
from django.utils import timezone
from PIL import Image as Pillow

from articles import posters, press
from articles.models import Actor, Image, Story, StoryQuote
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(in_print):
    """A story in print with picture, quote and actor."""
    return in_print(1, lead_image=factories.image())[0]


def addresses(story):
    quote, actor = StoryQuote.objects.get(story=story), Actor.objects.in_print().get()
    return {
        "story": reverse("poster-story", args=[story.pk]),
        "actor": reverse("poster-actor", args=[actor.slug]),
        "quote": reverse("poster-quote", args=[quote.pk]),
    }


@pytest.mark.parametrize("kind", ["story", "actor", "quote"])
def test_a_share_picture_is_drawn_once_and_confirmed_afterwards(kind, story, client, monkeypatch):
    address = addresses(story)[kind]
    first = client.get(address)
    assert (first.status_code, first["Content-Type"]) == (200, "image/jpeg")
    assert Pillow.open(BytesIO(first.content)).size == (1200, 630)
    assert first["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert not first.cookies
    assert "Cookie" not in first.get("Vary", "")
    monkeypatch.setattr(posters, "draw", lambda *_: pytest.fail("drawn again"))
    assert client.get(address).content == first.content
    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 304


@pytest.mark.parametrize("kind", ["story", "actor", "quote"])
def test_a_share_picture_costs_one_query(kind, story, client, django_assert_num_queries):
    address = addresses(story)[kind]
    with django_assert_num_queries(1):
        client.get(address)


@pytest.mark.parametrize("kind", ["story", "actor", "quote"])
def test_there_is_none_when_the_story_is_not_in_print(kind, people, desk, client, client_of):
    article = factories.article(people.writer, desk)
    keys = {"story": article.pk, "actor": article.actors.get().slug, "quote": article.quotes.get().pk}
    address = reverse(f"poster-{kind}", args=[keys[kind]])
    assert client.get(address).status_code == 404
    assert client_of(people.publisher).get(address).status_code == 404
    factories.publish(article, people)
    assert client.get(address).status_code == 200
    press.withdraw(article, by=people.publisher, note="Forged.")
    assert client.get(address).status_code == 404


def test_another_headline_makes_another_and_the_old_one_goes(story, client):
    address = addresses(story)["story"]
    first = client.get(address)
    Story.objects.update(headline="Port Selm harbour opens")
    second = client.get(address)
    assert second["ETag"] != first["ETag"]
    assert second.content != first.content
    assert len(default_storage.listdir(f"posters/stories/{story.pk}")[1]) == 1


def test_the_picture_is_left_out_when_its_terms_have_ended(story, client):
    address = addresses(story)["story"]
    first = client.get(address)
    Image.objects.update(expires_on=timezone.localdate() - timedelta(days=1))
    assert client.get(address).content != first.content


def test_it_is_given_when_the_storage_takes_nothing(story, client, monkeypatch, caplog):
    def refuse(*_args, **_options):
        raise OSError("disk full")

    monkeypatch.setattr(FileSystemStorage, "save", refuse)
    response = client.get(addresses(story)["quote"])
    assert response.status_code == 200
    assert "could not be kept" in caplog.text


def test_pages_name_their_share_picture_with_size_and_words(story, client):
    page = client.get(story.get_absolute_url()).content.decode()
    address = f"http://127.0.0.1:8000{addresses(story)['story']}?v=1"
    assert f'<meta property="og:image" content="{address}">' in page
    assert f'<meta name="twitter:image" content="{address}">' in page
    assert '<meta property="og:image:width" content="1200">' in page
    assert f'<meta property="og:image:alt" content="{story.headline}">' in page
    actor = Actor.objects.in_print().get()
    page = client.get(actor.get_absolute_url()).content.decode()
    assert f'content="http://127.0.0.1:8000{addresses(story)["actor"]}"' in page
