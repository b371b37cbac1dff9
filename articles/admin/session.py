"""A session that ends while somebody writes: they log in again on the spot, and what they sent meanwhile is kept."""

from django.contrib import messages
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from .keeping import is_desk, keep_sent
from .site import site

SHOWN = ("headline", "standfirst", "body", "note", "text", "replacement", "planning_note")


@never_cache
@require_http_methods(["GET", "POST"])
def session(request: HttpRequest) -> JsonResponse:
    """GET says who is signed in in this browser, POST `username`, `password` signs in; both give the form token.

    `{"username": "" for nobody, "token": …}`; 400 with `{"error": sentence, "token": …}` where that failed. Attempts
    count towards the lock of the login page.
    """
    if request.method == "POST":
        form = AdminAuthenticationForm(request, data=request.POST)
        if not form.is_valid():
            words = [error for errors in form.errors.values() for error in errors]
            return JsonResponse({"error": words[0], "token": get_token(request)}, status=400)
        login(request, form.get_user())
    is_in = site.has_permission(request)
    return JsonResponse({"username": request.user.get_username() if is_in else "", "token": get_token(request)})


def token_failed(request: HttpRequest) -> HttpResponse | None:
    """What answers a form whose token is not this browser’s any more; None where no text of one’s own was in it.

    Only what this site’s own page sent, by the word of the browser, is kept or shown again: a form of another site
    would else put words into somebody’s mouth.
    """
    if not _is_our_own(request):
        return None
    if is_desk(request.path) and keep_sent(request.user, request.path, request.POST):
        messages.warning(
            request, _("That page was from before you logged in again. Nothing is lost: it is kept below.")
        )
        return redirect(request.path)
    words = [(name, request.POST[name]) for name in SHOWN if request.POST.get(name, "").strip()]
    if not words:
        return None
    context = {"words": words, "path": request.path}
    return HttpResponseForbidden(render_to_string("admin/expired.html", context, request))


def _is_our_own(request: HttpRequest) -> bool:
    """Sent by a page of this very site: a browser does not let another site say so."""
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


site.add_page("session/", session, name="session", is_open=True)
