"""The front of a section: what its editors placed there, then its stories by key."""

from typing import Any

from django.conf import settings
from django.shortcuts import get_object_or_404
from django.views.generic import DetailView

from articles import sections, structured_data
from articles.models.fronts import StoryPlacement, StorySection
from articles.models.stories import StoryQuote
from articles.models.teasers import StoryTeaser

from . import front, paging
from .site import ReaderPage
from .stories import ENTRY, TEASER, heard, placements, told_once, whole

STORIES = 30


class SectionPage(ReaderPage, DetailView):
    """A section with stories in print; 404 for one of unpublished work alone, as for one that never was."""

    template_name = "sections/section.html"
    context_object_name = "section"

    def get_object(self, queryset=None):
        """By its slug: among those of the navigation, which the process knows, else as the database has it."""
        slug = self.kwargs["slug"]
        known = next((each for each in sections.in_print() if each["slug"] == slug), None)
        return StorySection(slug=slug, name=known["name"]) if known else get_object_or_404(StorySection, slug=slug)

    def get_context_data(self, **kwargs):
        """See `section_context`."""
        key, slug = self.request.GET.get("before", ""), self.object.slug
        placed = [] if key else placements(slug)
        told = structured_data.of_page("CollectionPage", self.object.name, self.object.get_absolute_url())
        context = section_context(slug, placed, key)
        return super().get_context_data(**context, structured=None if key else told, **kwargs)


def section_context(slug: str, placed: list[StoryPlacement], key: str = "") -> dict[str, Any]:
    """`page` of its stories; on the first one also `front`, whose stories are not repeated in `stories` below it."""
    rows = StoryTeaser.objects.filter(section_slug=slug).only(*(ENTRY if key else {*ENTRY, *TEASER}))
    page = paging.newest_first(rows, key, STORIES)
    if not page.is_first:
        return {"front": None, "page": page, "stories": told_once(page.rows)}
    quotes = heard(StoryQuote.objects.filter(story__in=[story.pk for story in page.rows]))
    made = front.make_up(page.rows, quotes, placed, language=settings.LANGUAGE_CODE, has_rivers=False)
    made.voices = whole(made.voices)
    above = {story.pk for story in made.top}
    return {"front": made, "page": page, "stories": [story for story in told_once(page.rows) if story.pk not in above]}
