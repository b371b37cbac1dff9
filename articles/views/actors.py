"""Actors in print: the register and the dossier of one."""

import json
from collections.abc import Iterable
from itertools import combinations, groupby
from operator import attrgetter

from django.conf import settings
from django.db import connections, router
from django.db.models import BigIntegerField
from django.db.models.expressions import RawSQL
from django.http import Http404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import localize
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from articles import drawings, naming, structured_data, surrogates
from articles.models.dossiers import ActorName, Dossier
from articles.models.stories import StoryActor, StoryQuote
from articles.models.tags import Actor, ActorKind, FormerActor
from articles.models.tallies import ActorPair
from articles.models.teasers import IN_FULL, Entry
from articles.paths import path_of
from articles.standing import Later, piece
from articles.statements import Given, Statement, row_of

from . import activity, lists, paging
from .framing import FramedPage, older
from .site import MergedPage, ReaderPage

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


OF_PICTURE = (
    "id",
    "file",
    "alt",
    "caption",
    "credit",
    "expires_on",
    "focal_x",
    "focal_y",
    "width",
    "height",
    "tint",
    "renditions",
)
ACTORS_KEY = Given("actor", BigIntegerField())
OF_PAGE = (
    *("id", "name", "slug", "kind", "description", "wikidata_id", "image_id"),
    *(f"image__{name}" for name in OF_PICTURE),
    *(f"dossier__{name}" for name in ("actor_id", *HEAVY, "stories", "quotes", "mentions")),
)
ACTOR = Statement(lambda: Actor.objects.in_print().filter(slug=Given("slug")).values_list(*OF_PAGE))


class ActorPage(MergedPage, FramedPage):
    """A dossier: who it is, what they said, where they stand in the news, with whom and since when."""

    former, names = FormerActor, "actor"
    template_name = "actors/actor.html"
    above_name = "actors/_above.html"
    listing = lists.beside(lambda: StoryActor.objects.filter(tag=ACTORS_KEY))

    def queryset_in_print(self):
        """Those that have a page."""
        return Actor.objects.in_print()

    def answer(self):
        """Four queries. 404 for an actor of unpublished work alone, as for one that never was."""
        self.row = row = lists.only_one(ACTOR, OF_PAGE, slug=self.kwargs["slug"])
        surrogates.note("actor", [row["id"]])
        page = self.listing.page(self.key, STORIES, actor=row["id"])
        has_record = page.is_first and row["dossier__actor_id"] is not None
        self.own, self.others = self.quotes() if has_record else ([], [])
        self.ties = ties(json.loads(row["dossier__company"])) if has_record else []
        told, today = tuple(row.values()), timezone.localdate() if row["image__expires_on"] else None
        content = (page.is_first, today, told, self.own, self.others, self.ties)
        values = {
            "name": row["name"],
            "description": row["description"] or row["name"],
            "address": path_of("actor", row["slug"]),
            "poster": path_of("poster-actor", row["slug"]),
            "feeds": lists.feeds("ofactor", row["slug"], row["name"]),
            "machines": lists.for_machines(told, self.told) if page.is_first else "",
            "above": piece(self.above_name, content, lambda: self.set_above(is_first=page.is_first)),
            "count": counted(row["dossier__stories"]),
            "stories": lists.plain(lists.told_once(Entry(*each) for each in page.rows), IN_FULL),
            "older": older(page),
        }
        return self.framed(values, is_first=page.is_first)

    @cached_property
    def actor(self):
        """The actor with portrait and dossier."""
        return row_of(Actor, [*self.row], [*self.row.values()])

    def set_above(self, *, is_first: bool) -> str:
        """What stands above the stories; on the first page also what only that one tells."""
        dossier = getattr(self.actor, "dossier", None)
        context = {"actor": self.actor, "dossier": dossier, "is_first": is_first}
        if is_first and dossier:
            context |= {
                "own_words": [row_of(StoryQuote, WHOLE_QUOTE, each) for each in SAID.converted(self.own)],
                "said_of": [row_of(StoryQuote, WHOLE_QUOTE, each) for each in SAID.converted(self.others)],
                "company": network(self.actor, dossier, self.ties),
                "timeline": activity.timeline(dossier.activity),
            }
        return render_to_string(self.above_name, context).strip()

    def told(self) -> dict:
        """The page for machines."""
        above = [(_("Actors"), reverse("actors"))]
        return structured_data.of_actor(self.actor, getattr(self.actor, "dossier", None), above)

    def quotes(self) -> tuple[list[list], list[list]]:
        """The newest words of the actor and the newest of others that name it, in one query.

        Each once, in the paper's language where it has them: more are read than are shown, as some are translations.
        """
        own, others = [], []
        for row in SAID.read(actor=self.row["id"]):
            told = dict(zip(WHOLE_QUOTE, row, strict=True))
            surrogates.note("story", [told["story_id"]])
            if not lists.is_told_in_ours(told["story__language"], told["story__translations"]):
                (own if told["speaker_id"] == self.row["id"] else others).append(row)
        return own[:OWN_WORDS], others[:SAID_OF]


def counted(stories: int | None) -> str:
    """How many there are, beside their heading; nothing where there are none."""
    return format_html(' <span class="label__count">{}</span>', localize(stories)) if stories else ""


WANTED = (
    "SELECT * FROM (SELECT id FROM articles_storyquote WHERE speaker_id = %s ORDER BY dated_on DESC, id DESC LIMIT %s)"
    " AS own UNION ALL SELECT * FROM (SELECT quote_id FROM articles_quotemention WHERE actor_id = %s"
    " ORDER BY published_at DESC, quote_id DESC LIMIT %s) AS named_in"
)
"""Keys of quotes; written out, for to put it together costs more than to answer it."""


SAID = Statement(
    lambda: (
        StoryQuote.objects.filter(
            pk__in=RawSQL(WANTED, [ACTORS_KEY, LANGUAGES * OWN_WORDS, ACTORS_KEY, LANGUAGES * SAID_OF])  # noqa: S611  (no words of others)
        )
        .order_by("-dated_on", "-id")
        .values_list(*WHOLE_QUOTE)
    )
)


def ties(company: list[dict]) -> list[tuple[int, int, int]]:
    """(one, other, stories) of those an actor appears with, as far as they appear with each other. One query.

    By pairs: asked for both lists, SQLite walks all the pairs of each, and the most named have thousands.
    """
    pairs = list(combinations(sorted(each["id"] for each in company), 2))
    if not pairs:
        return []
    connection = connections[router.db_for_read(ActorPair)]
    table = connection.ops.quote_name(ActorPair._meta.db_table)
    places = ", ".join(["(%s, %s)"] * len(pairs))
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH asked (one, other) AS (VALUES {places}) SELECT actor_id, other_id, stories"  # noqa: S608
            f" FROM asked JOIN {table} ON actor_id = one AND other_id = asked.other"
            " ORDER BY stories DESC, actor_id, other_id",
            [key for pair in pairs for key in pair],
        )
        return cursor.fetchall()


def network(actor, dossier, pairs):
    """`drawings.arcs` of those the actor appears with most, and of their `ties`."""
    mirrored = get_language_info(settings.LANGUAGE_CODE)["bidi"]
    return Later(_arcs, actor.name, dossier.company, pairs, mirrored) if dossier.company else None


def _arcs(name, company, pairs, mirrored):
    return drawings.arcs(name, company, pairs, mirrored=mirrored)
