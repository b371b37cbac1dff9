"""Where information comes from."""

from django.contrib import admin
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from ..forms.vocabularies import Sources
from ..models import Source
from .base import DeskAdmin
from .site import site
from .suggestions import SuggestionsMixin


@admin.register(Source, site=site)
class SourceAdmin(SuggestionsMixin, DeskAdmin):
    vocabulary = Sources()
    list_display = ["label", "kind", "is_confidential", "uses"]
    list_filter = ["kind", "is_confidential"]
    search_fields = ["label"]
    raw_id_fields = ["actor", "origin"]
    fields = ["label", "kind", "is_confidential", "actor", "url", "origin"]

    def get_queryset(self, request):
        """Those the person may know of, with the number of stories that use each."""
        seen = Source.objects.visible_to(request.user).values("pk")
        return super().get_queryset(request).filter(pk__in=seen).annotate(uses=Count("attributions", distinct=True))

    def get_fields(self, request, obj=None):
        """An origin that the person may not know of is not named here either."""
        fields = list(super().get_fields(request, obj))
        origin = obj.origin_id if obj else None
        if origin and not Source.objects.visible_to(request.user).filter(pk=origin).exists():
            fields.remove("origin")
        return fields

    def save_model(self, request, obj, form, change):
        """Remember who recorded it: a confidential one is theirs to see."""
        if not change:
            obj.recorded_by = request.user
        super().save_model(request, obj, form, change)

    @admin.display(description=_("used"), ordering="uses")
    def uses(self, source) -> int:
        """In how many attributions."""
        return source.uses
