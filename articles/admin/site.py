"""The admin site of the newsroom: its front is “my desk”, its navigation one line."""

import json
from collections.abc import Callable
from functools import partial, update_wrapper
from http.client import FOUND

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import permissions
from ..models import Notification, nameplates
from .carrying import carried, take_up
from .keys import key_ways
from .my_desk import desk_lists

UNREAD = 99  # notices that the header counts

# The models in the line of navigation, in order; the others stand at the foot of “my desk”.
NAVIGATION = ("Article", "Actor", "Topic", "Source", "Image")


class NewsroomAdminSite(admin.AdminSite):
    """Stock admin with its own front page and header."""

    enable_nav_sidebar = False
    index_title = gettext_lazy("My desk")
    empty_value_display = "–"

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        self.pages: list[tuple[str, Callable, str]] = []

    def add_page(self, route: str, view: Callable, *, name: str, is_open: bool = False) -> None:
        """An address that belongs to no model: a module of this package adds its own when it is imported.

        An open one decides by itself who comes in; the others are for staff.
        """
        self.pages.append((route, view if is_open else self.admin_view(view), name))

    def get_urls(self) -> list:
        """With the pages that were added."""
        return [
            *(path(route, view, name=name) for route, view, name in self.pages),
            *super().get_urls(),
        ]

    def admin_view(self, view: Callable, cacheable: bool = False) -> Callable:
        """Who was logged out while writing is asked to log in, and what they sent goes along."""
        guarded = super().admin_view(view, cacheable)

        def inner(request: HttpRequest, *args, **kwargs):
            if request.method == "POST" and not self.has_permission(request) and (words := carried(request)):
                return self.ask_to_log_in(request, words)
            return guarded(request, *args, **kwargs)

        return update_wrapper(inner, guarded)

    def ask_to_log_in(self, request: HttpRequest, words: str) -> HttpResponse:
        """The login page, which carries `words`."""
        context = {
            **self.each_context(request),
            "title": _("Log in"),
            "form": AdminAuthenticationForm(request),
            "app_path": reverse("admin:login"),
            "next": request.get_full_path(),
            "carried": words,
        }
        return TemplateResponse(request, "admin/login.html", context, status=401)

    def login(self, request: HttpRequest, extra_context: dict | None = None):
        """What the page carries is carried on, and kept once they are in."""
        words = request.POST.get("carried", "")
        response = super().login(request, {"carried": words, **(extra_context or {})})
        if words and response.status_code == FOUND and request.user.is_authenticated:
            take_up(request)
        return response

    @property
    def site_header(self) -> str:
        """The name of the newsroom."""
        return nameplates.current().name

    @property
    def site_title(self) -> str:
        """For the title of the window."""
        return nameplates.current().name

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
        if models.get("Article", {}).get("admin_url"):
            pages = ((_("Board"), reverse("admin:board")), (_("Calendar"), reverse("admin:calendar")))
            context["desk_navigation"][:0] = [
                {"name": name, "url": url, "is_current": request.path.startswith(url)} for name, url in pages
            ]
        roles = permissions.roles_of(request.user)
        if permissions.scopes(roles, "arrange_front"):
            url = reverse("admin:front")
            context["desk_navigation"].append(
                {"name": _("Front"), "url": url, "is_current": request.path.startswith(url)}
            )
        if permissions.scopes(roles, "read_reports"):
            url = reverse("admin:report_sources")
            context["desk_navigation"].append(
                {"name": _("Reports"), "url": url, "is_current": request.path.startswith(url)}
            )
        reads, writes = (bool(permissions.scopes(roles, action)) for action in ("read_draft", "create_draft"))
        context["key_ways"] = json.dumps(key_ways(reads=reads, writes=writes))
        context["desk_index_url"] = reverse("admin:index")
        context["notices_label"] = partial(notices_label, request.user)
        context["demo_logins"] = settings.NEWSROOM_DEMO_LOGINS if settings.NEWSROOM_DEMO else []
        return context

    def logout(self, request: HttpRequest, extra_context: dict | None = None):
        """Also of this browser: no copy of unsaved text stays in it."""
        response = super().logout(request, extra_context)
        response["Clear-Site-Data"] = '"storage"'
        return response

    def index(self, request: HttpRequest, extra_context: dict | None = None):
        """“My desk”: what waits for this person, one list a question."""
        may_write = permissions.scopes(permissions.roles_of(request.user), "create_draft")
        context = {
            "desk_lists": desk_lists(request.user),
            "new_story_url": reverse("admin:articles_article_add") if may_write else None,
        }
        return super().index(request, {**context, **(extra_context or {})})


def notices_label(user) -> str:
    """“Notices”, with how many are unread: one query that counts no further than it says."""
    unread = Notification.objects.of(user).unread().order_by()[: UNREAD + 1].count()
    if not unread:
        return _("Notices")
    return _("Notices (%(n)s)") % {"n": unread if unread <= UNREAD else f"{UNREAD}+"}


def url_or_none(name: str, *args) -> str | None:
    """The address of a page that may not be part of this desk."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return None


site = NewsroomAdminSite()
