"""Topics learned from the stories in print."""

import random
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from articles import learning, tag_learning
from articles.models import Article, LearnedTopic, Story, StoryTopic
from articles.proposals import compose, reading
from tests import factories
from tests.admin.pages import text

HARBOUR = ["crane", "dredger", "quay", "berth", "tonnage", "stevedore", "pilot", "breakwater", "mooring", "tide"]
CLINIC = ["ward", "nurse", "vaccine", "fever", "clinic", "dose", "surgeon", "triage", "patient", "measles"]
PLAIN = [f"word{letter}{other}" for letter in "abcdefgh" for other in "abcdefgh"]


def story_of(chance, words, plain=30):
    """A text that holds some of the words among others."""
    return " ".join([*chance.sample(words, 4), *(chance.choice(PLAIN) for _each in range(plain))])


def texts(words, number, seed=1):
    """Term sets of such texts."""
    chance = random.Random(seed)
    return [learning.terms_of("", story_of(chance, words)) for _each in range(number)]


def test_words_that_speak_for_a_tag_are_learned_and_judged_on_other_stories():
    learned = learning.learn(texts(HARBOUR, 60), texts(CLINIC, 200, seed=2))
    assert learned.precision >= 0.95
    assert learned.recall >= 0.95
    (fresh,) = texts(HARBOUR, 1, seed=3)
    (other,) = texts(CLINIC, 1, seed=4)
    assert learned.score(fresh) >= learned.least > learned.score(other)
    assert set(learned.speaking(fresh)) <= set(HARBOUR)


def test_a_tag_that_no_word_tells_apart_is_not_learned():
    assert learning.learn(texts(CLINIC, 40), texts(CLINIC, 400, seed=2)) is None


def test_the_words_of_a_model_are_bounded():
    many = [f"term{a}{b}" for a in "abcdefghijklmnopqrstuvwxyz" for b in "abcdefghijklmnopqrstuvwxyz"]
    learned = learning.learn([learning.terms_of("", " ".join(many))] * 40, texts(CLINIC, 100))
    assert len(learned.weights) <= learning.TERMS


@pytest.fixture
def archive(people):
    """Forty stories in print on shipping, eighty on health, and a draft of each."""
    shipping, health = factories.topic("Shipping"), factories.topic("Health")
    chance = random.Random(5)
    number = 0
    for topic, words, count in ((shipping, HARBOUR, 40), (health, CLINIC, 80)):
        for _each in range(count):
            number += 1
            made = Story.objects.create(
                id=100_000 + number,
                headline="A story",
                slug=f"story-{number}",
                body=f"<p>{story_of(chance, words)}</p>",
                published_at="2026-01-01T00:00Z",
                updated_at="2026-01-01T00:00Z",
                edition_number=1,
            )
            StoryTopic.objects.create(story=made, tag=topic, published_at=made.published_at)
    return shipping


@pytest.mark.django_db
def test_the_command_learns_and_the_proposals_say_from_what(archive, people, client):
    out = StringIO()
    call_command("learn_tags", stdout=out)
    assert "Shipping: 40 stories, right " in out.getvalue()
    assert LearnedTopic.objects.get(topic=archive).stories == 40
    call_command("learn_tags", stdout=out)
    assert LearnedTopic.objects.count() == 2
    body = f"<p>{story_of(random.Random(8), HARBOUR)}</p>"
    draft = Article.objects.create(writer=people.writer, headline="Quiet night", body=body)
    reading.refresh(draft)
    row = draft.proposals.get(kind="topic")
    assert row.payload["name"] == "Shipping"
    assert row.rule == "learned from 40 stories"
    assert row.confidence >= learning.LEAST_PRECISION
    client.force_login(people.writer)
    shown = text(client.get(reverse("admin:articles_article_proposals", args=[draft.pk])))
    assert "learned from 40 stories: right in" in shown
    assert any(word in shown for word in row.payload["words"])


@pytest.mark.django_db
def test_few_stories_teach_nothing_and_what_is_no_longer_true_is_forgotten(archive, people):
    list(tag_learning.learn_topics())
    StoryTopic.objects.filter(tag=archive).filter(story__gt=100_010).delete()
    lessons = list(tag_learning.learn_topics())
    assert [lesson.topic.name for lesson in lessons] == ["Health"]
    assert [row.topic.name for row in LearnedTopic.objects.all()] == ["Health"]


@pytest.mark.django_db
def test_a_draft_teaches_nothing(people):
    topic = factories.topic("Shipping")
    for number in range(35):
        made = Article.objects.create(
            writer=people.writer, headline=f"Draft {number}", body="<p>crane dredger quay</p>"
        )
        made.topics.add(topic)
    assert list(tag_learning.learn_topics()) == []
    assert not LearnedTopic.objects.exists()


@pytest.mark.django_db
def test_a_topic_that_the_text_names_keeps_its_places_and_tells_both(archive):
    list(tag_learning.learn_topics())
    found = compose.propose(f"Shipping stopped. {story_of(random.Random(9), HARBOUR)}", compose.vocabulary())["topics"]
    (topic,) = [each for each in found if each["name"] == "Shipping"]
    assert topic["mentions"]
    assert topic["rule"].startswith("learned from")
