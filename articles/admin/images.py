"""The picture desk."""

from datetime import timedelta
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from js_asset import Media, Script

from .. import offering, permissions, pictures, surrogates, withholding
from ..forms.images import PictureForm
from ..models import Image, StoryImage
from ..models.images import WARNED
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


class TermsFilter(admin.SimpleListFilter):
    """How long pictures may be shown."""

    title = _("terms")
    parameter_name = "terms"

    def lookups(self, request, model_admin):
        """Ended, or about to."""
        return [("soon", _("end soon")), ("ended", _("have ended"))]

    def queryset(self, request, queryset):
        """Those, the next to end first."""
        today = timezone.localdate()
        if self.value() == "ended":
            return queryset.filter(expires_on__lt=today).order_by("-expires_on")
        if self.value() == "soon":
            return queryset.filter(expires_on__range=(today, today + timedelta(days=WARNED))).order_by("expires_on")
        return queryset


@admin.register(Image, site=site)
class ImageAdmin(DeskAdmin):
    form = PictureForm
    change_form_template = "admin/articles/image/change_form.html"
    list_display = ["thumbnail", "__str__", "credit", "size", "expires_on", "created_at"]
    list_display_links = ["thumbnail", "__str__"]
    list_filter = [MissingFilter, TermsFilter, "created_at"]
    search_fields = ["alt", "caption", "credit"]
    fields = [
        *("file", "alt", "caption", ("credit", "copyright"), "usage_terms", "expires_on"),
        ("focal_x", "focal_y"),
    ]

    @property
    def media(self) -> Media:
        """With the picker of the focal point."""
        return super().media + Media(js=[Script("js/focal_point.js", type="module")])

    @admin.display(description=_("picture"))
    def thumbnail(self, image: Image) -> str:
        """A small picture; its text stands in the next column."""
        small = offering.frames(image.width, image.height, image.focus, "")[0].stem
        address = f"{image.url}/{small}.webp"
        return format_html('<img class="desk-thumbnail" src="{}" alt="" loading="lazy">', address)

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
        """Remember who brought it; have renditions made, and printed anew what shows it, where that is another now."""
        if not change:
            obj.uploaded_by = request.user
        before = Image.objects.filter(pk=obj.pk).values(*pictures.PRINTED).first() if change else None
        super().save_model(request, obj, form, change)
        after = Image.objects.values(*pictures.PRINTED).get(pk=obj.pk)
        printed = pictures.changed(obj, [name for name in after if before and before[name] != after[name]])
        withholding.forget()
        surrogates.changed(surrogates.SCHEDULE)
        if printed:
            sentence = ngettext("%(n)d story was printed anew.", "%(n)d stories were printed anew.", printed)
            self.message_user(request, sentence % {"n": printed}, messages.SUCCESS)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """With what was made of it and where it is in print."""
        if obj is not None:
            context |= {"renditions": rendered(obj), "stories": in_print(obj)}
        return super().render_change_form(request, context, add, change, form_url, obj)

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


def rendered(image: Image) -> dict[str, Any]:
    """{made, wanted, bytes, at, error, crops: [{crop, url, width, height}]}: what the page says of the renditions."""
    state, wanted = image.renditions, offering.every_name(image.width, image.height, image.focus)
    crops = [(crop, offering.frames(image.width, image.height, image.focus, crop)[0]) for crop in offering.RATIOS]
    return {
        "made": len(wanted) - len(image.missing_renditions()),
        "wanted": len(wanted),
        "bytes": sum(state.get("files", {}).values()),
        "at": parse_datetime(state.get("at", "")),
        "error": state.get("error", ""),
        "crops": [
            {
                "label": crop.replace("x", " : "),
                "crop": crop,
                "url": f"{image.url}/{frame.stem}.webp",
                "width": frame.width,
                "height": frame.height,
            }
            for crop, frame in crops
        ],
    }


def in_print(image: Image) -> list[StoryImage]:
    """Where readers have it, or would but for its terms; the newest twenty."""
    rows = StoryImage.objects.filter(image=image).select_related("story").order_by("-story__published_at")
    return list(rows.only("is_withheld", "story__headline", "story__slug", "story__published_at")[:20])
