"""What had to be put right: everything that was corrected, clarified, noted or withdrawn."""

from django.views.generic import TemplateView

from articles.models.stories import Correction

from . import paging
from .site import ReaderPage

PAGE = 30


class Corrections(ReaderPage, TemplateView):
    """All of it, newest first, with the story it is about."""

    template_name = "corrections.html"

    def get_context_data(self, **kwargs):
        """`page` of corrections, each with its story; a withdrawn one has no headline."""
        rows = Correction.objects.select_related("story").only(
            *("edition_number", "kind", "note", "wrong", "right", "at"),
            *("story__headline", "story__slug", "story__language", "story__published_at", "story__is_withdrawn"),
        )
        page = paging.newest_first(rows, self.request.GET.get("before", ""), PAGE, at="at")
        return super().get_context_data(page=page, corrections=page.rows, **kwargs)
