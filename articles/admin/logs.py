"""The records that only grow: events, revisions, editions."""

from django.contrib import admin
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from .. import markup, permissions
from ..models import Article, Edition, Event, Revision
from ..permissions import Scope
from ..workflow import MOVES
from .base import ReadOnlyAdmin
from .site import site

VERBS = {"approval_lapsed": _("Approval lapsed: the copy changed")}


def verb_label(verb: str) -> str:
    """A move as the newsroom says it."""
    return str(MOVES[verb].label if verb in MOVES else VERBS.get(verb, verb))


class PartOfArticleAdmin(ReadOnlyAdmin):
    """Records of an article are seen by whoever may read the article."""

    list_select_related = ["article"]

    def get_queryset(self, request):
        """Records of articles that do not exist for this person do not exist for them either."""
        rows = super().get_queryset(request)
        if Scope.ALL in permissions.scopes(permissions.roles_of(request.user), "read_draft"):
            return rows
        return rows.filter(article__in=Article.objects.visible_to(request.user).values("pk"))


@admin.register(Event, site=site)
class EventAdmin(PartOfArticleAdmin):
    list_display = ["at", "move", "article_name", "by", "note"]
    list_filter = ["verb"]
    list_select_related = ["by"]
    date_hierarchy = "at"
    fields = ["article_name", "move", "by", "at", "before", "after", "note"]

    def get_queryset(self, request):
        """The row outlives its article, so the articles are fetched apart: a join would lose it."""
        return super().get_queryset(request).prefetch_related("article")

    @admin.display(description=_("move"), ordering="verb")
    def move(self, event: Event) -> str:
        """In words."""
        return verb_label(event.verb)

    @admin.display(description=_("article"))
    def article_name(self, event: Event) -> str:
        """Its headline, or its number where it was deleted."""
        articles = event._state.fields_cache
        return str(articles.get("article") or _("deleted story %(id)s") % {"id": event.article_id})


@admin.register(Revision, site=site)
class RevisionAdmin(PartOfArticleAdmin):
    list_display = ["__str__", "article", "created_by", "created_at", "note"]
    list_select_related = ["article", "created_by"]
    date_hierarchy = "created_at"
    fields = ["article", "number", "created_by", "created_at", "note", "as_text"]
    search_fields = ["article__headline"]

    def get_queryset(self, request):
        """Lists do not need the documents."""
        rows = super().get_queryset(request)
        return rows.defer("document") if request.resolver_match.url_name.endswith("changelist") else rows

    @admin.display(description=_("copy"))
    def as_text(self, revision: Revision) -> str:
        """The copy as it stood: headline, standfirst, body, tags, bylines."""
        document = revision.document
        facts = [
            (_("Bylines"), ", ".join(byline["name"] for byline in document["bylines"])),
            (_("Actors"), ", ".join(actor["name"] for actor in document["actors"])),
            (_("Topics"), ", ".join(topic["name"] for topic in document["topics"])),
            (_("Quotes"), len(document["quotes"])),
        ]
        return format_html(
            '<article class="desk-reading"><p class="desk-reading__headline">{}</p>'
            '<p class="desk-reading__standfirst">{}</p><div class="desk-reading__body">{}</div>'
            '<dl class="desk-facts">{}</dl></article>',
            document["headline"],
            document["standfirst"],
            mark_safe(markup.sanitise(document["body"])),  # noqa: S308  (sanitised on this line)
            format_html_join("", "<div><dt>{}</dt><dd>{}</dd></div>", facts),
        )


@admin.register(Edition, site=site)
class EditionAdmin(PartOfArticleAdmin):
    list_display = ["__str__", "article", "kind", "by", "at", "note"]
    list_filter = ["kind"]
    list_select_related = ["article", "by", "revision"]
    date_hierarchy = "at"
    fields = ["article", "number", "kind", "by", "at", "note", "revision"]
