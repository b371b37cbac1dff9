"""Words that the index has already are not made again when a story is printed again, and are when anything changed."""

import pytest

from articles import press
from articles.models import Actor, ActorAlias, SearchName, SearchQuote, SearchStory
from articles.search import indexing

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(monkeypatch):
    """The keys of stories whose words were made."""
    found, make = [], indexing._story_row

    def noted(story, *rest):
        found.append(story.pk)
        return make(story, *rest)

    monkeypatch.setattr(indexing, "_story_row", noted)
    return found


def held():
    return list(SearchStory.objects.values()), list(SearchQuote.objects.values()), list(SearchName.objects.values())


def test_words_are_not_made_again_when_nothing_changed(story, made):
    before = held()
    press.reprint([story.pk])
    press.reprint()
    assert made == []
    assert held() == before


def test_words_are_made_again_when_a_name_is_added(story, made):
    actor = Actor.objects.get(name="Ilse Maran")
    ActorAlias.objects.create(actor=actor, name="Zyxwv")
    press.reprint([story.pk])
    assert made == [story.pk]
    assert "zyxwv" in SearchStory.objects.get().names


def test_words_are_made_again_by_other_rules(story, made, monkeypatch):
    monkeypatch.setattr(indexing, "version", lambda: "of another code")
    press.reprint([story.pk])
    press.reprint([story.pk])
    assert made == [story.pk]


@pytest.mark.parametrize("digest", [None, "of another"])
def test_words_are_made_again_where_it_is_not_known_what_they_were_made_from(story, made, digest):
    SearchStory.objects.update(digest=digest, body="old")
    press.reprint([story.pk])
    assert made == [story.pk]
    assert SearchStory.objects.get().body != "old"


def test_words_are_made_again_where_the_index_lost_them(story, made):
    before = held()
    SearchStory.objects.all().delete()
    SearchQuote.objects.all().delete()
    press.reprint()
    assert made == [story.pk]
    assert held() == before


def test_an_address_that_a_tag_has_by_now_is_told_though_the_words_are_the_same(story, made):
    Actor.objects.filter(name="Ilse Maran").update(slug="maran")
    press.reprint([story.pk])
    assert made == []
    assert SearchName.objects.get(name="Ilse Maran").slug == "maran"


@pytest.mark.parametrize(
    "name", ["headline", "standfirst", "kicker", "dateline", "language", "genre", "section", "bylines", "picture"]
)
def test_all_that_the_words_are_made_from_counts(story, name):
    before = indexing.words_of(story, "Text.", [], [], [], {}).story.digest
    other = {"section": {"name": "Other"}, "bylines": [{"name": "Other"}], "picture": {"caption": "Other"}}
    setattr(story, name, other.get(name, "other"))
    assert indexing.words_of(story, "Text.", [], [], [], {}).story.digest != before
    assert indexing.words_of(story, "Text.", [], [], [], {}, before).story
