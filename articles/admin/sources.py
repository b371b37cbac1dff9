"""Where information comes from."""

from django.contrib import admin
from django.contrib.admin.widgets import ForeignKeyRawIdWidget
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from ..forms.sources import SourceForm
from ..forms.vocabularies import Sources
from ..models import Article, Source
from .base import DeskAdmin
from .identity import IdentityAdminMixin
from .recalling import RecallAdminMixin
from .site import site
from .suggestions import SuggestionsMixin


class OriginWidget(ForeignKeyRawIdWidget):
    """A number with the label beside it, where the person may know of that source; else the number alone."""

    def __init__(self, *args, user, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def label_and_url_for_value(self, value):
        """Stock Django names whatever row the number in the address or the form means."""
        number = str(value)
        is_number = number.isascii() and number.isdecimal() and len(number) < 19
        if not is_number or not Source.objects.visible_to(self.user).filter(pk=int(number)).exists():
            return "", ""
        return super().label_and_url_for_value(value)


@admin.register(Source, site=site)
class SourceAdmin(IdentityAdminMixin, RecallAdminMixin, SuggestionsMixin, DeskAdmin):
    vocabulary = Sources()
    list_display = ["label", "kind", "is_confidential", "uses"]
    list_filter = ["kind", "is_confidential"]
    search_fields = ["label"]
    raw_id_fields = ["actor", "origin"]
    form = SourceForm
    fields = ["label", "kind", "is_confidential", "actor", "url", "origin", "standing", "has_consented"]

    def get_queryset(self, request):
        """Those the person may know of, with the number of stories that use each."""
        seen = Source.objects.visible_to(request.user).values("pk")
        open_to_them = Q(attributions__article__in=Article.objects.visible_to(request.user).values("pk"))
        uses = Count("attributions", distinct=True, filter=open_to_them)
        return super().get_queryset(request).filter(pk__in=seen).annotate(uses=uses)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """An origin is one of the sources that the person may know of."""
        if db_field.name == "origin":
            kwargs["queryset"] = Source.objects.visible_to(request.user)
            kwargs["widget"] = OriginWidget(db_field.remote_field, self.admin_site, user=request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

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
