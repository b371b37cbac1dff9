"""The front, a story, and the list of the latest."""

import json

from django.db import router
from django.db.models import JSONField, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import escape_uri_path
from django.utils.formats import date_format
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.generic import DetailView

from articles import sections, structured_data, teasers
from articles.models.fronts import StoryPlacement
from articles.models.stories import Story, StoryAddress, StoryEdition
from articles.models.teasers import Entry, StoryTeaser
from articles.paths import path_of
from articles.printing import setting
from articles.standing import piece
from articles.statements import Given, Statement

from . import framing, galleys, lists, paging
from .site import ReaderPage

RELATED = "stories/_related.html"
FRONT, FRONT_MAIN = "stories/front.html", "stories/_front.html"
PAGE = 30
EDITIONS = 10
ENTRY = ("published_at", "languages", "entry", "moments", "set_by")
"""What a list shows of a story."""
SET = tuple(field.name for field in Story._meta.concrete_fields if field.name in ("id", *setting.COLUMNS))
"""What the page of a story needs of its row, in the order of `Model.from_db`."""
DECODED = {field.name for field in Story._meta.fields if isinstance(field, JSONField)}
OF_SLUG = Statement(lambda: Story.objects.filter(slug=Given("slug")).order_by().values_list(*SET))


class Front(framing.FramedPage):
    """The front page, made up from what editors placed, the newest stories and the newest quotes."""

    template_name = FRONT

    def answer(self):
        """Four queries."""
        galley = galleys.of_paper()
        content = (sections.in_print(), galley.content)
        made = piece(FRONT_MAIN, content, lambda: front_of(galley, galleys.placements_of(galley.placed)))
        return self.framed(
            {
                "today": today(),
                "machines": lists.for_machines("site", structured_data.of_site),
                "main": made,
            }
        )


def preview(request, placed: list[StoryPlacement]) -> str:
    """The front with these placements, which nobody has yet."""
    made = mark_safe(front_of(galleys.of_paper(placed=False), placed))  # noqa: S308  (rendered)
    return framing.framed(request, FRONT, {"path": request.path, "today": today(), "machines": "", "main": made})


def today() -> str:
    """As it stands beside the name of the paper."""
    return date_format(timezone.localtime(), "l j F Y")


def front_of(galley: galleys.Galley, placed: list[StoryPlacement]) -> str:
    """HTML of the paper's own front with these placements."""
    made = galleys.make_up(galley, galleys.teasers_of(galley), placed, sections=sections.in_print())
    return render_to_string(FRONT_MAIN, {"front": made}).strip()


def of_stories(rows: QuerySet, *beside: str) -> QuerySet:
    """Rows beside stories with these columns, each with `story.teaser` as far as a list shows it."""
    return rows.select_related("story__teaser").only(
        *("story_id", "published_at", "story__id", *beside), *(f"story__teaser__{name}" for name in ENTRY)
    )


class StoryAtItsAddress(ReaderPage, DetailView):
    """What hangs on a story's permanent address; of a withdrawn one 410 with the public note alone."""

    context_object_name = "story"
    beneath = ""

    def get(self, request, *args, **kwargs):
        """Another day in the address, or a slug that the story once had, leads to the right one."""
        self.object = self.named(kwargs["slug"]) or moved(kwargs["slug"])
        right = f"{self.object.get_absolute_url()}{self.beneath}"
        if escape_uri_path(request.path_info) != right:
            return redirect(right, permanent=True)
        if self.object.is_withdrawn:
            self.template_name = "410.html"
        response = self.render_to_response(self.get_context_data(object=self.object))
        response.status_code = 410 if self.object.is_withdrawn else 200
        return response

    @staticmethod
    def named(slug: str) -> Story | None:
        """The story that has this slug now."""
        return Story.objects.filter(slug=slug).first()


class StoryPage(StoryAtItsAddress):
    """One story: two queries, its row and the stories that have to do with it."""

    template_name = "stories/story.html"

    @staticmethod
    def named(slug: str) -> Story | None:
        """With the columns that its page needs."""
        for row in OF_SLUG.rows(slug=slug):
            values = [json.loads(value) if name in DECODED else value for name, value in zip(SET, row, strict=True)]
            return Story.from_db(router.db_for_read(Story), SET, values)
        return None

    def render_to_response(self, context, **kwargs):
        """What was set at print, in its frame; of a withdrawn story as any page."""
        story = self.object
        if story.is_withdrawn:
            return super().render_to_response(context, **kwargs)
        if not setting.is_set(story):
            story = Story.objects.get(pk=story.pk)  # one query more, until it is printed again
        page = setting.page_of(story)
        values = {
            "headline": story.headline,
            "description": story.standfirst or story.headline,
            "path": self.request.path,
            "poster": path_of("poster-story", story.pk),
            "version": story.edition_number,
            "head": page.head,
            "story": page.story,
            "share": page.share,
            "related": lists.under_heading(RELATED, [each.line for each in teasers.related_to(story)]),
        }
        return HttpResponse(framing.framed(self.request, self.template_name, values))


class StoryHistory(StoryAtItsAddress):
    """Every edition of a story that readers may know of, and what it changed."""

    template_name = "stories/history.html"
    beneath = "history/"

    def get_context_data(self, **kwargs):
        """`page` of editions, newest first."""
        if self.object.is_withdrawn:
            return super().get_context_data(**kwargs)
        rows = StoryEdition.objects.filter(story=self.object.pk)
        page = paging.newest_first(rows, self.request.GET.get("before", ""), EDITIONS, pk="number", at="at")
        return super().get_context_data(page=page, **kwargs)


def moved(slug: str) -> Story:
    """The story that once had this slug, or 404."""
    return get_object_or_404(StoryAddress.objects.select_related("story"), slug=slug).story


class Latest(framing.FramedPage):
    """Everything published, newest first."""

    template_name = "stories/latest.html"
    listing = paging.Listing(lambda: StoryTeaser.objects.values_list(*Entry._fields))

    def answer(self):
        """One query."""
        page = self.listing.page(self.key, PAGE)
        rows = [Entry(*row) for row in page.rows]
        values = {
            "machines": lists.told_of(_("Latest"), reverse("latest"), rows) if page.is_first else "",
            "stories": lists.by_days(rows),
            "older": framing.older(page),
        }
        return self.framed(values, is_first=page.is_first)
