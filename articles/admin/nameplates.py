"""The nameplate: one page, for who runs the newsroom's accounts and settings."""

from django.conf import settings
from django.contrib import admin, messages
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import colours
from ..forms.nameplates import NameplateForm
from ..models import Nameplate, Story
from ..models.nameplates import THE_ONE
from .base import DeskAdmin
from .site import site

RED, RED_BY_NIGHT = "#a50f11", "#f58d7c"  # `--accent` of css/tokens.css


@admin.register(Nameplate, site=site)
class NameplateAdmin(DeskAdmin):
    form = NameplateForm
    readonly_fields = ["as_read"]
    fields = ["name", "strapline", "logo", "accent", "accent_dark", "as_read"]
    actions = None

    @admin.display(description=gettext_lazy("As readers see it"))
    def as_read(self, plate: Nameplate) -> SafeString:
        """The name in its colours, by day and by night, with the contrast of each."""
        accent = plate.accent or RED
        dark = plate.accent_dark or (colours.lifted(accent) if plate.accent else RED_BY_NIGHT)
        papers = [
            {
                "paper": paper,
                "ink": ink,
                "accent": colour,
                "contrast": f"{colours.contrast(colour, paper):.1f}",
            }
            for paper, ink, colour in (
                (colours.LIGHT_PAPER, "#1e1a16", accent),
                (colours.DARK_PAPER, "#e2ddd6", dark),
            )
        ]
        strapline = plate.strapline or settings.NEWSROOM_STRAPLINE
        return render_to_string("admin/nameplate.html", {"papers": papers, "name": str(plate), "strapline": strapline})

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Once."""
        return super().has_add_permission(request) and not Nameplate.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: Nameplate | None = None) -> bool:
        """Never: emptied fields do the same."""
        return False

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None):
        """There is no list of one: straight to the page."""
        if not self.has_view_or_change_permission(request):
            return super().changelist_view(request, extra_context)
        if Nameplate.objects.exists():
            return redirect("admin:articles_nameplate_change", THE_ONE)
        return redirect("admin:articles_nameplate_add")

    def save_model(self, request: HttpRequest, obj: Nameplate, form, change: bool) -> None:
        """The old logo's file goes when another takes its place."""
        old = form.initial.get("logo")
        super().save_model(request, obj, form, change)
        if old and "logo" in form.changed_data:
            transaction.on_commit(lambda: old.storage.delete(old.name))
        if "name" in form.changed_data and Story.objects.exists():
            told = _(
                "Pages have the new name now. What stories tell machines has it once they are printed again: %(how)s"
            )
            messages.info(request, told % {"how": "manage.py reprint --all"})

    def response_post_save_change(self, request: HttpRequest, obj: Nameplate):
        """Stay: the drawing shows what was saved."""
        return redirect(reverse("admin:articles_nameplate_change", args=[obj.pk]))

    response_post_save_add = response_post_save_change
