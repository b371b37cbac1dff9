"""The page of what rests on a source."""

import pytest
from django.urls import reverse

from articles.models import Article, Source
from tests.admin.pages import page, text
from tests.test_recalling import live


@pytest.fixture
def story_in_print(people):
    """A story that readers have."""
    return live(people)


@pytest.fixture
def source(story_in_print):
    """Its source."""
    return story_in_print.attributions.get().source


@pytest.fixture
def url(source):
    """Its page."""
    return reverse("admin:articles_source_uses", args=[source.pk])


def test_a_source_is_recalled_and_its_stories_are_opened_for_correction(desk_of, people, story_in_print, source, url):
    client = desk_of(people.publisher)
    assert story_in_print.headline in text(client.get(url))
    assert client.post(url, {"act": "recall", "reason": " "}).status_code == 422
    shown = client.post(url, {"act": "recall", "reason": "The statement was forged."}, follow=True)
    assert "Recalled as unreliable" in text(shown)
    assert "The statement was forged." in text(shown)
    boxes = [node.get("value") for node in page(shown).iter("input") if node.get("name") == "story"]
    assert boxes == [str(story_in_print.pk)]
    assert "Choose the stories" in text(client.post(url, {"act": "correct"}, follow=True))
    shown = client.post(url, {"act": "correct", "story": boxes}, follow=True)
    assert "A draft is open over 1 story." in text(shown)
    assert Article.objects.get(pk=story_in_print.pk).status == "draft"
    shown = client.post(url, {"act": "correct", "story": boxes}, follow=True)
    assert f"“{story_in_print}”:" in text(shown)
    client.post(url, {"act": "reinstate"})
    source.refresh_from_db()
    assert source.recalled_at is None


def test_a_writer_reads_the_page_and_recalls_nothing(desk_of, people, source, url):
    client = desk_of(people.writer)
    assert client.get(url).status_code == 200
    for act in ("recall", "reinstate", "correct"):
        assert client.post(url, {"act": act, "reason": "No.", "story": "1"}).status_code == 403


def test_a_confidential_source_that_one_may_not_know_of_is_not_there(desk_of, people):
    hidden = Source.objects.create(label="Clerk", is_confidential=True, recorded_by=people.editor)
    address = reverse("admin:articles_source_uses", args=[hidden.pk])
    assert desk_of(people.writer).get(address).status_code == 404
    assert desk_of(people.editor).get(address).status_code == 200
