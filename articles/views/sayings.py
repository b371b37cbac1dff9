"""Everything an actor said, narrowed by topic, year and how it was obtained; and what others said of them."""

from datetime import date

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.views.generic import DetailView

from articles.models.quotes import ObtainedVia
from articles.models.sayings import QuoteMention, QuoteTopic
from articles.models.stories import StoryQuote
from articles.models.tags import Actor, FormerActor
from articles.models.tallies import ActorTopic

from . import paging
from .actors import QUOTED
from .site import MergedPage, ReaderPage

PAGE = 40
TOPICS = 60  # to choose from, those spoken on most


class OfActor(MergedPage, ReaderPage, DetailView):
    """Base: a list of quotes that belongs to the dossier of one actor; `view_name` is that of its address."""

    former, names = FormerActor, "actor"
    context_object_name = "actor"
    view_name: str

    def queryset_in_print(self):
        """Those that have a page."""
        return Actor.objects.in_print()

    def get_object(self, queryset=None):
        """404 for an actor of unpublished work alone, as for one that never was."""
        return get_object_or_404(self.queryset_in_print().select_related("dossier"), slug=self.kwargs["slug"])

    def moved_to(self, actor):
        """The same list of the one that stands for it now."""
        return redirect(self.view_name, actor.slug, permanent=True)


class Quotes(OfActor):
    """`/actors/<slug>/quotes/`: by the day the words were said, newest first."""

    template_name = "actors/quotes.html"
    view_name = "actor-quotes"

    @cached_property
    def topics(self):
        """Topics the actor spoke on, most first."""
        rows = ActorTopic.objects.filter(actor=self.object, quotes__gt=0).select_related("topic")
        return list(rows.order_by("-quotes", "topic_id")[:TOPICS])

    @cached_property
    def years(self):
        """Years the actor spoke in, newest first."""
        dossier = getattr(self.object, "dossier", None)
        return sorted({int(day[:4]) for day, _stories, quotes in (dossier.activity if dossier else []) if quotes})[::-1]

    def chosen(self):
        """`topic` (a row of `topics`, or None), `year` (or None), `how` (or ""); 404 for what is not offered."""
        asked = {name: self.request.GET.get(name, "") for name in ("topic", "year", "how")}
        topic = next((row for row in self.topics if row.topic.slug == asked["topic"]), None)
        year = next((year for year in self.years if str(year) == asked["year"]), None)
        if (asked["topic"] and not topic) or (asked["year"] and not year):
            raise Http404("Nothing was said on that, or then.")
        if asked["how"] and asked["how"] not in ObtainedVia.values:
            raise Http404("Words are not obtained in that way.")
        return {"topic": topic, "year": year, "how": asked["how"]}

    def get_context_data(self, **kwargs):
        """`page` of `quotes`, what is `chosen` and what there is to choose from."""
        chosen = self.chosen()
        page = self.page(chosen)
        kept = self.request.GET.copy()
        for name in set(kept) - {name for name, value in chosen.items() if value}:
            del kept[name]
        return super().get_context_data(
            page=page,
            quotes=[row.quote for row in page.rows] if chosen["topic"] else page.rows,
            chosen=chosen,
            is_narrowed=any(chosen.values()),
            topics=[row.topic for row in self.topics],
            years=self.years,
            hows=ObtainedVia.choices,
            extra=f"{kept.urlencode()}&" if kept else "",
            **kwargs,
        )

    def page(self, chosen):
        """One walk of one index, whatever is chosen."""
        if chosen["topic"]:
            rows = QuoteTopic.objects.filter(speaker=self.object, topic=chosen["topic"].topic_id)
            shown = ("dated_on", "quote_id", *(f"quote__{name}" for name in QUOTED))
            rows, number = rows.select_related("quote__story").only(*shown), "quote_id"
        else:
            rows = StoryQuote.objects.filter(speaker=self.object).select_related("story").only(*QUOTED)
            number = "pk"
        if chosen["how"]:
            rows = rows.filter(how=chosen["how"])
        if chosen["year"]:
            rows = rows.filter(dated_on__range=(date(chosen["year"], 1, 1), date(chosen["year"], 12, 31)))
        return paging.latest_day(rows, self.request.GET.get("before", ""), PAGE, pk=number)


class Mentions(OfActor):
    """`/actors/<slug>/mentions/`: words of others that name the actor, newest in print first."""

    template_name = "actors/mentions.html"
    view_name = "actor-mentions"

    def get_context_data(self, **kwargs):
        """`page` of `quotes`."""
        shown = ("published_at", "quote_id", *(f"quote__{name}" for name in QUOTED))
        rows = QuoteMention.objects.filter(actor=self.object).select_related("quote__story", "quote__speaker")
        rows = rows.only(*shown, "quote__speaker__slug", "quote__story__actors")
        page = paging.newest_first(rows, self.request.GET.get("before", ""), PAGE, pk="quote_id")
        return super().get_context_data(page=page, quotes=[row.quote for row in page.rows], **kwargs)
