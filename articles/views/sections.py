"""The front of a section: what its editors placed there, then its stories by key."""

from django.conf import settings
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from articles import sections, structured_data, teasers
from articles.models.fronts import StoryPlacement, StorySection
from articles.models.teasers import BRIEFLY, Entry, StoryTeaser
from articles.standing import piece
from articles.statements import Given, row_of

from . import galleys, lists, paging
from .framing import FramedPage, framed, made, older

STORIES = 30
PAGE, FRONT, BELOW = "sections/section.html", "sections/_front.html", "sections/_stories.html"
OF_FRONT = (*galleys.TEASER, "entry", "moments", "set_by")


def _listing(names: tuple[str, ...]) -> paging.Listing:
    return paging.Listing(lambda: StoryTeaser.objects.filter(section_slug=Given("slug")).values_list(*names))


FIRST, LATER = _listing(OF_FRONT), _listing(Entry._fields)


class SectionPage(FramedPage):
    """A section with stories in print; 404 for one of unpublished work alone, as for one that never was."""

    template_name = PAGE

    def section(self) -> StorySection:
        """By its slug: among those of the navigation, which the process knows, else as the database has it."""
        slug = self.kwargs["slug"]
        known = next((each for each in sections.in_print() if each["slug"] == slug), None)
        return StorySection(slug=slug, name=known["name"]) if known else get_object_or_404(StorySection, slug=slug)

    def answer(self):
        """Four queries; one further down."""
        section = self.section()
        if self.key:
            page = LATER.page(self.key, STORIES, slug=section.slug)
            rows = lists.told_once(Entry(*row) for row in page.rows)
            entries = made(BELOW, name=section.name, is_first=False, stories=lists.GAP if rows else "")
            main = entries.replace(lists.GAP, lists.plain(rows, BRIEFLY)) + older(page)
        else:
            page = FIRST.page("", STORIES, slug=section.slug)
            galley = galleys.of_section(section.slug, page.rows)
            content = (section.name, page.next_key, galley.content)
            main = piece(FRONT, content, lambda: front_of(section, page, galley))
        told = (section.name, section.get_absolute_url())
        machines = lists.for_machines(told, lambda: structured_data.of_page("CollectionPage", *told))
        values = {"main": mark_safe(main), "machines": machines}  # noqa: S308  (set by our templates)
        return self.framed(values, section=told_of(section), is_first=page.is_first)


def told_of(section: StorySection) -> dict[str, str]:
    """What the frame tells of a section."""
    return {"slug": section.slug, "name": section.name, "url": section.get_absolute_url()}


def front_of(
    section: StorySection, page: paging.Page, galley: galleys.Galley, placed: list[StoryPlacement] | None = None
) -> str:
    """HTML of the front of a section, whose stories are not repeated in the list below it.

    `placed` where it is another than what the galley has.
    """
    if placed is None:
        placed = galleys.placements_of(galley.placed)
    stories = teasers.ready(row_of(StoryTeaser, OF_FRONT, row) for row in galley.stories)
    made_up = galleys.make_up(galley, stories, placed, has_rivers=False)
    above = {story.pk for story in made_up.top}
    below = [
        story.briefly for story in stories if story.pk not in above and not story.is_also_in(settings.LANGUAGE_CODE)
    ]
    context = {
        "section": told_of(section),
        "front": made_up,
        "stories": mark_safe("".join(below)),  # noqa: S308  (set by the press)
        "older": older(page),
    }
    return render_to_string(FRONT, context).strip()


def preview(request, section: StorySection, placed: list[StoryPlacement]) -> str:
    """The page with these placements, which nobody has yet."""
    page = FIRST.page("", STORIES, slug=section.slug)
    galley = galleys.of_section(section.slug, page.rows, placed=False)
    main = mark_safe(front_of(section, page, galley, placed))  # noqa: S308  (rendered)
    values = {"path": request.path, "main": main, "machines": ""}
    return framed(request, PAGE, values, section=told_of(section), is_first=True)
