"""Which stories a feed holds: the latest, a section's, those of an actor, a topic or a contributor."""

from typing import Any

from django.conf import settings
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from articles.models import nameplates
from articles.models.contributors import Profile, StoryContributor
from articles.models.fronts import StorySection
from articles.models.stories import Story, StoryActor, StoryTopic
from articles.models.tags import Actor, Topic

from .told import Told

LENGTH = 50
HEAVY = ("sources", "notes", "structured", "setting")


def light(stories: Any, prefix: str = "") -> Any:
    """The first `LENGTH` without what a feed does not tell; `prefix` of the story's fields where rows lead to it."""
    heavy = HEAVY if settings.NEWSROOM_FULL_FEEDS else ("body", *HEAVY)
    return stories.defer(*(f"{prefix}{name}" for name in heavy))[:LENGTH]


class Latest(Told):
    """The latest stories."""

    def description(self, obj: None) -> str:
        """What the feed holds."""
        return _("The latest stories from %(name)s.") % {"name": nameplates.current().name}

    def items(self, obj: None):
        """The newest."""
        return light(Story.objects.published())


class OfSection(Told):
    """The stories of a section in print."""

    def get_object(self, request, slug: str):
        """404 for a desk that has nothing in print, as for one that never was."""
        return get_object_or_404(StorySection, slug=slug)

    def description(self, obj: StorySection) -> str:
        """What the feed holds."""
        return _("Stories of the section %(section)s from %(name)s.") % {
            "section": obj.name,
            "name": nameplates.current().name,
        }

    def items(self, obj: StorySection):
        """The newest."""
        return light(Story.objects.published().filter(section_slug=obj.slug))


class OfTag(Told):
    """Base: the stories that carry one tag, by its through rows."""

    through: Any
    model: Any
    column = "tag"  # of the through rows

    def get_object(self, request, slug: str):
        """404 for one of unpublished work alone, as for one that never was."""
        return get_object_or_404(self.model.objects.in_print(), slug=slug)

    def items(self, obj: Any):
        """The newest, along the index of the through rows."""
        rows = self.through.objects.filter(**{self.column: obj}).order_by("-published_at", "-story_id")
        rows = rows.select_related("story")
        return [row.story for row in light(rows, "story__")]

    def description(self, obj: Any) -> str:
        """What the feed holds."""
        return _("Stories about %(tag)s from %(name)s.") % {"tag": obj.name, "name": nameplates.current().name}


class OfActor(OfTag):
    """The stories of an actor."""

    through, model = StoryActor, Actor


class OfTopic(OfTag):
    """The stories of a topic and of all below it."""

    through, model = StoryTopic, Topic


class OfContributor(OfTag):
    """The stories that a contributor signed."""

    through, model, column = StoryContributor, Profile, "contributor"

    def description(self, obj: Profile) -> str:
        """What the feed holds."""
        return _("Stories by %(name)s from %(paper)s.") % {"name": obj.name, "paper": nameplates.current().name}
