"""The front of a section: what its editors placed there, then its stories by key."""

from django.shortcuts import get_object_or_404
from django.views.generic import DetailView

from articles import structured_data
from articles.models.fronts import StorySection
from articles.models.stories import Story, StoryQuote

from . import front, paging
from .site import ReaderPage
from .stories import TEASER, placements, spoken

STORIES = 30


class SectionPage(ReaderPage, DetailView):
    """A section with stories in print; 404 for one of unpublished work alone, as for one that never was."""

    template_name = "sections/section.html"
    context_object_name = "section"

    def get_object(self, queryset=None):
        """By its slug."""
        return get_object_or_404(StorySection, slug=self.kwargs["slug"])

    def get_context_data(self, **kwargs):
        """`page` of its stories; on the first one also `front`, whose stories are not repeated in `stories` below."""
        slug = self.object.slug
        rows = Story.objects.published().filter(section_slug=slug).only(*TEASER)
        page = paging.newest_first(rows, self.request.GET.get("before", ""), STORIES)
        made, stories = None, page.rows
        if page.is_first:
            quotes = spoken(StoryQuote.objects.filter(story__in=[story.pk for story in page.rows]))
            made = front.make_up(page.rows, quotes, placements(slug), rivers=False)
            above = {story.pk for story in made.top}
            stories = [story for story in page.rows if story.pk not in above]
        told = structured_data.of_page("CollectionPage", self.object.name, self.object.get_absolute_url())
        return super().get_context_data(
            front=made, page=page, stories=stories, structured=told if page.is_first else None, **kwargs
        )
