"""The front, a story, and the list of the latest."""

from django.shortcuts import get_object_or_404, redirect
from django.views.generic import DetailView, TemplateView

from articles.models.quotes import QuoteKind
from articles.models.stories import Story, StoryAddress, StoryQuote

from . import front, paging
from .site import ReaderPage

FRONT_STORIES = 80
FRONT_QUOTES = 40
PAGE = 30
TEASER = (
    *("headline", "standfirst", "kicker", "slug", "language", "genre", "published_at", "updated_at"),
    *("edition_number", "section", "picture", "bylines", "reading_minutes", "actors", "topics"),
)


class Front(ReaderPage, TemplateView):
    """The front page, made up from the newest stories and quotes."""

    template_name = "stories/front.html"

    def get_context_data(self, **kwargs):
        """`front`: see `front.Front`."""
        stories = list(Story.objects.published().only(*TEASER)[:FRONT_STORIES])
        quotes = (
            StoryQuote.objects.filter(kind=QuoteKind.DIRECT, speaker__isnull=False)
            .select_related("story", "speaker")
            .only(
                *("text", "speaker_name", "role", "how", "said_on", "published_at"),
                *("speaker__name", "speaker__slug", "story__headline", "story__slug", "story__published_at"),
                *("story__actors", "story__language"),
            )
            .order_by("-published_at", "-id")[:FRONT_QUOTES]
        )
        return super().get_context_data(front=front.make_up(stories, quotes), **kwargs)


class StoryPage(ReaderPage, DetailView):
    """One story at its permanent address; a withdrawn one answers 410 with the public note alone."""

    template_name = "stories/story.html"
    context_object_name = "story"

    def get(self, request, *args, **kwargs):
        """Another day in the address, or a slug that the story once had, leads to the right one."""
        self.object = Story.objects.filter(slug=kwargs["slug"]).first() or moved(kwargs["slug"])
        right = self.object.get_absolute_url()
        if request.path_info != right:
            return redirect(right, permanent=True)
        if self.object.is_withdrawn:
            self.template_name = "410.html"
        response = self.render_to_response(self.get_context_data(object=self.object))
        response.status_code = 410 if self.object.is_withdrawn else 200
        return response


def moved(slug: str) -> Story:
    """The story that once had this slug, or 404."""
    return get_object_or_404(StoryAddress.objects.select_related("story"), slug=slug).story


class Latest(ReaderPage, TemplateView):
    """Everything published, newest first."""

    template_name = "stories/latest.html"

    def get_context_data(self, **kwargs):
        """`page` of stories."""
        page = paging.newest_first(Story.objects.published().only(*TEASER), self.request.GET.get("before", ""), PAGE)
        return super().get_context_data(page=page, stories=page.rows, **kwargs)
