"""Topics in print: the tree and the page of one."""

from collections.abc import Iterable
from typing import Any

from django.db.models import BigIntegerField
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from articles import structured_data, surrogates
from articles.models.sayings import QuoteTopic
from articles.models.stories import StoryTopic
from articles.models.tags import FormerTopic, Topic
from articles.models.teasers import Entry
from articles.paths import path_of
from articles.standing import piece
from articles.statements import Given, Statement, row_of

from . import activity, lists
from .actors import WHOLE_QUOTE
from .framing import FramedPage, older
from .site import MergedPage, ReaderPage

STORIES = 20
WORDS = 5
ABOVE = ("parent", "parent__parent", "parent__parent__parent")
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


NAMED = ("id", "name", "slug", "parent_id")
OF_PAGE = (
    *(*NAMED, "description"),
    *(f"{above}__{name}" for above in ABOVE for name in NAMED),
    *(f"dossier__{name}" for name in ("topic_id", "activity", "actors", "speakers", "stories")),
)
OF_WORDS = ("id", "dated_on", "speaker_id", "speaker__id", "speaker__slug", *(f"quote__{name}" for name in WHOLE_QUOTE))

TOPIC = Statement(lambda: Topic.objects.in_print().filter(slug=Given("slug")).values_list(*OF_PAGE))
BELOW = Statement(
    lambda: (
        Topic.objects.in_print()
        .filter(parent=Given("topic", BigIntegerField()))
        .order_by("name", "pk")
        .values_list(*NAMED)
    )
)
SAID_ON = Statement(
    lambda: (
        QuoteTopic.objects.filter(topic=Given("topic", BigIntegerField()))
        .order_by("-dated_on", "-quote_id")
        .values_list(*OF_WORDS)
    )
)


class TopicPage(MergedPage, FramedPage):
    """The stories of a topic and of all below it."""

    former, names = FormerTopic, "topic"
    template_name = "topics/topic.html"
    above_name = "topics/_above.html"
    listing = lists.beside(lambda: StoryTopic.objects.filter(tag=Given("topic", BigIntegerField())))

    def queryset_in_print(self):
        """Those that have a page."""
        return Topic.objects.in_print()

    def answer(self):
        """Four queries, more in a deep tree. 404 for a topic of unpublished work alone, as for one that never was."""
        self.row = lists.only_one(TOPIC, OF_PAGE, slug=self.kwargs["slug"])
        row, number = self.row, self.row["id"]
        page = self.listing.page(self.key, STORIES, topic=number)
        self.below = BELOW.rows(topic=number)
        self.words = self.newest_words() if page.is_first and row["dossier__speakers"] not in (None, "[]") else []
        keys = (number, *(row[f"{above}__id"] for above in ABOVE), *(each[0] for each in self.below))
        surrogates.note("topic", filter(None, keys))
        beyond = [each.name for each in self.topic.ancestors()] if row[f"{ABOVE[-1]}__parent_id"] else []
        content = (page.is_first, tuple(row.values()), beyond, self.below, self.words)
        values = {
            "name": row["name"],
            "description": row["description"] or row["name"],
            "address": path_of("topic", row["slug"]),
            "feeds": lists.feeds("oftopic", row["slug"], row["name"]),
            "machines": lists.for_machines(content[1:3], self.told) if page.is_first else "",
            "above": piece(self.above_name, content, lambda: self.set_above(is_first=page.is_first)),
            "stories": lists.by_days(lists.told_once(Entry(*each) for each in page.rows)),
            "older": older(page),
        }
        return self.framed(values, is_first=page.is_first)

    @cached_property
    def topic(self):
        """The topic itself, with its dossier and those above it."""
        return row_of(Topic, [*self.row], [*self.row.values()])

    def set_above(self, *, is_first: bool) -> str:
        """What stands above the stories; on the first page also what the dossier tells, and the newest words."""
        dossier = getattr(self.topic, "dossier", None) if is_first else None
        context = {
            "topic": self.topic,
            "above": self.topic.ancestors()[::-1],
            "below": [row_of(Topic, NAMED, each) for each in self.below],
            "dossier": dossier,
            "timeline": activity.timeline(dossier.activity) if dossier else None,
            "words": [row_of(QuoteTopic, OF_WORDS, each) for each in SAID_ON.converted(self.words)],
        }
        return render_to_string(self.above_name, context).strip()

    def told(self) -> dict:
        """The page for machines."""
        topic, above = self.topic, self.topic.ancestors()[::-1]
        steps = [(_("Topics"), reverse("topics")), *((each.name, each.get_absolute_url()) for each in above)]
        return structured_data.of_page(
            "CollectionPage", topic.name, topic.get_absolute_url(), steps, description=topic.description
        )

    def newest_words(self) -> list[list]:
        """The newest words said on the topic, each once, in the paper's language if it has them.

        What was said once and is quoted in two stories is shown by the newer one.
        """
        rows = SAID_ON.read(3 * WORDS, topic=self.row["id"])
        said = {}
        for row in rows:
            told = dict(zip(OF_WORDS, row, strict=True))
            surrogates.note("story", [told["quote__story_id"]])
            surrogates.note("actor", [told["speaker_id"]])
            if not lists.is_told_in_ours(told["quote__story__language"], told["quote__story__translations"]):
                said.setdefault((told["speaker_id"], told["quote__text"].casefold()), row)
        return list(said.values())[:WORDS]
