"""Topics in print: the tree and the page of one."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import DetailView, TemplateView

from articles import structured_data
from articles.models.sayings import QuoteTopic
from articles.models.stories import StoryTopic
from articles.models.tags import FormerTopic, Topic

from . import activity, paging
from .actors import QUOTED
from .site import MergedPage, ReaderPage
from .stories import of_stories, told_once

STORIES = 20
WORDS = 5
OF_TREE = ("name", "slug", "description", "parent_id", "dossier__stories")


def tree(topics: Iterable[Topic]) -> list[dict[str, Any]]:
    """The roots of the topics, each {name, url, stories, description, branches}, in the order given.

    A topic whose parent is not among them makes a root; `description` is for roots.
    """
    found = {
        topic.pk: {
            "name": topic.name,
            "url": topic.get_absolute_url(),
            "stories": getattr(getattr(topic, "dossier", None), "stories", 0),
            "description": topic.description,
            "parent": topic.parent_id,
            "branches": [],
        }
        for topic in topics
    }
    roots = []
    for branch in found.values():
        above = found.get(branch["parent"])
        (above["branches"] if above else roots).append(branch)
    return roots


class TopicIndex(ReaderPage, TemplateView):
    """All topics that have published stories, as the tree they form."""

    template_name = "topics/index.html"

    def get_context_data(self, **kwargs):
        """`roots`: see `tree`."""
        topics = list(Topic.objects.in_print().select_related("dossier").only(*OF_TREE).order_by("name", "pk"))
        entries = ((topic.name, topic.get_absolute_url()) for topic in topics)
        told = structured_data.of_list(_("Topics"), reverse("topics"), entries)
        return super().get_context_data(roots=tree(topics), structured=told, **kwargs)


class TopicPage(MergedPage, ReaderPage, DetailView):
    """The stories of a topic and of all below it."""

    former, names = FormerTopic, "topic"
    template_name = "topics/topic.html"
    context_object_name = "topic"

    def queryset_in_print(self):
        """Those that have a page."""
        return Topic.objects.in_print()

    def get_object(self, queryset=None):
        """404 for a topic of unpublished work alone, as for one that never was."""
        topics = self.queryset_in_print().select_related("parent__parent__parent", "dossier")
        return get_object_or_404(topics, slug=self.kwargs["slug"])

    def get_context_data(self, **kwargs):
        """`page` of stories, `above` from the root down, `below` the subtopics in print; on the first page also
        `dossier`, its `timeline` and the newest `words`.
        """
        rows = of_stories(StoryTopic.objects.filter(tag=self.object))
        page = paging.newest_first(rows, self.request.GET.get("before", ""), STORIES, pk="story_id")
        above = self.object.ancestors()[::-1]
        dossier = getattr(self.object, "dossier", None) if page.is_first else None
        return super().get_context_data(
            page=page,
            stories=told_once(row.story.teaser for row in page.rows),
            above=above,
            structured=self.told(above) if page.is_first else None,
            below=Topic.objects.in_print().filter(parent=self.object).order_by("name", "pk"),
            dossier=dossier,
            timeline=activity.timeline(dossier.activity) if dossier else None,
            words=self.words() if dossier and dossier.speakers else [],
            **kwargs,
        )

    def told(self, above: list[Topic]) -> dict:
        """The page for machines; `above` from the root down."""
        steps = [(_("Topics"), reverse("topics")), *((each.name, each.get_absolute_url()) for each in above)]
        topic = self.object
        return structured_data.of_page(
            "CollectionPage", topic.name, topic.get_absolute_url(), steps, description=topic.description
        )

    def words(self):
        """The newest words said on the topic, with who said them; each once, in the paper's language if it has them.

        What was said once and is quoted in two stories is shown by the newer one.
        """
        shown = ("dated_on", "quote_id", "speaker__slug", *(f"quote__{name}" for name in QUOTED))
        rows = QuoteTopic.objects.filter(topic=self.object).select_related("quote__story", "speaker").only(*shown)
        rows = rows.order_by("-dated_on", "-quote_id")[: 3 * WORDS]
        told = [row for row in rows if not row.quote.story.is_also_in(settings.LANGUAGE_CODE)]
        said = {}
        for row in told:
            said.setdefault((row.speaker_id, row.quote.text.casefold()), row)
        return list(said.values())[:WORDS]
