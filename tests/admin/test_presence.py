"""Who else has a story open: said to whoever has it open too, and to nobody else."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.admin.presence import OPEN_FOR
from articles.models import Presence
from tests.admin.pages import text


@pytest.fixture
def url(article):
    """The address of the beat."""
    return reverse("admin:articles_article_presence", args=[article.pk])


def test_each_is_told_of_the_other_and_not_of_themselves(desk_of, people, article, url, desk_url):
    writer, editor = desk_of(people.writer), desk_of(people.editor)
    assert writer.post(url, {"writing": "1"}).json() == {"others": "", "is_writing": False}
    told = editor.post(url).json()
    assert told["is_writing"]
    assert "is writing" in told["others"]
    assert "is reading" in writer.get(url).json()["others"]
    assert "is writing" in text(editor.get(desk_url))
    assert "is writing" in text(editor.get(reverse("admin:articles_article_review", args=[article.pk])))


def test_who_has_left_or_fallen_silent_is_not_named(desk_of, people, article, url, desk_url):
    writer, editor = desk_of(people.writer), desk_of(people.editor)
    writer.post(url)
    assert writer.post(url, {"gone": "1"}).status_code == 204
    assert editor.get(url).json()["others"] == ""
    writer.post(url)
    Presence.objects.update(seen_at=timezone.now() - OPEN_FOR - timedelta(seconds=1))
    assert editor.get(url).json()["others"] == ""
    assert "Also open" not in text(editor.get(desk_url))


def test_nobody_is_told_of_a_story_that_they_may_not_read(desk_of, people, article, url):
    outsider = desk_of(people.outsider)
    assert outsider.get(url).status_code == 404
    assert outsider.post(url, {"writing": "1"}).status_code == 404
    assert not Presence.objects.exists()


def test_who_may_only_read_is_never_said_to_write(desk_of, people, article, url):
    article.submit(by=people.writer)
    desk_of(people.reviewer).post(url, {"writing": "1"})
    assert not Presence.objects.get().is_writing


def test_without_a_session_the_beat_says_so(client, article, url):
    answer = client.post(url, {"writing": "1"})
    assert answer.status_code == 401
    assert article.headline not in answer.content.decode()
