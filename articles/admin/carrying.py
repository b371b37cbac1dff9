"""A story that was sent after the session had ended goes through the login page and is kept."""

from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from .keeping import MOST, is_desk, keep_sent


def carried(request: HttpRequest) -> str:
    """A desk that was sent without a session, as one string for the login page; empty for anything else."""
    if request.method != "POST" or "body" not in request.POST or not is_desk(request.path):
        return ""
    words = request.POST.copy()
    words.pop("csrfmiddlewaretoken", None)
    found = words.urlencode()
    return found if len(found) <= MOST else ""


def take_up(request: HttpRequest) -> None:
    """After the login: what the login page carried is kept for the desk it came from."""
    words, path = request.POST.get("carried", ""), urlsplit(request.POST.get("next", "")).path
    if words and len(words) <= MOST and keep_sent(request.user, path, QueryDict(words)):
        messages.warning(request, _("You had been logged out. Nothing is lost: what you wrote is kept below."))
