"""The demo newsroom: its copy keeps the rules it is there to show, and loading it is safe to repeat."""

import io
import re
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from PIL import Image as Picture

from articles import markup, quoting
from articles.demo import content, pictures
from articles.demo.load import load
from articles.models import Actor, Article, Edition, Event, Image, Quote, Revision, Source, Story, StoryQuote, Topic
from articles.models.sources import AnonymityReason
from articles.models.tags import ActorKind
from articles.preflight import MIN_WORDS, is_plural
from articles.workflow import WITH_WRITER, Status
from tests.weighing import Scales

NOW = datetime(2031, 3, 12, 15, 30, tzinfo=UTC)
STORIES = content.stories(NOW)
SOUND = [story for story in STORIES if story.data["status"] in ("published", "approved", "scheduled", "withdrawn")]
SOURCES = content.read("sources.toml")
ACTORS = {row["slug"]: row for row in content.read("actors.toml")["actor"]}
TOPICS = {row["slug"]: row for row in content.read("topics.toml")["topic"]}
PICTURES = content.read("pictures.toml")
BARE = re.compile(r"^(?:an?|the|some)?\s*(?:source|official|insider|person|people)s?$", re.IGNORECASE)

every_story = pytest.mark.parametrize("story", STORIES, ids=lambda story: story.slug)
every_sound_story = pytest.mark.parametrize("story", SOUND, ids=lambda story: story.slug)


def bodies(story):
    """The body of every edition, sanitised, with its dates written out."""
    first = story.fill(story.data["body"])
    return [markup.sanitise(body) for body in (first, *(each["copy"]["body"] for each in story.editions()))]


def is_anonymous(attribution):
    source = SOURCES[attribution["source"]]
    return attribution.get("basis", "on_record") != "on_record" or source.get("is_confidential", False)


# --- the copy -------------------------------------------------------------------------------------------------


def test_paper_has_every_kind_of_story_when_counted():
    statuses = Counter(story.data["status"] for story in STORIES)
    genres = {story.data["genre"] for story in SOUND}
    assert statuses["published"] >= 26
    assert all(statuses[status] for status in Status)
    assert genres >= {"news", "analysis", "opinion", "interview", "explainer", "feature"}
    assert sum("war-in-adarra" in story.data["topics"] for story in SOUND) >= 5


def test_slugs_are_unique_when_all_are_read():
    slugs = [story.slug for story in STORIES]
    assert len(set(slugs)) == len(slugs)


def test_every_kind_of_actor_is_there_when_counted():
    assert {row["kind"] for row in ACTORS.values()} == set(ActorKind.values)
    assert all(row["description"] for row in ACTORS.values())
    assert all(row.get("parent", "conflict") in TOPICS for row in TOPICS.values())


@every_story
def test_references_resolve_when_a_story_is_read(story):
    data = story.data
    keys = {each["key"] for each in data["attributions"]}
    speakers = {quote["speaker"] for quote in data["quotes"] if "speaker" in quote}
    shown = set(re.findall(r"picture:([a-z-]+)", data["body"])) | ({data["picture"]} if "picture" in data else set())
    assert {each["source"] for each in data["attributions"]} <= SOURCES.keys()
    assert {*data["actors"], *speakers} <= ACTORS.keys()
    assert set(data["topics"]) <= TOPICS.keys()
    assert shown <= PICTURES.keys()
    assert {quote["attribution"] for quote in data["quotes"]} <= keys


@every_story
def test_dates_are_written_out_when_a_story_is_filled(story):
    assert not any("{" in body for body in bodies(story))


@every_story
def test_quotes_stand_between_the_marks_of_their_language_when_every_edition_is_read(story):
    opens, closes = "«»" if story.data.get("language") == "ar" else "“”"
    for body in bodies(story):
        text = markup.to_text(body)
        assert '"' not in text
        assert "'" not in text
        for quote in story.data["quotes"]:
            assert f"{opens}{story.fill(quote['text'])}{closes}" in text


@every_sound_story
def test_every_quoted_passage_has_a_record_when_the_story_is_out(story):
    known = {story.fill(quote["text"]) for quote in story.data["quotes"]}
    for body in bodies(story):
        text, marked = markup.to_text(body), markup.not_speech(body)
        for start, end in quoting.passages(text):
            words = text[start:end]
            is_marked = any(left <= start and right >= end for left, right, _kind in marked)
            assert len(words.split()) < MIN_WORDS or is_marked or words in known, words


@every_sound_story
def test_wording_is_printed_and_not_bare_when_the_story_is_out(story):
    for body in bodies(story):
        text = markup.to_text(body)
        for attribution in story.data["attributions"]:
            assert attribution["wording"] in text
            assert not BARE.match(attribution["wording"])


@every_sound_story
def test_anonymous_sources_are_explained_when_the_story_is_out(story):
    text = markup.to_text(bodies(story)[-1])
    anonymous = [each for each in story.data["attributions"] if is_anonymous(each)]
    for attribution in anonymous:
        assert attribution["reason"] in AnonymityReason.values
        assert attribution["reason_wording"] in text
        assert attribution["knowledge"]
        assert not is_plural(attribution["wording"]) or attribution["head_count"] >= 2
    assert not anonymous or story.data["bylines"]


@every_sound_story
def test_first_quote_is_named_when_the_story_is_out(story):
    quotes, text = story.data["quotes"], markup.to_text(bodies(story)[0])
    first = min(quotes, key=lambda quote: text.index(story.fill(quote["text"])))
    attribution = next(each for each in story.data["attributions"] if each["key"] == first["attribution"])
    assert not is_anonymous(attribution)
    assert all(quote["role"] for quote in quotes)
    assert all("speaker" in quote or quote["unknown"] for quote in quotes)


def test_confidential_sources_name_nobody_when_read():
    assert not [key for key, row in SOURCES.items() if row.get("is_confidential") and "actor" in row]


def test_swapped_refuses_when_the_words_are_not_there_once():
    with pytest.raises(ValueError, match="stands 2 times"):
        content.swapped("one and one", "one", "two")


def test_wire_file_reads_as_wire_copy_when_opened():
    lines = content.WIRE_FILE.read_text(encoding="utf-8").splitlines()
    assert lines[0]
    assert lines[2].isdecimal()


# --- the pictures ---------------------------------------------------------------------------------------------


def test_every_picture_is_drawn_and_described_when_listed():
    assert pictures.DRAWINGS.keys() == PICTURES.keys()
    assert all(row["alt"] and row["credit"] for row in PICTURES.values())


def test_picture_is_the_same_and_kept_when_drawn_again(tmp_path):
    first = pictures.drawn("map-front", tmp_path / "a", width=160)
    again = pictures.drawn("map-front", tmp_path / "b", width=160)
    assert first.read_bytes() == again.read_bytes()
    with Picture.open(first) as picture:
        assert (picture.format, picture.size) == ("JPEG", (160, 100))
    first.write_bytes(b"kept")
    assert pictures.drawn("map-front", tmp_path / "a", width=160).read_bytes() == b"kept"


# --- loading --------------------------------------------------------------------------------------------------


@pytest.fixture
def demo(settings, tmp_path, db):
    """Settings of a demo newsroom, with files of its own; gives a function that loads it."""
    settings.NEWSROOM_DEMO = True
    settings.VAR, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return lambda: load(now=NOW, picture_width=64)


def counts():
    return [model.objects.count() for model in (Article, Revision, Edition, Event, Quote, Source, Image, Actor, Topic)]


def test_newsroom_is_complete_and_left_alone_when_the_demo_is_loaded_twice(demo, client, tmp_path):
    report = demo()
    assert report.stories.total() == len(STORIES)
    assert {login.role for login in report.logins} == {"Writer", "Editor", "Reviewer", "Publisher", "Admin"}
    assert set(Article.objects.values_list("status", flat=True)) == set(Status.values)
    for article in Article.objects.exclude(status__in=(*WITH_WRITER, Status.IN_REVIEW, Status.ON_HOLD, Status.KILLED)):
        assert article.blocking_findings() == [], article.slug
    assert any(article.blocking_findings() for article in Article.objects.filter(status__in=WITH_WRITER))
    _assert_printed()
    _assert_light(client, Scales(tmp_path / "static"))

    before = counts()
    edited = Article.objects.get(slug=STORIES[0].slug)
    Article.objects.filter(pk=edited.pk).update(headline="As a person left it", slug="moved-by-a-person")
    again = demo()
    edited.refresh_from_db()
    assert (again.stories.total(), again.kept) == (0, len(STORIES))
    assert counts() == before
    assert (edited.headline, edited.slug) == ("As a person left it", "moved-by-a-person")


def _assert_printed():
    published = Story.objects.published()
    out = [story for story in STORIES if story.data["status"] == "published"]
    assert published.count() == len(out)
    assert Story.objects.filter(is_withdrawn=True).count() == 1
    assert StoryQuote.objects.count() == sum(len(story.data["quotes"]) for story in out)
    assert set(Edition.objects.values_list("kind", flat=True)) >= {"first", "update", "correction", "withdrawal"}
    assert published.first().published_at == NOW - timedelta(hours=min(story.data["hours"] for story in out))
    assert published.last().published_at <= NOW - timedelta(days=35)
    assert not Event.objects.filter(at__gt=NOW).exists()


def _assert_light(client, scales):
    """A story of any length, without pictures: the faces of strong, stressed and Arabic words are their own affair."""
    for story in Story.objects.published():
        whole, _faces = scales.of_page(client, story.get_absolute_url())
        assert whole <= 40 * 1024, story.slug


def test_nothing_is_loaded_when_the_newsroom_is_a_real_one(settings, db):
    settings.NEWSROOM_DEMO = False
    with pytest.raises(CommandError, match="NEWSROOM_DEMO"):
        call_command("load_demo", stdout=io.StringIO())
    assert not Article.objects.exists()
