"""Actors in print: the index and the dossier of one."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView, TemplateView

from articles import structured_data
from articles.models.stories import StoryActor, StoryQuote
from articles.models.tags import Actor, ActorKind, FormerActor

from . import paging
from .site import MergedPage, ReaderPage
from .stories import TEASER

INDEX_PAGE = 300
STORIES = 20
OWN_WORDS = 12
TEASER_OF_ROW = ("published_at", *(f"story__{name}" for name in TEASER))

PLURALS = {
    ActorKind.PERSON: _("People"),
    ActorKind.ORGANISATION: _("Organisations"),
    ActorKind.STATE: _("States"),
    ActorKind.ARMED_GROUP: _("Armed groups"),
    ActorKind.BODY: _("Bodies"),
    ActorKind.PLACE: _("Places"),
}


class ActorIndex(ReaderPage, TemplateView):
    """Everyone a published story is about, by letter; `?kind=` narrows it."""

    template_name = "actors/index.html"

    def get_context_data(self, **kwargs):
        """`page` of actors; `kind` chosen or ""; `kinds` to choose from, each with the name of many."""
        chosen = self.request.GET.get("kind", "")
        if chosen and chosen not in ActorKind.values:
            raise Http404("No such kind of actor.")
        actors = Actor.objects.in_print().only("name", "slug", "kind", "description")
        if chosen:
            actors = actors.filter(kind=chosen)
        page = paging.by_name(actors, self.request.GET.get("before", ""), INDEX_PAGE)
        return super().get_context_data(
            page=page,
            actors=page.rows,
            kind=chosen,
            kind_name=PLURALS[chosen] if chosen else "",
            kinds=list(PLURALS.items()),
            extra=f"kind={chosen}&" if chosen else "",
            **kwargs,
        )


class ActorPage(MergedPage, ReaderPage, DetailView):
    """A dossier: who it is, what they said, where they stand in the news."""

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
        """`page` of stories; `own_words` on the first page; `dossier`: see `Dossier`."""
        rows = (
            StoryActor.objects.filter(tag=self.object)
            .select_related("story")
            .only("story_id", "tag_id", *TEASER_OF_ROW)
        )
        page = paging.newest_first(rows, self.request.GET.get("before", ""), STORIES, pk="story_id")
        dossier = getattr(self.object, "dossier", None)
        above = [(_("Actors"), reverse("actors"))]
        return super().get_context_data(
            page=page,
            stories=[row.story for row in page.rows],
            own_words=self.own_words() if page.is_first else [],
            dossier=dossier,
            structured=structured_data.of_actor(self.object, dossier, above) if page.is_first else None,
            **kwargs,
        )

    def own_words(self):
        """The newest quotes of the actor."""
        return (
            StoryQuote.objects.filter(speaker=self.object)
            .select_related("story")
            .only(
                *("kind", "text", "speaker_name", "role", "how", "said_on", "verification", "published_at"),
                *("story__headline", "story__slug", "story__published_at", "story__language"),
            )
            .order_by("-published_at", "-id")[:OWN_WORDS]
        )
