"""Where information comes from."""

from django.contrib import admin
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from ..forms.sources import SourceForm
from ..forms.tags import fit_to
from ..forms.vocabularies import Sources
from ..models import Article, Source
from .base import DeskAdmin
from .identity import IdentityAdminMixin
from .recalling import RecallAdminMixin
from .site import site
from .suggestions import SuggestionsMixin


@admin.register(Source, site=site)
class SourceAdmin(IdentityAdminMixin, RecallAdminMixin, SuggestionsMixin, DeskAdmin):
    vocabulary = Sources()
    list_display = ["label", "kind", "is_confidential", "uses"]
    list_filter = ["kind", "is_confidential"]
    search_fields = ["label"]
    form = SourceForm
    fields = ["label", "kind", "is_confidential", "actor", "url", "origin", "standing", "has_consented"]

    def get_queryset(self, request):
        """Those the person may know of, with the number of stories that use each."""
        seen = Source.objects.visible_to(request.user).values("pk")
        open_to_them = Q(attributions__article__in=Article.objects.visible_to(request.user).values("pk"))
        uses = Count("attributions", distinct=True, filter=open_to_them)
        return super().get_queryset(request).filter(pk__in=seen).annotate(uses=uses)

    def get_form(self, request, obj=None, change=False, **kwargs):
        """An origin is one of the sources that the person may know of."""
        return fit_to(super().get_form(request, obj, change=change, **kwargs), request.user)

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
        """In how many attributions of stories that the person may read."""
        return source.uses
