"""Who can stand in a byline, and the desks they work for."""

from django.contrib import admin

from ..models import Contributor, Desk
from .base import DeskAdmin
from .site import site


@admin.register(Contributor, site=site)
class ContributorAdmin(DeskAdmin):
    list_display = ["name", "user"]
    list_select_related = ["user"]
    search_fields = ["name"]
    fields = ["name", "slug", "user", "bio"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Desk, site=site)
class DeskOfNewsroomAdmin(DeskAdmin):
    list_display = ["name", "position"]
    fields = ["name", "slug", "position", "members"]
    prepopulated_fields = {"slug": ["name"]}
