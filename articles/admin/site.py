"""The admin site of the newsroom: its front is “my desk”, its navigation one line."""

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import permissions
from ..models import Article

SHOWN = 12  # rows of each list on “my desk”

# The models in the line of navigation, in order; the others stand at the foot of “my desk”.
NAVIGATION = ("Article", "Actor", "Topic", "Source", "Image")


class NewsroomAdminSite(admin.AdminSite):
    """Stock admin with its own front page and header."""

    enable_nav_sidebar = False
    index_title = gettext_lazy("My desk")
    empty_value_display = "–"

    @property
    def site_header(self) -> str:
        """The name of the newsroom."""
        return settings.NEWSROOM_NAME

    @property
    def site_title(self) -> str:
        """For the title of the window."""
        return settings.NEWSROOM_NAME

    def each_context(self, request: HttpRequest) -> dict:
        """Adds the line of navigation and, in the demo, its logins."""
        context = super().each_context(request)
        models = {model["object_name"]: model for app in context["available_apps"] for model in app["models"]}
        context["desk_navigation"] = [
            {
                "name": models[name]["name"],
                "url": models[name]["admin_url"],
                "is_current": request.path.startswith(models[name]["admin_url"]),
            }
            for name in NAVIGATION
            if models.get(name, {}).get("admin_url")
        ]
        context["desk_index_url"] = reverse("admin:index")
        context["demo_logins"] = settings.NEWSROOM_DEMO_LOGINS if settings.NEWSROOM_DEMO else []
        return context

    def index(self, request: HttpRequest, extra_context: dict | None = None):
        """“My desk”: what waits for this person, one list a question."""
        may_write = permissions.scopes(permissions.roles_of(request.user), "create_draft")
        context = {
            "desk_lists": desk_lists(request.user),
            "new_story_url": reverse("admin:articles_article_add") if may_write else None,
        }
        return super().index(request, {**context, **(extra_context or {})})


def desk_lists(user) -> list[dict]:
    """The lists of “my desk”: title, articles, and what to say where there are none. One query a list."""
    roles = permissions.roles_of(user)
    visible = Article.objects.visible_to(user).select_related("desk", "writer")
    lists = []
    if permissions.scopes(roles, "create_draft"):
        mine = visible.written_by(user).drafts().order_by("-changed_at")
        lists.append(_list("mine", _("My drafts"), mine, _("No draft of yours is open. Start one with “New story”.")))
        waiting = visible.written_by(user).awaiting_review()
        lists.append(_list("submitted", _("Mine, with the reviewers"), waiting, _("Nothing of yours is in review.")))
    if permissions.scopes(roles, "approve"):
        to_review = visible.awaiting_review().exclude(writer=user).exclude(assignee=user)
        empty = _("Nothing waits for a second pair of eyes. Stories appear here when a writer submits them.")
        lists.append(_list("review", _("Waiting for review"), to_review, empty))
    if permissions.scopes(roles, "publish"):
        approved = visible.awaiting_publication()
        empty = _("Nothing is approved and unpublished. Stories appear here when a reviewer approves them.")
        lists.append(_list("approved", _("Approved, waiting to go out"), approved, empty))
    if permissions.scopes(roles, "read_draft"):
        out = visible.out()
        lists.append(_list("out", _("Published lately"), out, _("Nothing has been published yet.")))
    return lists


def _list(name: str, title: str, articles, empty: str) -> dict:
    rows = list(articles[: SHOWN + 1])
    return {
        "name": name,
        "title": title,
        "articles": rows[:SHOWN],
        "has_more": len(rows) > SHOWN,
        "empty": empty,
    }


def url_or_none(name: str, *args) -> str | None:
    """The address of a page that may not be part of this desk."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return None


site = NewsroomAdminSite()
