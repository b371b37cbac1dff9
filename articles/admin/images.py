"""The picture desk."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from js_asset import Media, Script

from .. import permissions
from ..forms.images import PictureForm
from ..models import Image
from .base import DeskAdmin
from .site import site

CHOICES = 60  # pictures in the editor's dialog, the latest first


class MissingFilter(admin.SimpleListFilter):
    """What keeps a picture from print."""

    title = _("missing")
    parameter_name = "missing"

    def lookups(self, request, model_admin):
        """Two things a printed picture needs."""
        return [("alt", _("alt text")), ("credit", _("credit"))]

    def queryset(self, request, queryset):
        """Those without it."""
        return queryset.filter(Q(**{self.value(): ""})) if self.value() in {"alt", "credit"} else queryset


@admin.register(Image, site=site)
class ImageAdmin(DeskAdmin):
    form = PictureForm
    change_form_template = "admin/articles/image/change_form.html"
    list_display = ["thumbnail", "__str__", "credit", "size", "created_at"]
    list_display_links = ["thumbnail", "__str__"]
    list_filter = [MissingFilter, "created_at"]
    search_fields = ["alt", "caption", "credit"]
    fields = ["file", "alt", "caption", "credit", "usage_terms", ("focal_x", "focal_y")]

    @property
    def media(self) -> Media:
        """With the picker of the focal point."""
        return super().media + Media(js=[Script("js/focal_point.js", type="module")])

    @admin.display(description=_("picture"))
    def thumbnail(self, image: Image) -> str:
        """A small picture; its text stands in the next column."""
        return format_html('<img class="desk-thumbnail" src="{}" alt="" loading="lazy">', image.url)

    @admin.display(description=_("size"))
    def size(self, image: Image) -> str:
        """In pixels."""
        return f"{image.width} × {image.height}"

    def has_change_permission(self, request: HttpRequest, obj: Image | None = None) -> bool:
        """In print or approved, it is changed by who may publish, or a file could be swapped without review."""
        if not super().has_change_permission(request, obj):
            return False
        if obj is None or permissions.scopes(permissions.roles_of(request.user), "publish"):
            return True
        return not Image.objects.settled().filter(pk=obj.pk).exists()

    def save_model(self, request, obj, form, change):
        """Remember who brought it."""
        if not change:
            obj.uploaded_by = request.user
        super().save_model(request, obj, form, change)

    def get_urls(self) -> list:
        """With the list that the editor's dialog shows."""
        view = self.admin_site.admin_view(never_cache(require_GET(self.choices)))
        return [path("choices/", view, name="articles_image_choices"), *super().get_urls()]

    def choices(self, request: HttpRequest) -> JsonResponse:
        """`{"results": [{"id", "url", "alt", "caption"}]}`, the latest pictures first."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        images = Image.objects.visible_to(request.user).order_by("-pk")[:CHOICES]
        results = [{"id": i.pk, "url": i.url, "alt": i.alt, "caption": i.caption} for i in images]
        return JsonResponse({"results": results})
