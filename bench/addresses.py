"""`python -m bench.addresses`: addresses of readers' pages in the archive of the environment, as JSON by what they are.

Of each list the first page and one in the middle, of the commonest tag and of a rare one.
"""

import json
import sys
from datetime import datetime

import django

django.setup()

from django.db.models import Count, QuerySet  # noqa: E402
from django.urls import reverse  # noqa: E402

from articles.models import Story, StoryActor, StoryTopic  # noqa: E402
from articles.models.tags import Actor, Topic  # noqa: E402
from articles.views import paging  # noqa: E402

FULL = 40  # stories: more than a page of an actor shows
MIXED = 2_000  # stories that are asked for in a mix


def middle(rows: QuerySet, pk: str = "pk") -> str:
    """`?before=` of a page half-way down a list of rows that know when they were published."""
    ends = [
        rows.order_by(name).values_list("published_at", flat=True).first() for name in ("published_at", "-published_at")
    ]
    half: datetime = ends[0] + (ends[1] - ends[0]) / 2
    row = (
        rows.filter(published_at__lte=half).order_by("-published_at", f"-{pk}").values_list("published_at", pk).first()
    )
    return f"?before={paging.encode((row[0] - paging.EPOCH) // paging.MICROSECOND, row[1])}"


def common_and_rare(through: type, model: type) -> list:
    """The tag of most stories, and the one of fewest whose page is full: the same page in archives of any size."""
    counted = through.objects.values_list("tag").annotate(count=Count("pk")).order_by("-count", "tag")
    keys = [key for key, count in counted if count > FULL]
    return [model.objects.get(pk=keys[0]), model.objects.get(pk=keys[-1])]


def addresses() -> dict[str, str]:
    """What is asked for, by name."""
    stories = Story.objects.published()
    actor, rare = common_and_rare(StoryActor, Actor)
    topic, _rare = common_and_rare(StoryTopic, Topic)
    newest, oldest = stories.first(), stories.order_by("published_at", "pk").first()
    latest = reverse("latest")
    of_actor = StoryActor.objects.filter(tag=actor)
    return {
        "story": newest.get_absolute_url(),
        "story, the oldest": oldest.get_absolute_url(),
        "front": "/",
        "latest": latest,
        "latest, in the middle": latest + middle(stories),
        "section": reverse("section", args=[newest.section_slug]),
        "actor in most stories": actor.get_absolute_url(),
        "the same, in the middle": actor.get_absolute_url() + middle(of_actor, "story_id"),
        "actor in few stories": rare.get_absolute_url(),
        "words of an actor": reverse("actor-quotes", args=[actor.slug]),
        "topic of most stories": topic.get_absolute_url(),
        "topics": reverse("topics"),
        "actors": reverse("actors"),
        "corrections": reverse("corrections"),
        "feed": "/feeds/latest.atom",
        "feed of an actor": f"{actor.get_absolute_url()}feed.json",
        "news sitemap": reverse("news-sitemap"),
        "sitemap": reverse("sitemap"),
    }


def mixed() -> list[str]:
    """Addresses of many stories, spread over the archive."""
    keys = list(Story.objects.published().order_by("pk").values_list("pk", flat=True))
    chosen = keys[:: max(1, len(keys) // MIXED)]
    return [story.get_absolute_url() for story in Story.objects.filter(pk__in=chosen).only("slug", "published_at")]


if __name__ == "__main__":
    sys.stdout.write(json.dumps({"pages": addresses(), "mixed": mixed()}))
