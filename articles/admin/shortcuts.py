"""The page that lists the keys of the desk."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from .keys import GROUPS
from .site import site


@require_safe
def shortcuts(request: HttpRequest) -> HttpResponse:
    """The list; single keys can be switched off on it, for whom they get in the way."""
    context = {**site.each_context(request), "title": _("Keyboard shortcuts"), "groups": GROUPS}
    return TemplateResponse(request, "admin/shortcuts.html", context)


site.add_page("shortcuts/", shortcuts, name="shortcuts")
