"""What had to be put right: everything that was corrected, clarified, noted or withdrawn."""

from datetime import datetime
from urllib.parse import urlencode

from django.http import Http404
from django.utils import timezone
from django.views.generic import TemplateView

from articles.forms.corrections import CorrectionsForm
from articles.models.fronts import StorySection
from articles.models.stories import Correction

from . import paging
from .site import ReaderPage

PAGE = 30


class Corrections(ReaderPage, TemplateView):
    """All of it, newest first, with the story it is about; by kind, section and year where a reader wants."""

    template_name = "corrections.html"

    def get_context_data(self, **kwargs):
        """`page` of corrections, each with its story; a withdrawn one has no headline. `form` of what to choose."""
        form = CorrectionsForm(
            self.request.GET, sections=list(StorySection.objects.values_list("slug", "name")), years=years()
        )
        if not form.is_valid():
            raise Http404("No such corrections.")
        chosen = form.chosen()
        page = paging.newest_first(narrowed(chosen), self.request.GET.get("before", ""), PAGE, at="at")
        return super().get_context_data(
            page=page,
            corrections=page.rows,
            form=form,
            is_narrowed=bool(chosen),
            extra=f"{urlencode(chosen)}&" if chosen else "",
            **kwargs,
        )


def narrowed(chosen: dict[str, str]):
    """The rows of a kind, a section, a year."""
    rows = Correction.objects.select_related("story").only(
        *("edition_number", "kind", "note", "wrong", "right", "at"),
        *("story__headline", "story__slug", "story__language", "story__published_at", "story__is_withdrawn"),
    )
    if "kind" in chosen:
        rows = rows.filter(kind=chosen["kind"])
    if "section" in chosen:
        rows = rows.filter(section_slug=chosen["section"])
    if "year" in chosen:
        year = int(chosen["year"])
        rows = rows.filter(at__gte=_new_year(year), at__lt=_new_year(year + 1))
    return rows


def years() -> list[int]:
    """From the newest correction's year back to the oldest's, in the newsroom's zone."""
    rows = Correction.objects.values_list("at", flat=True)
    newest, oldest = rows.order_by("-at", "-id").first(), rows.order_by("at", "id").first()
    if newest is None:
        return []
    return list(range(timezone.localtime(newest).year, timezone.localtime(oldest).year - 1, -1))


def _new_year(year: int) -> datetime:
    return timezone.make_aware(datetime(year, 1, 1))  # noqa: DTZ001  (made aware in the newsroom's zone)
