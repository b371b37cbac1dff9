"""Who can stand in a byline, and the desks they work for."""

from django.contrib import admin

from .. import addresses, permissions, sections
from ..forms.vocabularies import Contributors
from ..models import Contributor, Desk, Image, StorySection
from .base import DeskAdmin
from .site import site
from .suggestions import SuggestionsMixin


@admin.register(Contributor, site=site)
class ContributorAdmin(SuggestionsMixin, DeskAdmin):
    vocabulary = Contributors()
    list_display = ["name", "user"]
    list_select_related = ["user"]
    search_fields = ["name"]
    fields = ["name", "slug", "user", "title", "bio", "contact", "image"]
    prepopulated_fields = {"slug": ["name"]}

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Who does not work with copy chooses among the pictures in print."""
        if db_field.name == "image":
            kwargs["queryset"] = Image.objects.visible_to(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request, obj, form, change):
        """Bring the pages of readers up to date; an address that changes goes on leading there."""
        was = form.initial.get("slug") if change and "slug" in form.changed_data else ""
        super().save_model(request, obj, form, change)
        if change:
            addresses.reprint_signed(obj, was=was)

    def get_readonly_fields(self, request, obj=None):
        """Whose byline it is decides who may not approve the story: that is for who manages accounts."""
        manages = permissions.scopes(permissions.roles_of(request.user), "manage_users")
        fields = super().get_readonly_fields(request, obj)
        return fields if manages else (*fields, "user")


@admin.register(Desk, site=site)
class DeskOfNewsroomAdmin(DeskAdmin):
    list_display = ["name", "position"]
    fields = ["name", "slug", "position", "members"]
    prepopulated_fields = {"slug": ["name"]}

    def get_readonly_fields(self, request, obj=None):
        """The address of a section stays once readers have it."""
        fields = super().get_readonly_fields(request, obj)
        is_section = obj is not None and StorySection.objects.filter(pk=obj.slug).exists()
        return (*fields, "slug") if is_section else fields

    def get_prepopulated_fields(self, request, obj=None):
        """A field that is only read is filled in by nobody."""
        found = super().get_prepopulated_fields(request, obj)
        read = self.get_readonly_fields(request, obj)
        return {name: sources for name, sources in found.items() if name not in read}

    def save_model(self, request, obj, form, change):
        """Readers find the section under its new name, in its new place."""
        super().save_model(request, obj, form, change)
        sections.print_all()
