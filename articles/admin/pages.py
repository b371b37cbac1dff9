"""The pages about the newsroom, for who manages it."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ..forms.pages import PageForm
from ..models import Page
from .base import DeskAdmin
from .site import site


@admin.register(Page, site=site)
class PageAdmin(DeskAdmin):
    """There is a fixed number of them: none is added, none deleted."""

    form = PageForm
    list_display = ["__str__", "whose", "changed_at"]
    actions = None

    @admin.display(description=_("words"))
    def whose(self, page: Page) -> str:
        """Whose text readers get."""
        return _("the newsroom’s") if page.body else _("the program’s")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        """Never."""
        return False
