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
        """With the number of stories that use it."""
        return super().get_queryset(request).annotate(uses=Count("attributions", distinct=True))

    @admin.display(description=_("used"), ordering="uses")
    def uses(self, source) -> int:
        """In how many attributions."""
        return source.uses
