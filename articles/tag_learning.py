"""Learning topics from the stories in print. Drafts teach nothing: what stands in one is nobody else's to be told."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction

from . import learning, markup
from .learning import Learned
from .models import LearnedTopic, Story, StoryTopic, Topic

MINIMUM = 30  # stories with the tag
MOST = 50_000  # stories that are read, the latest


@dataclass(frozen=True)
class Lesson:
    """What came of one topic; `learned` is None where too few of its proposals would have been right."""

    topic: Topic
    stories: int
    learned: Learned | None


def learn_topics(minimum: int = MINIMUM) -> Iterator[Lesson]:
    """Learn every topic that `minimum` stories in print carry themselves; forget the others."""
    terms: dict[int, frozenset[str]] = {}
    for story in Story.objects.published().only("headline", "body").order_by("-published_at")[:MOST].iterator(500):
        terms[story.pk] = learning.terms_of(story.headline, markup.to_text(story.body))
    tagged: dict[int, set[int]] = defaultdict(set)
    for topic, story in StoryTopic.objects.filter(is_direct=True).values_list("tag_id", "story_id"):
        if story in terms:
            tagged[topic].add(story)
    known = []
    for topic in Topic.objects.filter(pk__in=tagged).order_by("name"):
        having = tagged[topic.pk]
        if len(having) < minimum:
            continue
        lacking = [words for pk, words in terms.items() if pk not in having]
        learned = learning.learn([terms[pk] for pk in sorted(having)], lacking)
        if learned:
            known.append(topic.pk)
            _keep(topic, learned)
        yield Lesson(topic, len(having), learned)
    LearnedTopic.objects.exclude(pk__in=known).delete()


@transaction.atomic
def _keep(topic: Topic, learned: Learned) -> None:
    LearnedTopic.objects.filter(pk=topic.pk).delete()
    LearnedTopic.objects.create(topic=topic, **vars(learned))
