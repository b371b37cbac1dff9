"""Actors in print: the register and the dossier of one."""

from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter

from django.conf import settings
from django.db.models import F
from django.db.models.expressions import RawSQL
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView, TemplateView

from articles import drawings, naming, structured_data
from articles.models.dossiers import ActorName, Dossier
from articles.models.stories import StoryActor, StoryQuote
from articles.models.tags import Actor, ActorKind, FormerActor
from articles.models.tallies import ActorPair
from articles.standing import Later

from . import activity, paging
from .site import MergedPage, ReaderPage
from .stories import of_stories, told_once

INDEX_PAGE = 300
FOUND = 60
LONGEST_QUERY = 80  # characters
STORIES = 20
OWN_WORDS = 8
SAID_OF = 4
LANGUAGES = 3  # in which the same words may stand, and still as many are shown
QUOTED = (
    *("kind", "text", "speaker_id", "speaker_name", "role", "how", "said_on", "dated_on", "verification"),
    *("published_at", "story__headline", "story__slug", "story__published_at", "story__language"),
    "story__translations",
)
"""What is shown of a quote and its story."""
WHOLE_QUOTE = ("id", "story_id", "story__id", *QUOTED)
"""The same for `statements.row_of`."""

PLURALS = {
    ActorKind.PERSON: _("People"),
    ActorKind.ORGANISATION: _("Organisations"),
    ActorKind.STATE: _("States"),
    ActorKind.ARMED_GROUP: _("Armed groups"),
    ActorKind.BODY: _("Bodies"),
    ActorKind.PLACE: _("Places"),
}


class ActorIndex(ReaderPage, TemplateView):
    """Everyone a published story is about; `?kind=` and `?letter=` narrow it, `?q=` looks for a name."""

    template_name = "actors/index.html"

    def get_context_data(self, **kwargs):
        """`page` of dossiers with their actors, or `found` names; what was chosen and what there is to choose from."""
        asked = {name: self.request.GET.get(name, "").replace("\x00", "") for name in ("kind", "letter", "q")}
        asked["letter"] = asked["letter"].upper()
        if asked["kind"] and asked["kind"] not in ActorKind.values:
            raise Http404("No such kind of actor.")
        words = asked["q"].strip()[:LONGEST_QUERY]
        letters = Dossier.objects.initials(asked["kind"])
        if asked["letter"] and asked["letter"] not in letters:
            raise Http404("Nobody stands under that letter.")
        context = {"found": named(words, asked["kind"])} if words else self.listed(asked)
        return super().get_context_data(
            kind=asked["kind"],
            kind_name=PLURALS[asked["kind"]] if asked["kind"] else "",
            kinds=list(PLURALS.items()),
            letter=asked["letter"],
            letters=letters,
            q=words,
            **context,
            **kwargs,
        )

    def listed(self, asked):
        """`page` of the register and what of the address its next page keeps."""
        rows = Dossier.objects.in_print(asked["kind"]).select_related("actor").only(*OF_REGISTER)
        if asked["letter"]:
            rows = rows.filter(initial=asked["letter"])
        page = paging.by_name(rows, self.request.GET.get("before", ""), INDEX_PAGE, name="sort_name")
        query = self.request.GET.copy()
        kept = {name: query[name] for name in ("kind", "letter") if query.get(name)}
        query.clear()
        query.update(kept)
        register = by_letter(page.rows, has_kinds=not asked["kind"])
        context = {
            "page": page,
            "dossiers": page.rows,
            "register": register,
            "extra": f"{query.urlencode()}&" if kept else "",
        }
        if page.is_first and not kept:
            entries = ((row.actor.name, row.actor.get_absolute_url()) for row in page.rows)
            context["structured"] = structured_data.of_list(_("Actors"), reverse("actors"), entries)
        return context


OF_REGISTER = ("stories", "initial", "sort_name", "actor__name", "actor__slug", "actor__kind")


def by_letter(dossiers: Iterable[Dossier], *, has_kinds: bool) -> list[dict]:
    """What the register shows of them, for `actors/_register.html`."""
    kinds = {value: str(label) if has_kinds else "" for value, label in ActorKind.choices}
    return [
        {
            "letter": letter,
            "entries": [
                {
                    "name": each.actor.name,
                    "url": each.actor.get_absolute_url(),
                    "kind": kinds[each.actor.kind],
                    "stories": each.stories,
                }
                for each in found
            ],
        }
        for letter, found in groupby(dossiers, key=attrgetter("initial"))
    ]


HEAVY = ("names", "positions", "relations", "activity", "company")
"""Columns of a dossier that only its own page needs."""


def named(words: str, kind: str) -> list[ActorName]:
    """The first names that begin with `words`, each actor once, each with `actor`; none for no letter."""
    folded = naming.fold(words)
    if not folded:
        return []
    rows = ActorName.objects.beginning(folded).select_related("actor__dossier")
    rows = rows.defer(*(f"actor__dossier__{name}" for name in HEAVY))
    if kind:
        rows = rows.filter(actor__kind=kind)
    return list({row.actor_id: row for row in reversed(rows[:FOUND])}.values())[::-1]


class ActorPage(MergedPage, ReaderPage, DetailView):
    """A dossier: who it is, what they said, where they stand in the news, with whom and since when."""

    former, names = FormerActor, "actor"
    template_name = "actors/actor.html"
    context_object_name = "actor"

    def queryset_in_print(self):
        """Those that have a page."""
        return Actor.objects.in_print()

    def get_object(self, queryset=None):
        """404 for an actor of unpublished work alone, as for one that never was."""
        actors = self.queryset_in_print().select_related("image", "dossier")
        return get_object_or_404(actors, slug=self.kwargs["slug"])

    def get_context_data(self, **kwargs):
        """`page` of stories; `dossier`; on the first page also `own_words`, `said_of`, `company` and `timeline`."""
        rows = of_stories(StoryActor.objects.filter(tag=self.object))
        page = paging.newest_first(rows, self.request.GET.get("before", ""), STORIES, pk="story_id")
        dossier = getattr(self.object, "dossier", None)
        context = self.record(dossier) if page.is_first and dossier else {}
        above = [(_("Actors"), reverse("actors"))]
        return super().get_context_data(
            page=page,
            stories=told_once(row.story.teaser for row in page.rows),
            dossier=dossier,
            structured=structured_data.of_actor(self.object, dossier, above) if page.is_first else None,
            **context,
            **kwargs,
        )

    def record(self, dossier):
        """What only the first page tells. Two queries."""
        quotes = self.quotes()
        return {
            "own_words": [quote for quote in quotes if quote.speaker_id == self.object.pk][:OWN_WORDS],
            "said_of": [quote for quote in quotes if quote.speaker_id != self.object.pk][:SAID_OF],
            "company": network(self.object, dossier),
            "timeline": activity.timeline(dossier.activity),
        }

    def quotes(self):
        """The newest words of the actor and the newest of others that name it, in one query.

        Each once, in the paper's language where it has them: more are read than are shown, as some are translations.
        """
        key = self.object.pk
        wanted = RawSQL(WANTED, [key, LANGUAGES * OWN_WORDS, key, LANGUAGES * SAID_OF])  # noqa: S611  (no words of others)
        quotes = StoryQuote.objects.filter(pk__in=wanted).select_related("story").only(*QUOTED)
        found = quotes.order_by("-dated_on", "-id")
        return [quote for quote in found if not quote.story.is_also_in(settings.LANGUAGE_CODE)]


WANTED = (
    "SELECT * FROM (SELECT id FROM articles_storyquote WHERE speaker_id = %s ORDER BY dated_on DESC, id DESC LIMIT %s)"
    " AS own UNION ALL SELECT * FROM (SELECT quote_id FROM articles_quotemention WHERE actor_id = %s"
    " ORDER BY published_at DESC, quote_id DESC LIMIT %s) AS named_in"
)
"""Keys of quotes; written out, for to put it together costs more than to answer it."""


def network(actor, dossier):
    """`drawings.arcs` of those the actor appears with most, and how often these appear with each other. One query."""
    keys = [each["id"] for each in dossier.company]
    ties = ActorPair.objects.filter(actor__in=keys, other__in=keys, actor__lt=F("other"))
    pairs = (
        list(ties.order_by("-stories", "actor_id", "other_id").values_list("actor", "other", "stories")) if keys else []
    )
    mirrored = get_language_info(settings.LANGUAGE_CODE)["bidi"]
    return Later(_arcs, actor.name, dossier.company, pairs, mirrored) if keys else None


def _arcs(name, company, pairs, mirrored):
    return drawings.arcs(name, company, pairs, mirrored=mirrored)
