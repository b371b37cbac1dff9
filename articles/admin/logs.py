"""The records that only grow: events, revisions, editions."""

from django.contrib import admin
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from .. import markup, permissions
from ..models import Article, Edition, Revision
from ..permissions import Scope
from ..workflow import MOVES
from .base import ReadOnlyAdmin
from .compare import RestorableMixin
from .paging import BoundedPaginator
from .site import site

VERBS = {
    "approval_lapsed": _("Approval lapsed: the copy changed"),
    "restore": _("Earlier revision restored"),
    "rebase": _("Draft took in a fix of the live text"),
    "share": _("Preview link made"),
    "revoke_share": _("Preview link revoked"),
    "assign": _("Assigned"),
    "plan": _("Planned for another moment"),
    "calendar_link": _("Calendar link made"),
    "revoke_calendar_link": _("Calendar link ended"),
    "claim_review": _("Review claimed"),
    "hand_over": _("Review handed over"),
    "release_claim": _("Review given back"),
    "release_failed": _("Not published: taken off the schedule"),
    "import": _("Imported"),
    "add": _("Added"),
    "change": _("Changed"),
    "delete": _("Deleted"),
    "merge": _("Merged"),
    "recall_source": _("Source recalled as unreliable"),
    "reinstate_source": _("Source stands again"),
    "change_rights": _("Rights changed"),
    "set_password": _("Password set"),
    "login": _("Logged in"),
    "logout": _("Logged out"),
    "login_failed": _("Login failed"),
    "comment": _("Note"),
    "suggest": _("Change suggested"),
    "accept_suggestion": _("Suggestion accepted"),
    "reject_suggestion": _("Suggestion rejected"),
    "resolve": _("Note resolved"),
    "reopen": _("Note opened again"),
    "propose_update": _("Update proposed"),
    "propose_correction": _("Correction proposed"),
    "propose_withdrawal": _("Withdrawal proposed"),
    "arrange_front": _("Front arranged"),
    "plan_front": _("Front planned"),
    "front_live": _("Planned front went live"),
    "front_failed": _("Planned front did not go live"),
    "discard_front": _("Planned front taken off"),
    "open_package": _("Running story put before readers"),
    "close_package": _("Running story taken from readers"),
}


def verb_label(verb: str) -> str:
    """A move as the newsroom says it."""
    return str(MOVES[verb].label if verb in MOVES else VERBS.get(verb, verb))


class PartOfArticleAdmin(ReadOnlyAdmin):
    """Records of an article are seen by whoever may read the article.

    There are as many as the newsroom ever made: their lists are walked from the latest on, and nothing of them counted.
    """

    list_select_related = ["article"]
    ordering = ["-id"]
    paginator = BoundedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    def get_queryset(self, request):
        """Records of articles that do not exist for this person do not exist for them either."""
        rows = super().get_queryset(request)
        if Scope.ALL in permissions.scopes(permissions.roles_of(request.user), "read_draft"):
            return rows
        return rows.filter(article__in=Article.objects.visible_to(request.user).values("pk"))


@admin.register(Revision, site=site)
class RevisionAdmin(RestorableMixin, PartOfArticleAdmin):
    list_display = ["__str__", "article", "created_by", "created_at", "note"]
    list_select_related = ["article", "created_by"]
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
    list_select_related = ["article", "by"]
    fields = ["article", "number", "kind", "by", "at", "note", "wrong", "right", "is_self_approved", "revision"]
